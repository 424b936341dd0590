"""Abuse is slowed, and nobody is harmed by that: not by an address, not by what they typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.pages.client import filled_in
from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.security import Role
from webapp.web.pace import Pace, Surge

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
TYPED = "Say who listens, and how."
ITEM = "culture.speaking-up"


class Seconds:
    """A clock that is moved by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def use_up(client: FlaskClient, path: str) -> None:
    """Load a page until it is too often."""
    statuses = [client.get(path).status_code for _ in range(61)]
    assert statuses[-1] == 429


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def slow(program: Program, seconds: Seconds) -> Program:
    """An installation that lets little through: 60 requests, 3 starts, 2 sends a minute."""
    Lead(program.staff(Role.CONSULTATION_LEAD)).create_open()
    desk = program.app.extensions["boardmark"]
    program.app.extensions["boardmark"] = replace(
        desk, pace=Pace(60, seconds), surge=Surge(starts=3, sends=2, clock=seconds)
    )
    return program


class TestOneResponse:
    def test_is_slowed_and_keeps_what_was_typed(self, slow: Program, seconds: Seconds) -> None:
        person = Respondent(slow.browser())
        person.introduce()
        person.choose(ITEM)
        screen = person.open_item(ITEM)
        form = filled_in(screen.form("Save and return to list"))
        address = str(screen.form("Save and return to list").get("action") or screen.path)
        form[f"{ITEM}:comment"] = [TYPED]
        client = person.browser.flask
        use_up(client, screen.path)
        refused = client.post(address, data=form, headers=SAME_SITE)
        assert refused.status_code == 429
        seconds.now += int(refused.headers["Retry-After"])
        page = BeautifulSoup(refused.text, "lxml").select_one("main form")
        assert page is not None
        again = client.post(address, data=filled_in(page), headers=SAME_SITE)
        assert again.status_code == 303
        seconds.now += 60
        assert TYPED in person.open_item(ITEM).text

    def test_slows_no_other_behind_the_same_address(self, slow: Program, seconds: Seconds) -> None:
        one, other = Respondent(slow.browser()), Respondent(slow.browser())
        one.start()
        other.start()
        use_up(one.browser.flask, one.response)
        assert other.browser.flask.get(other.response).status_code == 200

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_two_hundred_people_behind_one_address_are_never_slowed(
        self, program: Program, seconds: Seconds
    ) -> None:
        Lead(program.staff(Role.CONSULTATION_LEAD)).create_open()
        desk = program.app.extensions["boardmark"]
        usual = program.settings
        program.app.extensions["boardmark"] = replace(
            desk,
            pace=Pace(usual.requests_a_minute, seconds),
            surge=Surge(starts=usual.starts_a_minute, sends=usual.sends_a_minute, clock=seconds),
        )
        people = [program.app.test_client() for _ in range(200)]
        # Everybody in the same second, which is worse than any launch by mail.
        for person in people:
            page = BeautifulSoup(person.get("/consultations/example-region").text, "lxml")
            form = page.select_one("form[action$=start]")
            assert form is not None
            started = person.post("/consultations/example-region/start", data=filled_in(form))
            assert started.status_code == 303
            for _ in range(4):
                assert person.get("/consultations/example-region/response").status_code == 200


class TestEverybody:
    def test_whoever_comes_in_a_crowd_waits_and_then_starts_by_the_button(
        self, slow: Program, seconds: Seconds
    ) -> None:
        for _ in range(3):
            Respondent(slow.browser()).start()
        late = slow.browser()
        screen = late.open("/consultations/example-region")
        waiting = late.flask.post(
            "/consultations/example-region/start",
            data=filled_in(screen.form("Start now")),
            headers=SAME_SITE,
        )
        assert waiting.status_code == 503
        assert int(waiting.headers["Retry-After"]) > 0
        page = BeautifulSoup(waiting.text, "lxml").select_one("main form")
        assert page is not None
        seconds.now += 61
        # The button of that page posts to the same address, without JavaScript.
        started = late.flask.post(waiting.request.path, data=filled_in(page), headers=SAME_SITE)
        assert started.status_code == 303
        assert late.open(started.headers["Location"]).status == 200

    def test_whoever_has_started_goes_on_through_a_crowd(
        self, slow: Program, seconds: Seconds
    ) -> None:
        person = Respondent(slow.browser())
        person.start()
        for _ in range(2):
            Respondent(slow.browser()).start()
        person.browser.open(person.page)
        person.browser.press("Continue your response")
