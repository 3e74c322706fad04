"""The declarative base and the session registry."""

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

# Named constraints, so that migrations can change them on SQLite too.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all models; models know SQLAlchemy only, not Flask.

    A number once given to a row is never given to another: history, addresses, anchors, private links and forms name
    rows by it for ever. PostgreSQL does so by itself; SQLite has to be told, for every table.
    """

    metadata = MetaData(naming_convention=NAMES)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        table = cls.__dict__.get("__table__")
        if isinstance(table, Table) and table.autoincrement_column is not None:
            table.dialect_options["sqlite"]["autoincrement"] = True


class Versioned:
    """A row two people may edit: a stale save raises `StaleDataError`, a stale form is refused by its version."""

    version: Mapped[int] = mapped_column(Integer, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


db = SQLAlchemy(metadata=Base.metadata)
