"""The seven regions with their provinces, the bodies that number minutes, and the roles."""

from datetime import date

import click
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# slug, Thai, English; in the order people list them
REGIONS = (
    ("north", "เหนือ", "North"),
    ("upper-central", "กลางบน", "Upper Central"),
    ("bangkok", "กทม.และปริมณฑล", "Bangkok and vicinity"),
    ("northeast", "อีสาน", "Northeast (Isan)"),
    ("east", "ตะวันออก", "East"),
    ("west", "ตะวันตก", "West"),
    ("south", "ใต้", "South"),
)

# code, Thai, English, sort key, region, to be checked, valid from
PROVINCES = (
    ("50", "เชียงใหม่", "Chiang Mai", "ชเียงหใม 000000002", "north", False, None),
    ("51", "ลำพูน", "Lamphun", "ลำพูน", "north", False, None),
    ("52", "ลำปาง", "Lampang", "ลำปาง", "north", False, None),
    ("53", "อุตรดิตถ์", "Uttaradit", "อุตรดิตถ 000000006", "north", False, None),
    ("54", "แพร่", "Phrae", "พแร 0002", "north", False, None),
    ("55", "น่าน", "Nan", "นาน 02", "north", False, None),
    ("56", "พะเยา", "Phayao", "พะยเา", "north", False, None),
    ("57", "เชียงราย", "Chiang Rai", "ชเียงราย", "north", False, None),
    ("58", "แม่ฮ่องสอน", "Mae Hong Son", "มแฮองสอน 00202", "north", False, None),
    ("60", "นครสวรรค์", "Nakhon Sawan", "นครสวรรค 000000006", "north", True, None),
    ("61", "อุทัยธานี", "Uthai Thani", "อุทัยธานี", "north", True, None),
    ("62", "กำแพงเพชร", "Kamphaeng Phet", "กำพแงพเชร", "north", False, None),
    ("63", "ตาก", "Tak", "ตาก", "north", False, None),
    ("64", "สุโขทัย", "Sukhothai", "สุขโทัย", "north", False, None),
    ("65", "พิษณุโลก", "Phitsanulok", "พิษณุลโก", "north", False, None),
    ("66", "พิจิตร", "Phichit", "พิจิตร", "north", False, None),
    ("67", "เพชรบูรณ์", "Phetchabun", "พเชรบูรณ 000000006", "north", False, None),
    ("14", "พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya", "พระนครศรีอยุธยา", "upper-central", False, None),
    ("15", "อ่างทอง", "Ang Thong", "อางทอง 02", "upper-central", False, None),
    ("16", "ลพบุรี", "Lop Buri", "ลพบุรี", "upper-central", False, None),
    ("17", "สิงห์บุรี", "Sing Buri", "สิงหบุรี 00006", "upper-central", False, None),
    ("18", "ชัยนาท", "Chai Nat", "ชัยนาท", "upper-central", False, None),
    ("19", "สระบุรี", "Saraburi", "สระบุรี", "upper-central", False, None),
    ("10", "กรุงเทพมหานคร", "Bangkok", "กรุงทเพมหานคร", "bangkok", False, None),
    ("11", "สมุทรปราการ", "Samut Prakan", "สมุทรปราการ", "bangkok", False, None),
    ("12", "นนทบุรี", "Nonthaburi", "นนทบุรี", "bangkok", False, None),
    ("13", "ปทุมธานี", "Pathum Thani", "ปทุมธานี", "bangkok", False, None),
    ("73", "นครปฐม", "Nakhon Pathom", "นครปฐม", "bangkok", True, None),
    ("74", "สมุทรสาคร", "Samut Sakhon", "สมุทรสาคร", "bangkok", True, None),
    ("30", "นครราชสีมา", "Nakhon Ratchasima", "นครราชสีมา", "northeast", False, None),
    ("31", "บุรีรัมย์", "Buri Ram", "บุรีรัมย 000000006", "northeast", False, None),
    ("32", "สุรินทร์", "Surin", "สุรินทร 00000006", "northeast", False, None),
    ("33", "ศรีสะเกษ", "Si Sa Ket", "ศรีสะกเษ", "northeast", False, None),
    ("34", "อุบลราชธานี", "Ubon Ratchathani", "อุบลราชธานี", "northeast", False, None),
    ("35", "ยโสธร", "Yasothon", "ยสโธร", "northeast", False, None),
    ("36", "ชัยภูมิ", "Chaiyaphum", "ชัยภูมิ", "northeast", False, None),
    ("37", "อำนาจเจริญ", "Amnat Charoen", "อำนาจจเริญ", "northeast", False, None),
    ("38", "บึงกาฬ", "Bueng Kan", "บึงกาฬ", "northeast", False, date(2011, 3, 23)),
    ("39", "หนองบัวลำภู", "Nong Bua Lam Phu", "หนองบัวลำภู", "northeast", False, None),
    ("40", "ขอนแก่น", "Khon Kaen", "ขอนกแน 000002", "northeast", False, None),
    ("41", "อุดรธานี", "Udon Thani", "อุดรธานี", "northeast", False, None),
    ("42", "เลย", "Loei", "ลเย", "northeast", False, None),
    ("43", "หนองคาย", "Nong Khai", "หนองคาย", "northeast", False, None),
    ("44", "มหาสารคาม", "Maha Sarakham", "มหาสารคาม", "northeast", False, None),
    ("45", "ร้อยเอ็ด", "Roi Et", "รอยอเด 0300001", "northeast", False, None),
    ("46", "กาฬสินธุ์", "Kalasin", "กาฬสินธุ 000000006", "northeast", False, None),
    ("47", "สกลนคร", "Sakon Nakhon", "สกลนคร", "northeast", False, None),
    ("48", "นครพนม", "Nakhon Phanom", "นครพนม", "northeast", False, None),
    ("49", "มุกดาหาร", "Mukdahan", "มุกดาหาร", "northeast", False, None),
    ("20", "ชลบุรี", "Chon Buri", "ชลบุรี", "east", False, None),
    ("21", "ระยอง", "Rayong", "ระยอง", "east", False, None),
    ("22", "จันทบุรี", "Chanthaburi", "จันทบุรี", "east", False, None),
    ("23", "ตราด", "Trat", "ตราด", "east", False, None),
    ("24", "ฉะเชิงเทรา", "Chachoengsao", "ฉะชเิงทเรา", "east", False, None),
    ("25", "ปราจีนบุรี", "Prachin Buri", "ปราจีนบุรี", "east", False, None),
    ("26", "นครนายก", "Nakhon Nayok", "นครนายก", "east", True, None),
    ("27", "สระแก้ว", "Sa Kaeo", "สระกแว 000003", "east", False, None),
    ("70", "ราชบุรี", "Ratchaburi", "ราชบุรี", "west", False, None),
    ("71", "กาญจนบุรี", "Kanchanaburi", "กาญจนบุรี", "west", False, None),
    ("72", "สุพรรณบุรี", "Suphan Buri", "สุพรรณบุรี", "west", False, None),
    ("75", "สมุทรสงคราม", "Samut Songkhram", "สมุทรสงคราม", "west", True, None),
    ("76", "เพชรบุรี", "Phetchaburi", "พเชรบุรี", "west", False, None),
    ("77", "ประจวบคีรีขันธ์", "Prachuap Khiri Khan", "ประจวบคีรีขันธ 000000000000006", "west", False, None),
    ("80", "นครศรีธรรมราช", "Nakhon Si Thammarat", "นครศรีธรรมราช", "south", False, None),
    ("81", "กระบี่", "Krabi", "กระบี 000002", "south", False, None),
    ("82", "พังงา", "Phangnga", "พังงา", "south", False, None),
    ("83", "ภูเก็ต", "Phuket", "ภูกเต 00001", "south", False, None),
    ("84", "สุราษฎร์ธานี", "Surat Thani", "สุราษฎรธานี 00000006", "south", False, None),
    ("85", "ระนอง", "Ranong", "ระนอง", "south", False, None),
    ("86", "ชุมพร", "Chumphon", "ชุมพร", "south", False, None),
    ("90", "สงขลา", "Songkhla", "สงขลา", "south", False, None),
    ("91", "สตูล", "Satun", "สตูล", "south", False, None),
    ("92", "ตรัง", "Trang", "ตรัง", "south", False, None),
    ("93", "พัทลุง", "Phatthalung", "พัทลุง", "south", False, None),
    ("94", "ปัตตานี", "Pattani", "ปัตตานี", "south", False, None),
    ("95", "ยะลา", "Yala", "ยะลา", "south", False, None),
    ("96", "นราธิวาส", "Narathiwat", "นราธิวาส", "south", False, None),
)

