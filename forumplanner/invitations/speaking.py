"""How each partner is spoken to, and spoken of: monks and novices in words of their own (นิมนต์), others as everybody.

The one place that decides. Whatever shows a partner's invitation or answer asks here: `said_to` for one message,
`words_for` for a whole page.
"""

from collections.abc import Mapping
from types import MappingProxyType

from forumplanner.core.i18n import N_
from forumplanner.invitations.words import REASONS, REASONS_OF_MONKS
from forumplanner.partners.models import Partner, Person, PersonClass

# What is said to everybody else: what is said to a monk.
TO_MONKS: Mapping[str, str] = MappingProxyType(
    {
        # What one answers, on buttons and in lists.
        "I will come": N_("I accept the invitation"),
        "I will not come": N_("I cannot accept the invitation"),
        "coming": N_("accepts the invitation"),
        "not coming": N_("cannot accept the invitation"),
        "no reply yet": N_("no reply to the invitation yet"),
        "withdrawn": N_("invitation withdrawn"),
        "answered: coming": N_("answered: accepts the invitation"),
        "answered: not coming": N_("answered: cannot accept the invitation"),
        # The pages behind the private link.
        "Invitation for %(name)s": N_("We respectfully invite %(name)s"),
        "Will you come?": N_("Will you accept our invitation?"),
        "Who comes instead?": N_("Whom do you send instead?"),
        "Please do not travel. If a new date is set, you can see it with this same link.": N_(
            "We respectfully ask you not to travel. If a new date is set, you can see it with this same link."
        ),
        "Why are you not coming?": N_("Why can you not accept the invitation?"),
        "Reason for not coming": N_("Reason for not accepting the invitation"),
        "This invitation was withdrawn. Please ask whoever invited you.": N_(
            "This invitation is withdrawn. Please ask whoever invited you."
        ),
        "This invitation was withdrawn.": N_("This invitation is withdrawn."),
        "The calendar on your telephone or computer then shows the meetings you are invited to and your "
        "answers, and follows when something changes.": N_(
            "The calendar on your telephone or computer then shows your meetings and your answers, and "
            "follows when something changes."
        ),
        "Your invitations and answers are not touched by this.": N_("Your invitations and answers stay as they are."),
        # The coordinators' page of one invitation.
        "You wrote a reason for not coming, but chose the answer %(answer)s. "
        "Please choose the other answer, or delete the reason.": N_(
            "You wrote a reason for not accepting the invitation, but chose the answer %(answer)s. "
            "Please choose the other answer, or delete the reason."
        ),
        "Invitation": N_("Invitation of a monk"),
        "Withdraw this invitation": N_("Withdraw this invitation of a monk"),
        "Withdraw this invitation?": N_("Withdraw this invitation of a monk?"),
        "Withdraw the invitation": N_("Withdraw the invitation of the monk"),
        "Keep the invitation": N_("Keep the invitation of the monk"),
        "Invite again, under the same link": N_("Invite the monk again, under the same link"),
        "The partner no longer counts as invited, and the link says so.": N_(
            "The monk no longer counts as invited, and the link says so."
        ),
        "How this partner is reached": N_("How this monk is reached"),
        "Not reached yet": N_("The monk is not reached yet"),
        "Reached on %(day)s": N_("The monk was reached on %(day)s"),
        "Mark as reached": N_("Mark the monk as reached"),
        "Marked as reached.": N_("The monk is marked as reached."),
        "Change to “not reached yet”": N_("Change to “the monk is not reached yet”"),
        "Marked as not reached.": N_("The monk is marked as not reached."),
        "An answer has come, so this invitation did arrive.": N_("An answer has come, so the monk was reached."),
        "All meetings this partner is invited to, kept up to date in their own calendar.": N_(
            "All meetings this monk is invited to, kept up to date in their own calendar."
        ),
        "Calendar of this partner": N_("Calendar of this monk"),
        "There is a new link now. Please pass it on: the old one no longer works.": N_(
            "There is a new link now. Please pass it on to the monk: the old one no longer works."
        ),
        "This invitation was withdrawn, so no answer is recorded. It can be taken up again.": N_(
            "This invitation is withdrawn, so no answer is recorded. The monk can be invited again."
        ),
        "The invitation is withdrawn. Its link says so.": N_("The monk's invitation is withdrawn. Its link says so."),
        "The invitation is in force again, under the same link.": N_(
            "The monk's invitation is in force again, under the same link."
        ),
        "The private link will say that the invitation was withdrawn. Answers given so far stay in its "
        "history. It can be taken up again.": N_(
            "The private link will say that the invitation is withdrawn. Answers given so far stay in its "
            "history. The monk can be invited again."
        ),
    }
)


def is_monk(partner: Partner) -> bool:
    """Whether somebody is spoken to as a monk or novice."""
    return isinstance(partner, Person) and partner.person_class == PersonClass.MONK


def words_for(partner: Partner) -> Mapping[str, str]:
    """The messages said otherwise on a page that speaks to this partner, or of this partner alone."""
    return TO_MONKS if is_monk(partner) else {}


def said_to(partner: Partner, message: str) -> str:
    """A message, or the one said in its place where it speaks to this partner, or of one in a list; untranslated."""
    return words_for(partner).get(message, message)


def reasons_for(partner: Partner) -> Mapping[str, str]:
    """The reasons for not coming that are offered ready to this partner."""
    return REASONS_OF_MONKS if is_monk(partner) else REASONS
