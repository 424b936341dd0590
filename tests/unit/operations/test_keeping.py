"""What a hold kept is erased by the hour once it is lifted, and not before."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from frameworks.questions import Given
from tests.factories.consultations import DURING
from tests.factories.writing import COMMENT, SPEAKING, Writer, an_open_consultation
from webapp.config import RetentionPeriods
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.respondents import Publish
from webapp.operations.keeping import keep_to_schedule
from webapp.persistence import Database, Session, new_id
from webapp.retention.holds import HoldKeeper
from webapp.retention.services import lift_hold, place_hold

KEEPER = HoldKeeper(new_id(), "Ada")


def a_name(session: Session, consultation: Consultation) -> str:
    """Send a response with a name that may be published, and return its private code."""
    writer = Writer(session, consultation)
    writer.introduce(publish=Publish.NAMED, name="Nell Named")
    writer.choose(SPEAKING)
    writer.answer(COMMENT, Given(text="Say who listens."))
    return writer.send().code


def names(session: Session) -> list[str]:
    """Return every name in the rows, as it is there."""
    return list(session.scalars(text("SELECT name FROM submission_person")))


def keep(session: Session) -> None:
    keep_to_schedule(session, DURING, RetentionPeriods())


@pytest.mark.parametrize("is_to_be_lifted", [True, False])
def test_a_name_that_a_hold_kept_goes_once_it_is_lifted(
    database: Database, *, is_to_be_lifted: bool
) -> None:
    with database.writing() as session:
        consultation = an_open_consultation(session)
        code = a_name(session, consultation)
        place_hold(session, consultation.id, by=KEEPER, reason="An inquiry.", now=DURING)
        services.change_permission(session, code=code, publish=Publish.UNNAMED, now=DURING)
        keep(session)
        assert names(session) == ["Nell Named"], "the hold keeps it"
        if is_to_be_lifted:
            lift_hold(session, consultation.id, by=KEEPER, reason="It is over.", now=DURING)
        keep(session)
        assert names(session) == ([""] if is_to_be_lifted else ["Nell Named"])


def test_a_name_that_may_be_published_stays(database: Database) -> None:
    with database.writing() as session:
        consultation = an_open_consultation(session)
        code = a_name(session, consultation)
        a_name(session, consultation)
        services.change_permission(session, code=code, publish=Publish.NOT_AT_ALL, now=DURING)
        services.change_permission(
            session, code=code, publish=Publish.NAMED, name="Nell Again", now=DURING
        )
        keep(session)
        assert sorted(names(session)) == ["Nell Again", "Nell Named"]
