"""Searching 137,000 organisations, as many as the register counts: by the index of pieces, and by reading every row."""

import random
import time
from collections.abc import Iterator, Sequence
from statistics import median, quantiles
from unittest.mock import patch

import psycopg
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from bench.figures import Figure
from bench.sample import sample_app
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.partners import search, trigrams
from forumplanner.partners.models import Organisation, Partner, PartnerKind, Phone, Sector, partner_regions
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import PAGE_SIZE, PartnerFilter
from forumplanner.places.models import Province
from tests.keeper import Keeper

MANY = 137_000
ASKED = 200
FIRST = 200_001
EVERYTHING = Sight(everything=True)
KINDS = ("กลุ่มออมทรัพย์เพื่อการผลิต", "กองทุนหมู่บ้าน", "สถาบันการเงินชุมชน", "กองทุนสวัสดิการชุมชน", "เครือข่ายสัจจะสะสมทรัพย์")
BEFORE = ("ท่า", "หนอง", "โคก", "ดอน", "ห้วย", "วัง", "นา", "คลอง", "โพธิ์", "เกาะ", "บึง", "เขา", "ป่า", "ทุ่ง", "แม่")
MIDDLE = ("แก้ว", "ทอง", "ขาว", "ดำ", "แดง", "ใหญ่", "น้อย", "สูง", "ยาว", "กว้าง", "งาม", "เงิน", "จันทร์", "แจ๋ว", "ข้าม")
AFTER = ("", "พัฒนา", "สามัคคี", "ใต้", "เหนือ", "กลาง", "นอก", "ใน", "เก่า", "ใหม่", "ร่มเย็น", "เจริญสุข", "รุ่งเรือง")


def add_register(session: Session, count: int) -> None:
    """Insert that many organisations with province, region and telephone, made up by chance from words of real ones."""
    chance = random.Random(2550)
    provinces = list(session.scalars(select(Province)))
    rows, phones, members = [], [], []
    for number in range(FIRST, FIRST + count):
        place = f"บ้าน{chance.choice(BEFORE)}{chance.choice(MIDDLE)}{chance.choice(AFTER)} หมู่ที่ {chance.randrange(1, 20)}"
        name, province = f"{chance.choice(KINDS)}{place}", chance.choice(provinces)
        phone = f"08{chance.randrange(10**8):08}"
        rows.append(
            {
                "id": number,
                "kind": PartnerKind.ORGANISATION,
                "name": name,
                "sort_key": thai.sort_key(name),
                "search_text": thai.searchable(name, phone, province.name_th, province.name_en),
                "sector": Sector.COMMUNITY,
                "place_code": province.code,
                "province_code": province.code,
                "version": 1,
                "is_sample": False,
                "created_at": clock.now(),
            }
        )
        phones.append({"partner_id": number, "number": phone, "position": 1})
        members.append({"partner_id": number, "region_id": province.region_id})
    session.execute(insert(Partner.__table__), rows)  # type: ignore[arg-type]
    session.execute(insert(Organisation.__table__), [{"id": row["id"]} for row in rows])  # type: ignore[arg-type]
    session.execute(insert(Phone.__table__), phones)  # type: ignore[arg-type]
    session.execute(insert(partner_regions), members)
    session.commit()


def what_people_ask(texts: Sequence[str]) -> list[str]:
    """What is typed: a village, a part of one, without its tone marks, with its province, a telephone, a slip."""
    chance = random.Random(7)
    bare = str.maketrans("", "", "็่้๊๋์")
    asked = []
    for at in range(ASKED):
        words = chance.choice(texts).split("\n")[0].split()
        village, province, phone = words[0].split("บ้าน", 1)[1], words[4] if len(words) > 4 else words[-2], words[3]
        asked.append(
            (
                village,
                village[1 : 1 + chance.randrange(4, 8)],
                village.translate(bare),
                f"{village} {province}",
                f"{province} {words[2]} {village}",
                phone,
                phone[-4:],
                f"{phone[:3]}-{phone[3:6]}-{phone[6:]}",
                f"{village}ฐ",
                chance.choice(KINDS)[:8],
            )[at % 10]
        )
    return asked


def first_page(rows: Sequence[tuple[int, str, str]], typed: str) -> list[int]:
    """What stands on the first page, by reading every row in Python; rows in the list's order."""
    words = search.words_of(typed)
    found = (number for number, _key, searched in rows if all(word in searched for word in words))
    return [number for _, number in zip(range(PAGE_SIZE), found, strict=False)]


def measure() -> Iterator[Figure]:
    """`partner_search_...`: median and 95th of 200 searches in milliseconds; how many first pages are right.

    The same on PostgreSQL (`partner_search_postgresql_...`), as it stands once its own upkeep has passed.
    """
    with sample_app() as app, app.app_context():
        yield from _measure(db.session(), "partner_search")
    keeper = Keeper()
    try:
        with sample_app(_make_database(keeper.postgres())) as app, app.app_context():
            yield from _measure(db.session(), "partner_search_postgresql")
    finally:
        keeper.done()


def _make_database(uri: str) -> str:
    """The address of a database of its own, in Thailand's commonest locale: none."""
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'")
    return uri.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", "/bench?")


def _measure(session: Session, name: str) -> Iterator[Figure]:
    add_register(session, MANY)
    if session.get_bind().dialect.name == "postgresql":
        # As its upkeep leaves it, which runs by itself within minutes.
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    query = select(Partner.id, Partner.sort_key, Partner.search_text).order_by(Partner.sort_key, Partner.id)
    rows = [(number, key, searched) for number, key, searched in session.execute(query)]
    asked = what_people_ask([searched for number, _, searched in rows if number >= FIRST])
    wrong = [typed for typed in asked if looked_up(session, typed)[0] != first_page(rows, typed)]
    ours = [looked_up(session, typed)[1] for typed in asked]
    missing = [looked_up(session, f"{typed}ฐฐ")[1] for typed in asked]
    with patch.object(trigrams, "holding", lambda *_: None):
        plain = [looked_up(session, typed)[1] for typed in asked]
        plain_missing = [looked_up(session, f"{typed}ฐฐ")[1] for typed in asked[:40]]
    yield Figure(f"{name}_right", ASKED - len(wrong), ASKED, unit="first pages")
    yield Figure(f"{name}_median", median(ours), median(plain), unit="ms")
    yield Figure(f"{name}_95", quantiles(ours, n=20)[-1], quantiles(plain, n=20)[-1], unit="ms")
    yield Figure(f"{name}_none", median(missing), median(plain_missing), unit="ms")
    assert session.scalar(select(func.count()).select_from(Partner)) == len(rows)


def looked_up(session: Session, typed: str) -> tuple[list[int], float]:
    """The numbers on the first page, and how long it took with its count, in milliseconds."""
    session.expunge_all()
    began = time.perf_counter()
    wanted = PartnerFilter(text=typed)
    page = search.list_partners(session, EVERYTHING, wanted)
    search.count_found(session, EVERYTHING, wanted, first=page)
    return [partner.id for partner in page.partners], (time.perf_counter() - began) * 1000
