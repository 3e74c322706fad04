"""Pages of a meeting's invitations, for its coordinators."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import COORDINATORS, acting, check_may_change_region, noting_look, opens_to
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.errors import Refused
from forumplanner.invitations import lists, rules, services, words
from forumplanner.invitations.counting import count_answers
from forumplanner.invitations.forms import ParticularsForm, TakenAnswerForm, days_text, read_days
from forumplanner.invitations.forms.needs import TakenNeedsForm
from forumplanner.invitations.models import Invitation, ReplyChannel
from forumplanner.invitations.speaking import reasons_for, said_to, words_for
from forumplanner.invitations.views.showing import STATE_MARKS, STATE_WORDS, answer_days, show_meeting
from forumplanner.partners.access import current_sight
from forumplanner.partners.links import calendar_addresses, find_personal_feed_url
from forumplanner.partners.qr import draw_qr
from forumplanner.partners.search import clean_text
from forumplanner.partners.services import is_in_sight
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import get_meeting
from forumplanner.web.errors import translated
from forumplanner.web.locale import current_language
from forumplanner.web.speech import use_words
from forumplanner.web.today import settings
from forumplanner.web.typed import typed_texts

blueprint = Blueprint("invitations", __name__)

LAST_PAGE = 10_000


def own_meeting(code: str, slug: str) -> Meeting:
    """The meeting, for whoever may invite to it."""
    meeting = get_meeting(db.session(), code, slug)
    check_may_change_region(meeting.region_id)
    return meeting


def refusal_to_invite(meeting: Meeting) -> str | None:
    """Why nobody can be invited to it, in words; None where somebody can."""
    try:
        rules.check_can_invite(meeting.ends_on, clock.today(), meeting.status)
    except Refused as refusal:
        return translated(refusal)
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list's address asks for, as its links carry it on."""

    meeting: Meeting
    q: str
    state: str
    page: int

    def turned(self, page: int) -> str:
        """The address of another page of the same list."""
        asked = {"q": self.q, "state": self.state, "page": page if page > 1 else ""}
        return url_for(
            "invitations.invitations",
            code=self.meeting.round.code,
            slug=self.meeting.slug,
            **{name: value for name, value in asked.items() if value},  # type: ignore[arg-type]
        )


def read_asked(meeting: Meeting) -> Asked:
    """Read the address; what it names wrongly is not filtered by."""
    state = request.args.get("state", "")
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    return Asked(meeting, clean_text(request.args.get("q", "")), state if state in lists.STATES else "", page)


@blueprint.get("/rounds/<code>/<meeting:slug>/invitations")
@opens_to(COORDINATORS)
def invitations(code: str, slug: str) -> ResponseReturnValue:
    """Who is invited, and what each answered."""
    session = db.session()
    meeting = own_meeting(code, slug)
    asked = read_asked(meeting)
    counts = count_answers(session, meeting)
    listed = lists.list_page(session, meeting, state=asked.state or None, text=asked.q, page=asked.page)
    page = render_template(
        "invitations/invitations.html",
        meeting=meeting,
        shown=show_meeting(meeting, current_language()),
        page=listed,
        counts=counts,
        asked=asked,
        state_choices=[(name, f"{_(STATE_WORDS[name])} ({getattr(counts, name)})") for name in lists.STATES],
        refusal=refusal_to_invite(meeting),
        words=words,
        state_of=lists.state_of,
        answer_days=answer_days,
        said_to=said_to,
        state_words=STATE_WORDS,
        state_marks=STATE_MARKS,
    )
    return noting_look(page, "meeting", meeting.id, whose=[each.partner_id for each in listed.invitations])


def own_invitation(code: str, slug: str, invitation_id: int, *, to_change: bool = False) -> Invitation:
    """The invitation, for whoever may change it."""
    meeting = own_meeting(code, slug)
    found = services.get_invitation(db.session(), meeting, invitation_id, to_change=to_change)
    # The page is of this partner alone.
    use_words(words_for(found.partner))
    return found


def address_of(invitation: Invitation) -> str:
    meeting = invitation.meeting
    return url_for("invitations.invitation", code=meeting.round.code, slug=meeting.slug, invitation_id=invitation.id)


def _standing(invitation: Invitation) -> rules.Standing:
    meeting, revoked = invitation.meeting, invitation.revoked_at is not None
    return rules.standing(meeting.ends_on, clock.today(), meeting.status, revoked=revoked)


