"""What may be done with a review, when, and what stays of it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import text

from frameworks.model import SignatureStep, Signer
from frameworks.questions import AnswerKey, Given
from tests.factories.frameworks import a_profile, an_accountability
from tests.factories.reviews import (
    APPRAISEE,
    NOW,
    SIGNERS,
    TODAY,
    House,
    a_finished_review,
    a_form,
    a_house,
    a_review,
    a_reviewed_framework,
    a_shared_review,
    a_signed_review,
    a_start,
    as_person,
    complete_answers,
    finish,
    save,
    seen,
    sign,
)
from webapp.accounts.services import list_participants
from webapp.appraisals.acting import relations_of
from webapp.appraisals.addressing import AddressRefused, reachable
from webapp.appraisals.reviews import EventKind, Review
from webapp.appraisals.revisions import Standing
from webapp.appraisals.services import (
    ChangedSinceSeen,
    ReasonNeeded,
    RemarkTooLong,
    RevisionDamaged,
    StartedAlready,
    Unfinished,
    amend_review,
    approve_review,
    finish_review,
    grant_reading,
    list_answers,
    list_drafts,
    list_events,
    list_reviews,
    list_revisions,
    list_signed_steps,
    record_issue,
    reopen_review,
    send_link,
    share_review,
    sign_review,
    start_review,
    withdraw_review,
)
from webapp.appraisals.signing import OutOfTurn
from webapp.appraisals.starting import Named, StartRefused
from webapp.appraisals.states import NotTheirs, ReviewState, StepRefused
from webapp.appraisals.writing import WritingRefused
from webapp.persistence import Session
from webapp.security import Identity, Membership, Relation, Role

ASSESSMENT = AnswerKey("culture", "assessment")
STRENGTHS = AnswerKey("culture", "strengths")
COMMENT = AnswerKey("comments", "appraisee")
CULTURE = "domain.culture"
BOSS = Named("Bea Lead", "bea.lead@example.org")


@pytest.fixture
def house(session: Session) -> House:
    return a_house(session)


def kinds(session: Session, review: Review) -> list[EventKind]:
    return [event.kind for event in list_events(session, review.id)]


def appraiser_of(session: Session, review: Review) -> Identity:
    return as_person(session, review, Relation.APPRAISER)


class TestStarting:
    def test_an_appraiser_starts_a_draft_of_their_own(self, session: Session, house: House) -> None:
        review = a_review(session, house)

        assert review.state is ReviewState.DRAFT
        assert review.appraiser.account_id == house.appraiser.account_id
        assert kinds(session, review) == [EventKind.STARTED]
        assert [each.relation for each in list_participants(session, review.id)] == [
            Relation.APPRAISER
        ]

    def test_the_rule_of_the_day_is_pinned_word_for_word(
        self, session: Session, house: House
    ) -> None:
        review = a_review(session, house)

        assert review.rule == a_reviewed_framework().profile("provider-chair").accountability[0]
        assert (review.rule_on, review.digest) == (TODAY, a_start(house).digest)

    def test_what_a_secretary_prepares_waits_for_the_appraiser(
        self, session: Session, house: House
    ) -> None:
        review = prepared_by_secretary(session, house)

        assert review.state is ReviewState.PREPARED
        assert relations_of(house.secretary, review) == {Relation.PREPARER}
        save(session, review, house.secretary, CULTURE, {ASSESSMENT: Given(text="Prepared.")})

        approve_review(session, review.id, identity=appraiser_of(session, review), now=NOW)

        approved = seen(session, review)
        assert approved.state is ReviewState.DRAFT
        assert relations_of(house.secretary, approved) == frozenset()
        prepared, taken = list_events(session, review.id)
        assert (prepared.kind, prepared.name) == (EventKind.PREPARED, "Sue Board")
        assert (taken.kind, taken.name) == (EventKind.APPROVED, "Bea Lead")

    def test_after_approval_the_secretary_writes_no_more(
        self, session: Session, house: House
    ) -> None:
        review = prepared_by_secretary(session, house)
        approve_review(session, review.id, identity=appraiser_of(session, review), now=NOW)

        with pytest.raises(WritingRefused):
            save(session, review, house.secretary, CULTURE, {ASSESSMENT: Given(text="More.")})

    def test_a_secretary_does_not_approve_what_they_prepared(
        self, session: Session, house: House
    ) -> None:
        review = prepared_by_secretary(session, house)

        with pytest.raises(NotTheirs):
            approve_review(session, review.id, identity=house.secretary, now=NOW)

    def test_a_secretary_names_the_appraiser(self, session: Session, house: House) -> None:
        with pytest.raises(StartRefused, match="appraiser"):
            start_review(session, a_start(house), identity=house.secretary, today=TODAY, now=NOW)

    def test_nobody_appraises_themselves(self, session: Session, house: House) -> None:
        with pytest.raises(StartRefused, match="Nobody appraises themselves"):
            a_review(session, house, appraisee=Named("Ada", "ada.quill@north-trust.example"))

    def test_a_third_signature_needs_a_third_person(self, session: Session, house: House) -> None:
        with pytest.raises(StartRefused, match="Enter who signs as “Regional director”"):
            a_review(session, house, signatories={})
        with pytest.raises(StartRefused, match="not named in this review yet"):
            a_review(session, house, signatories={"region": APPRAISEE})

    def test_a_period_ends_after_it_starts(self, session: Session, house: House) -> None:
        with pytest.raises(StartRefused) as refused:
            a_review(session, house, until_on=dt.date(2024, 1, 1))
        assert [name for name, _ in refused.value.problems] == ["until_on"]

    def test_a_day_without_a_rule_starts_nothing(self, session: Session, house: House) -> None:
        past = an_accountability(until_on=dt.date(2025, 1, 1))
        framework = a_reviewed_framework(profiles=(a_profile(accountability=(past,)),))

        with pytest.raises(StartRefused, match="names nobody"):
            a_review(session, house, framework=framework)

    def test_the_same_form_sent_twice_starts_one_review(
        self, session: Session, house: House
    ) -> None:
        start = a_start(house)
        start_review(session, start, identity=house.appraiser, today=TODAY, now=NOW)

        with pytest.raises(StartedAlready):
            start_review(session, start, identity=house.appraiser, today=TODAY, now=NOW)

        assert len(list_reviews(session, house.organisation.id, house.secretary)) == 1


def prepared_by_secretary(session: Session, house: House) -> Review:
    started = start_review(
        session, a_start(house, appraiser=BOSS), identity=house.secretary, today=TODAY, now=NOW
    )
    return seen(session, started)


class TestSaving:
    def test_what_was_typed_is_there(self, session: Session, house: House) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)

        saved = save(session, review, appraiser, CULTURE, {ASSESSMENT: Given(text="Listens.")})

        assert (saved.changed, saved.stale) == (1, {})
        draft = list_drafts(session, review.id)[ASSESSMENT]
        assert (draft.given.text, draft.revision) == ("Listens.", 1)
        assert draft.saved_by is Relation.APPRAISER

    def test_a_stale_save_overwrites_nothing_and_shows_what_is_there(
        self, session: Session, house: House
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        save(session, review, appraiser, CULTURE, {ASSESSMENT: Given(text="One.")})
        seen_at = {ASSESSMENT: 1}
        save(session, review, appraiser, CULTURE, {ASSESSMENT: Given(text="Two.")}, seen_at)

        late = save(
            session, review, appraiser, CULTURE, {ASSESSMENT: Given(text="Three.")}, seen_at
        )

        assert late.changed == 0
        assert late.stale[ASSESSMENT].given.text == "Two."
        assert late.stale[ASSESSMENT].revision == 2
        assert list_drafts(session, review.id)[ASSESSMENT].given.text == "Two."

    def test_an_answer_that_the_writer_did_not_touch_is_no_conflict(
        self, session: Session, house: House
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        one = {ASSESSMENT: Given(text="One.")}
        save(session, review, appraiser, CULTURE, one)
        save(session, review, appraiser, CULTURE, {ASSESSMENT: Given(text="Two.")}, {ASSESSMENT: 1})

        # The other editor's page was opened at revision 1, and they only wrote the strengths.
        saved = save(
            session,
            review,
            appraiser,
            CULTURE,
            {**one, STRENGTHS: Given(text="Warmth.")},
            {ASSESSMENT: 1},
        )

        assert saved.stale == {}
        stored = {key: each.given.text for key, each in list_drafts(session, review.id).items()}
        assert stored == {ASSESSMENT: "Two.", STRENGTHS: "Warmth."}

    def test_a_stale_answer_keeps_no_other_from_being_saved(
        self, session: Session, house: House
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        save(session, review, appraiser, CULTURE, {ASSESSMENT: Given(text="One.")})

        saved = save(
            session,
            review,
            appraiser,
            CULTURE,
            {ASSESSMENT: Given(text="Mine."), STRENGTHS: Given(text="Warmth.")},
        )

        assert (saved.changed, set(saved.stale)) == (1, {ASSESSMENT})

    def test_the_same_text_twice_is_one_revision(self, session: Session, house: House) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        for _ in range(2):
            save(session, review, appraiser, CULTURE, {ASSESSMENT: Given(text="One.")})

        assert list_drafts(session, review.id)[ASSESSMENT].revision == 1

    def test_an_answer_can_be_taken_back(self, session: Session, house: House) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        save(session, review, appraiser, CULTURE, {ASSESSMENT: Given(text="One.")})
        save(session, review, appraiser, CULTURE, {ASSESSMENT: Given()}, {ASSESSMENT: 1})

        assert list_drafts(session, review.id)[ASSESSMENT].given.is_blank

    def test_the_person_appraised_comments_only_once_it_is_shared(
        self, session: Session, house: House
    ) -> None:
        review = a_shared_review(session, house)
        appraisee = as_person(session, review, Relation.APPRAISEE)

        save(session, review, appraisee, "comments", {COMMENT: Given(text="I see it otherwise.")})
        with pytest.raises(WritingRefused):
            save(session, review, appraisee, CULTURE, {ASSESSMENT: Given(text="Better.")})
        with pytest.raises(WritingRefused):
            save(
                session,
                review,
                appraiser_of(session, review),
                "comments",
                {COMMENT: Given(text="I agree.")},
            )

        assert list_drafts(session, review.id)[COMMENT].given.text == "I see it otherwise."

    def test_an_answer_that_is_not_asked_here_is_a_defect(
        self, session: Session, house: House
    ) -> None:
        review = a_review(session, house)
        with pytest.raises(KeyError):
            save(
                session,
                review,
                appraiser_of(session, review),
                CULTURE,
                {COMMENT: Given(text="Smuggled in.")},
            )


class TestFinishing:
    def test_what_signing_needs_is_said_and_nothing_is_frozen(
        self, session: Session, house: House
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        share_review(session, review.id, identity=appraiser, now=NOW)

        with pytest.raises(Unfinished) as unfinished, session.begin_nested():
            finish_review(session, review.id, a_form(), identity=appraiser, now=NOW)

        assert any("equality" in each for each in unfinished.value.missing)
        assert seen(session, review).state is ReviewState.SHARED
        assert list_revisions(session, seen(session, review)) == ()

    def test_a_finished_review_holds_every_answer_under_one_digest(
        self, session: Session, house: House
    ) -> None:
        review = a_finished_review(session, house)

        (revision,) = list_revisions(session, review)
        assert review.state is ReviewState.READY
        assert (revision.frozen.number, revision.standing) == (1, Standing.DRAFT)
        assert revision.frozen.digest.startswith("sha256:")
        wanted = {key: given for each in complete_answers().values() for key, given in each.items()}
        assert list_answers(session, revision) == wanted

    def test_what_nobody_has_signed_can_be_opened_again(
        self, session: Session, house: House
    ) -> None:
        review = a_finished_review(session, house)
        appraiser = appraiser_of(session, review)

        reopen_review(session, review.id, identity=appraiser, now=NOW)

        assert seen(session, review).state is ReviewState.SHARED
        assert list_revisions(session, seen(session, review)) == ()
        save(session, review, appraiser, CULTURE, {STRENGTHS: Given(text="Warmth.")})
        finish(session, review)
        (revision,) = list_revisions(session, seen(session, review))
        assert (revision.frozen.number, revision.frozen.attempt) == (1, 2)

    def test_a_review_is_shared_before_it_is_finished(self, session: Session, house: House) -> None:
        review = a_review(session, house)
        with pytest.raises(StepRefused, match="Share"):
            finish(session, review)


class TestSigning:
    def test_three_sign_in_order_and_then_it_is_signed(
        self, session: Session, house: House
    ) -> None:
        review = a_finished_review(session, house)
        states = []
        for step in SIGNERS:
            sign(session, review, step)
            states.append(seen(session, review).state)

        assert states == [ReviewState.SIGNING, ReviewState.SIGNING, ReviewState.SIGNED]
        (revision,) = list_revisions(session, seen(session, review))
        assert revision.standing is Standing.FINAL
        assert [(each.name, each.words) for each in revision.frozen.signatures] == [
            ("Jo Hall", "I have read this review and added my comments."),
            ("Ada Quill", "This is my assessment."),
            ("Sam Reed", "I have seen this review and note its outcome."),
        ]
        assert {each.digest for each in revision.frozen.signatures} == {revision.frozen.digest}
        assert kinds(session, review)[-2:] == [EventKind.SIGNED, EventKind.COMPLETED]

    def test_each_comes_in_when_it_is_their_turn(self, session: Session, house: House) -> None:
        review = a_finished_review(session, house)
        assert seen(session, review).person(Relation.SIGNATORY, "region").participant_id is None
        sign(session, review, "appraisee")
        sign(session, review, "appraiser")

        invited = list_participants(session, review.id)
        assert [(each.relation, each.name) for each in invited] == [
            (Relation.APPRAISER, "Ada Quill"),
            (Relation.APPRAISEE, "Jo Hall"),
            (Relation.SIGNATORY, "Sam Reed"),
        ]

    def test_nobody_signs_before_their_turn(self, session: Session, house: House) -> None:
        review = a_finished_review(session, house)
        with pytest.raises(OutOfTurn, match="Person appraised signs first"):
            sign(session, review, "appraiser")

    def test_nobody_signs_for_somebody_else(self, session: Session, house: House) -> None:
        review = a_finished_review(session, house)
        (revision,) = list_revisions(session, review)

        for identity in (appraiser_of(session, review), house.secretary, Identity()):
            with pytest.raises(NotTheirs):
                sign_review(
                    session,
                    review.id,
                    step_key="appraisee",
                    digest=revision.frozen.digest,
                    remark="",
                    identity=identity,
                    now=NOW,
                )

    def test_a_step_that_the_rule_lacks_is_nobodys(self, session: Session, house: House) -> None:
        review = a_finished_review(session, house)
        with pytest.raises(OutOfTurn, match="no such step"):
            sign_as(session, review, "appraisee", step_key="pope")

    def test_a_double_click_is_one_signature(self, session: Session, house: House) -> None:
        review = a_finished_review(session, house)
        for _ in range(2):
            sign(session, review, "appraisee")

        (revision,) = list_revisions(session, seen(session, review))
        assert len(revision.frozen.signatures) == 1
        assert kinds(session, review).count(EventKind.SIGNED) == 1

    def test_what_was_changed_since_it_was_seen_is_not_signed(
        self, session: Session, house: House
    ) -> None:
        review = a_finished_review(session, house)
        before = list_revisions(session, review)[0].frozen.digest
        reopen_review(session, review.id, identity=appraiser_of(session, review), now=NOW)
        finish(session, review)

        with pytest.raises(ChangedSinceSeen):
            sign_as(session, review, "appraisee", digest=before)

    def test_a_disagreement_stands_beside_the_assessment(
        self, session: Session, house: House
    ) -> None:
        review = a_finished_review(session, house)
        sign(session, review, "appraisee", remark="I do not agree with the third paragraph.")

        (revision,) = list_revisions(session, seen(session, review))
        assert revision.frozen.signatures[0].remark == "I do not agree with the third paragraph."
        assert list_answers(session, revision)[ASSESSMENT].text.startswith("Listens")

    def test_a_remark_has_an_end(self, session: Session, house: House) -> None:
        review = a_finished_review(session, house)
        with pytest.raises(RemarkTooLong):
            sign(session, review, "appraisee", remark="x" * 2001)

    def test_words_that_were_altered_behind_our_back_are_not_signed(
        self, session: Session, house: House
    ) -> None:
        review = a_finished_review(session, house)
        session.execute(
            text("UPDATE revision_text SET text = 'Shouts.' WHERE text LIKE 'Listens%'")
        )
        with pytest.raises(RevisionDamaged):
            sign(session, review, "appraisee")

    def test_another_name_behind_our_back_is_noticed(self, session: Session, house: House) -> None:
        review = a_finished_review(session, house)
        session.execute(
            text("UPDATE review_person SET name = 'Jo Hill' WHERE relation = 'appraisee'")
        )
        with pytest.raises(RevisionDamaged):
            sign(session, review, "appraisee")

    def test_a_rule_with_two_signers_needs_two(self, session: Session, house: House) -> None:
        rule = an_accountability(
            signatures=(
                SignatureStep(
                    key="chair", by=Signer.APPRAISER, title="Chair", words="I have assessed."
                ),
                SignatureStep(
                    key="member", by=Signer.APPRAISEE, title="Member", words="I have read."
                ),
            )
        )
        framework = a_reviewed_framework(profiles=(a_profile(accountability=(rule,)),))
        review = a_review(session, house, framework=framework, signatories={})
        appraiser = appraiser_of(session, review)
        for section, answers in complete_answers().items():
            save(session, review, appraiser, section, answers)
        share_review(session, review.id, identity=appraiser, now=NOW)
        finish(session, review)

        sign_as(session, review, "appraiser", step_key="chair")
        sign_as(session, review, "appraisee", step_key="member")

        assert seen(session, review).state is ReviewState.SIGNED


def sign_as(
    session: Session, review: Review, who: str, *, step_key: str = "", digest: str = ""
) -> None:
    revision = list_revisions(session, seen(session, review))[-1]
    sign_review(
        session,
        review.id,
        step_key=step_key or who,
        digest=digest or revision.frozen.digest,
        remark="",
        identity=as_person(session, review, *SIGNERS[who]),
        now=NOW,
    )


class TestAmending:
    def test_an_amendment_starts_from_a_copy_and_the_signed_one_stays(
        self, session: Session, house: House
    ) -> None:
        review = a_signed_review(session, house)
        appraiser = appraiser_of(session, review)
        first = list_revisions(session, review)[0]
        before = list_answers(session, first)

        amend_review(session, review.id, "A wrong date.", identity=appraiser, now=NOW)
        amending = seen(session, review)
        drafted = {key: each.given for key, each in list_drafts(session, review.id).items()}
        revision_of = {key: each.revision for key, each in list_drafts(session, review.id).items()}
        save(session, review, appraiser, CULTURE, {ASSESSMENT: Given(text="New.")}, revision_of)

        assert (amending.state, amending.number) == (ReviewState.AMENDING, 2)
        assert drafted == before
        (still,) = list_revisions(session, seen(session, review))
        assert still == first
        assert list_answers(session, still) == before

    def test_the_next_revision_is_signed_by_all_again_and_supersedes(
        self, session: Session, house: House
    ) -> None:
        review = a_signed_review(session, house)
        appraiser = appraiser_of(session, review)
        amend_review(session, review.id, "A wrong date.", identity=appraiser, now=NOW)
        finish(session, review)
        standings = [[each.standing for each in list_revisions(session, seen(session, review))]]
        for step in SIGNERS:
            sign(session, review, step)
        standings.append([each.standing for each in list_revisions(session, seen(session, review))])

        assert standings == [
            [Standing.FINAL, Standing.DRAFT],
            [Standing.SUPERSEDED, Standing.FINAL],
        ]
        second = list_revisions(session, seen(session, review))[1].frozen
        assert (second.number, second.reason) == (2, "A wrong date.")
        assert seen(session, review).state is ReviewState.SIGNED

    def test_what_the_next_will_not_sign_can_be_amended(
        self, session: Session, house: House
    ) -> None:
        review = a_finished_review(session, house)
        sign(session, review, "appraisee")
        amend_review(
            session,
            review.id,
            "Agreed at the meeting.",
            identity=appraiser_of(session, review),
            now=NOW,
        )

        assert seen(session, review).state is ReviewState.AMENDING
        with pytest.raises(ChangedSinceSeen):
            sign(session, review, "appraiser")

    def test_an_amendment_needs_a_reason(self, session: Session, house: House) -> None:
        review = a_signed_review(session, house)
        for reason in ("", "  ", "x" * 1001):
            with pytest.raises(ReasonNeeded):
                amend_review(
                    session,
                    review.id,
                    reason,
                    identity=appraiser_of(session, review),
                    now=NOW,
                )

    def test_only_the_appraiser_amends(self, session: Session, house: House) -> None:
        review = a_signed_review(session, house)
        for relation, step in SIGNERS.values():
            if relation is Relation.APPRAISER:
                continue
            with pytest.raises(NotTheirs):
                amend_review(
                    session,
                    review.id,
                    "Why not",
                    identity=as_person(session, review, relation, step),
                    now=NOW,
                )


class TestNeverChanging:
    """After signing every way to write refuses, and not a row of it differs."""

    def test_every_write_is_refused(self, session: Session, house: House) -> None:
        review = a_signed_review(session, house)
        appraiser = appraiser_of(session, review)
        appraisee = as_person(session, review, Relation.APPRAISEE)
        before = everything(session)

        with pytest.raises(WritingRefused):
            save(session, review, appraiser, CULTURE, {ASSESSMENT: Given(text="Later.")})
        with pytest.raises(WritingRefused):
            save(session, review, appraisee, "comments", {COMMENT: Given(text="Later.")})
        for take in (approve_review, share_review, reopen_review):
            with pytest.raises(StepRefused):
                take(session, review.id, identity=appraiser, now=NOW)
        with pytest.raises(StepRefused):
            finish_review(session, review.id, a_form(), identity=appraiser, now=NOW)
        with pytest.raises(StepRefused):
            withdraw_review(session, review.id, "Oh", identity=appraiser, now=NOW)
        for step in SIGNERS:
            sign(session, review, step)  # A late double click adds nothing.

        assert everything(session) == before

    def test_an_amendment_changes_nothing_of_the_signed_one(
        self, session: Session, house: House
    ) -> None:
        review = a_signed_review(session, house)
        before = everything(session)
        amend_review(session, review.id, "A slip.", identity=appraiser_of(session, review), now=NOW)
        finish(session, review)
        for step in SIGNERS:
            sign(session, review, step)

        assert before <= everything(session)


def everything(session: Session) -> set[tuple[str, ...]]:
    tables = (
        "review_revision",
        "review_revision_reason",
        "revision_answer",
        "revision_text",
        "signature",
        "signature_text",
        "review_event",
        "review_event_text",
        "review_save",
        "review_person",
    )
    return {
        (table, *map(str, row))
        for table in tables
        for row in session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608  Our own names.
    }


class TestGranting:
    def test_a_secretary_sees_content_only_while_it_is_granted(
        self, session: Session, house: House
    ) -> None:
        review = a_shared_review(session, house)
        appraiser = appraiser_of(session, review)
        assert relations_of(house.secretary, seen(session, review)) == frozenset()

        for _ in range(2):
            grant_reading(session, review.id, True, identity=appraiser, now=NOW)
        assert relations_of(house.secretary, seen(session, review)) == {Relation.READER}
        grant_reading(session, review.id, False, identity=appraiser, now=NOW)
        assert relations_of(house.secretary, seen(session, review)) == frozenset()

        assert kinds(session, review)[-2:] == [EventKind.GRANTED, EventKind.GRANT_ENDED]

    def test_only_the_appraiser_grants(self, session: Session, house: House) -> None:
        review = a_shared_review(session, house)
        for identity in (as_person(session, review, Relation.APPRAISEE), house.secretary):
            with pytest.raises(NotTheirs):
                grant_reading(session, review.id, True, identity=identity, now=NOW)

    def test_a_secretary_of_another_organisation_is_nobody_here(
        self, session: Session, house: House
    ) -> None:
        other = a_house(session, "south-trust")
        review = prepared_by_secretary(session, house)
        grant_reading(session, review.id, True, identity=appraiser_of(session, review), now=NOW)

        assert relations_of(other.secretary, seen(session, review)) == frozenset()

    def test_who_is_no_secretary_any_more_prepares_no_more(
        self, session: Session, house: House
    ) -> None:
        review = prepared_by_secretary(session, house)
        former = dataclasses.replace(house.secretary, memberships=frozenset())

        assert relations_of(former, review) == frozenset()


class TestReachingPeople:
    def test_another_address_ends_the_old_link_and_leaves_the_signed_content_whole(
        self, session: Session, house: House
    ) -> None:
        review = a_finished_review(session, house)
        appraiser = appraiser_of(session, review)
        before = as_person(session, review, Relation.APPRAISEE)
        send_link(
            session,
            review.id,
            review.appraisee.id,
            "Jo@Right.example",
            identity=appraiser,
            now=NOW,
        )

        moved = seen(session, review)
        assert moved.appraisee.email == "jo@right.example"
        assert relations_of(before, moved) == frozenset()
        stands = {
            each.email: each.is_current
            for each in list_participants(session, review.id)
            if each.relation is Relation.APPRAISEE
        }
        assert stands == {"jo.hall@example.org": False, "jo@right.example": True}
        assert kinds(session, review)[-2:] == [EventKind.ADDRESS_CHANGED, EventKind.LINK_SENT]
        sign(session, review, "appraisee")

    def test_somebody_who_is_not_asked_yet_is_not_mailed(
        self, session: Session, house: House
    ) -> None:
        review = a_review(session, house)
        send_link(
            session,
            review.id,
            review.appraisee.id,
            "jo@right.example",
            identity=appraiser_of(session, review),
            now=NOW,
        )

        assert len(list_participants(session, review.id)) == 1
        assert kinds(session, review)[-1] is EventKind.ADDRESS_CHANGED

    def test_two_people_do_not_share_an_address(self, session: Session, house: House) -> None:
        review = a_shared_review(session, house)
        with pytest.raises(AddressRefused):
            send_link(
                session,
                review.id,
                review.appraisee.id,
                review.appraiser.email,
                identity=appraiser_of(session, review),
                now=NOW,
            )

    def test_who_prepares_reaches_the_appraiser_alone(self, session: Session, house: House) -> None:
        review = prepared_by_secretary(session, house)
        assert reachable(review, frozenset({Relation.PREPARER})) == (review.appraiser,)
        with pytest.raises(NotTheirs):
            send_link(
                session,
                review.id,
                review.appraisee.id,
                "jo@right.example",
                identity=house.secretary,
                now=NOW,
            )

    def test_nobody_reaches_anybody_in_a_review_that_is_withdrawn(
        self, session: Session, house: House
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        withdraw_review(session, review.id, "A mistake.", identity=appraiser, now=NOW)

        assert reachable(seen(session, review), frozenset({Relation.APPRAISER})) == ()


class TestListing:
    def test_a_secretary_sees_them_all_and_others_their_own(
        self, session: Session, house: House
    ) -> None:
        other = a_house(session, "south-trust")
        a_review(session, other)
        mine, prepared = a_shared_review(session, house), prepared_by_secretary(session, house)
        where = house.organisation.id

        everything_here = list_reviews(session, where, house.secretary)
        own = list_reviews(session, where, appraiser_of(session, mine))

        assert {each.id for each in everything_here} == {mine.id, prepared.id}
        assert [each.id for each in own] == [mine.id]
        assert list_reviews(session, where, house.appraiser) == ()

    def test_an_administrator_is_named_in_none(self, session: Session, house: House) -> None:
        review = a_review(session, house)
        administrator = Identity(
            account_id=review.id,
            memberships=frozenset({Membership(house.organisation.id, Role.ADMINISTRATOR)}),
        )

        assert list_reviews(session, house.organisation.id, administrator) == ()
        assert relations_of(administrator, review) == frozenset()

    def test_signatures_of_an_older_revision_do_not_count_for_the_next(
        self, session: Session, house: House
    ) -> None:
        review = a_signed_review(session, house)
        assert list_signed_steps(session, (review,))[review.id] == set(SIGNERS)

        amend_review(session, review.id, "A slip.", identity=appraiser_of(session, review), now=NOW)
        amending = seen(session, review)

        assert list_signed_steps(session, (amending,))[review.id] == frozenset()


class TestEnding:
    def test_what_was_started_by_mistake_is_withdrawn_with_a_reason(
        self, session: Session, house: House
    ) -> None:
        review = a_review(session, house)
        appraiser = appraiser_of(session, review)
        withdraw_review(session, review.id, "The wrong person.", identity=appraiser, now=NOW)

        assert seen(session, review).state is ReviewState.WITHDRAWN
        last = list_events(session, review.id)[-1]
        assert (last.kind, last.detail) == (EventKind.WITHDRAWN, "The wrong person.")

    def test_a_copy_that_is_taken_is_recorded(self, session: Session, house: House) -> None:
        review = a_signed_review(session, house)
        record_issue(
            session,
            review.id,
            1,
            identity=as_person(session, review, Relation.SIGNATORY, "region"),
            now=NOW,
        )

        last = list_events(session, review.id)[-1]
        assert (last.kind, last.name, last.number) == (EventKind.ISSUED, "Sam Reed", 1)

    def test_whoever_is_nobody_takes_no_copy(self, session: Session, house: House) -> None:
        review = a_signed_review(session, house)
        with pytest.raises(NotTheirs):
            record_issue(session, review.id, 1, identity=house.secretary, now=NOW)
