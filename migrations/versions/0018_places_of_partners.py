"""Partners have a place, down to the subdistrict; the province follows from it. Provinces are spelt as in its list."""

import sqlalchemy as sa
from alembic import op

from forumplanner.core import thai

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# As the list of places (GeoThai) spells them in English, and as earlier migrations did.
SPELT = {
    "16": ("Lop Buri", "Lopburi"),
    "20": ("Chon Buri", "Chonburi"),
    "25": ("Prachin Buri", "Prachinburi"),
    "31": ("Buri Ram", "Buriram"),
    "33": ("Si Sa Ket", "Sisaket"),
    "39": ("Nong Bua Lam Phu", "Nong Bua Lamphu"),
    "82": ("Phang-nga", "Phangnga"),
}
partners = sa.table("partners", *map(sa.column, ("id", "province_code", "place_code", "search_text")))
provinces = sa.table("provinces", *map(sa.column, ("code", "name_th", "name_en")))


def upgrade():
    # A column and an index are added where they are: the table, with all that refers to it, is not made anew.
    op.add_column("partners", sa.Column("place_code", sa.String(length=6), nullable=True))
    op.create_index(op.f("ix_partners_place_code"), "partners", ["place_code"])
    op.execute(partners.update().values(place_code=partners.c.province_code))
    for code, (name, was) in SPELT.items():
        op.execute(provinces.update().where(provinces.c.code == code, provinces.c.name_en == was).values(name_en=name))
    _refresh_texts()


def downgrade():
    op.drop_index(op.f("ix_partners_place_code"), "partners")
    with op.batch_alter_table("partners", recreate="never") as batch_op:
        batch_op.drop_column("place_code")
    for code, (name, was) in SPELT.items():
        op.execute(provinces.update().where(provinces.c.code == code, provinces.c.name_en == name).values(name_en=was))


def _refresh_texts():
    """Partners are found by their province with its word before it, and by its English name in one word."""
    bind = op.get_bind()
    words = {}
    for code, name_th, name_en in bind.execute(sa.select(provinces)).all():
        thai_names = (name_th,) if code == "10" else (f"จ.{name_th}", f"จังหวัด{name_th}")
        words[code] = (*thai_names, name_en, name_en.replace(" ", "").replace("-", ""))
    query = sa.select(partners.c.id, partners.c.search_text, partners.c.province_code)
    found = bind.execute(query.where(partners.c.province_code.is_not(None))).all()
    texts = [
        # The first line holds every word, the second the same without marks.
        {"number": number, "text": thai.searchable(text.split("\n")[0], *words[code])}
        for number, text, code in found
    ]
    if texts:
        change = partners.update().where(partners.c.id == sa.bindparam("number"))
        bind.execute(change.values(search_text=sa.bindparam("text")), texts)
