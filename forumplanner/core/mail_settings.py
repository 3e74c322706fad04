"""Reads the settings of mail: the server it is handed to, and whom it comes from."""

import ipaddress
import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

DEFAULT_PORTS = {"smtp": 25, "smtps": 465}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

StartTls = Literal["if-offered", "required", "never"]


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where and how to hand mail over."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    tls: bool = False
    starttls: StartTls = "if-offered"

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine: then nobody can listen, and its certificate names somebody else."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def read_smtp_url(url: str) -> SmtpServer:
    """The server from FORUMPLANNER_SMTP_URL; ValueError says what is wrong, without the password.

    `smtp://user:password@host:port` (STARTTLS when the server offers it), `smtps://...` (TLS from the start). Reserved
    characters in name and password are written as in any address (`%40` for @). `?starttls=required` or `=never`.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ValueError("FORUMPLANNER_SMTP_URL names a host that is none.") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ValueError("FORUMPLANNER_SMTP_URL must look like smtp://user:password@host:port or smtps://host.")
    try:
        port = parts.port or DEFAULT_PORTS[parts.scheme]
    except ValueError as error:
        raise ValueError("FORUMPLANNER_SMTP_URL names a port that is no number.") from error
    wanted = parse_qs(parts.query).get("starttls", ["if-offered"])[0]
    match wanted:
        case "if-offered" | "required" | "never":
            starttls: StartTls = wanted
        case _:
            raise ValueError("FORUMPLANNER_SMTP_URL: starttls is required, never or if-offered.")
    return SmtpServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=parts.scheme == "smtps",
        starttls=starttls,
    )


def read_sender(mail_from: str) -> Address:
    """The sender from FORUMPLANNER_MAIL_FROM: `address` or `Name <address>`; ValueError for anything else."""
    name, address = parseaddr(mail_from)
    if not address or _CONTROL.search(mail_from):
        raise ValueError(f"FORUMPLANNER_MAIL_FROM is not an address: {mail_from!r}")
    try:
        return Address(display_name=name, addr_spec=address)
    except (HeaderParseError, ValueError) as error:
        raise ValueError(f"FORUMPLANNER_MAIL_FROM is not an address: {mail_from!r}") from error