ROLES = (("organiser", "ส่วนกลาง"), ("coordinator", "ผู้ประสานงานภาค"), ("reader", "ผู้อ่าน"))

OTHER_BODIES = (
    ("national", "การประชุมระดับประเทศ", "National meeting"),
    ("working", "การประชุมหารือ", "Working meeting"),
)


def table(name, *columns):
    return sa.table(name, *(sa.column(column) for column in columns))


def upgrade():
    regions = table("regions", "id", "slug", "name_th", "name_en", "list_order")
    op.bulk_insert(
        regions,
        [
            {"id": order, "slug": slug, "name_th": th, "name_en": en, "list_order": order}
            for order, (slug, th, en) in enumerate(REGIONS, start=1)
        ],
    )
    region_ids = {slug: order for order, (slug, _th, _en) in enumerate(REGIONS, start=1)}
    provinces = sa.table(
        "provinces",
        *(sa.column(name) for name in ("code", "name_th", "name_en", "sort_key", "region_id")),
        sa.column("please_check", sa.Boolean),
        sa.column("valid_from", sa.Date),
    )
    op.bulk_insert(
        provinces,
        [
            {
                "code": code,
                "name_th": th,
                "name_en": en,
                "sort_key": key,
                "region_id": region_ids[slug],
                "please_check": check,
                "valid_from": valid_from,
            }
            for code, th, en, key, slug, check, valid_from in PROVINCES
        ],
    )
    op.bulk_insert(
        table("bodies", "slug", "name_th", "name_en", "region_id"),
        [
            *(
                {
                    "slug": slug,
                    "name_th": f"ประชุมวงภาค{' ' if '.' in th else ''}{th}",
                    "name_en": f"Regional forum: {en}",
                    "region_id": region_ids[slug],
                }
                for slug, th, en in REGIONS
            ),
            *({"slug": slug, "name_th": th, "name_en": en, "region_id": None} for slug, th, en in OTHER_BODIES),
        ],
    )
    op.bulk_insert(table("roles", "name", "description"), [{"name": n, "description": d} for n, d in ROLES])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('regions', 'id'), (SELECT max(id) FROM regions))")


REFERENCE = ("roles", "bodies", "provinces", "regions")


def downgrade():
    bind = op.get_bind()
    dependent = sorted(name for name in sa.inspect(bind).get_table_names() if depends(bind, name))
    if dependent:
        raise click.ClickException(
            f"Rows of {', '.join(dependent)} refer to the regions, provinces, bodies or roles. Nothing was changed."
        )
    for name in REFERENCE:
        op.execute(sa.text(f"DELETE FROM {name}"))  # noqa: S608 - names of our own


def depends(bind, name):
    """Whether rows of that table refer to the reference data."""
    if name in REFERENCE:
        return False
    columns = [
        sa.column(column)
        for key in sa.inspect(bind).get_foreign_keys(name)
        if key["referred_table"] in REFERENCE
        for column in key["constrained_columns"]
    ]
    if not columns:
        return False
    query = sa.select(sa.literal(1)).select_from(sa.table(name, *columns))
    return bind.execute(query.where(sa.or_(*(column.is_not(None) for column in columns))).limit(1)).first() is not None
