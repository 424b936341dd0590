"""What a consultation must tell people before it may be opened."""

from __future__ import annotations

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.consultations import (
    BEFORE,
    CLOSES,
    attach_assessment,
    consultation_details,
)
from tests.factories.writing import LEAD, LIBRARY, a_draft_consultation
from webapp.consultations import services
from webapp.consultations.attaching import StoredFile
from webapp.consultations.consultation import Consultation, Details
from webapp.consultations.editions import AttachedDocument, DocumentKind
from webapp.consultations.errors import NoDocument, NotFitToOpen, WrongState
from webapp.consultations.fitness import Section, missing_to_open
from webapp.consultations.opening import State
from webapp.consultations.privacy import STARTING_TEXT
from webapp.persistence import Database, Session, new_id

NEEDED = (
    *("title", "purpose", "open_to_change", "not_open_to_change", "alternatives"),
    *("use_of_answers", "decided_by", "privacy_notice", "formats", "contact", "authority"),
)
WHOLE = consultation_details()


def a_document(kind: DocumentKind = DocumentKind.IMPACT_ASSESSMENT) -> AttachedDocument:
    return AttachedDocument(new_id(), kind, "Title", "a.txt", "text/plain", "0" * 64, 1, BEFORE)


def sections(details: Details, *documents: AttachedDocument) -> list[Section]:
    return [each.section for each in missing_to_open(details, documents, BEFORE)]


class TestWhatIsMissing:
    def test_what_is_whole_lacks_nothing(self) -> None:
        assert missing_to_open(WHOLE, [a_document()], BEFORE) == ()

    @given(st.sets(st.sampled_from(NEEDED)), st.sampled_from(["", " ", "\n\n"]))
    def test_each_text_that_is_empty_is_missing_once(self, names: set[str], blank: str) -> None:
        blanks: dict[str, str] = dict.fromkeys(names, blank)
        found = missing_to_open(replace(WHOLE, **blanks), [a_document()], BEFORE)  # type: ignore[arg-type]  # Texts alone.
        assert len(found) == len(names)
        order = list(Section)
        assert [each.section for each in found] == sorted(
            (each.section for each in found), key=order.index
        )

    def test_only_an_impact_assessment_is_one(self) -> None:
        others = [a_document(kind) for kind in DocumentKind if "impact" not in kind]
        assert sections(WHOLE, *others) == [Section.DOCUMENTS]

    def test_a_date_of_the_decision_comes_after_the_closing(self) -> None:
        assert sections(replace(WHOLE, decides_on=None), a_document()) == [Section.ANSWERS]
        same_day = replace(WHOLE, decides_on=CLOSES.date())
        assert sections(same_day, a_document()) == [Section.WHEN]

    def test_nothing_opens_that_would_be_over(self) -> None:
        found = missing_to_open(WHOLE, [a_document()], CLOSES)
        assert [each.section for each in found] == [Section.WHEN]
        assert missing_to_open(WHOLE, [a_document()], CLOSES - dt.timedelta(seconds=1)) == ()

    def test_the_starting_text_of_the_privacy_notice_must_be_completed(self) -> None:
        found = missing_to_open(
            replace(WHOLE, privacy_notice=STARTING_TEXT), [a_document()], BEFORE
        )
        assert {each.section for each in found} == {Section.PRIVACY}
        assert len(found) == STARTING_TEXT.count("[") >= 6

    def test_material_that_cannot_be_consulted_on_is_missing(self) -> None:
        found = missing_to_open(WHOLE, [a_document()], BEFORE, material_problem="It is withdrawn")
        assert [(each.section, each.what) for each in found] == [(Section.ASKED, "It is withdrawn")]


def open_it(session: Session, draft: Consultation) -> Consultation:
    return services.open_consultation(
        session,
        consultation_id=draft.id,
        revision=draft.revision,
        library=LIBRARY,
        by=LEAD,
        now=BEFORE,
        authorised_on=BEFORE.date(),
    )


def attach(session: Session, draft: Consultation, title: str = "More") -> AttachedDocument:
    return services.attach_document(
        session,
        consultation_id=draft.id,
        kind=DocumentKind.SUPPORTING,
        title=title,
        file=StoredFile("more.txt", "text/plain", "1" * 64, 4),
        by=LEAD,
        now=BEFORE,
    )


