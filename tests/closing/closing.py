"""A consultation that closes at a given moment, and somebody with a finger on a button."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.consultations import a_lead, create_and_open, shipped_details
from tests.pages.client import filled_in
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.consultations.opening import Period

SLUG = "example-region"
ITEM = "culture.speaking-up"
FIRST, SECOND = "Say who listens.", "Say who listens, and to whom."


def open_until(program: Program, closes_at: dt.datetime) -> uuid.UUID:
    """Open a consultation that closes then, some weeks before, and return its id."""
    program.clock.now = closes_at - dt.timedelta(weeks=6)
    period = Period(program.clock.now, closes_at)
    by, organisation = a_lead(), program.organisation
    with program.database.writing() as session:
        draft = create_and_open(
            session,
            organisation_id=organisation.id,
            details=shipped_details(slug=SLUG, period=period),
            library=program.library,
            by=by,
            now=program.clock(),
        )
    return draft.id


@dataclass
class Ready:
    """Somebody with every form filled in, so that one press of a button is left."""

    program: Program
    client: FlaskClient = field(init=False)
    posts: dict[str, tuple[str, dict[str, list[str]]]] = field(init=False)

    def __post_init__(self) -> None:
        """Write a response, and open the pages whose buttons are to be pressed."""
        newcomer = self.program.browser()
        screen = newcomer.open(f"/consultations/{SLUG}")
        start = filled_in(screen.form("Start now"))
        person = Respondent(self.program.browser(), SLUG)
        person.write(FIRST)
        screen = person.check()
        send = filled_in(screen.form("Send your response"))
        screen = person.open_item(ITEM)
        save = filled_in(screen.form("Save"))
        save[f"{ITEM}:comment"] = [SECOND]
        self.client = person.browser.flask
        self.newcomer = newcomer.flask
        self.posts = {
            "start": (f"/consultations/{SLUG}/start", start),
            "save": (f"{person.response}/items/{ITEM}", save),
            "send": (f"{person.response}/send", send),
        }

    def press(self, what: str) -> TestResponse:
        """Press a button: start (as somebody new), save or send."""
        path, data = self.posts[what]
        client = self.newcomer if what == "start" else self.client
        return client.post(path, data=data, headers={"Sec-Fetch-Site": "same-origin"})
