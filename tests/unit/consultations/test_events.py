"""What is recorded of a response after it was sent, and which responses every count leaves out."""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import combinations

import pytest
from sqlalchemy import select, text

from tests.factories.consultations import DURING, a_lead, a_respondent
from tests.factories.writing import COMMENT, Writer, an_open_consultation
from webapp.consultations import services
from webapp.consultations.models import AnswerRow, SubmissionRow, table_of
from webapp.consultations.respondents import Publish
from webapp.consultations.store import counts, erasures, events, submissions
from webapp.consultations.submissions import SURGE, EventKind, Standing, standing_of
from webapp.persistence import IntegrityError, Session, new_id

LATER = DURING + dt.timedelta(hours=1)


def sent(session: Session, slug: str = "example-region", **about: object) -> uuid.UUID:
    """Send a response to an open consultation and return its id."""
    consultation = services.find_consultation(session, slug) or an_open_consultation(session, slug)
    writer = Writer(session, consultation)
    writer.write_everything()
    if about:
        writer.introduce(**about)
    found = services.find_receipt(session, writer.send().code)
    assert found is not None
    return found.id


def consultation_of(session: Session, slug: str = "example-region") -> uuid.UUID:
    found = services.find_consultation(session, slug)
    assert found is not None
    return found.id


class TestRecording:
    def test_events_come_back_in_order_with_who_and_why(self, session: Session) -> None:
        noise, one, lead = sent(session), sent(session), a_lead()
        events.add_event(session, noise, EventKind.REMOVED, DURING, by=lead, reason="Noise")
        events.add_event(session, one, EventKind.PERMISSION, DURING, publish=Publish.UNNAMED)
        events.add_event(session, one, EventKind.REMOVED, LATER, by=lead, reason="A name in it")
        first, second = events.list_events(session, one)
        assert (first.kind, first.at, first.publish) == (
            EventKind.PERMISSION,
            DURING,
            Publish.UNNAMED,
        )
        assert (first.by, first.reason) == ("", "")
        assert (second.kind, second.by, second.reason) == (
            EventKind.REMOVED,
            lead.name,
            "A name in it",
        )

    def test_the_same_can_happen_to_several_each_with_its_own_number(
        self, session: Session
    ) -> None:
        one, two = sent(session), sent(session)
        events.add_event(session, one, EventKind.PERMISSION, DURING, publish=Publish.UNNAMED)
        events.add_events(session, [one, two], EventKind.RELEASED, LATER, by=a_lead())
        assert [each.kind for each in events.list_events(session, one)] == [
            EventKind.PERMISSION,
            EventKind.RELEASED,
        ]
        assert [each.kind for each in events.list_events(session, two)] == [EventKind.RELEASED]
        events.add_events(session, [], EventKind.RELEASED, LATER)

    def test_a_permission_says_which_and_nothing_else_does(self, session: Session) -> None:
        one = sent(session)
        for kind, publish in (
            (EventKind.PERMISSION, None),
            (EventKind.RELEASED, Publish.NAMED),
        ):
            with pytest.raises(IntegrityError), session.begin_nested():
                events.add_event(session, one, kind, DURING, publish=publish)


