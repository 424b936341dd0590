"""A form on paper: one person types it, another compares it, and the database sees to that."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest

from exports.forms.filled import FileRefused, Reason
from frameworks.questions import AnswerKey, Given
from tests.factories.review_files import SCAN
from tests.factories.reviews import (
    NOW,
    House,
    a_finished_review,
    a_form,
    a_house,
    a_review,
    a_shared_review,
    a_start,
    as_person,
    save,
    seen,
)
from webapp.appraisals.merging import ChoiceMissing
from webapp.appraisals.papers import PaperState, media_type_of, shown_name
from webapp.appraisals.reviews import EventKind, Review
from webapp.appraisals.services import (
    AttachedAlready,
    ChangedSincePreview,
    Choices,
    ReasonNeeded,
    SamePerson,
    UnknownPaper,
    approve_review,
    attach_paper,
    check_may_check,
    confirm_typed,
    finish_typing,
    get_paper,
    grant_reading,
    list_drafts,
    list_events,
    list_papers,
    list_typed,
    merge_typed,
    remove_paper,
    save_typed,
    send_back,
    start_review,
    withdraw_review,
)
from webapp.appraisals.starting import Named
from webapp.appraisals.states import NotTheirs, StepRefused
from webapp.appraisals.store.papers import NewCheck, add_check
from webapp.appraisals.writing import WritingRefused
from webapp.files import FileStore, forget_unheld
from webapp.persistence import Session
from webapp.security import Identity, Relation

SUMMARY = AnswerKey("feedback", "summary")
COMMENT = AnswerKey("comments", "appraisee")
NINE, TEN = Given(text="Nine."), Given(text="Ten.")


@pytest.fixture
def house(session: Session) -> House:
    return a_house(session)


@pytest.fixture
def review(session: Session, house: House) -> Review:
    return a_shared_review(session, house)


@pytest.fixture
def appraiser(session: Session, review: Review) -> Identity:
    return as_person(session, review, Relation.APPRAISER)


@pytest.fixture
def appraisee(session: Session, review: Review) -> Identity:
    return as_person(session, review, Relation.APPRAISEE)


def attach(
    session: Session, folder: Path, review: Review, identity: Identity, content: bytes = SCAN
) -> uuid.UUID:
    return attach_paper(
        session,
        FileStore(folder),
        review.id,
        name="scan.pdf",
        content=content,
        media_type="application/pdf",
        identity=identity,
        now=NOW,
    )


def type_in(
    session: Session,
    review: Review,
    paper: uuid.UUID,
    identity: Identity,
    key: AnswerKey,
    **to: Any,
) -> Any:
    return save_typed(
        session,
        review.id,
        paper,
        a_form().section(key.item),
        {key: to.get("given", TEN)},
        to.get("revisions", {}),
        identity=identity,
        now=NOW,
    )


def finish(session: Session, review: Review, paper: uuid.UUID, identity: Identity) -> None:
    finish_typing(session, review.id, paper, identity=identity, now=NOW)


def typed(
    session: Session, folder: Path, review: Review, identity: Identity, key: AnswerKey = SUMMARY
) -> uuid.UUID:
    """Attach a form and type one answer of it to the end."""
    paper = attach(session, folder, review, identity)
    type_in(session, review, paper, identity, key)
    finish(session, review, paper, identity)
    return paper


def confirm(
    session: Session, review: Review, paper: uuid.UUID, identity: Identity, **chosen: Any
) -> None:
    review = seen(session, review)
    found = get_paper(session, review.id, paper)
    merged = merge_typed(session, review, a_form(), found, identity)
    finished = chosen.pop("finished", found.round)
    confirm_typed(
        session,
        review.id,
        paper,
        a_form(),
        Choices(**({"seen": merged.seen} | chosen)),
        finished=finished,
        identity=identity,
        now=NOW,
    )


def given(session: Session, review: Review, key: AnswerKey) -> Given:
    draft = list_drafts(session, review.id).get(key)
    return draft.given if draft else Given()


STORED = {"from_file": {SUMMARY: False}}
PAPER = {"from_file": {SUMMARY: True}}


class TestChecking:
    def test_what_another_person_confirms_is_taken_with_both_names(
        self,
        session: Session,
        review: Review,
        appraiser: Identity,
        appraisee: Identity,
        tmp_path: Path,
    ) -> None:
        paper = typed(session, tmp_path, review, appraiser)
        assert given(session, review, SUMMARY) != TEN
        confirm(session, review, paper, appraisee, **PAPER)

        assert given(session, review, SUMMARY) == TEN
        assert list_drafts(session, review.id)[SUMMARY].saved_by is Relation.APPRAISER
        event = list_events(session, review.id)[-1]
        assert event.kind is EventKind.CHECKED
        assert (event.name, event.detail) == ("Jo Hall", review.appraiser.name)
        found = get_paper(session, review.id, paper)
        assert event.sha256 == found.sha256
        assert found.state is PaperState.CONFIRMED

    def test_nobody_checks_what_they_typed(
        self, session: Session, review: Review, appraiser: Identity, tmp_path: Path
    ) -> None:
        paper = typed(session, tmp_path, review, appraiser)
        with pytest.raises(NotTheirs, match="You typed this yourself"):
            confirm(session, review, paper, appraiser, **PAPER)
        with pytest.raises(NotTheirs):
            send_back(
                session,
                review.id,
                paper,
                a_form(),
                "Wrong.",
                finished=1,
                identity=appraiser,
                now=NOW,
            )

    def test_the_database_itself_refuses_the_typist(
        self, session: Session, review: Review, appraiser: Identity, tmp_path: Path
    ) -> None:
        paper = get_paper(session, review.id, typed(session, tmp_path, review, appraiser))
        assert paper.typist_id is not None
        assert paper.typist_relation is not None
        for who, relation in (
            (paper.typist_id, Relation.READER),
            (uuid.uuid4(), paper.typist_relation),
        ):
            with pytest.raises(SamePerson):
                add_check(session, paper, NewCheck(who, relation, "Ada", True, ""), NOW)
        add_check(session, paper, NewCheck(uuid.uuid4(), Relation.READER, "Ada", True, ""), NOW)

    def test_a_secretary_who_may_read_checks_and_one_who_may_not_does_not(
        self, session: Session, house: House, review: Review, appraiser: Identity, tmp_path: Path
    ) -> None:
        paper = typed(session, tmp_path, review, appraiser)
        with pytest.raises(NotTheirs):
            confirm(session, review, paper, house.secretary, **PAPER)
        grant_reading(session, review.id, True, identity=appraiser, now=NOW)
        confirm(session, review, paper, house.secretary, **PAPER)
        assert given(session, review, SUMMARY) == TEN

    def test_a_secretary_who_typed_does_not_check_as_a_reader_later(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        start = a_start(house, appraiser=Named("Bea Lead", "bea.lead@example.org"))
        review = start_review(session, start, identity=house.secretary, today=NOW.date(), now=NOW)
        paper = typed(session, tmp_path, review, house.secretary)
        appraiser = as_person(session, review, Relation.APPRAISER)
        approve_review(session, review.id, identity=appraiser, now=NOW)
        grant_reading(session, review.id, True, identity=appraiser, now=NOW)
        with pytest.raises(NotTheirs, match="yourself"):
            confirm(session, review, paper, house.secretary)
        confirm(session, review, paper, appraiser)

        assert given(session, review, SUMMARY) == TEN
        assert list_drafts(session, review.id)[SUMMARY].saved_by is Relation.APPRAISER

    def test_the_comments_come_from_paper_only_if_the_person_appraised_checks(
        self,
        session: Session,
        house: House,
        review: Review,
        appraiser: Identity,
        appraisee: Identity,
        tmp_path: Path,
    ) -> None:
        paper = typed(session, tmp_path, review, appraiser, COMMENT)
        grant_reading(session, review.id, True, identity=appraiser, now=NOW)
        with pytest.raises(NotTheirs, match="only they can check it"):
            confirm(session, review, paper, house.secretary)
        confirm(session, review, paper, appraisee)

        assert given(session, review, COMMENT) == TEN
        assert list_drafts(session, review.id)[COMMENT].saved_by is Relation.APPRAISEE

    def test_what_is_sent_back_is_corrected_and_checked_again(
        self,
        session: Session,
        review: Review,
        appraiser: Identity,
        appraisee: Identity,
        tmp_path: Path,
    ) -> None:
        paper = typed(session, tmp_path, review, appraiser)
        back: dict[str, Any] = {"finished": 1, "identity": appraisee, "now": NOW}
        with pytest.raises(ReasonNeeded):
            send_back(session, review.id, paper, a_form(), " ", **back)
        send_back(session, review.id, paper, a_form(), "It says eleven.", **back)
        found = get_paper(session, review.id, paper)
        assert found.state is PaperState.ATTACHED
        assert found.last_check is not None
        assert found.last_check.reason == "It says eleven."

        eleven = Given(text="Eleven.")
        type_in(session, review, paper, appraiser, SUMMARY, given=eleven, revisions={SUMMARY: 1})
        finish(session, review, paper, appraiser)
        with pytest.raises(StepRefused, match="typed again"):
            confirm(session, review, paper, appraisee, finished=1, **PAPER)
        confirm(session, review, paper, appraisee, **PAPER)
        assert given(session, review, SUMMARY) == eleven

    def test_what_is_stored_is_never_overwritten_unasked(
        self,
        session: Session,
        review: Review,
        appraiser: Identity,
        appraisee: Identity,
        tmp_path: Path,
    ) -> None:
        before = given(session, review, SUMMARY)
        paper = typed(session, tmp_path, review, appraiser)
        with pytest.raises(ChoiceMissing):
            confirm(session, review, paper, appraisee)
        confirm(session, review, paper, appraisee, **STORED)
        assert given(session, review, SUMMARY) == before

    def test_what_was_saved_meanwhile_stops_the_check(
        self,
        session: Session,
        review: Review,
        appraiser: Identity,
        appraisee: Identity,
        tmp_path: Path,
    ) -> None:
        paper = typed(session, tmp_path, review, appraiser)
        merged = merge_typed(
            session, review, a_form(), get_paper(session, review.id, paper), appraisee
        )
        save(session, review, appraiser, "feedback", {SUMMARY: NINE}, {SUMMARY: 1})
        with pytest.raises(ChangedSincePreview):
            confirm(session, review, paper, appraisee, seen=merged.seen, **PAPER)

    def test_a_confirmed_form_is_not_checked_or_taken_away_again(
        self,
        session: Session,
        review: Review,
        appraiser: Identity,
        appraisee: Identity,
        tmp_path: Path,
    ) -> None:
        paper = typed(session, tmp_path, review, appraiser)
        confirm(session, review, paper, appraisee, **PAPER)
        with pytest.raises(StepRefused):
            confirm(session, review, paper, appraisee, **PAPER)
        with pytest.raises(StepRefused):
            remove_paper(session, review.id, paper, identity=appraiser, now=NOW)
        found = get_paper(session, review.id, paper)
        with pytest.raises(StepRefused):
            check_may_check(review, a_form(), found, {}, appraisee)


class TestTyping:
    def test_one_person_types_all_of_it(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        start = a_start(house, appraiser=Named("Bea Lead", "bea.lead@example.org"))
        review = start_review(session, start, identity=house.secretary, today=NOW.date(), now=NOW)
        appraiser = as_person(session, review, Relation.APPRAISER)
        paper = attach(session, tmp_path, review, house.secretary)
        type_in(session, review, paper, appraiser, SUMMARY)
        with pytest.raises(NotTheirs, match="Bea Lead is typing"):
            type_in(session, review, paper, house.secretary, SUMMARY)
        with pytest.raises(NotTheirs):
            finish(session, review, paper, house.secretary)

    def test_what_was_typed_in_another_window_is_not_lost(
        self, session: Session, review: Review, appraiser: Identity, tmp_path: Path
    ) -> None:
        paper = attach(session, tmp_path, review, appraiser)
        type_in(session, review, paper, appraiser, SUMMARY)
        saved = type_in(session, review, paper, appraiser, SUMMARY, given=NINE)

        assert saved.stale[SUMMARY].given == TEN
        found = get_paper(session, review.id, paper)
        assert list_typed(session, found)[SUMMARY].given == TEN

    def test_it_stays_apart_from_the_draft_until_it_is_checked(
        self, session: Session, review: Review, appraiser: Identity, tmp_path: Path
    ) -> None:
        before = list_drafts(session, review.id)
        typed(session, tmp_path, review, appraiser)
        assert list_drafts(session, review.id) == before

    def test_nothing_typed_is_nothing_to_check(
        self, session: Session, review: Review, appraiser: Identity, tmp_path: Path
    ) -> None:
        paper = attach(session, tmp_path, review, appraiser)
        with pytest.raises(StepRefused, match="Nothing has been typed"):
            finish(session, review, paper, appraiser)

    def test_after_it_is_finished_nobody_types(
        self, session: Session, review: Review, appraiser: Identity, tmp_path: Path
    ) -> None:
        paper = typed(session, tmp_path, review, appraiser)
        with pytest.raises(StepRefused, match="no longer being typed"):
            type_in(session, review, paper, appraiser, SUMMARY, given=NINE)

    def test_the_person_appraised_does_not_type(
        self,
        session: Session,
        review: Review,
        appraiser: Identity,
        appraisee: Identity,
        tmp_path: Path,
    ) -> None:
        paper = attach(session, tmp_path, review, appraiser)
        with pytest.raises(WritingRefused):
            type_in(session, review, paper, appraisee, SUMMARY)
        with pytest.raises(WritingRefused):
            attach(session, tmp_path, review, appraisee, b"%PDF-another")


class TestAttaching:
    def test_the_same_file_is_attached_once_until_it_is_removed(
        self, session: Session, review: Review, appraiser: Identity, tmp_path: Path
    ) -> None:
        first = attach(session, tmp_path, review, appraiser)
        with pytest.raises(AttachedAlready):
            attach(session, tmp_path, review, appraiser)
        remove_paper(session, review.id, first, identity=appraiser, now=NOW)
        with pytest.raises(UnknownPaper):
            get_paper(session, review.id, first)
        second = attach(session, tmp_path, review, appraiser)
        assert [each.id for each in list_papers(session, review.id)] == [second]

    def test_a_paper_of_another_review_is_not_there(
        self, session: Session, house: House, review: Review, appraiser: Identity, tmp_path: Path
    ) -> None:
        paper = attach(session, tmp_path, review, appraiser)
        other = a_review(session, house)
        with pytest.raises(UnknownPaper):
            type_in(session, other, paper, as_person(session, other, Relation.APPRAISER), SUMMARY)

    def test_what_is_removed_or_withdrawn_leaves_no_file(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = as_person(session, review, Relation.APPRAISER)
        removed = typed(session, tmp_path, review, appraiser)
        remove_paper(session, review.id, removed, identity=appraiser, now=NOW)
        attach(session, tmp_path, review, appraiser, b"%PDF-withdrawn")
        withdraw_review(session, review.id, "A mistake.", identity=appraiser, now=NOW)

        assert list_papers(session, review.id) == ()
        later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
        assert forget_unheld(session, FileStore(tmp_path), later) == 2

    def test_a_review_that_is_no_draft_takes_no_paper(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_finished_review(session, house)
        appraiser = as_person(session, review, Relation.APPRAISER)
        with pytest.raises(WritingRefused):
            attach(session, tmp_path, review, appraiser)


class TestWhatAFileIs:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"%PDF-1.4 ...", "application/pdf"),
            (b"\xff\xd8\xff\xe0 ...", "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n ...", "image/png"),
        ],
    )
    def test_it_is_what_its_content_says(self, content: bytes, kind: str) -> None:
        assert media_type_of(content) == kind

    @pytest.mark.parametrize(
        "content",
        [b"", b"<html><script>", b"GIF89a", b"PK\x03\x04", b"<svg ", b"\x00%PDF-1.4", b"%!PS"],
    )
    def test_anything_else_is_refused(self, content: bytes) -> None:
        with pytest.raises(FileRefused) as refused:
            media_type_of(content)
        assert refused.value.reason is Reason.NOT_A_PDF

    def test_more_than_ten_megabytes_are_refused(self) -> None:
        media_type_of(b"%PDF-" + b"x" * 9_999_995)
        with pytest.raises(FileRefused) as refused:
            media_type_of(b"%PDF-" + b"x" * 9_999_996)
        assert refused.value.reason is Reason.TOO_LARGE

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\jo\\form.pdf", "form.pdf"),
            ("a\u202efdp.exe", "a fdp.exe"),
            ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie: b.pdf"),
            ("", "A file without a name"),
            ("/", "A file without a name"),
            ("x" * 500 + ".pdf", "x" * 120),
            ("<img src=x>.pdf", "<img src=x>.pdf"),
            ("评审表.pdf", "评审表.pdf"),
        ],
    )
    def test_its_name_is_shown_without_what_could_mislead(self, name: str, shown: str) -> None:
        assert shown_name(name) == shown
