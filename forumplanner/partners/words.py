"""What the values of partners are called; untranslated, the pages translate them."""

from forumplanner.core.i18n import N_
from forumplanner.partners.answered import Answered
from forumplanner.partners.models import Organisation, Partner, PartnerKind, Person, PersonClass, Sector
from forumplanner.partners.particulars import Level, Welfare
from forumplanner.partners.search import Without

KINDS = {
    PartnerKind.PERSON: N_("Person"),
    PartnerKind.ORGANISATION: N_("Organisation"),
}
SECTORS = {
    Sector.COMMUNITY: N_("Community organisations"),
    Sector.GOVERNMENT: N_("Government"),
    Sector.PRIVATE: N_("Private sector"),
    Sector.ACADEMIC: N_("Academia"),
    Sector.COOPERATIVE: N_("Cooperatives"),
    Sector.OTHER: N_("Other sector"),
}
CLASSES = {
    PersonClass.LAY: N_("Lay person"),
    PersonClass.MONK: N_("Monk or novice"),
}
LEVELS = {
    Level.GROUP: N_("a single group"),
    Level.SUBDISTRICT: N_("subdistrict (tambon)"),
    Level.DISTRICT: N_("district"),
    Level.PROVINCE: N_("province"),
    Level.REGION: N_("region"),
    Level.COUNTRY: N_("whole country"),
}
WELFARE = {
    Welfare.BIRTH: N_("birth"),
    Welfare.ILLNESS: N_("illness"),
    Welfare.OLD_AGE: N_("old age"),
    Welfare.DEATH: N_("death"),
    Welfare.DISABILITY: N_("disability"),
    Welfare.EDUCATION: N_("education"),
    Welfare.DISASTER: N_("disaster"),
    Welfare.OTHER: N_("other welfare"),
}
WITHOUT = {
    Without.EMAIL: N_("no e-mail"),
    Without.PHONE: N_("no telephone"),
}
ANSWERED = {
    Answered.INVITED: N_("invited before"),
    Answered.NEVER_INVITED: N_("never invited"),
    Answered.NEVER_ANSWERED: N_("invited, never answered"),
}
NO_OWN_REGION = N_("Please tick at least one of your regions, so that you find this partner again.")
MAYBE_KNOWN = N_(
    "Nothing is saved yet. Please look at what was found. "
    "If it is the same one, please open that page instead; if it is another, please save it as a new one."
)
# What can be changed about a partner, as forms, history and conflicts call it.
FIELDS = {
    "erased": N_("Personal data removed"),
    "honorific": N_("Honorific"),
    "given_name": N_("Given name"),
    "surname": N_("Surname"),
    "person_class": N_("Form of address"),
    "post": N_("Post"),
    "organisation_text": N_("Group or organisation"),
    "line_name": N_("LINE name"),
    "languages": N_("Languages"),
    "name": N_("Full name"),
    "short_name": N_("Short name"),
    "name_en": N_("English name"),
    "seats": N_("Seats that are invited"),
    # As history called it while there was one.
    "seat": N_("Seat that is invited"),
    "former_names": N_("Former names"),
    "sector": N_("Sector"),
    "regions": N_("Regions"),
    "place_code": N_("Subdistrict, district, province"),
    # As history called it while it was one.
    "province_code": N_("Province"),
    "phones": N_("Telephone"),
    "email": N_("E-mail"),
    "note": N_("Note"),
    "notes": N_("Notes under names of their own"),
    "level": N_("Level"),
    "finance_kind": N_("Kind of finance group"),
    "welfare": N_("Welfare offered"),
    "networks": N_("Networks it belongs to"),
    "not_same": N_("Not the same as"),
    "merged": N_("Merged with"),
    # What an organiser decided about their period (`retention.services`).
    "kept_until": N_("Kept until"),
}


def describe(partner: Partner, lang: str) -> str:
    """Who that is among others of the name: post and group or short name and seats, and the province."""
    parts: list[str | None] = []
    if isinstance(partner, Person):
        parts = [partner.post, partner.organisation_text]
    elif isinstance(partner, Organisation):
        parts = [partner.short_name, *(seat.post(lang) for seat in partner.seats if not seat.is_retired)]
    parts.append(partner.province.name(lang) if partner.province else None)
    return ", ".join(part for part in parts if part)
