"""Forms of regions and provinces."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from forumplanner.core.errors import Refused, Stale
from forumplanner.places.models import Province, Region
from forumplanner.rounds.fields import TickField
from forumplanner.rounds.regions import ProvincePlace, RegionNames
from forumplanner.web.forms import BaseForm, BooleanField, HiddenField, Needed, PlainField
from forumplanner.web.locale import current_language


class RegionForm(BaseForm):
    """What a region is called. `seen` carries the row's version."""

    name_th = PlainField(
        _l("Name in Thai"), [Needed()], max_length=100, description=_l("Without the word for region, for example ใต้.")
    )
    name_en = PlainField(_l("Name in English"), max_length=100, description=_l("For example South."))
    seen = HiddenField()
    conflict: Stale | None = None

    def names(self) -> RegionNames:
        """The names as typed."""
        return RegionNames(self.name_th.data or "", self.name_en.data or "")

    def show_region(self, region: Region) -> None:
        """Fill the fields from a region."""
        self.name_th.data, self.name_en.data = region.name_th, region.name_en
        self.seen.data = str(region.version)

    def show_refusal(self, refusal: Refused) -> None:
        """Show it, and after a stale save both names; then it may be saved again."""
        super().show_refusal(refusal)
        if isinstance(refusal, Stale):
            labels = {name: str(self[name].label.text) for name in refusal.theirs}
            self.conflict = Stale(
                theirs={labels[name]: text for name, text in refusal.theirs.items()},
                yours={labels[name]: text for name, text in refusal.yours.items()},
            )
            self.seen.data = refusal.params.get("seen", "")

    @property
    def version(self) -> int:
        """The version of the row that the form was filled from; 0 where the page carried none of ours."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class ProvincesForm(BaseForm):
    """Provinces of other regions, to be brought into one. `seen` says where each belonged when the form was drawn."""

    provinces = TickField(_l("Provinces to bring in"), [Needed(_l("Please tick at least one province."))])
    seen = HiddenField(id="provinces-seen")

    def offer(self, provinces: Iterable[Province], regions: Mapping[int, Region], *, is_sent: bool) -> None:
        """Fill in the choices: each province with the region it belongs to now. `is_sent`: this form was, just now."""
        lang = current_language()
        offered = list(provinces)
        self.provinces.choices = [
            (item.code, f"{item.name(lang)} ({regions[item.region_id].name(lang)})") for item in offered
        ]
        if not is_sent:
            self.seen.data = written(offered)


class ProvinceForm(BaseForm):
    """Which region a province belongs to, and that somebody has made sure of it."""

    region = SelectField(_l("Region"), [Needed()])
    is_right = BooleanField(_l("I have made sure that this is right"))
    seen = HiddenField()

    def offer(self, province: Province, regions: Sequence[Region]) -> None:
        """Fill in the regions of today, and the one the province belongs to."""
        lang = current_language()
        self.region.choices = [(region.slug, region.name(lang)) for region in regions]
        if not self.is_submitted():
            self.seen.data = written([province])
            self.region.data = next((each.slug for each in regions if each.id == province.region_id), None)


class TakingPartForm(BaseForm):
    """The regions that take part in a round."""

    regions = TickField(_l("Regions that take part"))

    def offer(self, regions: Sequence[Region], ticked: Iterable[Region]) -> None:
        """Fill in the choices and what is ticked at first."""
        lang = current_language()
        self.regions.choices = [(region.slug, region.name(lang)) for region in regions]
        if not self.is_submitted():
            self.regions.data = [region.slug for region in ticked]


def written(provinces: Iterable[Province]) -> str:
    """Where provinces belong, as a form carries it: "50:1:0 60:1:1"."""
    return " ".join(f"{item.code}:{item.region_id}:{int(item.please_check)}" for item in provinces)


def read_places(text: Any) -> dict[str, ProvincePlace]:
    """The same, read; what is not ours is passed over."""
    found = {}
    for part in str(text or "").split():
        code, _colon, rest = part.partition(":")
        region_id, _colon, check = rest.partition(":")
        if region_id.isascii() and region_id.isdigit() and len(region_id) < 10:
            found[code] = ProvincePlace(int(region_id), check == "1")
    return found


__all__ = ["ProvinceForm", "ProvincesForm", "RegionForm", "TakingPartForm", "read_places", "written"]