class TestOpening:
    def test_what_lacks_something_stays_a_draft(self, session: Session) -> None:
        draft = a_draft_consultation(session)
        with pytest.raises(NotFitToOpen) as caught:
            open_it(session, draft)
        assert [each.section for each in caught.value.missing] == [Section.DOCUMENTS]
        assert services.get_consultation(session, draft.id).state is State.DRAFT

    def test_the_leave_is_on_record(self, session: Session) -> None:
        draft = a_draft_consultation(session)
        attach_assessment(session, draft.id, LEAD, BEFORE)
        opened = open_it(session, draft)
        assert opened.authorised_on == BEFORE.date()
        event = services.list_events(session, draft.id)[-1]
        assert "Leave was given by Robin Achebe, Director of Workforce on 25 May 2026" in event.note
        assert event.closes_at == CLOSES

    def test_documents_are_pinned_in_the_first_edition_and_fixed(self, session: Session) -> None:
        draft = a_draft_consultation(session)
        attach_assessment(session, draft.id, LEAD, BEFORE)
        extra = attach(session, draft)
        open_it(session, draft)
        (edition,) = services.list_editions(session, draft.id)
        assert (extra.title, f"sha256:{extra.sha256}") in edition.documents
        assert {each.first_edition for each in services.list_documents(session, draft.id)} == {1}
        with pytest.raises(WrongState):
            attach(session, draft)
        with pytest.raises(WrongState):
            services.remove_document(
                session, consultation_id=draft.id, document_id=extra.id, by=LEAD, now=BEFORE
            )

    def test_a_document_is_removed_once_and_from_its_own_consultation(
        self, session: Session
    ) -> None:
        draft = a_draft_consultation(session)
        other = a_draft_consultation(session, slug="other")
        document = attach(session, draft)

        def remove(consultation: Consultation) -> None:
            services.remove_document(
                session,
                consultation_id=consultation.id,
                document_id=document.id,
                by=LEAD,
                now=BEFORE,
            )

        with pytest.raises(NoDocument):
            remove(other)
        remove(draft)
        with pytest.raises(NoDocument):
            remove(draft)
        assert services.list_documents(session, draft.id) == ()

    def test_whoever_opens_waits_for_whoever_removes_what_is_needed(
        self, database: Database
    ) -> None:
        with database.writing() as session:
            draft = a_draft_consultation(session)
            attach_assessment(session, draft.id, LEAD, BEFORE)
            (assessment,) = services.list_documents(session, draft.id)

        def open_now() -> None:
            with database.writing() as own:
                open_it(own, draft)

        with ThreadPoolExecutor(1) as pool:
            with database.writing() as session:
                services.remove_document(
                    session,
                    consultation_id=draft.id,
                    document_id=assessment.id,
                    by=LEAD,
                    now=BEFORE,
                )
                opening = pool.submit(open_now)
                # Long enough to come to the lock.
                time.sleep(0.5)
            with pytest.raises(NotFitToOpen):
                opening.result()

    def test_nothing_is_attached_or_removed_behind_an_opening(self, database: Database) -> None:
        with database.writing() as session:
            draft = a_draft_consultation(session)
            attach_assessment(session, draft.id, LEAD, BEFORE)
        begin = threading.Barrier(4)

        def change(number: int) -> bool:
            begin.wait()
            with database.writing() as own:
                try:
                    attach(own, draft, f"Document {number}")
                except WrongState:
                    return False
            return True

        def open_at_once() -> None:
            begin.wait()
            with database.writing() as own:
                open_it(own, draft)

        with ThreadPoolExecutor(4) as pool:
            opening = pool.submit(open_at_once)
            attached = list(pool.map(change, range(3)))
            opening.result()
        with database.reading() as session:
            (edition,) = services.list_editions(session, draft.id)
            shown = services.list_documents(session, draft.id)
        assert len(edition.documents) == len(shown) == 1 + sum(attached)
        assert {each.first_edition for each in shown} == {1}
