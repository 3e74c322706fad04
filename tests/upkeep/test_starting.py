"""From the sample to one's own data, on both databases."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.accounts.access.passwords import hash_password, normal_password
from forumplanner.accounts.models import User
from forumplanner.core.db import CALENDAR, SAMPLE, Base, db, find_mark
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.partners.models import Organisation
from forumplanner.register.services import list_figures
from forumplanner.upkeep.emptying import EMPTIED, KEPT, begin_for_real, empty_sample
from tests.accounts.signing_in import set_up_two_factor
from tests.pages import Page, PageClient, text_of

TYPED = {
    "name": "สมพร จริงใจ",
    "email": "somporn@example.org",
    "password": "ข้าวเหนียวมะม่วง 2550",
    "password_again": "ข้าวเหนียวมะม่วง 2550",
    "sure": "y",
}

AGENCIES = ["พอช.", "สทบ.", "พช.", "สศค.", "สศช.", "พม.", "เกษตร", "กศน.", "ชุมนุมเครดิตยูเนี่ยน"]


def count(session: Session) -> dict[str, int]:
    """Rows of each table that has any."""
    tables = Base.metadata.sorted_tables
    found = {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
    return {name: number for name, number in found.items() if number}


def test_every_table_is_emptied_or_kept() -> None:
    assert sorted((*EMPTIED, *KEPT)) == sorted(Base.metadata.tables)


def test_emptying_leaves_what_comes_with_the_schema_and_what_is_real(session: Session, sample: Flask) -> None:
    before = count(session)
    empty_sample(session)
    session.commit()
    kept = ("regions", "provinces", "bodies", "roles", "finance_kinds", "observations")
    agencies = {"partners": 9, "organisations": 9, "organisation_names": 9, "seats": 9}
    assert count(session) == {**{name: before[name] for name in kept}, **agencies, "marks": 1}


def test_agencies_stay_as_they_are_named_under_new_numbers(session: Session, sample: Flask) -> None:
    codi = session.scalars(select(Organisation).where(Organisation.short_name == "พอช.")).one()
    number = codi.id
    codi.email, codi.note = "typed@example.org", "ลองพิมพ์"
    session.add(Organisation(name="องค์กรที่ลองเพิ่ม", sort_key="", search_text=""))
    session.commit()
    empty_sample(session)
    session.commit()
    found = session.scalars(select(Organisation).order_by(Organisation.id)).all()
    assert [agency.short_name for agency in found] == AGENCIES
    assert (found[0].email, found[0].note, found[0].id > number) == (None, None, True)


def test_figures_stay_as_published(session: Session, sample: Flask) -> None:
    before = list_figures(session, "th")
    empty_sample(session)
    session.commit()
    assert list_figures(session, "th") == before


def test_feeds_kept_from_the_sample_go_out_of_force(session: Session, sample: Flask) -> None:
    before = find_mark(session, CALENDAR)
    assert before is not None
    number = before.number
    empty_sample(session)
    session.commit()
    after = find_mark(session, CALENDAR)
    assert (after is not None and after.number > number, find_mark(session, SAMPLE)) == (True, None)


def test_real_data_is_never_emptied(session: Session) -> None:
    with pytest.raises(Conflict, match="This database holds no sample"):
        empty_sample(session)


def test_the_first_organiser_is_made_with_their_password(session: Session, sample: Flask) -> None:
    with sample.test_request_context():
        user = begin_for_real(
            session,
            email="Somporn@Example.org",
            name="สมพร",
            password_hash=hash_password(normal_password("Somporn@Example.org", TYPED["password"])),
        )
        session.commit()
        assert user.verify_and_update_password(TYPED["password"]) is True
    assert (user.is_organiser, user.is_sample, session.scalar(select(func.count()).select_from(User))) == (
        True,
        False,
        1,
    )


def test_a_weak_password_is_refused_with_its_field(sample: Flask) -> None:
    with sample.test_request_context(), pytest.raises(Invalid) as caught:
        normal_password("somporn@example.org", "short")
    assert caught.value.field == "password"


def start(client: PageClient, status: int = 302, follow: bool = False, **values: Any) -> Page:
    page = client.sign_in_as("organiser").get("/start", lang="en")
    return client.submit(page, {**TYPED, **values}, form=1, status=status, follow=follow)


@pytest.mark.both_databases
def test_an_organiser_leaves_the_sample_and_is_signed_in_on_the_real_day(sample: Flask, client: PageClient) -> None:
    assert start(client).response.headers["Location"] == "/"
    assert client.http.get("/").headers["Location"] == "/account/two-factor"
    page = client.get("/account/two-factor")
    assert "The sample is gone." in page.text
    assert "สมพร จริงใจ" in page.text
    assert page.find_all("sample") == []
    set_up_two_factor(client)
    assert "Create the first round" in client.get("/").links()
    client.get("/rounds/new")
    assert client.get("/start", status=409).find_all("sample") == []


@pytest.mark.both_databases
def test_the_sample_sign_ins_open_nothing_any_more(sample: Flask, client: PageClient) -> None:
    other = PageClient(sample).sign_in_as("coordinator")
    start(client)
    assert other.http.get("/partners").status_code == 302


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"password_again": "อย่างอื่น"}, "The two passwords differ. Please type the same one twice."),
        ({"sure": None}, "Please tick this box, so that nothing is deleted by mistake."),
        ({"email": "somporn"}, "somporn"),
        ({"name": ""}, "Please fill this in."),
        ({"password": "short", "password_again": "short"}, "Password"),
        ({"password": "1234567890", "password_again": "1234567890"}, "Password"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_deleted(
    sample: Flask, client: PageClient, values: dict[str, Any], sentence: str
) -> None:
    page = start(client, 422, **values)
    assert sentence in page.errors()[0]
    with sample.app_context():
        assert count(db.session())["meetings"] == 10


def test_everything_that_is_wrong_is_said_at_once(sample: Flask, client: PageClient) -> None:
    empty = dict.fromkeys(("name", "email", "password", "password_again"), "")
    assert len(start(client, 422, **empty, sure=None).errors()) == 5
    page = start(client, 422, email="somporn", password="short", password_again="other", sure=None)
    assert [sentence.partition(":")[0] for sentence in page.errors()] == [
        "Your e-mail address",
        "Password",
        "The same password again",
        "Please tick this box, so that nothing is deleted by mistake.",
    ]


def test_a_form_whose_passwords_are_emptied_does_not_say_that_what_was_typed_is_kept(
    sample: Flask, client: PageClient
) -> None:
    page = start(client, 422, sure=None)
    assert [text_of(node.find("h2")) for node in page.find_all("error-summary")] == ["Please correct the following."]


def test_the_page_says_what_goes_and_what_stays(sample: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get("/start", lang="en")
    goes, stays = page.text.index("What will be deleted"), page.text.index("What will be kept")
    assert goes < page.text.index("All invitations and replies") < stays < page.text.index("CODI and the eight")


def test_only_organisers_may_leave_the_sample(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("coordinator").get("/start", status=403)
