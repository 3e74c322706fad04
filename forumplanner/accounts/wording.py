"""What Flask-Security says, where its own English is not plain enough; Thai stands in flask_security.po.

Each is (sentence, category of the notice), by the name of Flask-Security's setting without SECURITY_MSG_. Spans of time
are written out: what Flask-Security puts into %(within)s is English in every language.
"""

MESSAGES: dict[str, tuple[str, str]] = {
    "GENERIC_AUTHN_FAILED": ("The e-mail address or the password is not right. Please try again.", "error"),
    "DISABLED_ACCOUNT": ("This account is switched off. Please ask an organiser to switch it on again.", "error"),
    "UNAUTHENTICATED": ("Please sign in first.", "info"),
    "REAUTHENTICATION_REQUIRED": ("Please type your password once more before you go on.", "info"),
    "REAUTHENTICATION_SUCCESSFUL": ("Thank you. You can go on.", "success"),
    "EMAIL_NOT_PROVIDED": ("Please type your e-mail address.", "error"),
    "INVALID_EMAIL_ADDRESS": ("This is not an e-mail address. Please check it.", "error"),
    "PASSWORD_NOT_PROVIDED": ("Please type a password.", "error"),
    "INVALID_PASSWORD": ("The password is not right. Please try again.", "error"),
    "PASSWORD_INVALID_LENGTH": ("Please choose a password of at least %(length)s characters.", "error"),
    "PASSWORD_TOO_SIMPLE": ("This password is easy to guess. Please choose another.", "error"),
    "PASSWORD_IS_THE_SAME": ("This is the password you have now. Please choose another.", "error"),
    "RETYPE_PASSWORD_MISMATCH": ("The two passwords differ. Please type the same one twice.", "error"),
    "PASSWORD_CHANGE": ("Your password is changed. Other devices were signed out.", "success"),
    "PASSWORD_RESET_REQUEST": (
        "If there is an account for %(email)s, a link to choose a new password is on its way to it. "
        "Please look in your mail, also among the junk.",
        "success",
    ),
    "PASSWORD_RESET_EXPIRED": ("This link was valid for two days and is no more. Please ask for a new one.", "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        "This link was used already, or is not complete. Please ask for a new one if you need it.",
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": ("Your password is saved. Please sign in with it.", "success"),
    "TWO_FACTOR_INVALID_TOKEN": (
        "This code is not right, or was used before. Please type the code that your app shows now.",
        "error",
    ),
    "TWO_FACTOR_SETUP_EXPIRED": ("The set-up was begun too long ago. Please start over.", "error"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": ("Two-step sign-in is on.", "success"),
    "TWO_FACTOR_DISABLED": ("Two-step sign-in is off. The password alone is enough now.", "success"),
    "TWO_FACTOR_PERMISSION_DENIED": ("Please sign in with your password first.", "info"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": ("This cannot be chosen here.", "error"),
    "INVALID_RECOVERY_CODE": ("This code is not right, or was used before. Please try another.", "error"),
}
