"""What of accounts stays when a partner is forgotten: all. An account is a record of its own, and is switched off."""

from forumplanner.core.erasing import Erasing

_ITS_OWN = "an account's own record: whoever has one asks for it to be switched off"

ERASING = Erasing(
    left={
        **{f"users.{name}": _ITS_OWN for name in ("email", "name", "tf_phone_number")},
        **{
            f"users.{name}": "a secret or its hash"
            for name in ("password", "fs_uniquifier", "tf_primary_method", "tf_totp_secret", "mf_recovery_codes")
        },
        "roles.name": "a role",
        "roles.description": "a role",
    }
)
