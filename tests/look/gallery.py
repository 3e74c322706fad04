"""A bare application that shows every component with the round of 2550, for the tests of this folder and for the eye.

`.venv/bin/python -m tests.look.gallery` serves it at http://127.0.0.1:5071/.
"""

import json
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, flash, render_template, request
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import (
    BooleanField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from forumplanner.desks import region_map
from forumplanner.desks.timeline import DayMark, Timeline, lay_out
from forumplanner.desks.timeline_bars import Entry
from forumplanner.printing.coverage import find_unprintable
from forumplanner.web import static_files
from forumplanner.web.headers import init_headers
from forumplanner.web.locale import current_language, init_locale
from forumplanner.web.once import form_key
from forumplanner.web.redrawing import init_redrawing
from forumplanner.web.saying import init_saying
from forumplanner.web.thai_passages import init_thai_passages
from forumplanner.web.whole_words import init_whole_words

ROOT = Path(__file__).resolve().parents[2]
REGIONS = json.loads((ROOT / "forumplanner/data/regions.json").read_text(encoding="utf-8"))
PROVINCES = [
    (row["code"], row["region"])
    for row in json.loads((ROOT / "forumplanner/data/provinces.json").read_text(encoding="utf-8"))
]
PAGES = (
    "board",
    "forum",
    "check",
    "form",
    "reply",
    "reply_done",
    "record",
    "brief",
    "pieces",
    "empty",
    "error",
    "conflict",
)
MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.")
REQUIRED = InputRequired("กรุณากรอก")


class ThaiDateField(StringField):
    """Stands for the application's date field; components look at the name."""


class MeetingForm(FlaskForm):
    """One field of each kind."""

    start = ThaiDateField("วันแรกของการประชุม", [REQUIRED])
    place = StringField("สถานที่", [REQUIRED], description="ชื่อโรงแรมหรือหอประชุม พร้อมอำเภอและจังหวัด")
    phone = StringField("โทรศัพท์ผู้ประสานงาน", [REQUIRED])
    nights = IntegerField("จำนวนคืนที่พัก", [REQUIRED])
    region = SelectField(
        "ภาค", choices=[SelectChoice("south", "ใต้"), SelectChoice("north", "เหนือ")], validators=[REQUIRED]
    )
    answer = RadioField(
        "คำตอบ",
        [REQUIRED],
        choices=[SelectChoice("yes", "มา"), SelectChoice("no", "ไม่มา"), SelectChoice("delegate", "ส่งผู้แทน")],
    )
    food = SelectMultipleField(
        "อาหาร",
        choices=[SelectChoice("halal", "ฮาลาล"), SelectChoice("veg", "มังสวิรัติ"), SelectChoice("jay", "เจ")],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    remarks = TextAreaField("ข้อความถึงผู้เข้าร่วม")
    paper = FileField("เอกสารประกอบ", description="PDF ไม่เกิน 10 MB")
    sure = BooleanField("ส่งสำเนาถึงตัวฉันด้วย")


MEETINGS = (
    ("ใต้", 7, date(2007, 1, 30), date(2007, 1, 31), "30-31 ม.ค.", "อังคาร 30 - พุธ 31 ม.ค. 2550", "held"),
    ("อีสาน", 4, date(2007, 2, 8), date(2007, 2, 9), "8-9 ก.พ.", "พฤหัสบดี 8 - ศุกร์ 9 ก.พ. 2550", "held"),
    ("เหนือ", 1, date(2007, 2, 28), date(2007, 3, 1), "28 ก.พ. - 1 มี.ค.", "พุธ 28 ก.พ. - พฤหัสบดี 1 มี.ค. 2550", "held"),
    ("กทม.และปริมณฑล", 3, date(2007, 3, 4), date(2007, 3, 5), "4-5 มี.ค.", "อาทิตย์ 4 - จันทร์ 5 มี.ค. 2550", "held"),
    ("ตะวันตก", 6, date(2007, 3, 8), date(2007, 3, 9), "8-9 มี.ค.", "พฤหัสบดี 8 - ศุกร์ 9 มี.ค. 2550", "announced"),
    ("ตะวันออก", 5, date(2007, 3, 12), date(2007, 3, 13), "12-13 มี.ค.", "จันทร์ 12 - อังคาร 13 มี.ค. 2550", "announced"),
    ("กลางบน", 2, date(2007, 3, 19), date(2007, 3, 20), "19-20 มี.ค.", "จันทร์ 19 - อังคาร 20 มี.ค. 2550", "announced"),
    ("ระดับประเทศ", "national", date(2007, 3, 29), date(2007, 3, 29), "29 มี.ค.", "พฤหัสบดี 29 มี.ค. 2550", "announced"),
)  # fmt: skip
HOLIDAYS = (
    DayMark(date(2007, 1, 1), "1 ม.ค. วันขึ้นปีใหม่"),
    DayMark(date(2007, 3, 3), "3 มี.ค. วันมาฆบูชา"),
    DayMark(date(2007, 3, 5), "5 มี.ค. ชดเชยวันมาฆบูชา"),
)
# Near enough for a picture; the application computes them.
OBSERVANCE = tuple(
    DayMark(date(2007, month, day), "วันพระ")
    for month, days in ((1, (3, 11, 18, 26)), (2, (2, 10, 17, 25)), (3, (3, 11, 18, 26)))
    for day in days
)


def entries() -> list[Entry]:
    """The round's meetings and the working meeting of January."""
    forums = [
        Entry(name, start, end, short, hue, "#m" + str(hue), "held" if state == "held" else "announced", state)
        for name, hue, start, end, short, _long, state in MEETINGS
    ]
    return [Entry("ประชุมหารือ", date(2007, 1, 23), date(2007, 1, 23), "23 ม.ค.", None, "#w", "held"), *forums]


def model() -> Timeline:
    """The timeline of January to March 2550."""
    return lay_out(
        entries(),
        month_name=lambda first: f"{MONTHS[first.month - 1]} {'2550' if first.month == 1 else ''}".strip(),
        holidays=HOLIDAYS,
        observance_days=OBSERVANCE,
        today=date(2007, 3, 6),
        today_text="วันนี้ 6 มี.ค. 2550",
    )


def region_model(lang: str) -> region_map.RegionMap:
    """The map of the seven regions."""
    forums = {hue: (short, state) for _name, hue, _start, _end, short, _long, state in MEETINGS}
    return region_map.lay_out(
        [
            region_map.Entry(region["slug"], region[lang], hue, *forums[hue], href=f"#m{hue}")  # type: ignore[arg-type]
            for region in REGIONS
            for hue in [region["list_order"]]
        ],
        PROVINCES,
    )


def context(page: str) -> dict[str, Any]:
    """What a page's template needs besides what stands in it."""
    form = MeetingForm(meta={"csrf": False})
    if page == "form" and request.method == "POST":
        form.validate()
        form.form_errors = ["วันประชุมตกนอกช่วงของรอบ 2550-1 กรุณาตรวจวันอีกครั้ง"]
    if page == "form":
        return {"form": form}
    regions = region_model(current_language())
    return {"meetings": MEETINGS, "model": model(), "regions": regions, "other_form": form}


def create_gallery(translations: Path | None = None) -> Flask:
    """The application, with the product's languages and headers."""
    app = Flask(__name__, static_folder=str(ROOT / "forumplanner/static"), template_folder=str(ROOT / "templates"))
    app.view_functions["static"] = lambda filename: static_files.send(app, filename)
    app.config.update(SECRET_KEY="gallery", TESTING=True)
    if translations is not None:
        app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations)
    init_locale(app)
    init_headers(app)
    init_whole_words(app)
    init_thai_passages(app)
    init_redrawing(app)
    init_saying(app)
    CSRFProtect(app)
    loader: Any = app.jinja_loader
    loader.searchpath.append(str(Path(__file__).parent / "templates"))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        form_key=form_key,
        unprintable=find_unprintable,
        asset=partial(static_files.asset, app),
        navigation=lambda: [
            SimpleNamespace(label=label, href=f"/{page}", current=request.path == f"/{page}", count=count)
            for label, page, count in (
                ("รอบ 2550-1", "board", None),
                ("ภาคี", "pieces", None),
                ("คำเชิญ", "check", 3),
                ("เอกสารสรุป", "brief", None),
                ("ประวัติ", "empty", None),
            )
        ],
        account=lambda: SimpleNamespace(name="สมพร ใจดี (ผู้จัด)", href="/pieces", sign_out_href="/board"),
        sign_in_href=lambda: "/form",
        sample_today=lambda: "วันอังคารที่ 6 มีนาคม 2550",
        sample_exit_href=lambda: "/empty",
        subscribe_href=lambda: "/empty",
    )

    @app.route("/")
    def index() -> str:
        return show("board")

    @app.route("/<page>", methods=["GET", "POST"])
    def show(page: str) -> str:
        if page == "pieces":
            flash("บันทึกวันประชุมภาคใต้แล้ว", "done")
        return render_template(f"{page}.html", **context(page))

    return app


if __name__ == "__main__":
    create_gallery().run(port=5071)
