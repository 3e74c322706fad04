"""Reading FORUMPLANNER_SMTP_URL, and keeping the password from the wire in the clear."""

import pytest

from forumplanner.core.mail_settings import SmtpServer, read_sender, read_smtp_url
from forumplanner.outbox.transport import ServerUnavailable, SmtpTransport
from tests.outbox.servers import smtp_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", SmtpServer("mail.example.org", 25)),
        ("smtp://mail.example.org:587", SmtpServer("mail.example.org", 587)),
        ("smtps://mail.example.org", SmtpServer("mail.example.org", 465, tls=True)),
        ("smtp://forum:p%40s%3As@mail.example.org", SmtpServer("mail.example.org", 25, "forum", "p@s:s")),
        ("smtp://mail.example.org?starttls=required", SmtpServer("mail.example.org", 25, starttls="required")),
        ("smtp://[::1]:2525", SmtpServer("::1", 2525)),
    ],
)
def test_addresses_are_read(url: str, server: SmtpServer) -> None:
    assert read_smtp_url(url) == server


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port", "smtp://host?starttls=maybe"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="FORUMPLANNER_SMTP_URL"):
        read_smtp_url(url)


def test_a_refused_address_does_not_tell_the_password() -> None:
    with pytest.raises(ValueError, match="FORUMPLANNER_SMTP_URL") as refused:
        read_smtp_url("smtp://forum:hunter2@host:port")
    assert "hunter2" not in str(refused.value)


def test_encryption_that_is_required_and_not_offered_stops_the_mail() -> None:
    with smtp_server() as (told, url), SmtpTransport(read_smtp_url(f"{url}?starttls=required")) as transport:
        with pytest.raises(ServerUnavailable, match="offers no encryption"):
            transport.send("forum@example.org", "malee@example.org", b"")
        assert told.received == []


@pytest.mark.parametrize(
    ("host", "local"), [("localhost", True), ("127.0.0.1", True), ("::1", True), ("mail.example.org", False)]
)
def test_a_server_on_this_machine_is_known(host: str, local: bool) -> None:
    assert SmtpServer(host, 25).is_local is local


@pytest.mark.parametrize(
    ("text", "header"),
    [("forum@example.org", "forum@example.org"), ("เวทีภาค <forum@example.org>", "เวทีภาค <forum@example.org>")],
)
def test_the_sender_may_have_a_name(text: str, header: str) -> None:
    assert str(read_sender(text)) == header


@pytest.mark.parametrize("text", ["", "nobody", "a@b\nBcc: c@d.org"])
def test_a_sender_that_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="FORUMPLANNER_MAIL_FROM"):
        read_sender(text)
