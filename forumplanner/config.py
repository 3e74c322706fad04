"""Settings, read once from FORUMPLANNER_* variables; what is unsafe in production is refused at the start."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parent
Env = Literal["development", "test", "production"]
SECRET_LENGTH = 32


class SettingsError(Exception):
    """A setting that cannot be used; the text names the variable and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations. `docs/settings.md` explains each; a test keeps it true."""

    env: Env
    data_dir: Path
    secret_key: str
    link_key: str
    database_url: str
    queue_url: str
    base_url: str
    smtp_url: str | None
    mail_from: str
    demo: bool
    today: date | None

    @property
    def is_production(self) -> bool:
        return self.env == "production"

    @property
    def base_host(self) -> str:
        """The host of the public address, without its port."""
        return urlsplit(self.base_url).hostname or "localhost"


# Variable, meaning. `docs/settings.md` lists exactly these.
VARIABLES: dict[str, str] = {
    "FORUMPLANNER_ENV": "development (the default), test or production",
    "FORUMPLANNER_SECRET_KEY": "signs sessions and forms; made and kept under DATA_DIR unless in production",
    "FORUMPLANNER_LINK_KEY": "signs private links; made and kept under DATA_DIR unless in production",
    "FORUMPLANNER_BASE_URL": "the public address, as in https://forum.example.org",
    "FORUMPLANNER_DATABASE_URL": "sqlite:///... or postgresql://...; SQLite under DATA_DIR unless given",
    "FORUMPLANNER_QUEUE_URL": "where the queue lives; an SQLite file under DATA_DIR unless given",
    "FORUMPLANNER_SMTP_URL": "smtp://user:password@host:port; without it no mail leaves",
    "FORUMPLANNER_MAIL_FROM": "the sender's address of all mail",
    "FORUMPLANNER_DATA_DIR": "where everything that is written lies; instance/ unless given",
    "FORUMPLANNER_DEMO": "0 keeps `make run` from loading the sample round",
    "FORUMPLANNER_TODAY": "moves the calendar's today, as in 2007-03-06; refused in production",
}


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; raises SettingsError with a sentence for what cannot be used."""
    values = os.environ if environ is None else environ

    def get(name: str) -> str | None:
        return values.get(f"FORUMPLANNER_{name}", "").strip() or None

    env = get("ENV") or "development"
    if env not in ("development", "test", "production"):
        raise SettingsError("FORUMPLANNER_ENV must be development, test or production.")
    production = env == "production"
    data_dir = Path(get("DATA_DIR") or "instance").absolute()
    settings = Settings(
        env=env,  # type: ignore[arg-type]  # checked above
        data_dir=data_dir,
        secret_key=_secret("SECRET_KEY", get("SECRET_KEY"), data_dir, production),
        link_key=_secret("LINK_KEY", get("LINK_KEY"), data_dir, production),
        database_url=_database_url(get("DATABASE_URL"), data_dir),
        queue_url=get("QUEUE_URL") or f"sqlite:///{data_dir / 'queue.sqlite3'}",
        base_url=_base_url(get("BASE_URL"), values, data_dir, production),
        smtp_url=get("SMTP_URL"),
        mail_from=get("MAIL_FROM") or "forumplanner@localhost",
        demo=(get("DEMO") or "1").lower() not in ("0", "no", "false"),
        today=_today(get("TODAY"), production),
    )
    if production:
        _refuse_unsafe(settings, values)
    return settings


def _secret(name: str, given: str | None, data_dir: Path, production: bool) -> str:
    if given:
        return given
    if production:
        raise SettingsError(f"FORUMPLANNER_{name} is missing. Please set it to a long random text.")
    return kept_secret(data_dir, name.lower())


def kept_secret(data_dir: Path, name: str, length: int = SECRET_LENGTH) -> str:
    """A random secret of that many bytes kept under DATA_DIR/secrets, mode 600; made on first use."""
    folder = data_dir / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    if not path.exists():
        # Written whole under a name of its own, then linked: whoever comes second finds the first one's secret
        # complete, never an empty file that is still being written.
        written = folder / f".{name}-{secrets.token_hex(8)}"
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(length))
        with suppress(FileExistsError):
            os.link(written, path)
        written.unlink()
    return path.read_text(encoding="utf-8").strip()


def _database_url(given: str | None, data_dir: Path) -> str:
    if not given:
        return f"sqlite:///{data_dir / 'forumplanner.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    if given.startswith(("sqlite:///", "postgresql+psycopg://")):
        return given
    raise SettingsError("FORUMPLANNER_DATABASE_URL must begin with sqlite:/// or postgresql://.")


def remember_address(settings: Settings) -> None:
    """Keep the address that is being served under DATA_DIR, so that commands beside it print the same links."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    (settings.data_dir / "address").write_text(settings.base_url, encoding="utf-8")


def _remembered_address(data_dir: Path) -> str | None:
    try:
        return (data_dir / "address").read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def _base_url(given: str | None, values: Mapping[str, str], data_dir: Path, production: bool) -> str:
    if not given:
        if production:
            raise SettingsError(
                "FORUMPLANNER_BASE_URL is missing. Please set the public address, as in https://forum.example.org."
            )
        if values.get("PORT"):
            return f"http://127.0.0.1:{values['PORT']}"
        return _remembered_address(data_dir) or "http://127.0.0.1:8000"
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError("FORUMPLANNER_BASE_URL must be a full address, as in https://forum.example.org.")
    return given.rstrip("/")


def _today(given: str | None, production: bool) -> date | None:
    if not given:
        return None
    if production:
        raise SettingsError("FORUMPLANNER_TODAY moves the calendar and is refused in production. Please remove it.")
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise SettingsError("FORUMPLANNER_TODAY must be a date, as in 2007-03-06.") from error


def _refuse_unsafe(settings: Settings, values: Mapping[str, str]) -> None:
    for name, secret in (("SECRET_KEY", settings.secret_key), ("LINK_KEY", settings.link_key)):
        if len(secret) < SECRET_LENGTH or len(set(secret)) < 8 or secret.lower().startswith(("change", "sample")):
            raise SettingsError(
                f"FORUMPLANNER_{name} is too short or a sample. Please set at least 32 random characters."
            )
    if settings.secret_key == settings.link_key:
        raise SettingsError("FORUMPLANNER_SECRET_KEY and FORUMPLANNER_LINK_KEY must differ.")
    if values.get("FLASK_DEBUG", "0").lower() not in ("", "0", "false", "no"):
        raise SettingsError("FLASK_DEBUG is on. Please switch it off in production.")
    if not settings.base_url.startswith("https://"):
        raise SettingsError("FORUMPLANNER_BASE_URL must begin with https:// in production.")


def _beside_package(name: str) -> Path:
    """A folder that lies inside an installed package, and beside the package in the source tree."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def templates_dir() -> Path:
    """Where the templates lie."""
    return _beside_package("templates")


def translations_dir() -> Path:
    """Where the catalogues lie."""
    return _beside_package("translations")


def migrations_dir() -> Path:
    """Where the migrations lie."""
    return _beside_package("migrations")
