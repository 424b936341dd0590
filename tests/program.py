"""The whole program for journeys: its own data, a clock moved by hand, mail that is read."""

from __future__ import annotations

import atexit
import datetime as dt
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import count
from pathlib import Path

from flask import Flask

from exports.forms.examining import Examiner
from exports.worker import Press
from frameworks.library import Library
from tests.pages.client import Client
from webapp.accounts import services as accounts
from webapp.accounts.people import OrganisationValue
from webapp.config import Settings
from webapp.factory import HANDLERS, create_app
from webapp.jobs import Outbox, SentMail, run_due
from webapp.persistence import Database
from webapp.security import Role

START = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: dt.datetime = START

    def __call__(self) -> dt.datetime:
        """Return the present moment."""
        return self.now

    def move(self, **span: float) -> None:
        """Move on by a span, in the words of timedelta."""
        self.now += dt.timedelta(**span)


@cache
def shipped_library() -> Library:
    """Return the library that ships; it is read-only, so tests may share it."""
    return Library.shipped()


@cache
def shared_examiner() -> Examiner:
    """Return what looks at files that are sent; it remembers none, so tests may share it."""
    examiner = Examiner()
    atexit.register(examiner.close)
    return examiner


@dataclass
class Program:
    """An installation with one organisation, on a database of the test's own."""

    database: Database
    home: Path
    press: Press
    clock: Clock = field(default_factory=Clock)
    url: str = "http://localhost"
    demo: bool = False
    _mails: Iterator[int] = field(default_factory=count, repr=False)

    @cached_property
    def settings(self) -> Settings:
        """The settings of the installation."""
        return Settings(
            home=self.home,
            bind="127.0.0.1",
            port=8000,
            url=self.url,
            database_url="given",
            library=self.home / "library",
            secret_keys=("k" * 40,),
            demo=self.demo,
        )

    @cached_property
    def library(self) -> Library:
        """The frameworks that ship with the program, read once for all tests."""
        return shipped_library()

    @cached_property
    def app(self) -> Flask:
        """The program; what it does not foresee reaches the test."""
        app = create_app(
            self.settings,
            database=self.database,
            library=self.library,
            press=self.press,
            examiner=shared_examiner(),
            public_examiner=shared_examiner(),
            clock=self.clock,
        )
        app.testing = True
        return app

    @cached_property
    def organisation(self) -> OrganisationValue:
        """The organisation that most tests are about."""
        return self.add_organisation("meadowbank", "Meadowbank NHS Trust")

    @property
    def outbox(self) -> Outbox:
        """Where mail goes."""
        return Outbox(self.settings.mail_folder, self.settings.mail_from, self._mail_clock)

    def _mail_clock(self) -> dt.datetime:
        # The clock stands still, and the newest of two mails is still the one sent last.
        return self.clock() + dt.timedelta(microseconds=next(self._mails))

    def add_organisation(self, slug: str, name: str) -> OrganisationValue:
        """Add an organisation."""
        with self.database.writing() as session:
            return accounts.add_organisation(
                session, slug=slug, name=name, kind="nhs-provider", now=self.clock()
            )

    def add_staff(
        self, email: str, *roles: Role, organisation: OrganisationValue | None = None
    ) -> uuid.UUID:
        """Add an account with roles and return its id."""
        where = organisation or self.organisation
        name = email.partition("@")[0].replace(".", " ").title()
        with self.database.writing() as session:
            account = accounts.add_account(session, email=email, name=name, now=self.clock())
            for role in roles:
                accounts.grant_role(
                    session, email=email, organisation=where.slug, role=role, now=self.clock()
                )
        return account.id

    def browser(self) -> Client:
        """Return a fresh browser: nobody is signed in."""
        return Client(self.app)

    def deliver_mail(self) -> None:
        """Do all the work that is due, as the worker would."""
        mailer = self.outbox
        run_due(
            self.database,
            HANDLERS,
            self.clock(),
            mailer=mailer,
            settings=self.settings,
            library=self.library,
            press=self.press,
        )

    def newest_mail_to(self, email: str) -> SentMail:
        """Return the newest mail to an address, delivering what is due first."""
        self.deliver_mail()
        for mail in self.outbox.list_mails():
            if mail.mail.to == email:
                return mail
        raise AssertionError(f"no mail to {email}")

    def link_to(self, email: str) -> str:
        """Return the path of the link in the newest mail to an address."""
        found = re.search(r"https?://[^/\s]+(/\S+)", self.newest_mail_to(email).mail.body)
        assert found, "the mail holds no link"
        return found[1]

    def sign_in(self, email: str) -> Client:
        """Sign a member of staff in, by the link in the mail, and return the browser."""
        # What is due to the same person otherwise comes with it, in any order.
        self.deliver_mail()
        browser = self.browser()
        browser.open("/sign-in")
        browser.press("", {"email": email})
        browser.open(self.link_to(email))
        browser.press("")
        return browser

    def join(self, email: str, browser: Client | None = None) -> Client:
        """Let somebody in by the personal link in their newest mail."""
        browser = browser or self.browser()
        browser.open(self.link_to(email))
        browser.press("")
        return browser

    def staff(
        self, role: Role, email: str = "", organisation: OrganisationValue | None = None
    ) -> Client:
        """Add a member of staff with one role and return the signed-in browser."""
        address = email or f"{role.value}@meadowbank.example"
        self.add_staff(address, role, organisation=organisation)
        return self.sign_in(address)
