"""What is kept of partners who are people, for the record of processing."""

from forumplanner.core.i18n import N_
from forumplanner.core.periods import IMPORTS, MERGES, PARTNERS
from forumplanner.core.personal import INVITED, TO_COORDINATORS, WHEN_ASKED, Held

HELD = (
    Held(
        name=N_("List of partners"),
        whose=INVITED,
        what=N_("Title, name, surname, post, group or organisation, place, regions, languages, notes"),
        why=N_("To invite to meetings, to address letters, and to know who belongs to which group"),
        period=PARTNERS,
        sooner=WHEN_ASKED,
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
        period=PARTNERS,
        sooner=WHEN_ASKED,
        seen_by=TO_COORDINATORS,
        columns={
            "partners": ("email",),
            "people": ("line_name",),
            "phones": ("number", "extension", "note"),
            "personal_feeds": ("partner_id",),
        },
    ),
    Held(
        name=N_("Lists on their way in from spreadsheets"),
        whose=INVITED,
        what=N_("What stands in the list: names, telephone numbers, groups, places, notes"),
        why=N_("To show what would be imported, to correct it, and to take it back"),
        period=IMPORTS,
        seen_by=N_("Whoever read the list"),
        columns={
            "partner_imports": (
                "account_id",
                "asked_by_id",
                "file_name",
                "content",
                "choices",
                "sheets",
                "only_sheets",
                "refusal",
            ),
            "partner_import_rows": ("cells", "messages", "before", "partner_id", "maybe_id"),
        },
    ),
    Held(
        name=N_("Partners who were merged or told apart"),
        whose=INVITED,
        what=N_("Which record became part of which, or is not the same; by whom and when; for a day what it had said"),
        why=N_("So that links handed out go on working, nobody is asked twice, and a mistake can be undone"),
        period=MERGES,
        seen_by=TO_COORDINATORS,
        columns={
            "distinct_partners": ("partner_id", "other_id", "actor_id", "actor"),
            "merged_partners": ("partner_id", "other_id"),
            "partner_merges": ("partner_id", "other_id", "actor_id", "actor", "snapshot"),
        },
    ),
)
