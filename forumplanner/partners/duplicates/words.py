"""Why two partners may be the same, in words; untranslated, the pages translate them."""

from forumplanner.core.i18n import N_
from forumplanner.partners.duplicates.alike import Why

REASONS = {
    Why.NAME: N_("the same name"),
    Why.SPELLING: N_("nearly the same spelling"),
    Why.SWAPPED: N_("given name and surname the other way round"),
    Why.NEAR_NAME: N_("similar names"),
    Why.SURNAME: N_("the same given name, another surname"),
    Why.FORMER_NAME: N_("the same present or former name"),
    Why.SHORT_NAME: N_("the same short name"),
    Why.PHONE: N_("the same telephone number"),
    Why.EMAIL: N_("the same e-mail address"),
    Why.PHONE_END: N_("the telephone numbers end alike"),
    Why.GROUP: N_("the same group"),
    Why.PLACE: N_("the same place"),
    Why.NOTHING_APART: N_("nothing else tells them apart"),
}
