"""A consultation that is open and responses to it, made by services for journeys that go on."""

from __future__ import annotations

import datetime as dt

from frameworks.questions import Given
from tests.factories.consultations import a_lead, create_and_open, shipped_details
from tests.factories.writing import COMMENT, SPEAKING, Writer
from tests.pages.client import Client
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.consultations.consultation import Consultation
from webapp.consultations.opening import Period

SLUG = "example-region"
CLOSES = dt.datetime(2027, 2, 5, 17, tzinfo=dt.UTC)


def open_a_consultation(program: Program) -> Consultation:
    """Open a consultation of the program’s organisation until CLOSES, and return it."""
    period = Period(program.clock() - dt.timedelta(minutes=30), CLOSES)
    by, organisation = a_lead(), program.organisation
    with program.database.writing() as session:
        return create_and_open(
            session,
            organisation_id=organisation.id,
            details=shipped_details(period=period),
            library=program.library,
            by=by,
            now=program.clock(),
        )


def a_writer(
    program: Program, consultation: Consultation, comment: str = "Say who listens."
) -> Respondent:
    """Return somebody whose browser holds a response with one comment, or with none."""
    with program.database.writing() as session:
        writer = Writer(session, consultation, program.clock())
        writer.introduce()
        writer.choose(SPEAKING)
        if comment:
            writer.answer(COMMENT, Given(text=comment))
    person = Respondent(program.browser())
    remember(person.browser, writer.token)
    return person


def remember(browser: Client, secret: str) -> None:
    """Put the secret of a pass into a browser’s cookie."""
    with browser.flask.session_transaction() as cookie:
        cookie[f"begun:{SLUG}"] = secret
