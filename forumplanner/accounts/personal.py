"""What is kept of accounts, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.personal import ACCOUNTS, TO_ORGANISERS, Held

HELD = (
    Held(
        name=N_("Accounts"),
        whose=ACCOUNTS,
        what=N_("Name, e-mail address, role and regions; the password as a hash, and the secrets of the second step"),
        why=N_("To sign in, and to show each person only what they need"),
        until=N_("As long as the account is there; one that is switched off stays, so that history keeps its meaning"),
        seen_by=TO_ORGANISERS,
        columns={
            "users": ("email", "name", "password", "tf_phone_number", "tf_totp_secret", "mf_recovery_codes"),
            "account_roles": ("user_id",),
            "account_regions": ("user_id",),
        },
    ),
)
