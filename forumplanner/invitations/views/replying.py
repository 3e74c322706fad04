"""A participant's own pages, opened by a private link: no account, no script; opening them changes nothing."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from limits import parse

from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import DEFAULT_LANGUAGE, N_
from forumplanner.invitations import rules, services, words
from forumplanner.invitations.forms import AnswerForm, CommentForm, DelegateForm, ReasonForm, days_text, read_days
from forumplanner.invitations.forms.needs import OwnNeedsForm
from forumplanner.invitations.models import Answer, Invitation, ReplyChannel
from forumplanner.invitations.services import GivenAnswer, Superseded, UnknownLink
from forumplanner.invitations.speaking import reasons_for, words_for
from forumplanner.invitations.views.showing import answer_days, seat_apart, show_meeting
from forumplanner.partners.links import calendar_addresses, feed_page_url, find_personal_feed_url
from forumplanner.partners.qr import draw_qr
from forumplanner.rounds.rules import is_public
from forumplanner.web.access import PRIVATE_LINK, opens_to
from forumplanner.web.errors import translated
from forumplanner.web.forms import LinkForm, PlainField, checked_by_link
from forumplanner.web.limits import check_not_used_up, client_address, count_attempt, note_attempt
from forumplanner.web.locale import current_language
from forumplanner.web.speech import use_words
from forumplanner.web.today import settings

blueprint = Blueprint("reply", __name__, url_prefix="/reply")

# Of one link, wherever it is pressed: nobody changes their mind so often. Opening the page is not counted.
ANSWER_LIMIT = parse("60 per 10 minutes")
# Links that are none of ours: a typing error or two, not a search.
UNKNOWN_LIMIT = parse("20 per 10 minutes")


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Nobody else learns the link: no referrer, no index, no shared cache."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.errorhandler(Superseded)
def closed(refusal: Superseded) -> ResponseReturnValue:
    """A link that was in force once: what happened to it, and whom to ask."""
    use_words(words_for(refusal.partner))
    shown = show_meeting(refusal.meeting, current_language())
    announced = is_public(refusal.meeting.status)
    db.session.rollback()
    heading, detail = _("This link is no longer in force"), translated(refusal)
    page = render_template(
        "reply/closed.html", heading=heading, detail=detail, shown=shown, announced=announced, typed=sent_texts()
    )
    return page, refusal.status


@blueprint.errorhandler(UnknownLink)
def unknown(refusal: UnknownLink) -> ResponseReturnValue:
    """A link that is none of ours."""
    db.session.rollback()
    heading = _("This link does not work")
    page = render_template(
        "reply/closed.html", heading=heading, detail=translated(refusal), shown=None, typed=sent_texts()
    )
    answer = make_response(page, refusal.status)
    if services.read_reply_link(settings(), _asked_link()) is None:
        note_attempt(answer, UNKNOWN_LIMIT, *_guessing())
    return answer


@blueprint.before_request
def count_answers() -> None:
    """Answers are counted by their link; whoever guesses links is stopped by their address."""
    target = services.read_reply_link(settings(), _asked_link())
    if target is None:
        check_not_used_up(UNKNOWN_LIMIT, *_guessing())
    elif request.method == "POST":
        count_attempt(ANSWER_LIMIT, "answer", str(target.row_id))


def _asked_link() -> str:
    return str((request.view_args or {}).get("link", ""))


def _guessing() -> tuple[str, str]:
    return "unknown reply link", client_address()


def opened(link: str) -> Invitation:
    """The invitation of this link; from here on the page speaks to whoever holds it."""
    found = services.open_reply_link(db.session(), settings(), link, to_change=request.method == "POST")
    use_words(words_for(found.partner))
    return found


def standing_of(invitation: Invitation) -> rules.Standing:
    """How the invitation stands today."""
    meeting = invitation.meeting
    return rules.standing(meeting.ends_on, clock.today(), meeting.status, revoked=invitation.revoked_at is not None)


def record(invitation: Invitation, given: GivenAnswer, days: str | None = None) -> None:
    """Put the partner's own answer into force and commit; `days` as the form carried those it was shown with."""
    services.record_reply(
        db.session(),
        invitation,
        given,
        channel=ReplyChannel.LINK,
        taken_by=None,
        today=clock.today(),
        shown_days=read_days(days),
    )
    db.session.commit()


