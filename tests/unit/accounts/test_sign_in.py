"""Signing in with a mailed link or code."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

import pytest
from sqlalchemy import select

from tests.factories.accounts import NOW, add_noise, add_organisation, add_person
from webapp.accounts import services
from webapp.accounts.errors import AttemptOver, NotValid, TooManyAttempts, WrongCode
from webapp.accounts.models import SignedInSession, SignInAttempt
from webapp.accounts.people import SignedIn
from webapp.accounts.services.sign_in import LIFETIME, LIMITS, MOST_TRIES, SignInLetter
from webapp.jobs.models import Job
from webapp.persistence import Database, Session
from webapp.security import Role
from webapp.security.tokens import show_code

LATER = NOW + dt.timedelta(minutes=1)
EMAIL = "sam.hill@example.org"


@pytest.fixture
def staff(session: Session) -> Session:
    """A session with Sam, a recruiter at North Trust, among others."""
    add_noise(session)
    add_organisation(session)
    add_person(session, Role.RECRUITER)
    return session


def begin(session: Session, email: str = EMAIL, now: dt.datetime = NOW) -> uuid.UUID:
    return services.start_sign_in(session, email=email, next_path="/staff", now=now)


def letter_of(session: Session, attempt_id: uuid.UUID, now: dt.datetime = NOW) -> SignInLetter:
    letter = services.prepare_sign_in_mail(session, attempt_id, now)
    assert letter is not None
    return letter


def by_link(session: Session, token: str, now: dt.datetime = LATER) -> SignedIn:
    return services.redeem_link(session, token, present_token="", now=now)


def by_code(
    session: Session, attempt_id: uuid.UUID, code: str, now: dt.datetime = LATER
) -> SignedIn:
    return services.redeem_code(session, attempt_id, code, present_token="", now=now)


class TestTheLink:
    def test_signs_the_owner_of_the_address_in(self, staff: Session) -> None:
        letter = letter_of(staff, begin(staff, email="SAM.HILL@example.org "))
        signed_in = by_link(staff, letter.token)
        identity = services.identity_of(staff, signed_in.token, LATER)
        assert (identity.name, signed_in.next_path) == ("Sam Hill", "/staff")
        assert {each.role for each in identity.memberships} == {Role.RECRUITER}

    def test_may_be_looked_at_as_often_as_a_scanner_likes(self, staff: Session) -> None:
        letter = letter_of(staff, begin(staff))
        for _ in range(3):
            offer = services.find_sign_in_offer(staff, letter.token, LATER)
            assert offer is not None
            assert (offer.email, offer.name) == (EMAIL, "Sam Hill")
        assert by_link(staff, letter.token).token

    def test_works_once(self, staff: Session) -> None:
        letter = letter_of(staff, begin(staff))
        by_link(staff, letter.token)
        with pytest.raises(AttemptOver):
            by_link(staff, letter.token)
        assert services.find_sign_in_offer(staff, letter.token, LATER) is None

    def test_uses_the_code_up_too(self, staff: Session) -> None:
        attempt_id = begin(staff)
        letter = letter_of(staff, attempt_id)
        by_link(staff, letter.token)
        with pytest.raises(AttemptOver):
            by_code(staff, attempt_id, letter.code)

    def test_expires_after_a_quarter_of_an_hour(self, staff: Session) -> None:
        letter = letter_of(staff, begin(staff))
        with pytest.raises(AttemptOver):
            by_link(staff, letter.token, now=NOW + LIFETIME)
        assert by_link(staff, letter.token, now=NOW + LIFETIME - dt.timedelta(seconds=1)).token

    def test_of_an_older_mail_is_replaced_by_that_of_a_newer_one(self, staff: Session) -> None:
        attempt_id = begin(staff)
        older, newer = letter_of(staff, attempt_id), letter_of(staff, attempt_id)
        with pytest.raises(AttemptOver):
            by_link(staff, older.token)
        assert by_link(staff, newer.token).token

    def test_that_was_made_up_does_nothing(self, staff: Session) -> None:
        letter_of(staff, begin(staff))
        for token in ("", "made-up", "x" * 5000):
            with pytest.raises(AttemptOver):
                by_link(staff, token)

    def test_of_a_disabled_account_does_nothing(self, staff: Session) -> None:
        letter = letter_of(staff, begin(staff))
        services.disable_account(staff, email=EMAIL, now=NOW)
        with pytest.raises(AttemptOver):
            by_link(staff, letter.token)

    def test_clicked_twice_at_once_makes_one_session(self, database: Database) -> None:
        with database.writing() as session:
            add_organisation(session)
            add_person(session, Role.RECRUITER)
            letter = letter_of(session, begin(session))
        ready, outcomes = threading.Barrier(4), []

        def click() -> None:
            ready.wait()
            try:
                with database.writing() as session:
                    by_link(session, letter.token)
                outcomes.append("in")
            except AttemptOver:
                outcomes.append("over")

        threads = [threading.Thread(target=click) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["in", "over", "over", "over"]
        with database.reading() as session:
            assert len(session.scalars(select(SignedInSession)).all()) == 1


class TestTheCode:
    def test_signs_in_however_it_is_typed(self, staff: Session) -> None:
        attempt_id = begin(staff)
        code = letter_of(staff, attempt_id).code
        signed_in = by_code(staff, attempt_id, f" {show_code(code).lower()} ")
        assert services.identity_of(staff, signed_in.token, LATER).name == "Sam Hill"

    def test_uses_the_link_up_too(self, staff: Session) -> None:
        attempt_id = begin(staff)
        letter = letter_of(staff, attempt_id)
        by_code(staff, attempt_id, letter.code)
        with pytest.raises(AttemptOver):
            by_link(staff, letter.token)
        with pytest.raises(AttemptOver):
            by_code(staff, attempt_id, letter.code)

    def test_works_only_where_sign_in_began(self, staff: Session) -> None:
        mine, other = begin(staff), begin(staff, email="noise@example.org")
        letter = letter_of(staff, mine)
        letter_of(staff, other)
        with pytest.raises(WrongCode):
            by_code(staff, other, letter.code)
        with pytest.raises(AttemptOver):
            by_code(staff, uuid.uuid4(), letter.code)

    def test_cannot_be_found_by_trying(self, staff: Session) -> None:
        attempt_id = begin(staff)
        letter = letter_of(staff, attempt_id)
        for left in range(MOST_TRIES - 1, -1, -1):
            with pytest.raises(WrongCode) as wrong:
                by_code(staff, attempt_id, "00000000")
            assert wrong.value.tries_left == left
        with pytest.raises(AttemptOver):
            by_code(staff, attempt_id, letter.code)
        assert by_link(staff, letter.token).token, (
            "the link has too many bits to be found by trying"
        )

    def test_cannot_be_found_by_trying_in_parallel(self, database: Database) -> None:
        with database.writing() as session:
            add_organisation(session)
            add_person(session, Role.RECRUITER)
            attempt_id = begin(session)
            letter_of(session, attempt_id)
        ready, outcomes = threading.Barrier(MOST_TRIES * 2), []

        def guess() -> None:
            ready.wait()
            with database.writing() as session:
                try:
                    by_code(session, attempt_id, "00000000")
                except WrongCode:
                    outcomes.append("wrong")
                except AttemptOver:
                    outcomes.append("over")

        threads = [threading.Thread(target=guess) for _ in range(MOST_TRIES * 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count("wrong") == MOST_TRIES
        assert outcomes.count("over") == MOST_TRIES

    def test_expires_after_a_quarter_of_an_hour(self, staff: Session) -> None:
        attempt_id = begin(staff)
        letter = letter_of(staff, attempt_id)
        with pytest.raises(AttemptOver):
            by_code(staff, attempt_id, letter.code, now=NOW + LIFETIME)

    def test_is_nothing_before_the_mail_is_sent(self, staff: Session) -> None:
        with pytest.raises(WrongCode):
            by_code(staff, begin(staff), "")

    def test_of_a_disabled_account_does_nothing(self, staff: Session) -> None:
        attempt_id = begin(staff)
        letter = letter_of(staff, attempt_id)
        services.disable_account(staff, email=EMAIL, now=NOW)
        with pytest.raises(WrongCode):
            by_code(staff, attempt_id, letter.code)


class TestAsking:
    def test_leaves_the_same_behind_whoever_asks(self, staff: Session) -> None:
        known, unknown = begin(staff), begin(staff, email="nobody@example.org")
        services.disable_account(staff, email="noise@example.org", now=NOW)
        disabled = begin(staff, email="noise@example.org")
        jobs = [job.payload["attempt"] for job in staff.scalars(select(Job))]
        assert sorted(jobs) == sorted(map(str, (known, unknown, disabled)))
        assert services.prepare_sign_in_mail(staff, unknown, NOW) is None
        assert services.prepare_sign_in_mail(staff, disabled, NOW) is None

    def test_without_an_account_fails_at_the_code_like_a_wrong_one(self, staff: Session) -> None:
        unknown = begin(staff, email="nobody@example.org")
        for left in range(MOST_TRIES - 1, -1, -1):
            with pytest.raises(WrongCode) as wrong:
                by_code(staff, unknown, "00000000")
            assert wrong.value.tries_left == left
        with pytest.raises(AttemptOver):
            by_code(staff, unknown, "00000000")

    @pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
    def test_too_often_has_to_wait_whoever_asks(self, staff: Session, email: str) -> None:
        span, most = LIMITS[0]
        for _ in range(most):
            begin(staff, email=email)
        with pytest.raises(TooManyAttempts):
            begin(staff, email=email.upper())
        begin(staff, email="noise@example.org")
        begin(staff, email=email, now=NOW + span)

    def test_all_day_long_has_to_wait_too(self, staff: Session) -> None:
        span, most = LIMITS[1]
        for number in range(most):
            begin(staff, now=NOW + number * dt.timedelta(minutes=5))
        with pytest.raises(TooManyAttempts):
            begin(staff, now=NOW + dt.timedelta(hours=12))
        begin(staff, now=NOW + span)

    def test_for_what_is_no_address_is_refused(self, staff: Session) -> None:
        with pytest.raises(NotValid):
            begin(staff, email="nobody")

    def test_stores_no_secret_and_no_address(self, staff: Session) -> None:
        attempt_id = begin(staff)
        letter = letter_of(staff, attempt_id)
        attempt = staff.get_one(SignInAttempt, attempt_id)
        stored = " ".join(str(getattr(attempt, column.key)) for column in attempt.__table__.columns)
        for secret in (letter.token, letter.code, EMAIL):
            assert secret not in stored
        assert [job.payload for job in staff.scalars(select(Job))] == [{"attempt": str(attempt_id)}]

    def test_a_mail_that_comes_too_late_is_not_sent(self, staff: Session) -> None:
        attempt_id = begin(staff)
        assert services.prepare_sign_in_mail(staff, attempt_id, NOW + LIFETIME) is None

    def test_is_forgotten_a_day_after_it_expired(self, staff: Session) -> None:
        letter = letter_of(staff, begin(staff))
        by_link(staff, letter.token)
        services.forget_expired(staff, NOW + dt.timedelta(days=1))
        assert staff.scalars(select(SignInAttempt)).all()
        services.forget_expired(staff, NOW + dt.timedelta(days=2))
        assert not staff.scalars(select(SignInAttempt)).all()
        assert not staff.scalars(select(SignedInSession)).all()
