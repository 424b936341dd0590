"""What came in another way than the website becomes a response like every other one."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from frameworks.questions import AnswerKey, Given
from frameworks.rewording import change_of
from tests.factories.consultations import AFTER, CLOSES, DURING, OPENS, a_respondent
from tests.factories.writing import (
    COMMENT,
    LIBRARY,
    SPEAKING,
    Writer,
    a_draft_consultation,
    an_open_consultation,
    asking_of,
)
from webapp.consultations import services
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.errors import EmptyResponse, NotReceivedThen, RespondentMissing
from webapp.consultations.respondents import Channel, Publish
from webapp.consultations.response import RecordedReceipt, Submission
from webapp.consultations.submissions import Standing
from webapp.persistence import Database, Session, new_id

OFFICER, CHECKER = Actor(new_id(), "Ola Officer"), Actor(new_id(), "Cas Checker")
REWORDING = AnswerKey(SPEAKING, "wording")
LATER = AFTER + dt.timedelta(days=20)


def record(session: Session, consultation: Consultation, **changes: Any) -> RecordedReceipt:
    values: dict[str, Any] = {
        "consultation_id": consultation.id,
        "respondent": a_respondent(),
        "answers": {COMMENT: Given(text="Say who\r\nlistens. ")},
        "channel": Channel.LETTER,
        "received_at": DURING,
        "key": "letter 1",
        "library": LIBRARY,
        "taken_in_by": OFFICER,
        "checked_by": CHECKER,
        "now": LATER,
    }
    return services.record_response(session, **(values | changes))


def found(session: Session, consultation: Consultation, reference: str) -> Submission:
    submission = services.find_response(session, consultation.id, reference)
    assert submission is not None
    return submission


class TestWhatIsRecorded:
    def test_it_is_whole_and_counts_as_received_when_it_was(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        made = record(session, consultation)
        submission = found(session, consultation, made.reference)
        assert made.is_new
        assert submission.standing is Standing.COUNTS
        assert submission.channel is Channel.LETTER
        assert submission.submitted_at == DURING
        assert submission.recorded_at == LATER
        assert submission.edition == 1
        assert submission.respondent == a_respondent()
        (answer,) = submission.answers
        item = asking_of(consultation).items[SPEAKING]
        assert answer.given == Given(text="Say who\nlistens.")
        assert answer.item_digest == item.digest
        assert answer.questionnaire_version == "1.0.0"

    def test_it_is_counted_beside_those_of_the_website(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        writer = Writer(session, consultation)
        writer.write_everything()
        writer.send()
        record(session, consultation)
        totals = services.totals_of(session, consultation.id)
        assert totals.submitted == 2

    def test_who_took_it_in_and_who_checked_it_stays_with_it(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        made = record(session, consultation)
        recording = services.find_recording(session, made.submission_id)
        assert recording is not None
        assert (recording.taken_in_by, recording.checked_by) == ("Ola Officer", "Cas Checker")

    def test_a_suggested_wording_is_kept_with_what_it_changes(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        question = asking_of(consultation).items[SPEAKING].by_key[REWORDING]
        given = Given(text=f"{question.present} And acts on it.")  # type: ignore[union-attr]  # It is one.
        made = record(session, consultation, answers={REWORDING: given})
        (answer,) = found(session, consultation, made.reference).answers
        change = change_of(question, answer.given)
        assert change is not None
        assert change.added

    def test_an_unchanged_wording_is_no_answer(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        question = asking_of(consultation).items[SPEAKING].by_key[REWORDING]
        given = Given(text=question.present)  # type: ignore[union-attr]  # It is one.
        with pytest.raises(EmptyResponse):
            record(session, consultation, answers={REWORDING: given})


class TestOnce:
    def test_the_same_key_again_changes_nothing(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        made = record(session, consultation)
        again = record(session, consultation, answers={COMMENT: Given(text="Something else.")})
        assert again == made
        assert not again.is_new
        submission = found(session, consultation, made.reference)
        assert submission.answers[0].given.text == "Say who\nlistens."
        key = {"consultation_id": consultation.id, "key": "letter 1"}
        assert services.find_recorded(session, **key) == made  # type: ignore[arg-type]  # These two.

    def test_another_consultation_may_use_the_same_key(self, session: Session) -> None:
        one = an_open_consultation(session)
        other = an_open_consultation(session, "another-region")
        assert record(session, one).reference != record(session, other).reference

    def test_of_two_at_the_same_moment_one_is_recorded(self, database: Database) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
        both = threading.Barrier(2)

        def take_in() -> str:
            both.wait()
            with database.writing() as session:
                return record(session, consultation).reference

        with ThreadPoolExecutor(2) as pool:
            taken = [pool.submit(take_in) for _ in range(2)]
        assert len({each.result() for each in taken}) == 1
        with database.reading() as session:
            assert services.totals_of(session, consultation.id).submitted == 1


class TestInTime:
    def test_what_came_in_time_is_in_time_whenever_it_is_taken_in(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        last = CLOSES - dt.timedelta(seconds=1)
        made = record(session, consultation, received_at=last, now=LATER)
        assert found(session, consultation, made.reference).standing is Standing.COUNTS

    def test_what_came_after_closing_waits_for_a_lead(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        made = record(session, consultation, received_at=CLOSES, late_reason="A postal strike.")
        submission = found(session, consultation, made.reference)
        assert submission.standing is Standing.LATE
        assert submission.late_reason == "A postal strike."

    @pytest.mark.parametrize("at", [OPENS - dt.timedelta(days=2), LATER + dt.timedelta(minutes=1)])
    def test_nothing_comes_before_opening_or_after_now(
        self, session: Session, at: dt.datetime
    ) -> None:
        consultation = an_open_consultation(session)
        with pytest.raises(NotReceivedThen):
            record(session, consultation, received_at=at)

    def test_nothing_comes_to_a_draft(self, session: Session) -> None:
        consultation = a_draft_consultation(session)
        with pytest.raises(NotReceivedThen):
            record(session, consultation)


class TestWhatIsNeeded:
    def test_who_responds_has_to_be_complete(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        nameless = a_respondent(publish=Publish.NAMED, name="")
        with pytest.raises(RespondentMissing):
            record(session, consultation, respondent=nameless)

    def test_something_has_to_be_said(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        for answers in ({}, {COMMENT: Given(text="  ")}):
            with pytest.raises(EmptyResponse):
                record(session, consultation, answers=answers)

    def test_only_what_is_asked_is_answered(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        with pytest.raises(KeyError):
            record(session, consultation, answers={AnswerKey("x.y", "z"): Given(text="Hm")})

    def test_the_website_is_no_way_to_take_in(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        with pytest.raises(ValueError, match="website"):
            record(session, consultation, channel=Channel.WEB)
