"""Forms of regions and provinces."""

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from forumplanner.places.models import Province, Region
from forumplanner.rounds.fields import TickField
from forumplanner.rounds.regions import RegionNames, shown_of_provinces, shown_of_region, shown_of_taking_part
from forumplanner.web.forms import BooleanField, Needed, PlainField
from forumplanner.web.locale import current_language
from forumplanner.web.seen import SeenForm


class RegionForm(SeenForm):
    """What a region is called."""

    name_th = PlainField(
        _l("Name in Thai"), [Needed()], max_length=100, description=_l("Without the word for region, for example ใต้.")
    )
    name_en = PlainField(_l("Name in English"), max_length=100, description=_l("For example South."))

    def names(self) -> RegionNames:
        """The names as typed."""
        return RegionNames(self.name_th.data or "", self.name_en.data or "")

    def show_region(self, region: Region) -> None:
        """Fill the fields from a region."""
        self.name_th.data, self.name_en.data = region.name_th, region.name_en
        self.saw(shown_of_region(region))


class ProvincesForm(SeenForm):
    """Provinces of other regions, to be brought into one."""

    provinces = TickField(_l("Provinces to bring in"), [Needed(_l("Please tick at least one province."))])

    def offer(self, provinces: Iterable[Province], regions: Mapping[int, Region], *, is_sent: bool) -> None:
        """Fill in the choices: each province with the region it belongs to now. `is_sent`: this form was, just now."""
        lang = current_language()
        offered = list(provinces)
        self.provinces.choices = [
            (item.code, f"{item.name(lang)} ({regions[item.region_id].name(lang)})") for item in offered
        ]
        self._names = {item.code: item.name(lang) for item in offered}
        if not is_sent:
            self.saw(shown_of_provinces(offered, regions.values()))

    def label_of(self, name: str) -> str:
        """A province by its code, after a stale save."""
        return self._names.get(name) or super().label_of(name)


class ProvinceForm(SeenForm):
    """Which region a province belongs to, and that somebody has made sure of it."""

    region = SelectField(_l("Region"), [Needed()])
    is_right = BooleanField(_l("I have made sure that this is right"))

    def offer(self, province: Province, regions: Sequence[Region]) -> None:
        """Fill in the regions of today, and the one the province belongs to."""
        lang = current_language()
        self.region.choices = [(region.slug, region.name(lang)) for region in regions]
        self._province = province.name(lang)
        if not self.is_submitted():
            self.saw(shown_of_provinces([province], regions))
            self.region.data = next((each.slug for each in regions if each.id == province.region_id), None)

    def label_of(self, name: str) -> str:
        """The province, which is the one thing that may be stale."""
        return self._province


class TakingPartForm(SeenForm):
    """The regions that take part in a round."""

    regions = TickField(_l("Regions that take part"))

    def offer(self, regions: Sequence[Region], ticked: Sequence[Region]) -> None:
        """Fill in the choices and what is ticked at first."""
        lang = current_language()
        self.regions.choices = [(region.slug, region.name(lang)) for region in regions]
        if not self.is_submitted():
            self.regions.data = [region.slug for region in ticked]
            self.saw(shown_of_taking_part(ticked))
