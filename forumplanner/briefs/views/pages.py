"""The national brief as a page and on paper.

Every account may read it. It says what organisers accepted; organisers themselves see on the page, marked as such, what
waits for them. The paper says what was accepted and nothing else, whoever prints it; names of people are on it for
those who may see them.
"""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forumplanner.accounts.access import READERS, is_coordinator, is_organiser, may_see_people, opens_to
from forumplanner.briefs.compiling import compile_brief
from forumplanner.briefs.documents import brief_pdf, origin_words
from forumplanner.briefs.rules import read_kind
from forumplanner.briefs.views.layout import item_href, lay_out_matrix, line_href, owner_words
from forumplanner.briefs.words import WORDS
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.outcomes.rules import OutcomeKind
from forumplanner.printing.views.serving import paper_response
from forumplanner.web.downloads import paper_asked_for
from forumplanner.web.locale import current_language
from forumplanner.web.today import settings

blueprint = Blueprint("briefs", __name__)


@blueprint.get("/rounds/<code>/brief")
@opens_to(READERS)
def brief(code: str) -> ResponseReturnValue:
    """The situation, what each region concluded on each question, resolutions, commitments, sources."""
    lang = current_language()
    document = compile_brief(
        db.session(),
        code,
        today=clock.today(),
        sees_people=may_see_people,
        sees_proposed=is_coordinator(),
        sees_submitted=is_organiser(),
        kind=read_kind(request.args.get("kind")),
        lang=lang,
    )
    words = WORDS[lang]
    return render_template(
        "briefs/brief.html",
        brief=document,
        words=words,
        matrix_rows=lay_out_matrix(document),
        kinds=[(kind.value, words.kinds[kind]) for kind in OutcomeKind],
        owner_words=owner_words,
        line_href=lambda line: line_href(document.code, line),
        item_href=lambda line: item_href(document.code, line),
        origin=lambda part: origin_words(part, lang),
        waiting=[part.name for part in document.regions if part.lines and not part.is_accepted],
    )


@blueprint.get("/rounds/<code>/brief.pdf")
@opens_to(READERS)
def paper(code: str) -> ResponseReturnValue:
    """The brief as a PDF, `?lang=en` in English, `?digits=thai` with Thai digits."""
    lang, thai_digits = paper_asked_for()
    document = compile_brief(
        db.session(),
        code,
        today=clock.today(),
        sees_people=may_see_people,
        sees_proposed=is_coordinator(),
        address=settings().base_url.rstrip("/") + url_for("desks.board", code=code),
        lang=lang,
        thai_digits=thai_digits,
    )
    # Printing takes a while; nobody should wait for this transaction meanwhile.
    db.session.rollback()
    plain_name = f"brief-{document.code}.pdf"
    return paper_response(document, brief_pdf, name=f"{document.title}.pdf", plain_name=plain_name)
