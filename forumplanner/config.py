"""Settings, read once from FORUMPLANNER_* variables; what is unsafe in production is refused at the start."""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from forumplanner.core.mail_settings import read_sender, read_smtp_url

PACKAGE = Path(__file__).resolve().parent
Env = Literal["development", "test", "production"]
SECRET_LENGTH = 32
# What a text that was copied from instructions holds, and what a random one practically never does.
COPIED = ("...", "your", "secret", "example", "replace", "change", "sample", "test", "password")
DEFAULT_PORT = 8000
MOST_WEB_PROCESSES = 32
DEFAULT_MAIL_FROM = "forumplanner@localhost"


class SettingsError(Exception):
    """Settings that cannot be used: a sentence for each fault, which names the variable and what to do."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


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
    feed_gzip: bool = True
    web_processes: int = 1

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
    "FORUMPLANNER_FEED_GZIP": "0 leaves the compression of calendars to a server in front",
    "FORUMPLANNER_WEB_PROCESSES": "how many web processes `serve` runs, 1 unless given",
    "FORUMPLANNER_TODAY": "moves the calendar's today, as in 2007-03-06; refused in production",
}


def read_settings(environ: Mapping[str, str] | None = None, *, keep: bool = True) -> Settings:
    """Settings from the environment; raises SettingsError with a sentence for each that cannot be used.

    `keep`: secrets that are missing outside production are made and kept; without it nothing is written.
    """
    values = os.environ if environ is None else environ

    def get(name: str) -> str | None:
        return values.get(f"FORUMPLANNER_{name}", "").strip() or None

    env = get("ENV") or "development"
    if env not in ("development", "test", "production"):
        raise SettingsError("FORUMPLANNER_ENV must be development, test or production.")
    production = env == "production"
    data_dir = Path(get("DATA_DIR") or "instance").absolute()
    readers: dict[str, Callable[[], Any]] = {
        "secret_key": lambda: _secret("SECRET_KEY", get("SECRET_KEY"), data_dir, production, keep),
        "link_key": lambda: _secret("LINK_KEY", get("LINK_KEY"), data_dir, production, keep),
        "database_url": lambda: _database_url(get("DATABASE_URL"), data_dir),
        "queue_url": lambda: _queue_url(get("QUEUE_URL"), data_dir),
        "base_url": lambda: _base_url(get("BASE_URL"), values, data_dir, production),
        "smtp_url": lambda: _readable(read_smtp_url, get("SMTP_URL")),
        "mail_from": lambda: _readable(read_sender, get("MAIL_FROM")) or DEFAULT_MAIL_FROM,
        "today": lambda: _today(get("TODAY"), production),
        "web_processes": lambda: _web_processes(get("WEB_PROCESSES")),
    }
    found: dict[str, Any] = {}
    faults: list[str] = []
    for name, read in readers.items():
        try:
            found[name] = read()
        except SettingsError as error:
            faults += error.faults
    if production:
        faults += _unsafe(found, values)
    if faults:
        raise SettingsError(*faults)
    return Settings(
        env=env,  # type: ignore[arg-type]  # checked above
        data_dir=data_dir,
        demo=_is_on(get("DEMO")),
        feed_gzip=_is_on(get("FEED_GZIP")),
        **found,
    )


def _is_on(given: str | None) -> bool:
    """Whether a switch that is on unless said otherwise is on."""
    return (given or "1").lower() not in ("0", "no", "false")


def read_port(environ: Mapping[str, str] | None = None) -> int:
    """The port to serve from PORT, which is no setting of ours alone: `make run` and many hosts name it so."""
    text = (os.environ if environ is None else environ).get("PORT", "").strip() or str(DEFAULT_PORT)
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise SettingsError(f"PORT is {text!r}. Please give a number from 0 to 65535, as in PORT=8001.")
    return int(text)


def _secret(name: str, given: str | None, data_dir: Path, production: bool, keep: bool) -> str:
    if given:
        return given
    if production:
        raise SettingsError(f"FORUMPLANNER_{name} is missing. Please set it to a long random text.")
    if not keep and not (data_dir / "secrets" / name.lower()).exists():
        return secrets.token_urlsafe(SECRET_LENGTH)
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


def sqlite_url(path: Path) -> str:
    """The address of an SQLite file, whatever letters its path holds (`?` would begin options)."""
    return f"sqlite:///{quote(str(path))}"


def own_database_url(data_dir: Path) -> str:
    """The database of a data folder where no other is named."""
    return sqlite_url(data_dir / "forumplanner.sqlite3")


def _queue_url(given: str | None, data_dir: Path) -> str:
    if not given:
        return sqlite_url(data_dir / "queue.sqlite3")
    kind, _separator, rest = given.partition("://")
    if kind not in ("sqlite", "postgres", "postgresql", "postgresql+psycopg") or not rest.strip("/"):
        raise SettingsError("FORUMPLANNER_QUEUE_URL must begin with sqlite:/// or postgresql:// and name a place.")
    return given


def _database_url(given: str | None, data_dir: Path) -> str:
    if not given:
        return own_database_url(data_dir)
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    if given.startswith(("sqlite:///", "postgresql+psycopg://")):
        return given
    raise SettingsError("FORUMPLANNER_DATABASE_URL must begin with sqlite:/// or postgresql://.")


def _readable(read: Callable[[str], object], given: str | None) -> str | None:
    """The setting as given, once it is sure that it can be read: better now than with the first mail."""
    try:
        if given:
            read(given)
    except ValueError as error:
        raise SettingsError(str(error)) from error
    return given


def remember_address(settings: Settings, environ: Mapping[str, str] | None = None) -> None:
    """Keep the address that is being served under DATA_DIR, so that commands beside it print the same links.

    Not where FORUMPLANNER_BASE_URL names one, as production must: that holds for commands too, and for this run alone.
    """
    given = (os.environ if environ is None else environ).get("FORUMPLANNER_BASE_URL", "").strip()
    if given or settings.is_production:
        return
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
            return f"http://127.0.0.1:{read_port(values)}"
        return _remembered_address(data_dir) or f"http://127.0.0.1:{DEFAULT_PORT}"
    try:
        parts = urlsplit(given)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is none, a broken IPv6 address
        usable = False
    if not usable:
        raise SettingsError("FORUMPLANNER_BASE_URL must be a full address, as in https://forum.example.org.")
    if "@" in parts.netloc:
        raise SettingsError("FORUMPLANNER_BASE_URL stands in every link: please take the user and password out of it.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingsError(
            "FORUMPLANNER_BASE_URL must end behind the host, as in https://forum.example.org: pages need a name alone."
        )
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


def _web_processes(given: str | None) -> int:
    if given is None:
        return 1
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= MOST_WEB_PROCESSES:
        raise SettingsError(f"FORUMPLANNER_WEB_PROCESSES must be a number from 1 to {MOST_WEB_PROCESSES}.")
    return int(given)


def _unsafe(found: Mapping[str, Any], values: Mapping[str, str]) -> list[str]:
    """What production does not take, a sentence each; what could not be read is told already."""
    faults = []
    for name in ("secret_key", "link_key"):
        if name in found and not _is_random(found[name]):
            faults.append(
                f"FORUMPLANNER_{name.upper()} is too short, a sample, or holds a space or #. Please set at least"
                f' {SECRET_LENGTH} random characters: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
    if "secret_key" in found and found["secret_key"] == found.get("link_key"):
        faults.append("FORUMPLANNER_SECRET_KEY and FORUMPLANNER_LINK_KEY must differ.")
    if values.get("FLASK_DEBUG", "0").lower() not in ("", "0", "false", "no"):
        faults.append("FLASK_DEBUG is on. Please switch it off in production.")
    if "base_url" in found and not found["base_url"].startswith("https://"):
        faults.append("FORUMPLANNER_BASE_URL must begin with https:// in production.")
    return faults


def _is_random(secret: str) -> bool:
    return (
        len(secret) >= SECRET_LENGTH
        and len(set(secret)) >= 8
        # A comment behind the value on its line is part of it for systemd.
        and not any(letter.isspace() or letter == "#" for letter in secret)
        and not any(word in secret.lower() for word in COPIED)
    )


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