def invitation_page(
    invitation: Invitation,
    *,
    answer_form: TakenAnswerForm | None = None,
    particulars_form: ParticularsForm | None = None,
    needs_form: TakenNeedsForm | None = None,
) -> ResponseReturnValue:
    """The page of one invitation, with the form that was refused, if any."""
    session, lang = db.session(), current_language()
    meeting, partner = invitation.meeting, invitation.partner
    failed = answer_form or particulars_form or needs_form
    if particulars_form is None:
        particulars_form = ParticularsForm(
            formdata=None,
            data={
                "channel": invitation.channel.value,
                "capacity": invitation.capacity.value,
                "seat": invitation.seat_id,
            },
        )
        particulars_form.offer_seats(invitation, lang, is_open=rules.is_open(_standing(invitation)))
        particulars_form.saw(services.shown_of_particulars(invitation))
    if answer_form is None:
        answer_form = TakenAnswerForm(invitation, formdata=None)
        answer_form.show_in_force()
        answer_form.saw(services.shown_of_answer(invitation))
        answer_form.days.data = days_text(meeting)
    elif answer_form.refusal is not None:
        # What was refused stands beside the days as they are now: recording it again is deliberate.
        answer_form.days.raw_data, answer_form.days.data = None, days_text(meeting)
    address = services.reply_url(settings(), invitation)
    in_sight = is_in_sight(current_sight(), partner)
    # The calendar's address shows the partner's meetings in every region: for those alone who may see the partner.
    feed = find_personal_feed_url(session, settings(), partner.id) if in_sight else None
    standing = _standing(invitation)
    page = render_template(
        "invitations/invitation.html",
        invitation=invitation,
        meeting=meeting,
        partner=partner,
        shown=show_meeting(meeting, lang),
        addressee=invitation.addressee(lang),
        partner_in_sight=in_sight,
        form=failed,
        answer_form=answer_form,
        needs_form=needs_form or TakenNeedsForm(meeting.ends_on, formdata=None),
        asks_needs=services.can_tell_needs(invitation, clock.today()),
        particulars_form=particulars_form,
        last_came_by=_(words.REPLY_CHANNELS[invitation.replies[-1].channel]) if invitation.replies else None,
        standing=standing.value,
        typed=typed_texts() if failed is not None else [],
        refusal=None if standing == rules.Standing.OPEN else _(rules.REFUSALS[standing]),
        can_invite=refusal_to_invite(meeting) is None,
        state=lists.state_of(invitation),
        answer_days=answer_days,
        reasons=list(reasons_for(invitation.partner)),
        state_words={name: _(word) for name, word in STATE_WORDS.items()},
        state_marks=STATE_MARKS,
        words=words,
        address=address,
        qr=draw_qr(address, _("QR code of the private link of %(name)s", name=partner.shown_name(lang))),
        feed=calendar_addresses(feed, is_secret=True) if feed else None,
    )
    answer = (page, failed.status if failed is not None else 200)
    return noting_look(answer, "partner", partner.id)


@blueprint.get("/rounds/<code>/<meeting:slug>/invitations/<int(max=2147483647):invitation_id>")
@opens_to(COORDINATORS)
def invitation(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """One invitation: the answer, how it came, the private link, what can be done."""
    return invitation_page(own_invitation(code, slug, invitation_id))


@blueprint.post("/rounds/<code>/<meeting:slug>/invitations/<int(max=2147483647):invitation_id>/answer")
@opens_to(COORDINATORS)
def record_answer(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """Note an answer that came by telephone, on paper, by LINE or by e-mail."""
    session = db.session()
    found = own_invitation(code, slug, invitation_id, to_change=True)
    form = TakenAnswerForm(found)
    if form.validate():
        with form.showing_refusals():
            services.record_reply(
                session,
                found,
                form.given(),
                channel=ReplyChannel(form.came_by.data),
                taken_by=acting().name,
                today=clock.today(),
                seen=form.stamp,
                shown_days=read_days(form.days.data),
            )
            db.session.commit()
            flash(_("The answer is recorded."), "done")
            return redirect(address_of(found), 303)
    return invitation_page(found, answer_form=form)


@blueprint.post("/rounds/<code>/<meeting:slug>/invitations/<int(max=2147483647):invitation_id>/particulars")
@opens_to(COORDINATORS)
def change_particulars(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """Correct channel, capacity and seat."""
    form = ParticularsForm()
    found = own_invitation(code, slug, invitation_id, to_change=True)
    form.offer_seats(found, current_language(), is_open=rules.is_open(_standing(found)))
    if form.validate():
        channel, capacity = form.chosen()
        with form.showing_refusals():
            services.change_invitation(
                db.session(),
                acting(),
                found,
                channel=channel,
                capacity=capacity,
                seat_id=form.seat_id,
                seen=form.stamp,
                today=clock.today(),
            )
            db.session.commit()
            flash(_("Saved."), "done")
            return redirect(address_of(found), 303)
    return invitation_page(found, particulars_form=form)


@blueprint.post("/rounds/<code>/<meeting:slug>/invitations/<int(max=2147483647):invitation_id>/reached")
@opens_to(COORDINATORS)
def mark_reached(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """Note that the invitation reached its partner, or did not after all."""
    found = own_invitation(code, slug, invitation_id, to_change=True)
    reached = request.form.get("reached") != "no"
    services.mark_reached(db.session(), acting(), found, reached=reached)
    db.session.commit()
    flash(_("Marked as reached.") if reached else _("Marked as not reached."), "done")
    return redirect(address_of(found), 303)


@blueprint.post("/rounds/<code>/<meeting:slug>/invitations/<int(max=2147483647):invitation_id>/renew")
@opens_to(COORDINATORS)
def renew_link(code: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """A new private link; all earlier ones say that they were replaced."""
    found = own_invitation(code, slug, invitation_id, to_change=True)
    services.renew_link(db.session(), acting(), found)
    db.session.commit()
    flash(_("There is a new link now. Please pass it on: the old one no longer works."), "done")
    return redirect(address_of(found), 303)
