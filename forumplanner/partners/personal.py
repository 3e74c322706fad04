"""What is kept of partners who are people, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.personal import INVITED, TO_COORDINATORS, UNTIL_ASKED, Held

HELD = (
    Held(
        name=N_("List of partners"),
        whose=INVITED,
        what=N_("Title, name, surname, post, group or organisation, place, regions, languages, notes"),
        why=N_("To invite to meetings, to address letters, and to know who belongs to which group"),
        until=UNTIL_ASKED,
        seen_by=TO_COORDINATORS,
        columns={
            "partners": ("name", "name_en", "note"),
            "people": ("honorific", "given_name", "surname", "post", "organisation_text", "languages"),
            "partner_notes": ("name", "text"),
            "partner_regions": ("partner_id",),
        },
    ),
    Held(
        name=N_("How partners are reached"),
        whose=INVITED,
        what=N_("Telephone numbers with notes, e-mail address, LINE name, the address of their own calendar"),
        why=N_("To invite, to ask for an answer, and to tell of changes of day or place"),
        until=UNTIL_ASKED,
        seen_by=TO_COORDINATORS,
        columns={
            "partners": ("email",),
            "people": ("line_name",),
            "phones": ("number", "extension", "note"),
            "personal_feeds": ("partner_id",),
        },
    ),
)