def sent_texts() -> list[str]:
    """What was typed into the form just sent, also one short word: a refusal shows it once more."""
    needs = OwnNeedsForm(clock.today())
    boxes = [*DelegateForm(), ReasonForm({}).own_words, needs.food_note, needs.help_needed]
    return [box.data for box in boxes if isinstance(box, PlainField) and box.data]


def show(template: str, invitation: Invitation, link: str, **context: object) -> str:
    """One of the pages, with what all of them show."""
    lang = current_language()
    seat = seat_apart(invitation, lang)
    return render_template(
        f"reply/{template}.html",
        invitation=invitation,
        meeting=invitation.meeting,
        partner=invitation.partner,
        link=link,
        name=invitation.partner.shown_name(lang) if seat else invitation.addressee(lang),
        seat=seat,
        shown=show_meeting(invitation.meeting, lang),
        standing=standing_of(invitation).value,
        days=days_text(invitation.meeting),
        earlier_days=answer_days(invitation) if invitation.is_for_other_days else None,
        own_answers={answer.value: _(word) for answer, word in words.OWN_ANSWERS.items()},
        answers={answer.value: _(word) for answer, word in words.ANSWERS.items()},
        needs=invitation.needs,
        foods=words.FOODS,
        **({"needs_form": OwnNeedsForm(invitation.meeting.ends_on, formdata=None)} | context),
        asks_needs=services.can_tell_needs(invitation, clock.today()),
    )


@blueprint.get("/<link>")
@opens_to(PRIVATE_LINK)
def reply(link: str) -> ResponseReturnValue:
    """Who invites whom to what, when and where, and three large buttons; afterwards the answer, read-only."""
    invitation = opened(link)
    return show("reply", invitation, link)


@blueprint.post("/<link>")
@checked_by_link
@opens_to(PRIVATE_LINK)
def answer(link: str) -> ResponseReturnValue:
    """One of the buttons: coming and not coming count at once, a delegate is asked for by name."""
    form = AnswerForm()
    valid = form.validate()
    invitation = opened(link)
    if not valid:
        return show("reply", invitation, link, form=form), form.refusal_status()
    chosen = Answer(form.answer.data)
    if chosen == Answer.DELEGATE:
        return redirect(url_for("reply.delegate", link=link), 303)
    try:
        # What went with an answer for other days stays with that one.
        anew = invitation.is_for_other_days
        given = GivenAnswer(
            chosen, comment=None if anew else invitation.comment, reason=None if anew else invitation.reason
        )
        record(invitation, given, form.days.data)
    except Conflict as refusal:
        return refused(link, refusal)
    return redirect(url_for("reply.done", link=link), 303)


def refused(link: str, refusal: Conflict) -> ResponseReturnValue:
    """The page as it stands now, saying why nothing is taken, with what was typed."""
    db.session.rollback()
    page = show(
        "reply",
        opened(link),
        link,
        refusal=translated(refusal),
        refused=_("Your message was not taken") if request.endpoint == "reply.comment" else None,
        typed=sent_texts(),
    )
    return page, refusal.status


@blueprint.route("/<link>/delegate", methods=["GET", "POST"])
@checked_by_link
@opens_to(PRIVATE_LINK)
def delegate(link: str) -> ResponseReturnValue:
    """One question: who comes instead? The name may follow later."""
    form = DelegateForm()
    valid = form.validate_on_submit()
    invitation = opened(link)
    if valid:
        with form.showing_refusals():
            try:
                record(invitation, form.given(), form.days.data)
            except Conflict as refusal:
                return refused(link, refusal)
            return redirect(url_for("reply.done", link=link), 303)
    elif not form.is_submitted():
        if standing_of(invitation) != rules.Standing.OPEN:
            return redirect(url_for("reply.reply", link=link))
        form.delegate_name.data = invitation.delegate_name
        form.delegate_phone.data = invitation.delegate_phone
        form.comment.data = None if invitation.is_for_other_days else invitation.comment
        form.days.data = days_text(invitation.meeting)
    return show("delegate", invitation, link, form=form), form.refusal_status() if form.errors else 200


