"""The application in every state, its forms, and the way back to it: found once a run, shared by all workers."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask

from forumplanner.core.db import db
from tests.every_form import FoundForm, client_of, find_forms, prepare
from tests.pages import PageClient


class Walked:
    """The application in all its states, the forms found in it, and the way back to where each was found."""

    def __init__(self, app: Flask, folder: Path) -> None:
        """Into `folder` walks whoever comes first; others read there what was found."""
        self.app, self.folder = app, folder
        with app.app_context():
            self.database = str(db.engine.url.database)
        self._clients: dict[tuple[str, int], PageClient] = {}

    @classmethod
    def walk(cls, app: Flask, folder: Path) -> None:
        """Prepare the application's database, find its forms, and keep both in that folder."""
        prepare(app)
        forms = [
            [form.endpoint, form.who, form.page, form.form, form.action, sorted(form.names)] for form in find_forms(app)
        ]
        (folder / "forms.json").write_text(json.dumps(forms))
        with app.app_context(), sqlite3.connect(folder / "made") as kept:
            db.session.remove()
            sqlite3.connect(str(db.engine.url.database)).backup(kept)

    def forms(self) -> list[FoundForm]:
        """The forms that were found."""
        found = json.loads((self.folder / "forms.json").read_text())
        return [
            FoundForm(endpoint, who, page, number, action, {}, frozenset(names), self.client(who))
            for endpoint, who, page, number, action, names in found
        ]

    def begin_anew(self) -> None:
        """Put the database back as it was when the forms were found."""
        with self.app.app_context():
            db.session.remove()
        with closing(sqlite3.connect(self.folder / "made")) as kept, closing(sqlite3.connect(self.database)) as work:
            kept.backup(work)

    def client(self, who: str, number: int = 1) -> PageClient:
        """A browser of that person, or another one of theirs."""
        if (who, number) not in self._clients:
            self._clients[who, number] = client_of(self.app, who)
        return self._clients[who, number]

    def rows(self) -> dict[str, list[Any]]:
        """Every row of every table that holds what people did."""
        with closing(sqlite3.connect(self.database)) as work:
            names = [name for (name,) in work.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                name: sorted(map(repr, work.execute(f'SELECT * FROM "{name}"')))
                for name in names
                if name not in ("rate_windows", "spent_forms", "sqlite_sequence")
            }
