from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.program import Program
from tests.unit.web.test_errors import SAME_SITE, TYPED, kept, page_of, proof
from webapp.accounts.services import find_organisation
from webapp.web.pace import Crowded, Pace, Surge, TooFast


@dataclass
class Seconds:
    """A clock that is moved by hand."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def taken(pace: Pace, key: str, times: int) -> int:
    """Return how many of so many requests at one moment are let through."""
    let_through = 0
    for _ in range(times):
        try:
            pace.take(key)
        except TooFast:
            continue
        let_through += 1
    return let_through


class TestPace:
    def test_a_minutes_worth_may_come_at_once_and_then_no_more(self) -> None:
        pace = Pace(60, Seconds())
        assert taken(pace, "one", 100) == 60

    def test_after_a_pause_it_goes_on_at_the_rate_of_the_limit(self) -> None:
        clock = Seconds()
        pace = Pace(60, clock)
        taken(pace, "one", 100)
        clock.now += 5
        assert taken(pace, "one", 100) == 5
        clock.now += 3600
        assert taken(pace, "one", 100) == 60

    def test_it_says_after_how_many_seconds_to_come_back(self) -> None:
        clock = Seconds()
        pace = Pace(20, clock)
        taken(pace, "one", 20)
        with pytest.raises(TooFast) as refusal:
            pace.take("one")
        assert refusal.value.retry_after == 3
        clock.now += 3
        pace.take("one")

    def test_one_response_takes_nothing_from_another(self) -> None:
        pace = Pace(60, Seconds())
        assert taken(pace, "one", 100) == 60
        assert taken(pace, "two", 100) == 60

    def test_saving_every_second_in_ten_tabs_is_never_too_fast(self) -> None:
        clock = Seconds()
        pace = Pace(600, clock)
        for _ in range(600):
            clock.now += 1
            assert taken(pace, "one", 10) == 10

    def test_responses_that_nobody_writes_any_more_are_forgotten(self) -> None:
        clock = Seconds()
        pace = Pace(60, clock)
        for number in range(500):
            pace.take(str(number))
        clock.now += 61
        for _ in range(300):
            pace.take("the last")
            clock.now += 1
        assert len(pace) == 1

    def test_however_many_responses_there_are_the_memory_is_bounded(self) -> None:
        pace = Pace(60, Seconds(), most_keys=50)
        for number in range(1000):
            pace.take(str(number))
            assert len(pace) <= 51

    def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing(self) -> None:
        clock = Seconds()
        pace = Pace(60, clock)
        taken(pace, "one", 10)
        clock.now -= 500
        assert taken(pace, "one", 100) == 50

    @given(st.lists(st.tuples(st.floats(0, 30), st.integers(0, 40)), max_size=30))
    def test_never_more_than_two_minutes_worth_comes_within_a_minute(
        self, steps: list[tuple[float, int]]
    ) -> None:
        clock = Seconds()
        pace = Pace(60, clock)
        moments: list[float] = []
        for pause, times in steps:
            clock.now += pause
            moments += [clock.now] * taken(pace, "one", times)
        for moment in moments:
            assert sum(moment <= each < moment + 60 for each in moments) <= 121

    def test_threads_together_get_no_more_than_one(self) -> None:
        pace = Pace(200, Seconds())
        found: list[int] = []
        threads = [
            threading.Thread(target=lambda: found.append(taken(pace, "one", 100))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(found) == 200


class TestSurge:
    def test_it_is_over_while_a_minute_held_as_many_as_the_limit(self) -> None:
        clock = Seconds()
        surge = Surge(starts=5, sends=3, clock=clock)
        for _ in range(3):
            assert not surge.is_over("sends")
            surge.note("sends")
            clock.now += 10
        assert surge.is_over("sends")
        clock.now += 31
        assert not surge.is_over("sends")

    def test_starts_and_sends_are_counted_apart(self) -> None:
        surge = Surge(starts=1, sends=1, clock=Seconds())
        surge.note("starts")
        assert surge.is_over("starts")
        assert not surge.is_over("sends")

    def test_whoever_is_let_in_counts_and_whoever_waits_does_not(self) -> None:
        clock = Seconds()
        surge = Surge(starts=2, sends=1, clock=clock)
        surge.admit("starts")
        surge.admit("starts")
        for _ in range(50):
            clock.now += 1
            with pytest.raises(Crowded):
                surge.admit("starts")
        clock.now += 11
        surge.admit("starts")

    def test_threads_together_are_counted_to_the_last(self) -> None:
        surge = Surge(starts=400, sends=1, clock=Seconds())
        refused: list[int] = []

        def start_many() -> None:
            for _ in range(100):
                try:
                    surge.admit("starts")
                except Crowded:
                    refused.append(1)

        threads = [threading.Thread(target=start_many) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refused) == 400


class TestPages:
    @pytest.fixture
    def client(self, program: Program) -> FlaskClient:
        return program.app.test_client()

    def test_too_fast_keeps_what_was_typed_and_says_when_to_come_back(
        self, client: FlaskClient
    ) -> None:
        data = {"csrf_token": proof(client), **TYPED}
        refused = client.post("/planted/add/fast", data=data, headers=SAME_SITE)
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "7"
        assert kept(refused) == TYPED

    def test_a_queue_has_a_button_also_where_nothing_was_typed(self, client: FlaskClient) -> None:
        data = {"csrf_token": proof(client)}
        refused = client.post("/planted/add/crowded", data=data, headers=SAME_SITE)
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        page = page_of(refused)
        assert page.h1 is not None
        assert page.h1.text == "Many people are starting a response"
        assert [each.text.strip() for each in page.select("main form button")] == ["Send it again"]

    def test_nothing_of_a_request_that_was_too_fast_is_kept(
        self, client: FlaskClient, program: Program
    ) -> None:
        data = {"csrf_token": proof(client), **TYPED}
        client.post("/planted/add/fast", data=data)
        with program.database.reading() as session:
            assert find_organisation(session, "planted") is None
