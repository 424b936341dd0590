"""Putting a consultation right while it is open, and what becomes of the answers."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from frameworks.library import Library
from frameworks.questions import AnswerKey, Given
from frameworks.writer import write_questionnaire
from tests.factories.consultations import AFTER, BEFORE, CLOSES, DURING, OPENS
from tests.factories.revising import NOTICE, a_revision, revise
from tests.factories.writing import (
    COMMENT,
    LEAD,
    LIBRARY,
    SPEAKING,
    Writer,
    a_draft_consultation,
    an_open_consultation,
    asking_of,
)
from webapp.consultations import services
from webapp.consultations.attaching import StoredFile
from webapp.consultations.consultation import Consultation, EventKind, PinnedQuestionnaire
from webapp.consultations.editions import DocumentKind
from webapp.consultations.errors import (
    CannotRevise,
    ChangedMeanwhile,
    FrameworkChanged,
    NoDocument,
    NothingChanges,
    QuestionnaireMissing,
    TooManyDocuments,
    WrongState,
)
from webapp.consultations.models import AnswerRow, DraftAnswerRow
from webapp.consultations.response import Clash, SavedAnswer
from webapp.persistence import Database, Session

NECESSITY = AnswerKey(SPEAKING, "necessity", "provider-chair")
LATER = DURING + dt.timedelta(days=2)


@pytest.fixture
def opened(session: Session) -> Consultation:
    return an_open_consultation(session)


def a_writer(session: Session, opened: Consultation, choice: str = "essential") -> Writer:
    """Somebody who has answered one question that will be reworded and one that will not."""
    writer = Writer(session, opened)
    writer.introduce()
    writer.choose(SPEAKING)
    writer.answer(NECESSITY, Given(choices=(choice,)))
    writer.answer(COMMENT, Given(text="Say who listens."))
    return writer


def versions(writer: Writer) -> dict[str, str]:
    return {each.key.question: each.questionnaire_version for each in writer.draft.saved}


def on_a_new_page(writer: Writer, consultation: Consultation) -> None:
    writer.consultation, writer.asking = consultation, asking_of(consultation)


class TestARevision:
    def test_it_is_the_next_edition_with_its_notice_and_an_event(
        self, session: Session, opened: Consultation
    ) -> None:
        revised = revise(session, opened)
        assert (revised.edition, revised.revision) == (2, opened.revision + 1)
        assert revised.details.questionnaire_version == "1.0.1"
        assert revised.questionnaire_digest != opened.questionnaire_digest
        assert revised.replaced == (PinnedQuestionnaire("1.0.0", opened.questionnaire_digest),)
        first, second = services.list_editions(session, opened.id)
        assert (second.number, second.notice, second.shown_from) == (2, NOTICE, DURING)
        assert (first.questionnaire_version, second.questionnaire_version) == ("1.0.0", "1.0.1")
        assert second.questionnaire_digest == revised.questionnaire_digest
        event = services.list_events(session, opened.id)[-1]
        assert (event.kind, event.note, event.by) == (EventKind.REVISED, NOTICE, LEAD.name)

    def test_before_it_opens_it_is_shown_from_its_opening_on(
        self, session: Session, opened: Consultation
    ) -> None:
        revise(session, opened, now=BEFORE)
        assert services.list_editions(session, opened.id)[-1].shown_from == OPENS

    def test_the_privacy_notice_alone_makes_an_edition_and_keeps_the_questionnaire(
        self, session: Session, opened: Consultation
    ) -> None:
        revised = revise(
            session, opened, questionnaire_version="1.0.0", privacy_notice="We keep it a year."
        )
        assert (revised.edition, revised.replaced) == (2, ())
        first, second = services.list_editions(session, opened.id)
        assert first.privacy_notice_digest != second.privacy_notice_digest
        assert second.texts["privacy_notice"] == "We keep it a year."
        assert first.texts["privacy_notice"] == opened.details.privacy_notice

    @pytest.mark.parametrize("now", [CLOSES, AFTER])
    def test_what_is_over_is_not_changed(
        self, session: Session, opened: Consultation, now: dt.datetime
    ) -> None:
        with pytest.raises(WrongState):
            revise(session, opened, now=now)

    def test_neither_a_draft_nor_what_was_closed_early_is_changed(self, session: Session) -> None:
        draft = a_draft_consultation(session, slug="draft")
        with pytest.raises(WrongState):
            revise(session, draft)
        closed = services.close_consultation(
            session,
            consultation_id=an_open_consultation(session).id,
            reason="Done",
            by=LEAD,
            now=DURING,
        )
        with pytest.raises(WrongState):
            revise(session, closed)

    def test_of_two_leads_the_second_is_told(self, session: Session, opened: Consultation) -> None:
        revise(session, opened)
        with pytest.raises(ChangedMeanwhile):
            revise(session, opened, privacy_notice="Something else")
        assert len(services.list_editions(session, opened.id)) == 2

    def test_changing_nothing_is_refused(self, session: Session, opened: Consultation) -> None:
        with pytest.raises(NothingChanges):
            revise(session, opened, questionnaire_version="1.0.0")

    def test_a_privacy_notice_is_not_taken_away(
        self, session: Session, opened: Consultation
    ) -> None:
        with pytest.raises(CannotRevise):
            revise(session, opened, privacy_notice="")

    def test_a_version_that_is_not_there_or_not_later_is_refused(
        self, session: Session, opened: Consultation
    ) -> None:
        with pytest.raises(QuestionnaireMissing):
            revise(session, opened, questionnaire_version="9.9.9")
        revised = revise(session, opened)
        with pytest.raises(CannotRevise, match=r"no later version than 1\.0\.1"):
            revise(session, revised, questionnaire_version="1.0.0")

    def test_what_earlier_editions_asked_must_still_be_what_it_was(
        self, session: Session, opened: Consultation
    ) -> None:
        revised = revise(session, opened)
        assert asking_of(revised).in_version("1.0.0").questionnaire.version == "1.0.0"
        forged = replace(revised, replaced=(PinnedQuestionnaire("1.0.0", "sha256:" + "0" * 64),))
        with pytest.raises(FrameworkChanged):
            asking_of(forged)


class TestDocuments:
    FILE = StoredFile("assessment.pdf", "application/pdf", "a" * 64, 1234)

    def attach(self, session: Session, opened: Consultation, title: str = "Corrected") -> uuid.UUID:
        return services.attach_for_next_edition(
            session,
            consultation_id=opened.id,
            kind=DocumentKind.IMPACT_ASSESSMENT,
            title=title,
            file=self.FILE,
            now=DURING,
        ).id

    def test_what_is_shown_and_what_waits_are_thirty_together_at_most(
        self, session: Session, opened: Consultation
    ) -> None:
        assert len(services.list_documents(session, opened.id)) == 1
        for number in range(29):
            self.attach(session, opened, f"Corrected {number}")
        with pytest.raises(TooManyDocuments):
            self.attach(session, opened)
        assert len(services.list_waiting_documents(session, opened.id)) == 29

    def test_what_waits_is_shown_to_nobody_until_the_next_edition(
        self, session: Session, opened: Consultation
    ) -> None:
        (was,) = services.list_documents(session, opened.id)
        waiting = self.attach(session, opened)
        assert [each.id for each in services.list_documents(session, opened.id)] == [was.id]
        revised = revise(
            session,
            opened,
            questionnaire_version="1.0.0",
            added=(waiting,),
            taken_away=(was.id,),
        )
        (now,) = services.list_documents(session, revised.id)
        assert (now.id, now.first_edition) == (waiting, 2)
        assert services.list_waiting_documents(session, opened.id) == ()
        first, second = services.list_editions(session, opened.id)
        assert first.impact_assessment_digest == f"sha256:{was.sha256}"
        assert second.impact_assessment_digest == f"sha256:{'a' * 64}"
        assert services.find_document(session, opened.id, was.id) is not None, "for the record"

    def test_the_only_impact_assessment_is_not_taken_away(
        self, session: Session, opened: Consultation
    ) -> None:
        (was,) = services.list_documents(session, opened.id)
        with pytest.raises(CannotRevise, match="replaced, and not taken away"):
            revise(session, opened, questionnaire_version="1.0.0", taken_away=(was.id,))

    def test_what_does_not_wait_any_more_is_not_shown(
        self, session: Session, opened: Consultation
    ) -> None:
        waiting = self.attach(session, opened)
        services.remove_waiting(session, consultation_id=opened.id, document_id=waiting)
        with pytest.raises(ChangedMeanwhile):
            revise(session, opened, added=(waiting,))
        session.rollback()

    def test_a_document_that_was_shown_cannot_be_removed(
        self, session: Session, opened: Consultation
    ) -> None:
        (shown,) = services.list_documents(session, opened.id)
        with pytest.raises(NoDocument):
            services.remove_waiting(session, consultation_id=opened.id, document_id=shown.id)

    def test_a_document_of_another_consultation_is_neither_added_nor_taken_away(
        self, session: Session, opened: Consultation
    ) -> None:
        other = an_open_consultation(session, slug="noise")
        theirs, (shown,) = (
            self.attach(session, other),
            services.list_documents(session, other.id),
        )
        for added, taken_away in (((theirs,), ()), ((), (shown.id,))):
            before = services.get_consultation(session, opened.id)
            with pytest.raises(ChangedMeanwhile):
                revise(session, before, added=added, taken_away=taken_away)


class TestAnswers:
    def test_a_page_of_the_earlier_edition_saves_the_earlier_version(
        self, session: Session, opened: Consultation
    ) -> None:
        writer = a_writer(session, opened)
        revise(session, opened)
        # The page that this browser shows is still the one from before.
        writer.answer(NECESSITY, Given(choices=("useful",)), revision=1)
        assert writer.draft.answers[NECESSITY].choices == ("useful",)
        assert versions(writer) == {"necessity": "1.0.0", "comment": "1.0.0"}

    def test_an_answer_that_is_saved_again_unchanged_keeps_its_version(
        self, session: Session, opened: Consultation
    ) -> None:
        writer = a_writer(session, opened)
        on_a_new_page(writer, revise(session, opened))
        writer.answer(NECESSITY, Given(choices=("essential",)), revision=1)
        assert versions(writer)["necessity"] == "1.0.0"
        assert writer.draft.by_key[NECESSITY].revision == 1

    def test_an_answer_that_came_back_to_what_a_page_sends_keeps_its_version(
        self, session: Session, opened: Consultation
    ) -> None:
        writer = a_writer(session, opened)
        writer.answer(NECESSITY, Given(choices=("useful",)), revision=1)
        writer.answer(NECESSITY, Given(choices=("essential",)), revision=2)
        on_a_new_page(writer, revise(session, opened))
        # Only the revision moved on: the page says what is saved, so nothing is written.
        assert writer.answer(NECESSITY, Given(choices=("essential",)), revision=1) == ()
        assert versions(writer)["necessity"] == "1.0.0"
        assert writer.draft.by_key[NECESSITY].revision == 3

    def test_a_changed_answer_is_to_the_words_of_its_page(
        self, session: Session, opened: Consultation
    ) -> None:
        writer = a_writer(session, opened)
        on_a_new_page(writer, revise(session, opened))
        writer.answer(NECESSITY, Given(choices=("useful",)), revision=1)
        assert versions(writer) == {"necessity": "1.0.1", "comment": "1.0.0"}

    def test_two_pages_of_different_editions_clash_and_the_kept_one_keeps_its_version(
        self, session: Session, opened: Consultation
    ) -> None:
        writer = a_writer(session, opened)
        early = writer.asking
        on_a_new_page(writer, revise(session, opened))
        writer.answer(NECESSITY, Given(choices=("useful",)), revision=1)
        writer.asking = early
        (clash,) = writer.answer(NECESSITY, Given(choices=("no-view",)), revision=1)
        assert isinstance(clash, Clash)
        assert versions(writer)["necessity"] == "1.0.1"
        writer.answer(NECESSITY, Given(choices=("no-view",)), revision=clash.revision)
        assert versions(writer)["necessity"] == "1.0.0", "the page that was kept asked that"

    def test_what_is_sent_and_copied_for_a_replacement_keeps_its_version(
        self, session: Session, opened: Consultation
    ) -> None:
        code = a_writer(session, opened).send().code
        revised = revise(session, opened)
        token = services.start_replacement(session, code=code, library=LIBRARY, now=LATER)
        draft = services.find_draft(session, consultation_id=opened.id, token=token)
        assert draft is not None
        assert {each.questionnaire_version for each in draft.saved} == {"1.0.0"}
        replacing = Writer(session, revised, now=LATER)
        replacing.token = token
        replacing.key = replacing.key_of(draft.id)
        replacing.answer(COMMENT, Given(text="In other words."), revision=1)
        sent = services.find_receipt(session, replacing.send().code)
        assert sent is not None
        assert {each.key.question: each.questionnaire_version for each in sent.answers} == {
            "necessity": "1.0.0",
            "comment": "1.0.1",
        }
        assert sent.edition == 2


class TestWhoIsTold:
    def told(self, session: Session, consultation: Consultation, writer: Writer) -> list[AnswerKey]:
        found = services.answers_reworded_since(
            session, consultation, asking_of(consultation), writer.draft.saved
        )
        return [each.key for each in found]

    def test_only_answers_to_questions_that_read_otherwise_now(
        self, session: Session, opened: Consultation
    ) -> None:
        writer = a_writer(session, opened)
        assert self.told(session, opened, writer) == []
        revised = revise(session, opened, now=LATER)
        (told,) = services.answers_reworded_since(
            session, revised, asking_of(revised), writer.draft.saved
        )
        assert (told.key, told.changed_at) == (NECESSITY, LATER)
        assert "how necessary is" in told.before.text
        assert "takes up" not in told.before.text

    def test_who_answered_anew_or_took_the_answer_away_is_told_nothing(
        self, session: Session, opened: Consultation
    ) -> None:
        writer = a_writer(session, opened)
        revised = revise(session, opened)
        on_a_new_page(writer, revised)
        writer.answer(NECESSITY, Given(choices=("useful",)), revision=1)
        assert self.told(session, revised, writer) == []
        other = a_writer(session, revised)
        other.answer(NECESSITY, Given(), revision=1)
        assert self.told(session, revised, other) == []

    def test_an_answer_without_a_version_was_to_the_first_edition(
        self, session: Session, opened: Consultation
    ) -> None:
        writer = a_writer(session, opened)
        session.execute(update(DraftAnswerRow).values(questionnaire_version=""))
        assert self.told(session, revise(session, opened), writer) == [NECESSITY]

    def test_the_earlier_words_are_those_of_the_language_in_which_it_was_answered(
        self, session: Session, opened: Consultation
    ) -> None:
        writer = Writer(session, opened)
        writer.asking = services.get_asking(LIBRARY, opened, "cy")
        writer.introduce()
        in_welsh = AnswerKey("quality.maternity", "necessity", "provider-chair")
        writer.choose(in_welsh.item)
        writer.answer(in_welsh, Given(choices=("essential",)))
        revised = revise(session, opened)
        asking = services.get_asking(LIBRARY, revised, "cy")
        (told,) = services.answers_reworded_since(session, revised, asking, writer.draft.saved)
        assert told.before.language == "cy"
        assert "yn dechrau yn y swydd" not in told.before.text
        now = asking.items[in_welsh.item].by_key[in_welsh]
        assert "yn dechrau yn y swydd" in now.text
        assert asking.edition_of(now) == "cy"


class TestCounts:
    def test_answers_to_each_wording_are_counted_apart(
        self, session: Session, opened: Consultation
    ) -> None:
        a_writer(session, opened).send()
        writer = a_writer(session, opened)
        assert services.count_rewordings(session, opened.id, asking_of(opened)) == ()
        revised = revise(session, opened)
        on_a_new_page(writer, revised)
        writer.answer(NECESSITY, Given(choices=("useful",)), revision=1)
        writer.send()
        a_writer(session, opened).send()
        asking = asking_of(revised)
        (question,) = services.count_rewordings(session, opened.id, asking)
        assert (question.key, question.n) == ("necessity", 3)
        assert [(each.version, each.n) for each in question.wordings] == [
            ("1.0.0", 2),
            ("1.0.1", 1),
        ]
        tallies = {e.key: e for e in services.tally_answers(session, opened.id, asking)}
        first, second = tallies[NECESSITY].by_version
        assert [option.n for option in first.options] == [2, 0, 0, 0]
        assert [option.n for option in second.options] == [0, 1, 0, 0]

    def test_answers_without_a_version_are_of_the_first_edition(
        self, session: Session, opened: Consultation
    ) -> None:
        a_writer(session, opened).send()
        session.execute(update(AnswerRow).values(questionnaire_version=""))
        revised = revise(session, opened)
        (question,) = services.count_rewordings(session, opened.id, asking_of(revised))
        assert [each.n for each in question.wordings] == [1, 0]


class TestSeveralRevisions:
    @pytest.fixture
    def library(self, tmp_path: Path) -> Library:
        """What ships with three more versions: a typo, another wording, the first one again."""
        library = Library.shipped(tmp_path / "library")
        first = library.questionnaire("competency-consultation", "1.0.0")
        mended = library.questionnaire("competency-consultation", "1.0.1")
        draft = tmp_path / "draft.yaml"
        texts = {
            "1.0.2": mended.model_copy(update={"title": "Consultation"}),
            "1.0.3": first,
        }
        for version, questionnaire in texts.items():
            draft.write_text(write_questionnaire(questionnaire), "utf-8")
            library.publish_questionnaire(draft, version)
        return library

    def revise_to(
        self,
        session: Session,
        library: Library,
        before: Consultation,
        version: str,
        now: dt.datetime,
    ) -> Consultation:
        return services.revise_consultation(
            session,
            consultation_id=before.id,
            revision=before.revision,
            change=a_revision(before, questionnaire_version=version),
            library=library,
            by=LEAD,
            now=now,
        )

    def test_an_answer_is_told_when_its_words_changed_and_not_when_they_came_back(
        self, session: Session, opened: Consultation, library: Library
    ) -> None:
        writer = a_writer(session, opened)
        second = self.revise_to(session, library, opened, "1.0.1", DURING)
        third = self.revise_to(session, library, second, "1.0.2", LATER)
        asking = services.get_asking(library, third)
        (told,) = services.answers_reworded_since(session, third, asking, writer.draft.saved)
        assert told.changed_at == DURING
        saved = replace(writer.draft.by_key[NECESSITY], questionnaire_version="1.0.1")
        assert services.answers_reworded_since(session, third, asking, [saved]) == ()
        fourth = self.revise_to(session, library, third, "1.0.3", LATER)
        asking = services.get_asking(library, fourth)
        assert services.answers_reworded_since(session, fourth, asking, writer.draft.saved) == ()
        (told,) = services.answers_reworded_since(session, fourth, asking, [saved])
        assert told.changed_at == LATER

    def test_versions_with_the_same_words_are_counted_together(
        self, session: Session, opened: Consultation, library: Library
    ) -> None:
        a_writer(session, opened).send()
        second = self.revise_to(session, library, opened, "1.0.1", DURING)
        a_writer(session, second).send()
        third = self.revise_to(session, library, second, "1.0.2", LATER)
        late = Writer(session, opened, now=LATER)
        late.asking = services.get_asking(library, third)
        late.introduce()
        late.choose(SPEAKING)
        late.answer(NECESSITY, Given(choices=("useful",)))
        late.send(library=library)
        asking = services.get_asking(library, third)
        (question,) = services.count_rewordings(session, opened.id, asking)
        assert [(each.version, each.n) for each in question.wordings] == [
            ("1.0.0", 1),
            ("1.0.2", 2),
        ]

    def test_an_answer_of_an_unknown_version_is_read_in_todays_words(
        self, session: Session, opened: Consultation
    ) -> None:
        asking = asking_of(revise(session, opened))
        saved = SavedAnswer(NECESSITY, Given(choices=("useful",)), 1)
        stray = replace(saved, questionnaire_version="7.0.0")
        assert asking.in_version("7.0.0") is asking.own
        assert services.answers_reworded_since(session, opened, asking, [stray]) == ()


class TestAtTheSameMoment:
    """A lead confirms while somebody saves, on both databases with real threads."""

    def test_each_answer_has_the_version_whose_words_its_page_showed(
        self, database: Database
    ) -> None:
        with database.writing() as session:
            opened = an_open_consultation(session)
            writers = [a_writer(session, opened) for _ in range(4)]

        def save(writer: Writer) -> None:
            with database.writing() as session:
                writer.session = session
                writer.answer(NECESSITY, Given(choices=("useful",)), revision=1)

        def confirm(_: object) -> bool:
            with database.writing() as session:
                try:
                    revise(session, opened)
                except ChangedMeanwhile:
                    session.rollback()
                    return False
                return True

        with ThreadPoolExecutor(6) as pool:
            leads = [pool.submit(confirm, None) for _ in range(2)]
            saves = [pool.submit(save, each) for each in writers]
            assert sorted(each.result() for each in leads) == [False, True]
            for each in saves:
                each.result()
        with database.reading() as session:
            for writer in writers:
                writer.session = session
                assert writer.draft.answers[NECESSITY].choices == ("useful",)
                assert versions(writer)["necessity"] == "1.0.0"
            assert len(services.list_editions(session, opened.id)) == 2
