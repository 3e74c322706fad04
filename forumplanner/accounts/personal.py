"""What is kept of accounts, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import ACCOUNTS as UNUSED_ACCOUNTS
from forumplanner.core.personal import ACCOUNTS, TO_ORGANISERS, Held

HELD = (
    Held(
        name=N_("Accounts"),
        whose=ACCOUNTS,
        what=N_(
            "Name, e-mail address, role and regions, the day of the last sign-in; the password as a hash, and the"
            " secrets of the second step"
        ),
        why=N_("To sign in, and to show each person only what they need"),
        period=UNUSED_ACCOUNTS,
        seen_by=TO_ORGANISERS,
        columns={
            "users": (
                "email",
                "name",
                "last_signed_in_on",
                "password",
                "tf_phone_number",
                "tf_totp_secret",
                "mf_recovery_codes",
            ),
            "account_roles": ("user_id",),
            "account_regions": ("user_id",),
        },
    ),
)