@blueprint.get("/<link>/done")
@opens_to(PRIVATE_LINK)
def done(link: str) -> ResponseReturnValue:
    """What was answered, how to change it, and the dates for one's own calendar."""
    invitation = opened(link)
    if not is_confirmed(invitation):
        return redirect(url_for("reply.reply", link=link))
    return done_page(invitation, link)


def is_confirmed(invitation: Invitation) -> bool:
    """Whether there is an answer to confirm, to a day that is told."""
    return invitation.answer_now is not None and standing_of(invitation) != rules.Standing.PROPOSED


def done_page(
    invitation: Invitation,
    link: str,
    form: CommentForm | None = None,
    reason_form: ReasonForm | None = None,
    needs_form: OwnNeedsForm | None = None,
) -> ResponseReturnValue:
    """The page after an answer, with the form that was refused, if any."""
    refused_form: LinkForm | None = form or reason_form or needs_form
    form = form or CommentForm(formdata=None, data={"comment": invitation.comment})
    if reason_form is None:
        reason_form = ReasonForm(reasons_for(invitation.partner), formdata=None)
        reason_form.show(invitation.reason)
    found = find_personal_feed_url(db.session(), settings(), invitation.partner_id)
    lang = current_language()
    # Calendars are in Thai unless their address says otherwise.
    in_own_language = "" if lang == DEFAULT_LANGUAGE else f"?lang={lang}"
    feed_page = feed_page_url(found) + in_own_language if found else None
    meeting = invitation.meeting
    page = show(
        "done",
        invitation,
        link,
        form=form,
        reason_form=reason_form,
        **({"needs_form": needs_form} if needs_form else {}),
        feed=calendar_addresses(found + in_own_language, is_secret=True) if found else None,
        feed_page=feed_page,
        download_url=f"{settings().base_url}/feeds/m/{meeting.round.code}/{meeting.slug}.ics{in_own_language}",
        qr=draw_qr(feed_page, _("QR code of your own calendar")) if feed_page else None,
    )
    return page, refused_form.refusal_status() if refused_form and refused_form.errors else 200


@blueprint.post("/<link>/reason")
@checked_by_link
@opens_to(PRIVATE_LINK)
def reason(link: str) -> ResponseReturnValue:
    """Why somebody does not come: printed in the minutes, as the page says."""
    invitation = opened(link)
    form = ReasonForm(reasons_for(invitation.partner))
    valid = form.validate()
    if invitation.answer_now != Answer.DECLINED or not valid:
        if not valid and is_confirmed(invitation):
            return done_page(invitation, link, reason_form=form)
        return show("reply", invitation, link, form=form, typed=sent_texts()), form.refusal_status()
    given = GivenAnswer(Answer.DECLINED, comment=invitation.comment, reason=form.given_reason())
    try:
        record(invitation, given)
    except Conflict as refusal:
        return refused(link, refusal)
    return redirect(url_for("reply.done", link=link, reason="given" if given.reason else "none"), 303)


@blueprint.post("/<link>/comment")
@checked_by_link
@opens_to(PRIVATE_LINK)
def comment(link: str) -> ResponseReturnValue:
    """A message that goes with the answer in force; an empty one takes out what was written before."""
    form = CommentForm()
    valid = form.validate()
    invitation = opened(link)
    if valid and not (form.comment.data or invitation.comment):
        form.show_refusal(Invalid(N_("There is nothing to send yet. Please write your message."), field="comment"))
        valid = False
    if not valid and is_confirmed(invitation):
        return done_page(invitation, link, form)
    in_force = invitation.answer_now
    if not valid or in_force is None:
        return show("reply", invitation, link, form=form, typed=sent_texts()), form.refusal_status()
    given = GivenAnswer(
        in_force,
        invitation.delegate_name,
        invitation.delegate_phone,
        form.comment.data or None,
        invitation.reason,
        named_later=True,
    )
    try:
        record(invitation, given)
    except Conflict as refusal:
        return refused(link, refusal)
    return redirect(url_for("reply.done", link=link, sent=1), 303)
