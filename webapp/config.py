"""The settings of an installation, read once from `BOARDMARK_…` environment variables."""

from __future__ import annotations

import contextlib
import datetime as dt
import difflib
import ipaddress
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, unquote, urlsplit

PREFIX = "BOARDMARK_"
NAMES = (
    "HOME",
    "BIND",
    "PORT",
    "URL",
    "DATABASE_URL",
    "LIBRARY",
    "SECRET_KEYS",
    "TRUSTED_PROXY",
    "SMTP",
    "MAIL_FROM",
    "DEMO",
    "THREADS",
    "MAX_BODY",
    "MAX_FORM_PARTS",
    "REQUESTS_A_MINUTE",
    "STARTS_A_MINUTE",
    "SENDS_A_MINUTE",
    "ELECTIONS",
    "PG_BIN",
    "RETENTION",
)
SHORTEST_KEY = 32
YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off")


class ConfigurationError(Exception):
    """A setting is wrong; the text is one line that names it and says what to do."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed in; `implicit_tls` is `smtps://`, else STARTTLS where it is offered."""

    host: str
    port: int
    implicit_tls: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def needs_tls(self) -> bool:
        """Whether a password would travel over a network, so that mail never goes unencrypted."""
        return self.implicit_tls or (self.password is not None and not is_loopback(self.host))


@dataclass(frozen=True, slots=True)
class RetentionPeriods:
    """For how many days what people sent is kept after closing, and how early that is announced."""

    names_days: int = 730
    words_days: int = 730
    warning_days: int = 30


PERIODS = {"names": (30, 36_500), "words": (30, 36_500), "warning": (7, 365)}
"""The periods that `BOARDMARK_RETENTION` may name, with the least and the most days of each."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next.

    `url` is the public base address without a slash at its end; `secret_keys` are newest
    first, of which the first signs and all verify; `max_body` is in bytes. Of the limits a
    minute the first is for each person who responds, the others are for everybody together.
    `pg_bin` is the folder of PostgreSQL's own programs where that is not on the path.
    """

    home: Path
    bind: str
    port: int
    url: str
    database_url: str = field(repr=False)
    library: Path
    secret_keys: tuple[str, ...] = field(repr=False)
    trusted_proxies: int = 0
    smtp: SmtpServer | None = None
    mail_from: str = "Boardmark <boardmark@localhost>"
    demo: bool = False
    threads: int = 8
    max_body: int = 1_000_000
    max_form_parts: int = 2_000
    requests_a_minute: int = 600
    starts_a_minute: int = 1_200
    sends_a_minute: int = 600
    elections: tuple[dt.date, ...] = ()
    pg_bin: Path | None = None
    retention: RetentionPeriods = RetentionPeriods()

    @property
    def secure(self) -> bool:
        """Whether people reach the service over TLS."""
        return self.url.startswith("https://")

    @property
    def host(self) -> str:
        """The name in the public address, which is the only one that requests may carry."""
        return urlsplit(self.url).netloc

    @property
    def mail_folder(self) -> Path:
        """Where mail is written when no SMTP server is set."""
        return self.home / "mail"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read every setting, making the home folder and its key file where they are missing.

        Raises ConfigurationError for the first setting that is wrong.
        """
        source = _Source(environment)
        source.refuse_unknown()
        home, library = source.home(), source.library()
        bind, port = source.bind(), source.whole("PORT", 8000, 1, 65_535)
        url = source.url(bind, port)
        trusted_proxies = source.whole("TRUSTED_PROXY", 0, 0, 10)
        smtp = source.smtp()
        return cls(
            home=home,
            bind=bind,
            port=port,
            url=url,
            database_url=source.database_url(home),
            library=library,
            trusted_proxies=trusted_proxies,
            smtp=smtp,
            mail_from=source.mail_from(smtp),
            demo=source.demo(bind, url, trusted_proxies),
            threads=source.whole("THREADS", 8, 1, 100),
            max_body=source.whole("MAX_BODY", 1_000_000, 10_000, 100_000_000),
            max_form_parts=source.whole("MAX_FORM_PARTS", 2_000, 100, 100_000),
            requests_a_minute=source.whole("REQUESTS_A_MINUTE", 600, 60, 1_000_000),
            starts_a_minute=source.whole("STARTS_A_MINUTE", 1_200, 1, 1_000_000),
            sends_a_minute=source.whole("SENDS_A_MINUTE", 600, 1, 1_000_000),
            elections=source.days("ELECTIONS"),
            pg_bin=source.folder("PG_BIN"),
            retention=source.retention(),
            # The last, so that a mistake in another setting leaves no key file behind.
            secret_keys=source.secret_keys(home),
        )


def library_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder of the writable library, making nothing."""
    return _Source(environment).library()


