"""What rows are kept and found; every test has another consultation's rows as noise."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import text

from frameworks.questions import AnswerKey, Given
from tests.factories.consultations import (
    AFTER,
    DURING,
    OPENS,
    a_lead,
    a_respondent,
    consultation_details,
)
from webapp.accounts.services import add_organisation
from webapp.consultations.consultation import Consultation, EventKind
from webapp.consultations.errors import SlugTaken
from webapp.consultations.opening import State
from webapp.consultations.respondents import Publish, Respondent, RespondsAs
from webapp.consultations.response import Draft, SentAnswer, Submission, Written, text_digest
from webapp.consultations.store import consultations, counts, drafts, passes, sending, submissions
from webapp.persistence import Session, new_id

FATE = AnswerKey("culture.speaking-up", "fate")
COMMENT = AnswerKey("culture.speaking-up", "comment")
CHAIR = AnswerKey("culture.listening", "necessity", "provider-chair")
DIGEST = "sha256:" + "0" * 64
VERSION = "1.0.0"
LEAVE = DURING.date()


def organisation(session: Session, slug: str = "example-icb") -> uuid.UUID:
    added = add_organisation(session, slug=slug, name=slug.title(), kind="icb", now=DURING)
    return added.id


def consultation(session: Session, slug: str = "example-region") -> Consultation:
    owner = organisation(session, f"of-{slug}")
    return consultations.add_consultation(session, owner, consultation_details(slug=slug))


ANSWERS = (
    SentAnswer(COMMENT, Given(text="Shorter,\nplease."), DIGEST, VERSION),
    SentAnswer(FATE, Given(choices=("reword", "remove")), DIGEST, VERSION),
)


def start(
    session: Session, consultation_id: uuid.UUID, token_hash: str, at: dt.datetime
) -> uuid.UUID:
    draft_id = drafts.add_draft(session, consultation_id, at)
    passes.add_pass(session, draft_id, token_hash, at)
    return draft_id


def tidy(
    session: Session,
    *,
    closed_before: dt.datetime = OPENS,
    begun_before: dt.datetime = OPENS,
    most: int = 9,
) -> int:
    return drafts.delete_spent(
        session, closed_before=closed_before, begun_before=begun_before, most=most
    )


def draft_of(session: Session, consultation_id: uuid.UUID, token_hash: str) -> Draft:
    draft = drafts.lock_draft(session, consultation_id, token_hash)
    assert draft is not None
    return draft


def send(
    session: Session,
    consultation_id: uuid.UUID,
    *,
    answers: tuple[SentAnswer, ...] = ANSWERS,
    respondent: Respondent | None = None,
    reference: str = "",
    at: dt.datetime = DURING,
    key: str = "",
    code: str = "",
    about: tuple[str, ...] = ("culture.speaking-up", "culture.listening"),
) -> Submission:
    """Write a draft and send it, and return what should come back."""
    token = new_id().hex
    start(session, consultation_id, token, at)
    blank = draft_of(session, consultation_id, token)
    drafts.change_respondent(session, blank, respondent or a_respondent(), at)
    draft = draft_of(session, consultation_id, token)
    written = [Written(answer.key, answer.given, answer.item_digest, VERSION) for answer in answers]
    drafts.write_answers(session, draft, written, at)
    submission = Submission(
        id=new_id(),
        consultation_id=consultation_id,
        reference=reference or f"BM-{new_id().hex[:8]}",
        submitted_at=at,
        respondent=draft.respondent,
        answers=(),
    )
    sending.send_draft(
        session,
        draft,
        submission,
        about=about,
        key_hash=key or new_id().hex,
        code_hash=code or new_id().hex,
        submitted_on=at.date(),
    )
    return replace(submission, answers=tuple(sorted(answers, key=lambda answer: answer.key)))


class TestConsultations:
    def test_one_is_found_by_its_address(self, session: Session) -> None:
        consultation(session, "noise")
        added = consultation(session)
        assert consultations.find_consultation(session, "example-region") == added
        assert consultations.find_consultation(session, "example") is None

    def test_an_address_is_used_once_in_the_whole_installation(self, session: Session) -> None:
        consultation(session)
        elsewhere = organisation(session, "elsewhere")
        with pytest.raises(SlugTaken):
            consultations.add_consultation(session, elsewhere, consultation_details())
        assert consultations.list_of_organisation(session, elsewhere) == ()

    def test_an_organisation_sees_its_own_and_the_last_to_close_first(
        self, session: Session
    ) -> None:
        consultation(session, "noise")
        first = consultation(session)
        period = replace(first.details.period, closes_at=AFTER)
        second = consultations.add_consultation(
            session,
            first.organisation_id,
            replace(first.details, slug="second", period=period),
        )
        listed = consultations.list_of_organisation(session, first.organisation_id)
        assert listed == (second, first)

    def test_a_draft_is_not_published(self, session: Session) -> None:
        draft, opened = consultation(session, "draft"), consultation(session, "opened")
        assert consultations.mark_opened(session, opened, DIGEST, DIGEST, LEAVE)
        published = consultations.list_published(session)
        assert [each.slug for each in published] == ["opened"]
        assert consultations.get_consultation(session, draft.id).state is State.DRAFT

    def test_a_change_from_an_old_revision_changes_nothing(self, session: Session) -> None:
        consultation(session, "noise")
        before = consultation(session)
        details = replace(before.details, title="First")
        assert consultations.change_details(session, before, details)
        assert not consultations.change_details(session, before, replace(details, title="Second"))
        after = consultations.get_consultation(session, before.id)
        assert (after.title, after.revision) == ("First", 2)

    def test_renaming_to_an_address_in_use_is_refused(self, session: Session) -> None:
        consultation(session, "noise")
        before = consultation(session)
        with pytest.raises(SlugTaken):
            consultations.change_details(session, before, replace(before.details, slug="noise"))
        assert consultations.get_consultation(session, before.id) == before

    def test_an_open_one_cannot_be_rewritten_or_opened_again(self, session: Session) -> None:
        before = consultation(session)
        assert consultations.mark_opened(session, before, DIGEST, DIGEST, LEAVE)
        opened = consultations.get_consultation(session, before.id)
        assert opened.framework_digest == DIGEST
        assert not consultations.change_details(session, opened, before.details)
        assert not consultations.mark_opened(session, opened, DIGEST, DIGEST, LEAVE)

    def test_only_an_open_one_is_closed_early_and_once(self, session: Session) -> None:
        before = consultation(session)
        assert not consultations.mark_closed(session, before.id, DURING)
        assert consultations.mark_opened(session, before, DIGEST, DIGEST, LEAVE)
        assert not consultations.mark_closed(session, before.id, AFTER)
        assert consultations.mark_closed(session, before.id, DURING)
        assert not consultations.mark_closed(session, before.id, DURING)
        assert consultations.get_consultation(session, before.id).closed_at == DURING

    def test_events_are_kept_in_order(self, session: Session) -> None:
        noise, one = consultation(session, "noise"), consultation(session)
        lead = a_lead()
        consultations.add_event(session, noise.id, EventKind.CREATED, lead, DURING)
        for kind in (EventKind.CREATED, EventKind.OPENED):
            consultations.add_event(session, one.id, kind, lead, DURING, "note")
        events = consultations.list_events(session, one.id)
        assert [event.kind for event in events] == [EventKind.CREATED, EventKind.OPENED]
        assert (events[0].by, events[0].at, events[0].note) == (lead.name, DURING, "note")


class TestDrafts:
    def test_a_draft_is_found_by_its_token_within_its_consultation(self, session: Session) -> None:
        one, noise = consultation(session), consultation(session, "noise")
        draft_id = start(session, one.id, "hash", DURING)
        start(session, noise.id, "another hash", DURING)
        found = drafts.find_draft(session, one.id, "hash")
        assert found is not None
        assert (found.id, found.respondent, found.saved) == (draft_id, Respondent(), ())
        assert drafts.find_draft(session, noise.id, "hash") is None
        assert drafts.find_draft(session, one.id, "no such hash") is None

    def test_everything_said_about_the_respondent_comes_back(self, session: Session) -> None:
        one = consultation(session)
        noise = start(session, one.id, "noise", DURING)
        drafts.change_choices(session, noise, ["culture.listening"], DURING)
        draft_id = start(session, one.id, "hash", DURING)
        respondent = a_respondent(
            responds_as=RespondsAs.ORGANISATION,
            organisation_name="Example Trust",
            gathered="At a board seminar",
            publish=Publish.NOT_AT_ALL,
            positions=("provider-chair", "provider-non-executive"),
        )
        drafts.change_respondent(session, draft_of(session, one.id, "hash"), respondent, DURING)
        drafts.change_choices(session, draft_id, ["b", "a", "a"], DURING)
        found = drafts.find_draft(session, one.id, "hash")
        assert found is not None
        assert (found.respondent, found.chosen) == (respondent, ("b", "a"))

    def test_choosing_again_replaces_what_was_chosen_and_only_that(self, session: Session) -> None:
        one = consultation(session)
        draft_id = start(session, one.id, "hash", DURING)
        drafts.change_respondent(session, draft_of(session, one.id, "hash"), a_respondent(), DURING)
        drafts.change_choices(session, draft_id, ["a", "b"], DURING)
        drafts.change_choices(session, draft_id, ["c"], DURING)
        found = drafts.find_draft(session, one.id, "hash")
        assert found is not None
        assert (found.chosen, found.respondent.positions) == (("c",), ("provider-chair",))

    def test_answers_are_added_and_overwritten_with_a_higher_revision(
        self, session: Session
    ) -> None:
        one = consultation(session)
        start(session, one.id, "hash", DURING)
        for token in ("hash", "noise"):
            if token == "noise":
                start(session, one.id, token, DURING)
            draft = drafts.lock_draft(session, one.id, token)
            assert draft is not None
            first = [
                Written(FATE, Given(choices=("keep",)), DIGEST, VERSION),
                Written(COMMENT, Given(text="x"), DIGEST, VERSION),
            ]
            drafts.write_answers(session, draft, first, DURING)
        draft = drafts.lock_draft(session, one.id, "hash")
        assert draft is not None
        second = [
            Written(FATE, Given(choices=("reword", "remove")), DIGEST, VERSION),
            Written(CHAIR, Given(choices=("essential",)), DIGEST, VERSION),
        ]
        drafts.write_answers(session, draft, second, DURING)
        draft = drafts.find_draft(session, one.id, "hash")
        assert draft is not None
        assert draft.by_key[FATE].given.choices == ("reword", "remove")
        assert {key: draft.by_key[key].revision for key in draft.by_key} == {
            FATE: 2,
            COMMENT: 1,
            CHAIR: 1,
        }
        noise = drafts.find_draft(session, one.id, "noise")
        assert noise is not None
        assert noise.by_key[FATE].given.choices == ("keep",)

    def test_a_draft_that_was_sent_is_found_by_nobody_and_no_longer_counted(
        self, session: Session
    ) -> None:
        one = consultation(session)
        start(session, one.id, "noise", DURING)
        drafts.mark_sent(session, start(session, one.id, "hash", DURING), DURING)
        assert drafts.find_draft(session, one.id, "hash") is None
        assert drafts.lock_draft(session, one.id, "hash") is None
        assert drafts.lock_outline(session, one.id, "hash") is None
        assert drafts.count_drafts(session, one.id) == 1

    def test_what_was_sent_goes_with_its_answers_and_no_other_draft(self, session: Session) -> None:
        one = consultation(session)
        for token in ("hash", "noise"):
            start(session, one.id, token, DURING)
            draft = drafts.lock_draft(session, one.id, token)
            assert draft is not None
            drafts.write_answers(
                session, draft, [Written(COMMENT, Given(text="x"), DIGEST, VERSION)], DURING
            )
            if token == "hash":
                drafts.mark_sent(session, draft.id, DURING)
        assert tidy(session, closed_before=DURING, most=9) == 1
        noise = drafts.find_draft(session, one.id, "noise")
        assert noise is not None
        assert len(noise.saved) == 1
        for table in ("draft", "draft_answer"):
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 1  # noqa: S608  Our tables.

    def test_what_was_abandoned_goes_once_its_consultation_closed_long_ago(
        self, session: Session
    ) -> None:
        one, noise = consultation(session), consultation(session, "noise")
        for each in (one, noise):
            start(session, each.id, each.slug, DURING)
        consultations.mark_opened(session, noise, DIGEST, DIGEST, LEAVE)
        consultations.mark_closed(session, noise.id, DURING)
        assert tidy(session, closed_before=DURING, most=9) == 0
        early = DURING + dt.timedelta(seconds=1)
        assert tidy(session, closed_before=early, most=9) == 1
        assert drafts.find_draft(session, one.id, one.slug) is not None
        assert tidy(session, closed_before=AFTER, most=9) == 1
        assert drafts.count_drafts(session, one.id) == 0

    def test_what_stayed_empty_goes_and_what_says_anything_stays(self, session: Session) -> None:
        one = consultation(session)
        for token in ("empty", "known", "chosen", "answered", "later"):
            start(session, one.id, token, AFTER if token == "later" else DURING)
        drafts.change_respondent(
            session, draft_of(session, one.id, "known"), a_respondent(), DURING
        )
        drafts.change_choices(session, draft_of(session, one.id, "chosen").id, ["a"], DURING)
        written = Written(COMMENT, Given(text="x"), DIGEST, VERSION)
        drafts.write_answers(session, draft_of(session, one.id, "answered"), [written], DURING)
        replaced = send(session, one.id)
        drafts.add_draft(session, one.id, DURING, replaces_id=replaced.id)
        before = drafts.count_drafts(session, one.id)
        assert tidy(session, begun_before=DURING) == 0
        assert tidy(session, begun_before=DURING + dt.timedelta(seconds=1)) == 1
        assert drafts.find_draft(session, one.id, "empty") is None
        assert drafts.count_drafts(session, one.id) == before - 1

    def test_so_many_drafts_and_no_more_go_at_once(self, session: Session) -> None:
        one = consultation(session)
        for number in range(3):
            draft_id = start(session, one.id, str(number), DURING)
            drafts.mark_sent(session, draft_id, DURING)
        gone = [tidy(session, closed_before=DURING, most=2) for _ in range(3)]
        assert gone == [2, 1, 0]


class TestSubmissions:
    def test_what_was_sent_comes_back_whole_by_its_code(self, session: Session) -> None:
        one = consultation(session)
        send(session, one.id)
        sent = send(session, one.id, code="code hash")
        assert submissions.find_submission(session, "code hash") == sent
        assert submissions.find_submission(session, "another") is None

    def test_only_answers_about_what_is_on_the_list_are_sent(self, session: Session) -> None:
        one = consultation(session)
        answers = (
            *ANSWERS,
            SentAnswer(
                AnswerKey("culture.gone", "comment"), Given(text="Taken off"), DIGEST, VERSION
            ),
            SentAnswer(
                replace(CHAIR, position="other"), Given(choices=("useful",)), DIGEST, VERSION
            ),
            SentAnswer(CHAIR, Given(choices=("useful",)), DIGEST, VERSION),
            SentAnswer(AnswerKey("culture.listening", "comment"), Given(), DIGEST, VERSION),
        )
        send(session, one.id, answers=answers, code="code hash")
        found = submissions.find_submission(session, "code hash")
        assert found is not None
        assert [answer.key for answer in found.answers] == [CHAIR, COMMENT, FATE]

    def test_nothing_to_send_adds_nothing(self, session: Session) -> None:
        one = consultation(session)
        send(session, one.id)
        with pytest.raises(sending.NothingToSend):
            send(session, one.id, about=("culture.listening",))
        assert counts.count_submissions(session, one.id) == 1

    def test_it_is_known_by_its_key(self, session: Session) -> None:
        one = consultation(session)
        send(session, one.id)
        sent = send(session, one.id, key="key hash", code="code hash")
        found = sending.find_sent(session, "key hash")
        assert found == (sent.reference, "code hash", DURING, "individual")
        assert sending.find_sent(session, "another") is None

    def test_a_key_is_used_once_and_the_second_leaves_no_rows(self, session: Session) -> None:
        one = consultation(session)
        send(session, one.id, key="key hash")
        with pytest.raises(sending.KeyTaken):
            send(session, one.id, key="key hash")
        assert counts.count_submissions(session, one.id) == 1
        assert session.execute(text("SELECT count(*) FROM answer")).scalar_one() == 2

    def test_a_reference_is_used_once(self, session: Session) -> None:
        one = consultation(session)
        send(session, one.id, reference="BM-1")
        with pytest.raises(sending.ReferenceTaken):
            send(session, one.id, reference="BM-1")

    def test_a_text_can_be_proved_and_two_equal_texts_cannot_be_told(
        self, session: Session
    ) -> None:
        one = consultation(session)
        for _ in range(2):
            send(session, one.id)
        statement = text(
            "SELECT answer.text_digest, answer_text.salt, answer_text.text"
            " FROM answer JOIN answer_text ON answer_text.answer_id = answer.id"
        )
        first, second = session.execute(statement).all()
        assert first.text == second.text
        assert first.text_digest != second.text_digest
        assert text_digest(first.salt, first.text) == first.text_digest

    def test_counts_are_of_one_consultation(self, session: Session) -> None:
        one, noise = consultation(session), consultation(session, "noise")
        union = a_respondent(responds_as=RespondsAs.ORGANISATION, respondent_class="union", name="")
        tomorrow = DURING + dt.timedelta(days=1)
        send(session, one.id)
        send(session, one.id, respondent=union, at=tomorrow)
        chair = SentAnswer(CHAIR, Given(choices=("useful",)), DIGEST, VERSION)
        send(session, one.id, answers=(chair,))
        send(session, noise.id)
        assert counts.count_submissions(session, one.id) == 3
        assert counts.count_by_class(session, one.id) == {
            ("individual", "governor"): 2,
            ("organisation", "union"): 1,
        }
        assert counts.count_by_day(session, one.id) == {
            DURING.date(): 2,
            tomorrow.date(): 1,
        }
        # Two answers about the same competency are one response.
        assert counts.count_by_item(session, one.id) == {
            "culture.speaking-up": 2,
            "culture.listening": 1,
        }

    def test_nothing_of_a_nameless_respondent_is_in_a_row_of_personal_data(
        self, session: Session
    ) -> None:
        one = consultation(session)
        send(session, one.id, respondent=a_respondent(name=""))
        assert session.execute(text("SELECT count(*) FROM submission_person")).scalar_one() == 0