class TestCounting:
    def test_every_count_says_the_same_as_the_rule(self, session: Session) -> None:
        """Every combination of two events, held or not, late or not, in one consultation."""
        lead = a_lead()
        model, noise = sent(session), sent(session, "noise")
        events.add_event(session, noise, EventKind.REMOVED, DURING, by=lead)
        sent(session, "noise")
        table = table_of(SubmissionRow)
        columns = dict(session.execute(select(table).where(table.c.id == model)).one()._mapping)
        expected: list[Standing] = [Standing.COUNTS]
        for late in (False, True):
            for held in ("", SURGE, f"trap\n{SURGE}"):
                for kinds in [
                    chosen for size in range(3) for chosen in combinations(EventKind, size)
                ]:
                    copied = new_id()
                    session.execute(
                        table.insert().values(
                            columns
                            | {
                                "id": copied,
                                "key_hash": copied.hex,
                                "code_hash": copied.hex,
                                "reference": copied.hex,
                                "lodged_late": late,
                                "held_for": held,
                            }
                        )
                    )
                    session.execute(table_of(AnswerRow).insert().values(_an_answer(copied)))
                    for kind in kinds:
                        publish = Publish.UNNAMED if kind is EventKind.PERMISSION else None
                        events.add_event(session, copied, kind, DURING, publish=publish, by=lead)
                    expected.append(
                        standing_of(lodged_late=late, held_for=held.split(), kinds=set(kinds))
                    )
        one = consultation_of(session)
        counting = expected.count(Standing.COUNTS)
        assert 1 < counting < len(expected)
        assert counts.count_submissions(session, one) == counting
        assert counts.count_by_class(session, one) == {("individual", "governor"): counting}
        assert counts.count_by_day(session, one) == {DURING.date(): counting}
        assert counts.count_by_item(session, one) == {COMMENT.item: counting}
        assert counts.count_received(session, one) == len(expected)
        assert counts.count_held(session, one) == expected.count(Standing.HELD)
        assert counts.count_late(session, one) == expected.count(Standing.LATE)
        held_ones = submissions.list_held(session, one, 999)
        assert len(held_ones) == expected.count(Standing.HELD)
        assert len(submissions.list_held(session, one, 3)) == 3
        assert len(submissions.list_late(session, one, 999)) == expected.count(Standing.LATE)
        only_surge = sum(each.held_for == (SURGE,) for each in held_ones)
        assert counts.count_surge(session, one) == only_surge > 0
        assert counts.count_submissions(session, consultation_of(session, "noise")) == 1

    def test_what_is_over_is_in_no_total(self, session: Session) -> None:
        one = sent(session)
        sent(session)
        events.add_event(session, one, EventKind.WITHDRAWN, DURING)
        assert services.totals_of(session, consultation_of(session)).submitted == 1


def _an_answer(submission_id: uuid.UUID) -> dict[str, object]:
    return {
        "id": new_id(),
        "submission_id": submission_id,
        "item_key": COMMENT.item,
        "question_key": COMMENT.question,
        "position": "",
        "item_digest": "sha256:0",
        "questionnaire_version": "1.0.0",
        "language": "",
        "choice": "",
        "text_digest": "",
    }


class TestFinding:
    def test_a_response_is_found_by_its_reference_within_its_consultation(
        self, session: Session
    ) -> None:
        one, noise = sent(session), sent(session, "noise")
        here, there = consultation_of(session), consultation_of(session, "noise")
        reference = submissions.find_reference(session, one)
        assert reference is not None
        found = submissions.find_by_reference(session, here, reference)
        assert found is not None
        assert found.id == one
        assert submissions.find_by_reference(session, there, reference) is None
        assert submissions.lock_by_reference(session, there, reference) is None
        assert submissions.find_reference(session, noise) != reference
        assert submissions.find_reference(session, new_id()) is None
        with pytest.raises(LookupError):
            submissions.lock_by_id(session, new_id())


class TestErasing:
    def test_words_names_and_the_spent_draft_go_and_the_rest_stays(self, session: Session) -> None:
        noise, one = sent(session), sent(session)
        before = submissions.lock_by_id(session, one)
        erasures.erase_words(session, before)
        after = submissions.lock_by_id(session, one)
        assert (after.respondent.name, after.reference) == ("", before.reference)
        assert [answer.given.text for answer in after.answers] == [""]
        for table in ("answer_text", "submission_person", "draft", "draft_answer"):
            left = session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608  Our tables.
            assert left == 1, table
        digests = session.scalars(select(AnswerRow.text_digest)).all()
        assert all(digests)
        kept = submissions.lock_by_id(session, noise)
        assert (kept.respondent.name, kept.answers[0].given.text) == (
            "Sam Okafor",
            "Say who listens.",
        )

    def test_a_name_is_kept_changed_and_erased_beside_what_else_is_known(
        self, session: Session
    ) -> None:
        noise = sent(session)
        nameless = sent(session, name="", publish=Publish.UNNAMED)
        erasures.keep_name(session, nameless, "")
        assert session.execute(text("SELECT count(*) FROM submission_person")).scalar_one() == 1
        erasures.keep_name(session, nameless, "Robin")
        assert submissions.lock_by_id(session, nameless).respondent.name == "Robin"
        erasures.keep_name(session, nameless, "")
        assert submissions.lock_by_id(session, nameless).respondent.name == ""
        assert submissions.lock_by_id(session, noise).respondent == a_respondent()
