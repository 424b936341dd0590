from __future__ import annotations

import datetime as dt
import itertools
import smtplib
import socketserver
import stat
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.config import Settings, SmtpServer
from webapp.jobs import Mail, MailRefused, NotWorthRetrying, Outbox, make_mailer
from webapp.jobs.mail import compose
from webapp.jobs.smtp import SmtpMailer

NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
SENDER = "Boardmark <boardmark@example.org>"
MAIL = Mail("ann@example.org", "Your link – Boardmark", "Hello Zoë,\n\nhttps://example.org/a?b=c\n")

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)
lines = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=200)


def noon() -> dt.datetime:
    return NOON


class TestMail:
    @pytest.mark.parametrize(
        ("to", "subject"),
        [
            ("ann@example.org\nBcc: b@example.org", "Hello"),
            ("ann@example.org", "Hello\r\nBcc: b@example.org"),
            ("ann@example.org, b@example.org", "Hello"),
            ("Ann <ann@example.org>", "Hello"),
            ("ann", "Hello"),
            ("", "Hello"),
        ],
    )
    def test_it_goes_to_one_plain_address_and_no_header_is_smuggled_in(
        self, to: str, subject: str
    ) -> None:
        with pytest.raises(ValueError, match=r"one (line|plain address)"):
            Mail(to, subject, "Hello")

    def test_the_message_says_who_when_and_that_a_machine_wrote_it(self) -> None:
        found = compose(MAIL, SENDER, NOON)
        assert found["From"] == SENDER
        assert found["To"] == "ann@example.org"
        assert parsedate_to_datetime(found["Date"]) == NOON
        assert found["Auto-Submitted"] == "auto-generated"
        assert found["Message-ID"].endswith("@example.org>")
        assert bytes(found).isascii()


class TestOutbox:
    def test_mails_are_listed_newest_first(self, tmp_path: Path) -> None:
        ticks = (NOON + dt.timedelta(seconds=number) for number in itertools.count())
        outbox = Outbox(tmp_path / "mail", SENDER, lambda: next(ticks))
        assert outbox.list_mails() == ()
        for subject in ("one", "two"):
            outbox.send(Mail("ann@example.org", subject, "Hello\n"))
        found = outbox.list_mails()
        assert [each.mail.subject for each in found] == ["two", "one"]
        assert [each.sent_at for each in found] == [NOON + dt.timedelta(seconds=1), NOON]
        assert outbox.find_mail(found[0].name) == found[0]

    @given(subject=st.lists(words, min_size=1).map(" ".join), body=st.lists(lines, min_size=1))
    def test_a_mail_is_read_back_as_it_was_sent(
        self, tmp_path_factory: pytest.TempPathFactory, subject: str, body: list[str]
    ) -> None:
        mail = Mail("ann.o'hara+1@example.org", subject, "\n".join(body) + "\n")
        outbox = Outbox(tmp_path_factory.mktemp("mail"), SENDER, noon)
        outbox.send(mail)
        assert [each.mail for each in outbox.list_mails()] == [mail]

    def test_only_the_owner_can_read_it_and_nothing_unfinished_stays(self, tmp_path: Path) -> None:
        folder = tmp_path / "mail"
        Outbox(folder, SENDER, noon).send(MAIL)
        (path,) = folder.iterdir()
        assert path.suffix == ".eml"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    @pytest.mark.parametrize("name", ["../secret", "", "20260301T120000000000Z-00000000"])
    def test_a_name_that_is_no_mail_finds_nothing(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "secret.eml").write_text("Subject: secret\n\nsecret")
        outbox = Outbox(tmp_path / "mail", SENDER, noon)
        outbox.send(MAIL)
        assert outbox.find_mail(name) is None


class SmtpConversation(socketserver.StreamRequestHandler):
    """Just enough of a mail server to hand a mail to."""

    server: FakeServer

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            verb = line.upper().partition(" ")[0]
            if verb == "EHLO":
                self.say(*self.server.hello)
            elif verb == "RCPT":
                self.say(self.server.answer_to_rcpt)
            elif verb == "DATA":
                self.say("354 go on")
                self.server.received.append(self.read_message())
                self.say("250 taken")
            elif verb == "AUTH":
                self.say("235 welcome")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def read_message(self) -> bytes:
        return b"".join(iter(self.rfile.readline, b".\r\n"))

    def say(self, *texts: str) -> None:
        self.wfile.write("".join(f"{text}\r\n" for text in texts).encode())


class FakeServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), SmtpConversation)
        self.hello: tuple[str, ...] = ("250-hello", "250 AUTH PLAIN")
        self.answer_to_rcpt = "250 fine"
        self.heard: list[str] = []
        self.received: list[bytes] = []

    def mailer(self, user: str | None = None, password: str | None = None) -> SmtpMailer:
        server = SmtpServer("127.0.0.1", self.server_address[1], False, user, password)
        return SmtpMailer(server, SENDER, noon)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class TestSmtp:
    def test_a_mail_arrives_as_it_was_written(self, server: FakeServer) -> None:
        server.mailer().send(MAIL)
        (raw,) = server.received
        found = message_from_bytes(raw, _class=EmailMessage, policy=default)
        assert found["Subject"] == MAIL.subject
        assert found.get_content().replace("\r\n", "\n") == MAIL.body
        assert any(line.startswith("mail FROM:<boardmark@example.org>") for line in server.heard)
        assert "rcpt TO:<ann@example.org>" in server.heard

    def test_it_signs_in_where_a_password_is_set(self, server: FakeServer) -> None:
        server.mailer(user="u", password="p").send(MAIL)
        assert any(line.startswith("AUTH PLAIN") for line in server.heard)
        assert len(server.received) == 1

    def test_an_address_that_is_refused_for_good_is_not_tried_again(
        self, server: FakeServer
    ) -> None:
        server.answer_to_rcpt = "550 nobody of that name"
        with pytest.raises(MailRefused) as caught:
            server.mailer().send(MAIL)
        assert isinstance(caught.value, NotWorthRetrying)

    def test_an_address_that_is_refused_for_now_is_tried_again(self, server: FakeServer) -> None:
        server.answer_to_rcpt = "451 later"
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            server.mailer().send(MAIL)

    def test_a_password_never_goes_over_a_network_in_clear(
        self, server: FakeServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("webapp.config.is_loopback", lambda host: False)
        with pytest.raises(smtplib.SMTPNotSupportedError, match="STARTTLS"):
            server.mailer(user="u", password="p").send(MAIL)
        assert not any(line.startswith("AUTH") for line in server.heard)
        assert server.received == []


class TestChoosing:
    def test_without_a_server_mail_goes_into_the_folder(self, tmp_path: Path) -> None:
        environment = {"BOARDMARK_HOME": str(tmp_path), "BOARDMARK_SECRET_KEYS": "k" * 32}
        mailer = make_mailer(Settings.from_environment(environment), noon)
        mailer.send(MAIL)
        assert isinstance(mailer, Outbox)
        assert len(list((tmp_path / "mail").glob("*.eml"))) == 1

    def test_with_a_server_it_goes_there(self, tmp_path: Path) -> None:
        environment = {
            "BOARDMARK_HOME": str(tmp_path),
            "BOARDMARK_SECRET_KEYS": "k" * 32,
            "BOARDMARK_SMTP": "smtp://mail.example.org",
            "BOARDMARK_MAIL_FROM": SENDER,
        }
        assert isinstance(make_mailer(Settings.from_environment(environment), noon), SmtpMailer)
