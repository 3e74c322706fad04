"""Finding who stands in the list twice, among 5,000 people and 137,000 organisations."""

import random
import time
from collections.abc import Iterator

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bench.figures import Figure
from bench.partner_search import AFTER, BEFORE, MANY, MIDDLE, add_register
from bench.sample import sample_app
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.partners.duplicates.finding import find_pairs, list_pairs, load_traits
from forumplanner.partners.models import Partner, PartnerKind, Person, PersonClass, Phone, Sector
from forumplanner.partners.rules import Sight
from forumplanner.places.models import Province

PEOPLE = 5_000
FIRST = 400_001
EVERYTHING = Sight(everything=True)
GIVEN = ("สม", "วิ", "ประ", "สุ", "บุญ", "อา", "นิ", "จัน", "มา", "อับดุล")
ENDING = ("ชาย", "ศักดิ์", "ชัย", "ดี", "พร", "มา", "รี", "ทร์", "ลี", "เลาะ", "ทอง", "ศรี")


def add_people(session: Session, count: int) -> None:
    """Insert that many people, one of twenty twice: with the same number, or a tone mark lost."""
    chance = random.Random(2550)
    codes = list(session.scalars(select(Province.code)))
    partners, people, phones = [], [], []
    for number in range(FIRST, FIRST + count):
        given, surname = (
            chance.choice(GIVEN) + chance.choice(ENDING),
            f"{chance.choice(BEFORE)}{chance.choice(MIDDLE)}{chance.choice(AFTER)}",
        )
        place, phone = chance.choice(codes), f"09{chance.randrange(10**8):08}"
        if number % 20 == 0:
            name, place, phone = str(partners[-1]["name"]), str(partners[-1]["place_code"]), str(phones[-1]["number"])
            given, _blank, surname = name.replace("้", "").partition(" ")
        name = f"{given} {surname}"
        partners.append(
            {
                "id": number,
                "kind": PartnerKind.PERSON,
                "name": name,
                "sort_key": thai.sort_key(name),
                "search_text": thai.searchable(name, phone),
                "sector": Sector.COMMUNITY,
                "place_code": place,
                "province_code": place,
                "version": 1,
                "is_sample": False,
                "created_at": clock.now(),
            }
        )
        people.append({"id": number, "given_name": given, "surname": surname, "person_class": PersonClass.LAY})
        phones.append({"partner_id": number, "number": phone, "position": 1})
    session.execute(insert(Partner.__table__), partners)  # type: ignore[arg-type]
    session.execute(insert(Person.__table__), people)  # type: ignore[arg-type]
    session.execute(insert(Phone.__table__), phones)  # type: ignore[arg-type]
    session.commit()


def measure() -> Iterator[Figure]:
    """`duplicates_...`: reading and comparing all, beside reading alone; and asking again while nobody changed any."""
    with sample_app() as app, app.app_context():
        session = db.session()
        add_people(session, PEOPLE)
        for name, count in (("people", 0), ("register", MANY)):
            if count:
                add_register(session, count)
            began = time.perf_counter()
            traits = load_traits(session)
            read = time.perf_counter()
            pairs = find_pairs(traits)
            found = time.perf_counter()
            assert pairs
            list_pairs(session, EVERYTHING)
            again = time.perf_counter()
            list_pairs(session, EVERYTHING)
            kept = time.perf_counter() - again
            whole, reading = (found - began) * 1000, (read - began) * 1000
            yield Figure(
                f"duplicates_{name}", whole, reading, unit="ms", note=f"{len(pairs)} pairs; baseline: reading alone"
            )
            yield Figure(f"duplicates_{name}_again", kept * 1000, whole, unit="ms")
