"""What is stored of the language of a response and of each answer; on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from frameworks.questions import AnswerKey, Given, Rewording
from tests.factories.consultations import AFTER, DURING
from tests.factories.together import Holder, a_team
from tests.factories.writing import LIBRARY, Writer, an_open_consultation
from webapp.consultations import services
from webapp.consultations.errors import ConsultationNotOpen, NoDraft
from webapp.persistence import Session

WAITING = "quality.waiting"
COMMENT = AnswerKey(WAITING, "comment")
WORDING = AnswerKey(WAITING, "wording")


def in_welsh(writer: Writer) -> Writer:
    writer.asking = services.get_asking(LIBRARY, writer.consultation, "cy")
    return writer


def choose(
    session: Session, holder: Holder | Writer, language: str = "cy", now: dt.datetime = DURING
) -> None:
    services.choose_language(
        session,
        consultation_id=holder.consultation.id,
        token=holder.token,
        language=language,
        now=now,
    )


class TestTheDraft:
    def test_its_language_is_chosen_and_chosen_again(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        other = Writer(session, writer.consultation)
        for language in ("cy", "en-GB-x-easyread", ""):
            choose(session, writer, language)
            assert writer.draft.language == language
        assert other.draft.language == ""

    def test_a_colleague_chooses_for_their_own_browser_alone(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        asha, ben, _ = a_team(session, consultation)
        choose(session, ben)
        assert asha.draft(session).language == ""
        choose(session, asha)
        assert ben.draft(session).language == "cy"

    def test_nothing_is_chosen_after_closing_or_without_a_draft(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        with pytest.raises(ConsultationNotOpen):
            choose(session, writer, now=AFTER)
        writer.token = "x" * 28
        with pytest.raises(NoDraft):
            choose(session, writer)


class TestAnswers:
    def test_an_answer_says_in_which_words_it_was_asked(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.answer(COMMENT, Given(text="Good."))
        in_welsh(writer).answer(WORDING, Given(text="Geiriau gwell."))
        assert {key: each.language for key, each in writer.draft.by_key.items()} == {
            COMMENT: "",
            WORDING: "cy",
        }

    def test_one_that_is_saved_again_unchanged_keeps_its_language(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.answer(COMMENT, Given(text="Good."))
        in_welsh(writer).answer(COMMENT, Given(text="Good."), revision=1)
        assert writer.draft.by_key[COMMENT].language == ""
        writer.answer(COMMENT, Given(text="Da."), revision=1)
        assert writer.draft.by_key[COMMENT].language == "cy"

    def test_a_statement_in_another_language_is_no_answer(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        english = writer.asking.items[WAITING].by_key[WORDING]
        welsh = in_welsh(writer).asking.items[WAITING].by_key[WORDING]
        assert isinstance(english, Rewording)
        assert isinstance(welsh, Rewording)
        for text in (english.present, welsh.present):
            writer.answer(WORDING, Given(text=text))
        assert writer.draft.answers == {}

    def test_what_was_sent_keeps_its_languages(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        choose(session, writer)
        writer.introduce()
        writer.choose(WAITING)
        writer.answer(COMMENT, Given(text="Good."))
        in_welsh(writer).answer(WORDING, Given(text="Geiriau gwell."))
        receipt = writer.send()
        submission = services.find_receipt(session, receipt.code)
        assert submission is not None
        assert submission.language == "cy"
        assert {each.key: each.language for each in submission.answers} == {
            COMMENT: "",
            WORDING: "cy",
        }
