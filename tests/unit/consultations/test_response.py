"""What of a page is saved, what clashes, and what of a draft is sent."""

from __future__ import annotations

import datetime as dt

import pytest

from frameworks.questions import AnswerKey, Given, Rewording
from tests.factories.consultations import an_asking
from webapp.consultations.respondents import Respondent
from webapp.consultations.response import (
    Attempt,
    Clash,
    Draft,
    SavedAnswer,
    answers_to_send,
    attempt_to_save,
    kept,
    plain_lines,
)
from webapp.persistence import new_id

ASKING = an_asking()
SPEAKING = "culture.speaking-up"
KEY = AnswerKey(SPEAKING, "comment")
OLD, MINE, THEIRS = Given(text="Old"), Given(text="Mine"), Given(text="Theirs")


def rewording() -> Rewording:
    question = ASKING.items[SPEAKING].by_key[AnswerKey(SPEAKING, "wording")]
    assert isinstance(question, Rewording)
    return question


class TestSaving:
    def test_a_first_answer_is_written(self) -> None:
        assert attempt_to_save(None, Attempt(KEY, MINE)) == MINE

    def test_a_change_from_the_present_revision_is_written(self) -> None:
        saved = SavedAnswer(KEY, OLD, 3)
        assert attempt_to_save(saved, Attempt(KEY, MINE, 3)) == MINE

    def test_a_blank_page_writes_nothing(self) -> None:
        assert attempt_to_save(None, Attempt(KEY, Given())) is None

    def test_the_same_answer_is_no_clash_from_however_old_a_page(self) -> None:
        assert attempt_to_save(SavedAnswer(KEY, MINE, 3), Attempt(KEY, MINE, 1)) is None

    def test_an_answer_changed_elsewhere_clashes_and_both_are_kept(self) -> None:
        clash = attempt_to_save(SavedAnswer(KEY, THEIRS, 3), Attempt(KEY, MINE, 2))
        assert clash == Clash(KEY, saved=THEIRS, sent=MINE, revision=3)

    def test_two_first_answers_from_two_tabs_clash(self) -> None:
        clash = attempt_to_save(SavedAnswer(KEY, THEIRS, 1), Attempt(KEY, MINE, 0))
        assert isinstance(clash, Clash)

    def test_a_question_that_a_page_never_answered_keeps_what_came_meanwhile(self) -> None:
        assert attempt_to_save(SavedAnswer(KEY, THEIRS, 1), Attempt(KEY, Given(), 0)) is None

    def test_taking_an_answer_away_is_a_change(self) -> None:
        assert attempt_to_save(SavedAnswer(KEY, OLD, 3), Attempt(KEY, Given(), 3)) == Given()


class TestWhatIsKept:
    def test_an_unchanged_wording_is_no_answer(self) -> None:
        question = rewording()
        assert kept(question, Given(text=question.present)).is_blank

    def test_nor_is_one_that_only_a_browser_changed(self) -> None:
        question = rewording()
        text = "  " + question.present.replace(" ", "\r\n", 1) + "\r\n"
        assert kept(question, Given(text=text)).is_blank

    def test_a_changed_wording_is_kept_as_it_was_typed(self) -> None:
        assert kept(rewording(), Given(text="I listen.\r\nAlways. ")).text == "I listen.\nAlways."

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
            ("nul\x00 and bell\x07", "nul and bell"),
            ("a\ttab stays", "a\ttab stays"),
            ("  \n trimmed \n ", "trimmed"),
            ("Cymraeg ŵ, naïve, 日本, 👩🏽‍⚕️", "Cymraeg ŵ, naïve, 日本, 👩🏽‍⚕️"),
        ],
    )
    def test_a_text_is_stored_without_what_nobody_typed(self, typed: str, stored: str) -> None:
        assert plain_lines(typed) == stored


class TestSending:
    def draft(self, *saved: SavedAnswer, chosen: tuple[str, ...], **about: object) -> Draft:
        return Draft(
            id=new_id(),
            consultation_id=new_id(),
            started_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
            respondent=Respondent(**about),  # type: ignore[arg-type]  # Any field of it.
            chosen=chosen,
            saved=saved,
        )

    def test_answers_are_sent_in_the_order_of_the_list(self) -> None:
        overall = AnswerKey("consultation", "overall")
        fate = AnswerKey(SPEAKING, "fate")
        draft = self.draft(
            SavedAnswer(overall, MINE, 1),
            SavedAnswer(KEY, MINE, 1),
            SavedAnswer(fate, Given(choices=("keep",)), 1),
            chosen=(SPEAKING,),
        )
        assert [each.key for each in answers_to_send(ASKING, draft)] == [fate, KEY, overall]

    def test_what_was_taken_off_the_list_is_not_sent(self) -> None:
        draft = self.draft(SavedAnswer(KEY, MINE, 1), chosen=("culture.listening",))
        assert answers_to_send(ASKING, draft) == ()

    def test_nor_is_an_answer_for_a_position_that_is_no_longer_chosen(self) -> None:
        chair = AnswerKey(SPEAKING, "necessity", "provider-chair")
        saved = SavedAnswer(chair, Given(choices=("useful",)), 1)
        assert answers_to_send(ASKING, self.draft(saved, chosen=(SPEAKING,))) == ()
        asked = self.draft(saved, chosen=(SPEAKING,), positions=("provider-chair",))
        assert [each.key for each in answers_to_send(ASKING, asked)] == [chair]

    def test_an_answer_that_was_taken_away_is_not_sent(self) -> None:
        draft = self.draft(SavedAnswer(KEY, Given(), 2), chosen=(SPEAKING,))
        assert answers_to_send(ASKING, draft) == ()

    def test_every_answer_carries_the_digest_of_what_it_is_about(self) -> None:
        draft = self.draft(SavedAnswer(KEY, MINE, 1), chosen=(SPEAKING,))
        (sent,) = answers_to_send(ASKING, draft)
        assert sent.item_digest == ASKING.items[SPEAKING].digest
