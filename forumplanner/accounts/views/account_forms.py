"""Forms by which organisers keep accounts."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, widgets

from forumplanner.accounts.models import User
from forumplanner.accounts.rules import Role
from forumplanner.accounts.services import role_of, shown_of_account
from forumplanner.accounts.views.words import ROLE_NAMES
from forumplanner.outbox.rules import check_recipient
from forumplanner.places.models import Region
from forumplanner.web.forms import Checked, Needed, PlainField
from forumplanner.web.locale import current_language
from forumplanner.web.seen import SeenForm


class AccountForm(SeenForm):
    """Whose account it is, what it is for, and which regions it looks after."""

    name = PlainField(_l("Name"), max_length=200, description=_l("First name and family name."))
    role = RadioField(_l("Role"), [Needed()])
    regions = SelectMultipleField(
        _l("Regions"),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
        description=_l("For regional coordinators only."),
    )

    def offer(self, regions: Sequence[Region]) -> None:
        """Fill in roles and regions."""
        lang = current_language()
        self.role.choices = [(role.value, _(word)) for role, word in ROLE_NAMES.items()]
        self.regions.choices = [(region.slug, region.name(lang)) for region in regions]

    def show_account(self, user: User) -> None:
        """Fill the fields from an account."""
        self.name.data, self.role.data = user.name, role_of(user)
        self.regions.data = [region.slug for region in user.regions]
        self.saw(shown_of_account(user))

    def duties(self) -> dict[str, Any]:
        """Role, regions and name as typed; ticked regions of another role fall away."""
        role = self.role.data or ""
        regions = self.regions.data or [] if role == Role.COORDINATOR else []
        return {"role": role, "region_slugs": regions, "name": self.name.data or ""}


class NewAccountForm(AccountForm):
    """The same with the address."""

    email = PlainField(
        _l("E-mail address"),
        [Needed(), Checked(check_recipient)],
        max_length=254,
        description=_l("The person signs in with it."),
    )
