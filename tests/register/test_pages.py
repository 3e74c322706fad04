"""The register in the database, and its page."""

from decimal import Decimal

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forumplanner.core.db import db
from forumplanner.register.models import FinanceKind, Measure, Observation, Standing
from forumplanner.register.rules import Figure
from forumplanner.register.services import list_figures
from forumplanner.register.tables import finance_table
from tests.outcomes.sample_round import counted_queries
from tests.pages import PageClient, text_of
from tests.register.test_rules import real_figures


@pytest.mark.usefixtures("sample")
def test_the_sample_holds_the_real_table(session: Session) -> None:
    assert finance_table(list_figures(session, "th"), "th") == finance_table(real_figures("th"), "th")


@pytest.mark.usefixtures("sample")
def test_a_newer_figure_replaces_an_older_one(session: Session) -> None:
    kind = session.scalars(select(FinanceKind).order_by(FinanceKind.list_order)).first()
    assert kind is not None
    standing, source = Standing.COUNT, "สทบ."
    value = Decimal(78000)
    session.add(
        Observation(kind=kind, measure=Measure.GROUPS, standing=standing, value=value, as_of="2006", source=source)
    )
    session.flush()
    session.expire_all()
    newest = Figure(Standing.COUNT, Decimal(78000), "2006", "สทบ.")
    assert list_figures(session, "th")[0].figure(Measure.GROUPS) == newest


@pytest.mark.usefixtures("sample", "real_commits")
def test_all_figures_take_one_query(session: Session) -> None:
    with counted_queries() as sent:
        list_figures(session, "th")
    assert len(sent) == 1


@pytest.mark.usefixtures("sample")
def test_visitors_are_asked_to_sign_in(client: PageClient) -> None:
    page = client.get("/figures", 302)
    assert page.response.headers["Location"].startswith("/login")


@pytest.mark.usefixtures("sample")
def test_readers_see_targets_in_brackets_no_data_in_words_and_totals_with_notes(client: PageClient) -> None:
    page = client.sign_in_as("reader").get("/figures")
    (table,) = page.root.iter("table")
    rows = [
        [" ".join(text_of(node) for node in cell.iter("span") if node.get("class") == "cell-value") or text_of(cell)
         for cell in row if cell.tag in ("th", "td")]
        for row in table.iter("tr")
    ]  # fmt: skip
    assert rows[2] == ["กองทุนแก้ไขปัญหาความยากจน (กขคจ.)", "(39,646)", "ไม่มีข้อมูล", "(11,100.88)", "ไม่ระบุเวลา"]
    assert rows[-2:] == [
        ["รวมทั้งเป้าหมาย [4]", "136,998", "451,234", "101,563.01", ""],
        ["รวมเฉพาะที่นับได้ [5]", "97,352", "451,234", "90,462.13", ""],
    ]
    assert len(page.find_all("table-note")) == 7


@pytest.mark.usefixtures("sample")
def test_an_empty_register_says_what_will_stand_there(client: PageClient) -> None:
    with client.app.app_context():
        db.session.execute(delete(Observation))
        db.session.execute(delete(FinanceKind))
        db.session.commit()
    assert "ยังไม่มีตัวเลข" in client.sign_in_as("reader").get("/figures").text
