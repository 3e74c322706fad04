"""The longest that people write, in the sample's own rows: what a page shows of it must fit on a phone."""

import sqlite3
from pathlib import Path

PERSON = "ผู้ช่วยศาสตราจารย์ ดร.วรรณพรรธน์ ศรีสุวรรณรัตนาภรณ์ ณ อยุธยา"
POST = "ผู้อำนวยการสำนักงานคณะกรรมการส่งเสริมสวัสดิการสังคมแห่งชาติประจำภาคตะวันออกเฉียงเหนือตอนล่าง"
AGENCY = "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน) สำนักงานปฏิบัติการภาคกลางตอนบนและตะวันตก"
PLACE = "หอประชุมอเนกประสงค์เฉลิมพระเกียรติองค์การบริหารส่วนตำบลบ้านใหม่หนองไทรงาม อ.พระนครศรีอยุธยา"
HOLIDAY = "วันหยุดชดเชยวันคล้ายวันพระบรมราชสมภพพระบาทสมเด็จพระบรมชนกาธิเบศรมหาภูมิพลอดุลยเดชมหาราชบรมนาถบพิตร"
LATIN = "Ongkonkanngoenchumchonphakklangtonbonlaephaktawantok Network"
MAIL = "khanakammakan.prasanngan.ongkonkanngoenchumchon.phakklang@example.org"
ADDRESS = "https://example.org/" + "maps/place/" * 30
PHONES = "02-228-1967 ต่อ 101-103, 081-234-5678, 089-000-0001"
PROSE = f"อ่านที่ {ADDRESS} หรือเขียนถึง {MAIL} แล้วโทรศัพท์ {PHONES}"

LONGEST = {
    "added_holidays": {"name_th": HOLIDAY, "name_en": LATIN},
    "agenda_items": {"title_th": f"{AGENCY} {ADDRESS}", "title_en": LATIN},
    "agenda_texts": {"text": PROSE},
    "attendances": {"name": PERSON, "post": POST, "reason": PROSE[:300]},
    "bodies": {"name_th": AGENCY, "name_en": LATIN},
    "changes": {"actor": PERSON, "new": PROSE},
    "decisions": {"remark": PROSE, "decided_by": PERSON},
    "distinct_partners": {"actor": PERSON},
    "finance_kinds": {"name_th": AGENCY, "name_en": LATIN},
    "invitations": {"delegate_name": PERSON, "delegate_phone": PHONES, "comment": PROSE},
    "meetings": {
        "venue_th": PLACE,
        "venue_en": LATIN,
        "venue_address": PLACE,
        "map_url": ADDRESS,
        "contact_name": PERSON,
        "contact_phone": PHONES,
        "contact_email": MAIL,
        "note_th": PROSE,
    },
    "minutes": {"recorder_name": PERSON, "checker_name": PERSON},
    "organisation_names": {"full_name": AGENCY, "name_en": LATIN},
    "outbox_messages": {"recipient": MAIL, "subject": AGENCY, "server_answer": PROSE},
    "outcomes": {"text": PROSE},
    "partners": {"name": f"{PERSON} (ตัวอย่าง)", "name_en": LATIN, "email": MAIL, "note": PROSE},
    "people": {"post": POST, "organisation_text": AGENCY, "line_name": MAIL},
    "phones": {"note": "ลูกสาวคุณแดงรับสายหลังเลิกงานเท่านั้น"},
    "programme_entries": {"activity_th": f"{AGENCY} {ADDRESS}", "room": PLACE},
    "replies": {"delegate_name": PERSON, "delegate_phone": PHONES, "comment": PROSE},
    "retention_holds": {"reason": PROSE[:300]},
    "rounds": {"name_th": f"เวทีขับเคลื่อน{AGENCY}", "name_en": LATIN},
    "sittings": {"chair": PERSON},
    "submissions": {"remark": PROSE, "submitted_by": PERSON, "decided_by": PERSON},
    "users": {"name": f"{PERSON} (ตัวอย่าง)"},
}


def crowd(database: Path) -> None:
    """Write the longest into every row that holds a text there; what is empty stays so, what must be unique once."""
    with sqlite3.connect(database) as rows:
        rows.execute("INSERT INTO added_holidays (\"on\", name_th, name_en) VALUES ('2007-03-08', 'x', 'x')")
        rows.execute(
            "INSERT INTO distinct_partners SELECT min(id), max(id), '2007-01-24 03:00:00', 1, 'x' FROM partners"
        )
        # One alone: a new round begins with these, and no two may be the same.
        question = (f"{AGENCY}เห็นควรดำเนินการเรื่องใดก่อน", LATIN)
        rows.execute("UPDATE questions SET text_th = ?, text_en = ? WHERE number = 1", question)
        needs = ("jay", POST, PROSE[:500], "2007-01-24 03:00:00", "telephone", PERSON)
        words = "INSERT INTO needs (invitation_id, food, food_note, help_needed, consented_at, channel, noted_by)"
        rows.execute(f"{words} SELECT min(id), ?, ?, ?, ?, ?, ? FROM invitations", needs)
        add_overdue(rows)
        for table, columns in LONGEST.items():
            for column, text in columns.items():
                rows.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} <> ''", (text,))
    rows.close()


def add_overdue(rows: sqlite3.Connection) -> None:
    """Two people whose period is over, one of them kept longer, an account nobody uses, and what was removed."""
    (one,) = rows.execute("SELECT min(id) FROM people").fetchone()
    for table, columns in (
        ("partners", "kind, name, sort_key, search_text, sector, version"),
        ("people", "given_name, person_class"),
    ):
        dated = ", is_sample, created_at" if table == "partners" else ""
        values = ", 0, '2000-01-01 00:00:00'" if table == "partners" else ""
        for number in (9001, 9002):
            copied = f"SELECT {number}, {columns}{values} FROM {table} WHERE id = {one}"
            rows.execute(f"INSERT INTO {table} (id, {columns}{dated}) {copied}")
    rows.execute(
        "INSERT INTO users (id, email, name, active, fs_uniquifier, is_sample, created_at) VALUES"
        " (9001, 'x@example.org', 'x', 1, 'x', 0, '2000-01-01 00:00:00')"
    )
    announcing = "INSERT INTO retention_announcements (kind, item, count, announced_on, remove_on, is_told, is_refused)"
    for kind in ("people", "accounts"):
        rows.execute(f"{announcing} VALUES ('{kind}', 9001, 1, '2007-03-06', '2007-04-05', 0, 1)")
    rows.execute(
        "INSERT INTO retention_holds (partner_id, until, reason, noted_by, noted_at) VALUES"
        " (9002, '2010-01-01', 'x', 'x', '2007-03-06 00:00:00')"
    )
    rows.execute(
        'INSERT INTO retention_removals ("on", kind, count, at) VALUES'
        " ('2007-03-05', 'changes', 123456, '2007-03-05 00:00:00')"
    )
