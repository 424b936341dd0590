"""The mails of accounts and the jobs that send them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.factories.accounts import NOW, add_organisation, add_person, invite
from webapp.accounts import services
from webapp.accounts.mails import HANDLERS
from webapp.accounts.people import OrganisationValue
from webapp.config import Settings
from webapp.jobs import Mail, run_due
from webapp.persistence import Database
from webapp.security import Role

LATER = NOW + dt.timedelta(minutes=1)


class Postbox:
    """Keeps mails, or fails as often as it is told."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.failures = 0

    def send(self, mail: Mail) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the server is away")
        self.mails.append(mail)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment(
        {"BOARDMARK_HOME": str(tmp_path), "BOARDMARK_URL": "https://boards.example.org"}
    )


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def organisation(database: Database) -> OrganisationValue:
    with database.writing() as session:
        organisation = add_organisation(session)
        add_person(session, Role.RECRUITER)
    return organisation


def run(
    database: Database, settings: Settings, postbox: Postbox, now: dt.datetime = LATER
) -> list[Mail]:
    run_due(database, HANDLERS, now, mailer=postbox, settings=settings)
    return postbox.mails


def start(database: Database, email: str = "sam.hill@example.org") -> None:
    with database.writing() as session:
        services.start_sign_in(session, email=email, next_path="/staff", now=NOW)


def token_in(mail: Mail) -> str:
    found = re.search(r"https://boards\.example\.org/(?:sign-in/link|join)/(\S+)\n", mail.body)
    assert found
    return found[1]


@pytest.mark.usefixtures("organisation")
class TestTheSignInMail:
    def test_brings_a_link_and_a_code_that_work(
        self, database: Database, settings: Settings, postbox: Postbox
    ) -> None:
        start(database)
        (mail,) = run(database, settings, postbox)
        assert mail.to == "sam.hill@example.org"
        assert "Hello Sam Hill" in mail.body
        assert "until 23 November 2026, 9:45am GMT" in mail.body
        assert "If you did not ask for this, ignore it" in mail.body
        assert re.search(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$", mail.body, re.MULTILINE)
        with database.writing() as session:
            services.redeem_link(session, token_in(mail), present_token="", now=LATER)

    def test_goes_to_nobody_without_an_account(
        self, database: Database, settings: Settings, postbox: Postbox
    ) -> None:
        start(database, "nobody@example.org")
        assert run(database, settings, postbox) == []

    def test_is_sent_again_with_a_link_that_works(
        self, database: Database, settings: Settings, postbox: Postbox
    ) -> None:
        start(database)
        postbox.failures = 1
        assert run(database, settings, postbox) == []
        (mail,) = run(database, settings, postbox, now=LATER + dt.timedelta(minutes=2))
        with database.reading() as session:
            assert services.find_sign_in_offer(session, token_in(mail), LATER)


class TestTheInvitation:
    def test_brings_a_link_that_works_and_says_who_asks_for_what(
        self,
        database: Database,
        settings: Settings,
        postbox: Postbox,
        organisation: OrganisationValue,
    ) -> None:
        with database.writing() as session:
            invite(session, organisation)
        (mail,) = run(database, settings, postbox)
        assert mail.to == "jo.hall@example.org"
        assert mail.subject == "Sam Hill asks you to sign the review of Ade Cole"
        assert "Sam Hill (North Trust)\nasks you to sign the review of Ade Cole." in mail.body
        assert "21 February 2027" in mail.body
        assert "If you did not expect this, ignore it" in mail.body
        with database.reading() as session:
            assert services.find_invitation(session, token_in(mail), LATER)

    def test_is_not_sent_once_withdrawn(
        self,
        database: Database,
        settings: Settings,
        postbox: Postbox,
        organisation: OrganisationValue,
    ) -> None:
        with database.writing() as session:
            services.revoke_participant(session, invite(session, organisation).id, NOW)
        assert run(database, settings, postbox) == []

    def test_of_a_long_purpose_has_a_subject_of_one_line(
        self,
        database: Database,
        settings: Settings,
        postbox: Postbox,
        organisation: OrganisationValue,
    ) -> None:
        with database.writing() as session:
            invite(session, organisation, purpose="sign " + "very " * 100 + "much")
        (mail,) = run(database, settings, postbox)
        assert len(mail.subject) == 150
        assert mail.subject.endswith("…")


def test_a_new_member_is_told_where_to_sign_in(
    database: Database, settings: Settings, postbox: Postbox, organisation: OrganisationValue
) -> None:
    with database.writing() as session:
        services.add_member(
            session,
            organisation_id=organisation.id,
            email="jo@example.org",
            name="Jo Hall",
            role=Role.APPRAISER,
            now=NOW,
        )
    (mail,) = run(database, settings, postbox)
    assert mail.subject == "You can now work for North Trust in Boardmark"
    assert "https://boards.example.org/sign-in\n" in mail.body


def test_every_kind_of_job_that_services_enqueue_is_handled() -> None:
    kinds = {getattr(services, name) for name in services.__all__ if name.endswith("_MAIL")}
    assert kinds == set(HANDLERS)