def home_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder of the installation, making nothing."""
    return _Source(environment).home()


def pg_bin_folder(environment: Mapping[str, str]) -> Path | None:
    """Return the folder of PostgreSQL's own programs, where one is set."""
    return _Source(environment).folder("PG_BIN")


def public_address(environment: Mapping[str, str]) -> str:
    """Return the public base address, reading no other setting than it needs.

    Raises ConfigurationError if it is none.
    """
    source = _Source(environment)
    return source.url(source.bind(), source.whole("PORT", 8000, 1, 65_535))


def is_loopback(host: str) -> bool:
    """Say whether a host name or address means this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class _Source:
    """Reads single settings; an empty one counts as not set."""

    environment: Mapping[str, str]

    def text(self, name: str) -> str | None:
        return self.environment.get(PREFIX + name, "").strip() or None

    def refuse_unknown(self) -> None:
        known = [PREFIX + name for name in NAMES]
        for name in sorted(self.environment):
            if name.startswith(PREFIX) and name not in known:
                close = difflib.get_close_matches(name, known, n=1)
                hint = f"; did you mean {close[0]}?" if close else ""
                raise ConfigurationError(f"{name} is not a setting of Boardmark{hint}")

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        text = self.text(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ConfigurationError(
                f"{PREFIX}{name} must be a whole number from {least} to {most}, not '{text}'"
            )
        return int(text)

    def days(self, name: str) -> tuple[dt.date, ...]:
        texts = [each.strip() for each in (self.text(name) or "").split(",")]
        try:
            return tuple(sorted(dt.date.fromisoformat(each) for each in texts if each))
        except ValueError:
            raise ConfigurationError(
                f"{PREFIX}{name} must be dates such as 2027-05-06, with commas between them"
            ) from None

    def flag(self, name: str) -> bool:
        text = (self.text(name) or "0").lower()
        if text not in YES + NO:
            raise ConfigurationError(f"{PREFIX}{name} must be 1 or 0, not '{text}'")
        return text in YES

    def home(self) -> Path:
        return Path(self.text("HOME") or "var").expanduser().absolute()

    def library(self) -> Path:
        library = self.text("LIBRARY")
        return Path(library).expanduser().absolute() if library else self.home() / "library"

    def folder(self, name: str) -> Path | None:
        text = self.text(name)
        if text is None:
            return None
        if not Path(text).expanduser().is_dir():
            raise ConfigurationError(f"{PREFIX}{name} must be a folder, and '{text}' is none")
        return Path(text).expanduser().absolute()

    def retention(self) -> RetentionPeriods:
        found: dict[str, int] = {}
        for part in filter(None, (self.text("RETENTION") or "").replace(",", " ").split()):
            name, _, days = part.partition("=")
            if name not in PERIODS or name + "_days" in found:
                raise ConfigurationError(
                    f"BOARDMARK_RETENTION: '{part}' is none of {', '.join(PERIODS)}, each once, "
                    "with days, such as names=730 words=1825 warning=30"
                )
            least, most = PERIODS[name]
            if not (days.isascii() and days.isdigit() and least <= int(days) <= most):
                raise ConfigurationError(
                    f"BOARDMARK_RETENTION: {name} is a number of days from {least} to {most}, "
                    f"not '{days}'"
                )
            found[name + "_days"] = int(days)
        return RetentionPeriods(**found)

    def bind(self) -> str:
        text = self.text("BIND") or "127.0.0.1"
        try:
            return str(ipaddress.ip_address(text))
        except ValueError:
            raise ConfigurationError(
                f"BOARDMARK_BIND must be an IP address such as 127.0.0.1, not '{text}'"
            ) from None

    def url(self, bind: str, port: int) -> str:
        text = self.text("URL")
        if text is None and not is_loopback(bind):
            raise ConfigurationError(
                "BOARDMARK_URL is needed when BOARDMARK_BIND is not this machine alone: "
                "set it to the public address, such as https://boards.example.org"
            )
        if text is None:
            return f"http://[{bind}]:{port}" if ":" in bind else f"http://{bind}:{port}"
        parts = _split("URL", text)
        plain = not (parts.query or parts.fragment or parts.username or parts.path.strip("/"))
        if parts.scheme not in ("http", "https") or not plain:
            raise ConfigurationError(
                f"BOARDMARK_URL must be a plain address such as https://boards.example.org, "
                f"not '{text}'"
            )
        return f"{parts.scheme}://{parts.netloc.lower()}"

    def database_url(self, home: Path) -> str:
        text = self.text("DATABASE_URL")
        if text is None:
            return f"sqlite:///{home / 'boardmark.sqlite3'}"
        kinds = ("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")
        if not text.startswith(kinds):
            # The address may hold a password, so it is not repeated.
            raise ConfigurationError(
                "BOARDMARK_DATABASE_URL must start with sqlite:/// or postgresql://"
            )
        return text

    def smtp(self) -> SmtpServer | None:
        text = self.text("SMTP")
        if text is None:
            return None
        parts = _split("SMTP", text)
        if parts.scheme not in ("smtp", "smtps") or parts.path.strip("/") or parts.query:
            raise ConfigurationError(
                "BOARDMARK_SMTP must look like smtp://user:password@host:587 or smtps://…"
            )
        implicit_tls = parts.scheme == "smtps"
        if (parts.username is None) != (parts.password is None):
            raise ConfigurationError("BOARDMARK_SMTP needs both a user and a password, or neither")
        return SmtpServer(
            host=parts.hostname or "",
            port=parts.port or (465 if implicit_tls else 25 if parts.username is None else 587),
            implicit_tls=implicit_tls,
            user=unquote(parts.username) if parts.username is not None else None,
            password=unquote(parts.password) if parts.password is not None else None,
        )

    def mail_from(self, smtp: SmtpServer | None) -> str:
        text = self.text("MAIL_FROM")
        if text is None and smtp is not None:
            raise ConfigurationError(
                "BOARDMARK_MAIL_FROM is needed with BOARDMARK_SMTP: set it to the sender, "
                "such as Boardmark <boardmark@example.org>"
            )
        text = text or "Boardmark <boardmark@localhost>"
        address = parseaddr(text)[1]
        if not text.isprintable() or "@" not in address.strip("@"):
            raise ConfigurationError(f"BOARDMARK_MAIL_FROM is not a mail address: '{text}'")
        return text

    def demo(self, bind: str, url: str, trusted_proxies: int) -> bool:
        demo = self.flag("DEMO")
        here_alone = is_loopback(bind) and is_loopback(urlsplit(url).hostname or "")
        if demo and (trusted_proxies or not here_alone):
            raise ConfigurationError(
                "BOARDMARK_DEMO shows every mail that is sent, so it works on this machine alone: "
                "leave BOARDMARK_BIND, BOARDMARK_URL and BOARDMARK_TRUSTED_PROXY as they are"
            )
        return demo

    def secret_keys(self, home: Path) -> tuple[str, ...]:
        text = self.text("SECRET_KEYS")
        if text is not None:
            return _checked_keys(text.split(","), "BOARDMARK_SECRET_KEYS")
        path = home / "secret-keys"
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                _make_key_file(path)
            if path.stat().st_mode & 0o077:
                raise ConfigurationError(f"{path} can be read by others: chmod 600 {path}")
            return _checked_keys(path.read_text("utf-8").splitlines(), str(path))
        except OSError as error:
            raise ConfigurationError(
                f"BOARDMARK_HOME {home} cannot be used: {error.strerror}"
            ) from error


def _split(name: str, text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ConfigurationError(f"{PREFIX}{name} has no usable host and port")
    return parts


def _checked_keys(texts: list[str], source: str) -> tuple[str, ...]:
    keys = tuple(text.strip() for text in texts if text.strip())
    if not keys or min(len(key) for key in keys) < SHORTEST_KEY:
        raise ConfigurationError(f"{source}: every key needs {SHORTEST_KEY} characters or more")
    return keys


def _make_key_file(path: Path) -> None:
    """Make the file at once and whole: of two processes that try, one wins and both read it."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-keys-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
