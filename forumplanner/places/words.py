"""What is answered where a text names no one place, untranslated; places among the words are named by the page."""

from forumplanner.core.i18n import N_

NOTHING_NAMED = N_(
    "Please write the name of a place: the subdistrict, district and province, or the province alone. "
    "For example: ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา"
)
NOT_FOUND = N_(
    "No place was found for “%(typed)s”. Please write the subdistrict, district and province, or the province alone. "
    "For example: ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา"
)
PERHAPS = N_("No place is spelt “%(typed)s”. Please choose the one you mean, or correct the spelling.")
SEVERAL = N_("“%(typed)s” may mean several places. Please choose one, or add the district and province.")
TOO_MANY = N_(
    "%(count)s places fit “%(typed)s”; the first %(shown)s are listed. "
    "Please add the district or the province, or choose one."
)
NOT_THERE = N_("There is no %(name)s in %(where)s. Please choose where it is, or correct the place.")
NO_SUCH_THERE = N_("No place “%(name)s” was found in %(where)s. Please correct the name, or choose from the list.")
TWO_PROVINCES = N_("Two provinces are named: %(first)s and %(second)s. Please choose one, and leave the other out.")
