"""A filled form is taken whole or not at all, by who sent it, once, with its file as the origin."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from sqlalchemy import text

from exports.forms.filled import FileRefused, Reason
from frameworks.questions import AnswerKey, Given
from tests.factories.review_files import COPY, bring, issue, take
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
from webapp.appraisals.reviews import EventKind, Review
from webapp.appraisals.services import (
    ChangedSincePreview,
    ReasonNeeded,
    UnknownUpload,
    discard_upload,
    forget_uploads,
    get_upload,
    list_drafts,
    list_events,
    list_forms_taken,
    merge_upload,
    share_review,
    start_review,
    withdraw_review,
)
from webapp.appraisals.starting import Named
from webapp.appraisals.states import NotTheirs
from webapp.appraisals.writing import WritingRefused
from webapp.files import FileStore, forget_unheld
from webapp.persistence import Database, Session
from webapp.security import Identity, Relation

SUMMARY = AnswerKey("feedback", "summary")
ASSESSMENT = AnswerKey("culture", "assessment")
COMMENT = AnswerKey("comments", "appraisee")
NINE, TEN = Given(text="Nine."), Given(text="Ten.")


@pytest.fixture
def house(session: Session) -> House:
    return a_house(session)


def appraiser_of(session: Session, review: Review) -> Identity:
    return as_person(session, review, Relation.APPRAISER)


def given(session: Session, review: Review, key: AnswerKey) -> Given:
    draft = list_drafts(session, review.id).get(key)
    return draft.given if draft else Given()


def origins(session: Session) -> list[tuple[str, str, int]]:
    return [
        (row.sha256[:6], f"{row.item_key}:{row.question_key}", row.revision)
        for row in session.execute(
            text(
                "SELECT review_taking.sha256, item_key, question_key, revision"
                " FROM review_save_origin"
                " JOIN review_taking ON review_taking.id = taking_id"
                " JOIN review_save ON review_save.id = save_id ORDER BY item_key, question_key"
            )
        )
    ]


class TestTaking:
    def test_answers_become_saves_whose_origin_is_the_file(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        save(session, review, appraiser, "feedback", {SUMMARY: NINE})
        issue(session, review, appraiser)
        upload = bring(session, tmp_path, review, appraiser, {SUMMARY: TEN, ASSESSMENT: NINE})
        take(session, review, appraiser, upload)

        assert given(session, review, SUMMARY) == TEN
        assert list_drafts(session, review.id)[SUMMARY].revision == 2
        sha256 = list_forms_taken(session, review.id)[0].sha256
        assert origins(session) == [
            (sha256[:6], "culture:assessment", 1),
            (sha256[:6], "feedback:summary", 2),
        ]
        event = list_events(session, review.id)[-1]
        assert (event.kind, event.sha256, event.name) == (
            EventKind.FORM_TAKEN,
            sha256,
            review.appraiser.name,
        )

    def test_an_answer_saved_since_the_preview_stops_all_of_it(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        upload = bring(session, tmp_path, review, appraiser, {SUMMARY: TEN, ASSESSMENT: NINE})
        kept = get_upload(session, review, upload, appraiser)
        before = merge_upload(session, review, a_form(), kept, appraiser).seen
        save(session, review, appraiser, "feedback", {SUMMARY: NINE})

        with pytest.raises(ChangedSincePreview):
            take(session, review, appraiser, upload, seen=before)
        assert given(session, review, ASSESSMENT).is_blank
        with pytest.raises(ChoiceMissing):
            take(session, review, appraiser, upload)
        take(session, review, appraiser, upload, from_file={SUMMARY: False})
        assert given(session, review, SUMMARY) == NINE
        assert given(session, review, ASSESSMENT) == NINE

    def test_a_second_click_takes_nothing_more(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        upload = bring(session, tmp_path, review, appraiser, {SUMMARY: TEN})
        take(session, review, appraiser, upload)
        save(session, review, appraiser, "feedback", {SUMMARY: NINE}, {SUMMARY: 1})
        take(session, review, appraiser, upload)

        assert given(session, review, SUMMARY) == NINE
        assert len(list_forms_taken(session, review.id)) == 1

    def test_the_same_file_is_taken_once(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        first = bring(session, tmp_path, review, appraiser, {SUMMARY: TEN})
        second = bring(session, tmp_path, review, appraiser, {SUMMARY: TEN})
        take(session, review, appraiser, first)

        for again in (
            lambda: take(session, review, appraiser, second),
            lambda: bring(session, tmp_path, review, appraiser, {SUMMARY: TEN}),
        ):
            with pytest.raises(FileRefused) as refused:
                again()
            assert refused.value.reason is Reason.TAKEN_ALREADY

    def test_a_corrected_copy_asks_for_a_reason_that_is_kept(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        issue(session, review, appraiser)
        take(
            session, review, appraiser, bring(session, tmp_path, review, appraiser, {SUMMARY: TEN})
        )
        corrected = bring(session, tmp_path, review, appraiser, {SUMMARY: NINE}, b"corrected")
        chosen = {"from_file": {SUMMARY: True}}

        with pytest.raises(ReasonNeeded):
            take(session, review, appraiser, corrected, **chosen)
        take(session, review, appraiser, corrected, reason="I had counted wrongly.", **chosen)
        assert list_events(session, review.id)[-1].detail == "I had counted wrongly."
        assert given(session, review, SUMMARY) == NINE

    def test_two_different_forms_that_were_not_prefilled_need_no_reason(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        for content, key in ((b"one", SUMMARY), (b"two", ASSESSMENT)):
            upload = bring(
                session, tmp_path, review, appraiser, {key: TEN}, content, prefilled=False
            )
            take(session, review, appraiser, upload)
        assert len(list_forms_taken(session, review.id)) == 2


class TestWho:
    def test_the_person_appraised_brings_their_comments_and_nothing_else(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_shared_review(session, house)
        appraisee = as_person(session, review, Relation.APPRAISEE)
        issue(session, review, appraisee)
        upload = bring(session, tmp_path, review, appraisee, {COMMENT: NINE, SUMMARY: TEN})
        take(session, review, appraisee, upload)

        assert given(session, review, COMMENT) == NINE
        assert list_drafts(session, review.id)[COMMENT].saved_by is Relation.APPRAISEE
        assert given(session, review, SUMMARY) != TEN

    def test_the_appraiser_never_brings_the_comments(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_shared_review(session, house)
        appraiser = appraiser_of(session, review)
        upload = bring(session, tmp_path, review, appraiser, {COMMENT: NINE})
        take(session, review, appraiser, upload)

        assert given(session, review, COMMENT).is_blank

    def test_nobody_sees_or_takes_what_somebody_else_sent(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_shared_review(session, house)
        other = a_review(session, house)
        appraiser = appraiser_of(session, review)
        appraisee = as_person(session, review, Relation.APPRAISEE)
        upload = bring(session, tmp_path, review, appraiser, {SUMMARY: TEN})

        with pytest.raises(UnknownUpload):
            take(session, review, appraisee, upload)
        with pytest.raises(UnknownUpload):
            take(session, other, appraiser_of(session, other), upload)
        discard_upload(session, review, upload, appraisee)
        take(session, review, appraiser, upload, from_file={SUMMARY: True})

    def test_a_secretary_brings_a_form_only_while_they_prepare(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        start = a_start(house, appraiser=Named("Bea Lead", "bea.lead@example.org"))
        prepared = start_review(session, start, identity=house.secretary, today=NOW.date(), now=NOW)
        issue(session, prepared, house.secretary)
        upload = bring(session, tmp_path, prepared, house.secretary, {SUMMARY: TEN})
        take(session, prepared, house.secretary, upload)
        assert list_drafts(session, prepared.id)[SUMMARY].saved_by is Relation.PREPARER

        review = a_review(session, house)
        with pytest.raises((NotTheirs, WritingRefused)):
            bring(session, tmp_path, review, house.secretary, {SUMMARY: TEN})
        with pytest.raises((NotTheirs, WritingRefused)):
            issue(session, review, house.secretary)

    def test_a_review_that_is_no_draft_takes_and_hands_out_nothing(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_finished_review(session, house)
        appraiser = appraiser_of(session, review)
        with pytest.raises(WritingRefused, match="amends it"):
            bring(session, tmp_path, review, appraiser, {SUMMARY: TEN})
        with pytest.raises(WritingRefused, match="amends it"):
            issue(session, review, appraiser)

    def test_the_appraisee_gets_nothing_before_the_review_is_shared(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        share_review(session, review.id, identity=appraiser_of(session, review), now=NOW)
        appraisee = as_person(session, review, Relation.APPRAISEE)
        session.execute(text("UPDATE review SET state = 'draft'"))
        with pytest.raises(WritingRefused):
            issue(session, seen(session, review), appraisee)


class TestCopies:
    def test_a_copy_of_another_review_is_refused(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review, other = a_review(session, house), a_review(session, house)
        issue(session, other, appraiser_of(session, other))
        with pytest.raises(FileRefused) as refused:
            bring(session, tmp_path, review, appraiser_of(session, review), {SUMMARY: TEN})
        assert refused.value.reason is Reason.WRONG_PERSON

    def test_two_reviews_that_say_the_same_share_their_copy(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review, other = a_review(session, house), a_review(session, house)
        for each in (review, other, review):
            issue(session, each, appraiser_of(session, each))
        upload = bring(session, tmp_path, review, appraiser_of(session, review), {SUMMARY: TEN})
        take(session, review, appraiser_of(session, review), upload)

    def test_a_copy_issued_again_after_there_and_back_is_no_clash(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        save(session, review, appraiser, "feedback", {SUMMARY: NINE})
        issue(session, review, appraiser)
        save(session, review, appraiser, "feedback", {SUMMARY: TEN}, {SUMMARY: 1})
        save(session, review, appraiser, "feedback", {SUMMARY: NINE}, {SUMMARY: 2})
        issue(session, review, appraiser)
        upload = bring(session, tmp_path, review, appraiser, {SUMMARY: Given(text="Eleven.")})
        take(session, review, appraiser, upload)

        assert given(session, review, SUMMARY).text == "Eleven."

    def test_each_download_is_in_the_history_with_its_identifier(
        self, session: Session, house: House
    ) -> None:
        review = a_review(session, house)
        issue(session, review, appraiser_of(session, review))
        event = list_events(session, review.id)[-1]
        assert (event.kind, event.detail) == (EventKind.FORM_ISSUED, COPY)


class TestKeeping:
    def files_left(self, session: Session, folder: Path) -> int:
        forget_unheld(session, FileStore(folder), dt.datetime.now(dt.UTC) + dt.timedelta(hours=2))
        return len(list(folder.glob("??/*")))

    def test_what_is_discarded_leaves_no_file_and_what_is_taken_stays(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        discarded = bring(session, tmp_path, review, appraiser, {SUMMARY: TEN}, b"discarded")
        taken = bring(session, tmp_path, review, appraiser, {ASSESSMENT: TEN}, b"taken")
        take(session, review, appraiser, taken)
        assert self.files_left(session, tmp_path) == 2

        for _ in range(2):
            discard_upload(session, review, discarded, appraiser)
        discard_upload(session, review, taken, appraiser)
        assert self.files_left(session, tmp_path) == 1
        assert self.files_left(session, tmp_path) == 1
        with pytest.raises(UnknownUpload):
            get_upload(session, review, discarded, appraiser)

    def test_withdrawing_forgets_what_was_not_taken(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        bring(session, tmp_path, review, appraiser, {SUMMARY: TEN})
        withdraw_review(session, review.id, "A mistake.", identity=appraiser, now=NOW)

        assert self.files_left(session, tmp_path) == 0

    def test_a_form_that_waits_for_a_week_is_forgotten(
        self, session: Session, house: House, tmp_path: Path
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        bring(session, tmp_path, review, appraiser, {SUMMARY: TEN})
        taken = bring(session, tmp_path, review, appraiser, {ASSESSMENT: TEN}, b"taken")
        take(session, review, appraiser, taken)

        assert not forget_uploads(session, NOW + dt.timedelta(days=6))
        assert forget_uploads(session, NOW + dt.timedelta(days=8))
        assert not forget_uploads(session, NOW + dt.timedelta(days=8))
        assert self.files_left(session, tmp_path) == 1


def test_a_process_that_dies_while_taking_leaves_nothing_half_taken(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        review = a_review(session, a_house(session))
        appraiser = appraiser_of(session, review)
        upload = bring(session, tmp_path, review, appraiser, {SUMMARY: TEN, ASSESSMENT: NINE})

    for step in ("events.add_event", "takings.add_taking", "uploads.set_taken"):
        with monkeypatch.context() as patched:

            def die(*_: object, **__: object) -> None:
                raise SystemExit

            patched.setattr(f"webapp.appraisals.services.uploads.{step}", die)
            with pytest.raises(SystemExit), database.writing() as session:
                take(session, review, appraiser, upload)
        with database.reading() as session:
            assert list_drafts(session, review.id) == {}
            assert list_forms_taken(session, review.id) == ()
            assert not get_upload(session, review, upload, appraiser).is_taken


def test_an_upload_that_does_not_exist(session: Session, house: House) -> None:
    review = a_review(session, house)
    with pytest.raises(UnknownUpload):
        take(session, review, appraiser_of(session, review), uuid.uuid4())
