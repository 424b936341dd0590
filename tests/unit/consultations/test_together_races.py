"""Colleagues at the same moment: on both databases, with real threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from frameworks.questions import Given
from tests.factories.consultations import DURING
from tests.factories.together import (
    COMMENT,
    SPEAKING,
    Holder,
    a_team,
    an_open_consultation,
    somebody_alone,
)
from webapp.consultations import services
from webapp.consultations.errors import NameTaken, NoDraft, NotAMember, NotTheLead
from webapp.consultations.models import DraftMemberRow
from webapp.consultations.together import Wish
from webapp.persistence import Database, Session

Act = Callable[[Session], object]
Team = tuple[Holder, ...]
A_MOMENT = 0.2
"""Seconds in which whoever is let in would be through."""


@pytest.fixture
def team(database: Database) -> Team:
    """Asha, who leads, Ben and Cat."""
    with database.writing() as session:
        return a_team(session, an_open_consultation(session))


def one_after_another(database: Database, first: Act, second: Act) -> BaseException | None:
    """Do the first, and the second while the first is not committed yet; how did that end?

    The second has begun, and read what it reads without a lock, before the first commits.
    """
    ended: list[BaseException | None] = []

    def do_second() -> None:
        try:
            with database.writing() as session:
                second(session)
        except Exception as error:  # Which ones may come is for the test to say.
            ended.append(error)
        else:
            ended.append(None)

    thread = threading.Thread(target=do_second)
    with database.writing() as session:
        first(session)
        session.flush()
        thread.start()
        time.sleep(A_MOMENT)
        assert not ended, "the second waits for the first"
    thread.join()
    return ended[0]


def leads(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).where(DraftMemberRow.is_lead)) or 0


class TestRemoval:
    def test_who_is_taken_off_while_saving_saves_nothing(
        self, database: Database, team: Team
    ) -> None:
        asha, ben, _ = team
        with database.writing() as session:
            his = ben.member(session).id
            asha.answer(session, "As it was")
        error = one_after_another(
            database,
            lambda session: services.remove_member(session, **asha.act(), member_id=his),
            lambda session: ben.answer(session, "Too late", revision=1),
        )
        assert isinstance(error, NoDraft)
        with database.reading() as session:
            assert asha.draft(session).answers[COMMENT] == Given(text="As it was")

    def test_what_is_saved_first_stays(self, database: Database, team: Team) -> None:
        asha, ben, _ = team
        with database.writing() as session:
            his = ben.member(session).id
        error = one_after_another(
            database,
            lambda session: ben.answer(session, "In time"),
            lambda session: services.remove_member(session, **asha.act(), member_id=his),
        )
        assert error is None
        with database.reading() as session:
            assert asha.draft(session).answers[COMMENT] == Given(text="In time")
            assert ben.find(session) is None

    def test_who_leaves_meanwhile_is_given_nothing(self, database: Database, team: Team) -> None:
        asha, ben, _ = team
        with database.writing() as session:
            his = ben.member(session).id
        error = one_after_another(
            database,
            lambda session: services.leave_response(session, **ben.act()),
            lambda session: services.assign_items(
                session, **asha.act(), wishes=[Wish(SPEAKING, None, his)]
            ),
        )
        assert isinstance(error, NotAMember)


class TestTheLead:
    def test_two_hand_overs_at_once_make_one_lead(self, database: Database, team: Team) -> None:
        asha, ben, cat = team
        with database.writing() as session:
            his, hers = ben.member(session).id, cat.member(session).id
        error = one_after_another(
            database,
            lambda session: services.hand_over(session, **asha.act(), member_id=his),
            lambda session: services.hand_over(session, **asha.act(), member_id=hers),
        )
        assert isinstance(error, NotTheLead)
        assert leads(database) == 1
        with database.reading() as session:
            assert ben.draft(session).is_led

    def test_who_handed_over_a_moment_ago_decides_nothing_more(
        self, database: Database, team: Team
    ) -> None:
        asha, ben, cat = team
        with database.writing() as session:
            his, hers = ben.member(session).id, cat.member(session).id
        error = one_after_another(
            database,
            lambda session: services.hand_over(session, **asha.act(), member_id=his),
            lambda session: services.remove_member(session, **asha.act(), member_id=hers),
        )
        assert isinstance(error, NotTheLead)
        with database.reading() as session:
            assert cat.find(session) is not None

    def test_who_leaves_meanwhile_does_not_become_the_lead(
        self, database: Database, team: Team
    ) -> None:
        asha, ben, _ = team
        with database.writing() as session:
            his = ben.member(session).id
        error = one_after_another(
            database,
            lambda session: services.leave_response(session, **ben.act()),
            lambda session: services.hand_over(session, **asha.act(), member_id=his),
        )
        assert isinstance(error, NotAMember)
        assert leads(database) == 1
        with database.reading() as session:
            assert asha.draft(session).is_led


def test_two_who_join_under_one_name_are_told_apart(database: Database, team: Team) -> None:
    asha = team[0]
    with database.reading() as session:
        code = asha.code(session)

    def join(session: Session) -> None:
        services.join_response(
            session, consultation_id=asha.consultation.id, code=code, name="Dov", now=DURING
        )

    assert isinstance(one_after_another(database, join, join), NameTaken)


def test_two_who_start_at_once_are_one_lead(database: Database) -> None:
    with database.writing() as session:
        asha = somebody_alone(session, an_open_consultation(session))

    def start(session: Session) -> None:
        services.start_together(session, **asha.act(), name="Asha Rao")

    assert one_after_another(database, start, start) is None
    assert leads(database) == 1
