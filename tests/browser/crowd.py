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
        for table, columns in LONGEST.items():
            for column, text in columns.items():
                rows.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} <> ''", (text,))
    rows.close()
