"""The part of a partner's form that says where they are: the place, and the regions, which need not be the place's."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectMultipleField, widgets
from wtforms.validators import StopValidation

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.partners.words import NO_OWN_REGION
from forumplanner.places.fields import PlaceField
from forumplanner.places.models import Region
from forumplanner.web.forms import HiddenField, LongTextField
from forumplanner.web.locale import current_language
from forumplanner.web.seen import SeenForm


class PlacedForm(SeenForm):
    """Place and regions."""

    place = PlaceField(
        _l("Subdistrict, district, province"),
        description=_l("For example ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา, or the province alone."),
    )
    regions = SelectMultipleField(
        _l("Regions"),
        coerce=int,
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    # That a region was proposed once: who unticks it means it.
    proposed = HiddenField(render_kw={"id": False})
    # Whether the person would lose a partner of none of these regions from their own list.
    needs_region = False
    _proposal = ""

    def offer_regions(self, regions: Sequence[Region], kept: Sequence[Region]) -> None:
        """Fill in the regions this person may give; `kept` stay whatever is ticked."""
        lang = current_language()
        self._regions = {region.id: region for region in regions}
        self._kept = [region for region in kept if region.id not in self._regions]
        self.regions.choices = {str(region.id): region.name(lang) for region in regions}

    def propose_region(self, region: Region | None) -> None:
        """Tick the region of the place, once, where none is ticked of several: to be looked at and saved again."""
        is_open = len(self._regions) > 1 and not (self.regions.data or self._kept or self.proposed.data)
        if region is None or region.id not in self._regions or not is_open or not self.place.data:
            return
        lang = current_language()
        self.regions.data = [region.id]
        self.proposed.raw_data, self.proposed.data = None, "yes"
        self._proposal = _(
            "%(place)s lies in the region %(region)s, which is ticked now. Please check it and save again; "
            "whoever belongs to no region or to another can be ticked otherwise.",
            place=self.place.data.line[-1].called(lang),
            region=region.called(lang),
        )

    def validate_regions(self, field: Field) -> None:
        """One of the own regions at least, where the person keeps only those; one that was proposed is looked at."""
        if self._proposal:
            raise StopValidation(self._proposal)
        if self.needs_region and not field.data:
            raise StopValidation(_(NO_OWN_REGION))

    def with_rest(self, note: LongTextField) -> str | None:
        """The note, and below it what was typed beside the place: the house, the village."""
        text = "\n".join(part for part in (note.data, self.place.rest) if part)
        if len(text) > note.max_length:
            raise Invalid(
                N_("The note is full. Please write “%(rest)s” elsewhere."), field="place", rest=self.place.rest
            )
        return text or None
