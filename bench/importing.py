"""A list of 10,000 people from a workbook: read, understood and compared, against openpyxl's reading alone.

And one of 50,000, as the worker reads it and keeps its preview: how much memory that takes at most.
"""

import io
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.figures import Figure
from bench.sample import sample_app
from forumplanner.accounts.models import User
from forumplanner.core.db import db
from forumplanner.history.services import SYSTEM
from forumplanner.partners.importing import previews
from forumplanner.partners.importing.books import read_book
from forumplanner.partners.importing.jobs import work_on_lists
from forumplanner.partners.importing.matching import Match, match_rows
from forumplanner.partners.importing.merging import Belonging
from forumplanner.partners.importing.writing import write_matches
from forumplanner.partners.rules import Sight
from forumplanner.places.gazetteer import Level, places
from forumplanner.places.services import get_region, list_regions
from forumplanner.sheets import read_file, write_xlsx

ROWS, WRITTEN, LONG = 10_000, 1_000, 50_000
# Megabytes, beyond what the process takes anyway.
ALLOWED = 200
TITLES = ("นาย", "นาง", "นางสาว", "น.ส.", "ดร.", "พระครู", "ร.ต.อ.")
FIRST = ("สม", "วิ", "ประ", "บุญ", "ทอง", "มา", "จันทร์", "อำ", "ศรี", "ณรงค์")
SECOND = ("ชาย", "ศรี", "เสริฐ", "มี", "สุข", "ลี", "เพ็ญ", "นวย", "พร", "ฤทธิ์")
FAMILY = ("ใจดี", "รักไทย", "มั่นคง", "แก้วมณี", "ทองคำ", "ศรีสุข", "บุญมา", "วงศ์คำ", "เพชรน้ำ", "ไทรงาม")
HEAD = ["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "กลุ่ม", "โทรศัพท์", "ตำบล", "อำเภอ", "จังหวัด", "อีเมล", "หมายเหตุ"]


def make_list(count: int) -> bytes:
    """A workbook of ten columns, as coordinators keep them, made up by chance."""
    chance = random.Random(143)
    areas = [place for place in places().values() if place.level == Level.SUBDISTRICT]
    rows: list[list[str | int]] = [list(HEAD)]
    for number in range(1, count + 1):
        subdistrict, district, province = chance.choice(areas).line
        given = f"{chance.choice(FIRST)}{chance.choice(SECOND)}{chance.choice(SECOND)}"
        name = f"{chance.choice(TITLES)}{given} {chance.choice(FAMILY)}{chance.choice(FIRST)}"
        phone = f"08{chance.randrange(10)}-{chance.randrange(1000):03}-{chance.randrange(10_000):04}"
        place = [subdistrict.name_th, district.name_th, province.name_th]
        email = f"p{number}@example.org" if number % 5 == 0 else ""
        rows.append(
            [
                number,
                name,
                "ประธาน",
                f"กลุ่มออมทรัพย์บ้าน{chance.choice(FIRST)}{number % 400}",
                phone,
                *place,
                email,
                "ก" * 12,
            ]
        )
    return write_xlsx([("รายชื่อ", rows)], widths=())


def measure() -> Iterator[Figure]:
    """`import_memory`: of a long list, against what is allowed; `import_preview`: to the state of each row;
    `import_write`: a thousand rows, against their preview.
    """
    content, fewer = make_list(ROWS), make_list(WRITTEN)
    with sample_app() as app, app.app_context():
        session = db.session()
        belonging = Belonging(list_regions(session), get_region(session, "south"))

        def preview(file: bytes) -> list[Match]:
            readings = read_book(read_file(file, "list.xlsx"), {})
            rows = [(reading.name, reading.rows) for reading in readings if reading.is_read]
            return match_rows(session, Sight(everything=True), rows, belonging)

        preview(fewer)
        yield Figure("import_memory", _megabytes(session), ALLOWED, unit="MB")
        ours, baseline = _seconds(lambda: preview(content)), _seconds(lambda: _read_plainly(content))
        yield Figure("import_preview", ours, baseline, unit="s")
        began = time.perf_counter()
        matches = preview(fewer)
        read = time.perf_counter() - began
        written = _seconds(lambda: write_matches(session, SYSTEM, matches))
        session.rollback()
        yield Figure("import_write", written, read, unit="s")


def _megabytes(session: Session) -> float:
    """What reading a long list adds to this process's memory, at its peak."""
    # Made elsewhere: what was used to make it would be there for reading it.
    program = f"import sys, bench.importing as b; sys.stdout.buffer.write(b.make_list({LONG}))"
    content = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True).stdout
    account = session.scalars(select(User.id)).first() or 0
    importer = previews.Importer(account, Sight(everything=True))
    region = get_region(session, "south")
    previews.begin_import(session, importer, content=content, name="a.xlsx", is_pasted=False, region=region)
    session.commit()
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    work_on_lists(session)
    return _status("VmHWM") - before


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _read_plainly(content: bytes) -> int:
    book = load_workbook(io.BytesIO(content), read_only=True)
    return sum(1 for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) if any(row))
