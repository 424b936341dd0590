"""What a lead decides about responses that are held, late or wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories.consultations import AFTER, SECRETS, a_lead
from tests.factories.writing import LIBRARY, Writer, an_open_consultation
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import NotThatDecision
from webapp.consultations.response import Submission
from webapp.consultations.store import counts
from webapp.consultations.submissions import SURGE, Decision, EventKind, Standing
from webapp.persistence import Database, Session

LEAD = a_lead()


@pytest.fixture
def consultation(session: Session) -> Consultation:
    noise = an_open_consultation(session, "noise")
    send(session, noise, held_for=(SURGE,))
    return an_open_consultation(session)


def send(session: Session, consultation: Consultation, **changes: object) -> str:
    """Send a response and return its reference."""
    writer = Writer(session, consultation)
    writer.write_everything()
    return writer.send(**changes).reference


def lodge(session: Session, consultation: Consultation) -> str:
    """Lodge a response late and return its reference."""
    writer = Writer(session, consultation)
    writer.write_everything()
    return services.lodge_response(
        session,
        slug=consultation.slug,
        token=writer.token,
        key=writer.key,
        reason="Our board met too late.",
        library=LIBRARY,
        secrets=SECRETS,
        now=AFTER,
    ).reference


def decide(
    session: Session, consultation: Consultation, reference: str, decision: Decision
) -> Submission:
    return services.decide(
        session,
        consultation_id=consultation.id,
        reference=reference,
        decision=decision,
        reason="Because.",
        by=LEAD,
        now=AFTER,
    )


def release(
    session: Session,
    consultation: Consultation,
    references: tuple[str, ...] | None,
    at_once: int = 500,
) -> int:
    return services.release_responses(
        session,
        consultation_id=consultation.id,
        references=references,
        reason="All of them are genuine.",
        by=LEAD,
        now=AFTER,
        at_once=at_once,
    )


class TestWhatWaits:
    def test_held_and_late_ones_are_listed_apart_with_why(
        self, session: Session, consultation: Consultation
    ) -> None:
        send(session, consultation)
        held = send(session, consultation, held_for=("trap", SURGE))
        late = lodge(session, consultation)
        waiting = services.list_waiting(session, consultation.id)
        assert [(each.reference, each.held_for) for each in waiting.held] == [
            (held, ("trap", SURGE))
        ]
        assert [(each.reference, each.late_reason) for each in waiting.late] == [
            (late, "Our board met too late.")
        ]
        assert (waiting.held_number, waiting.late_number, waiting.surge_number) == (1, 1, 0)
        assert services.count_waiting(session, consultation.id) == 2

    def test_what_was_decided_waits_no_longer(
        self, session: Session, consultation: Consultation
    ) -> None:
        for decision in (Decision.RELEASE, Decision.SET_ASIDE, Decision.REMOVE):
            reference = send(session, consultation, held_for=(SURGE,))
            decide(session, consultation, reference, decision)
        decide(session, consultation, lodge(session, consultation), Decision.DECLINE)
        assert services.count_waiting(session, consultation.id) == 0

    def test_a_reference_may_be_typed_in_any_way_and_is_of_this_consultation(
        self, session: Session, consultation: Consultation
    ) -> None:
        reference = send(session, consultation)
        elsewhere = send(session, an_open_consultation(session, "elsewhere"))
        for typed in (
            reference,
            f" {reference.lower()} ",
            reference.replace("-", ""),
            reference[3:],
            reference.replace("-", " "),
        ):
            found = services.find_response(session, consultation.id, typed)
            assert found is not None, typed
            assert found.reference == reference
        for typed in (elsewhere, "", "BM", "BM-0000-0000", "%"):
            assert services.find_response(session, consultation.id, typed) is None


class TestDeciding:
    def test_a_decision_is_recorded_with_who_and_why(
        self, session: Session, consultation: Consultation
    ) -> None:
        reference = send(session, consultation, held_for=("trap",))
        after = decide(session, consultation, reference, Decision.RELEASE)
        (event,) = after.events
        assert (event.kind, event.by, event.reason, event.at) == (
            EventKind.RELEASED,
            LEAD.name,
            "Because.",
            AFTER,
        )
        assert after.standing is Standing.COUNTS
        assert services.totals_of(session, consultation.id).submitted == 1

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            (Decision.SET_ASIDE, Decision.RELEASE, Standing.COUNTS),
            (Decision.DECLINE, Decision.ADMIT, Standing.COUNTS),
            (Decision.RELEASE, Decision.REMOVE, Standing.REMOVED),
            (Decision.ADMIT, Decision.REMOVE, Standing.REMOVED),
        ],
    )
    def test_what_was_kept_out_can_be_let_in_and_what_counts_be_removed(
        self,
        session: Session,
        consultation: Consultation,
        first: Decision,
        second: Decision,
        expected: Standing,
    ) -> None:
        is_late = first in (Decision.ADMIT, Decision.DECLINE)
        reference = (
            lodge(session, consultation)
            if is_late
            else send(session, consultation, held_for=("trap",))
        )
        decide(session, consultation, reference, first)
        with pytest.raises(NotThatDecision):
            decide(session, consultation, reference, first)
        assert decide(session, consultation, reference, second).standing is expected

    @pytest.mark.parametrize(
        "decision", [Decision.RELEASE, Decision.SET_ASIDE, Decision.ADMIT, Decision.DECLINE]
    )
    def test_what_counts_can_only_be_removed(
        self, session: Session, consultation: Consultation, decision: Decision
    ) -> None:
        reference = send(session, consultation)
        with pytest.raises(NotThatDecision):
            decide(session, consultation, reference, decision)
        assert services.totals_of(session, consultation.id).submitted == 1

    def test_a_response_to_another_consultation_is_out_of_reach(
        self, session: Session, consultation: Consultation
    ) -> None:
        elsewhere = an_open_consultation(session, "elsewhere")
        reference = send(session, elsewhere, held_for=(SURGE,))
        for decision in Decision:
            with pytest.raises(LookupError):
                decide(session, consultation, reference, decision)
        assert release(session, consultation, (reference,)) == 0
        assert counts.count_held(session, elsewhere.id) == 1


class TestReleasingTogether:
    def test_those_that_are_named_and_still_held_are_released(
        self, session: Session, consultation: Consultation
    ) -> None:
        one, two, three = (send(session, consultation, held_for=(SURGE,)) for _ in range(3))
        decide(session, consultation, one, Decision.SET_ASIDE)
        counting = send(session, consultation)
        assert release(session, consultation, (one, two, counting, "BM-0000-0000")) == 1
        assert counts.count_held(session, consultation.id) == 1
        assert services.totals_of(session, consultation.id).submitted == 2
        found = services.find_response(session, consultation.id, three)
        assert found is not None
        assert found.standing is Standing.HELD

    def test_all_of_a_surge_are_released_but_not_what_is_held_for_more(
        self, session: Session, consultation: Consultation
    ) -> None:
        for _ in range(5):
            send(session, consultation, held_for=(SURGE,))
        send(session, consultation, held_for=("trap", SURGE))
        assert services.list_waiting(session, consultation.id).surge_number == 5
        assert release(session, consultation, None, at_once=2) == 5
        assert counts.count_held(session, consultation.id) == 1
        assert services.totals_of(session, consultation.id).submitted == 5
        assert release(session, consultation, None) == 0


class TestAtOnce:
    def test_two_leads_decide_once(self, database: Database) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            references = tuple(send(session, consultation, held_for=(SURGE,)) for _ in range(4))

        def let_go(number: int) -> int:
            with database.writing() as own:
                return release(own, consultation, None if number % 2 else references)

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(let_go, range(4))) == 4
        with database.reading() as session:
            for reference in references:
                found = services.find_response(session, consultation.id, reference)
                assert found is not None
                assert len(found.events) == 1

    def test_of_two_different_decisions_one_is_recorded(self, database: Database) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            reference = lodge(session, consultation)

        def one(decision: Decision) -> bool:
            with database.writing() as own:
                try:
                    decide(own, consultation, reference, decision)
                except NotThatDecision:
                    return False
                return True

        with ThreadPoolExecutor(6) as pool:
            taken = list(pool.map(one, [Decision.ADMIT, Decision.ADMIT, Decision.REMOVE] * 2))
        with database.reading() as session:
            found = services.find_response(session, consultation.id, reference)
        assert found is not None
        assert found.standing is Standing.REMOVED
        assert len(found.events) == sum(taken) <= 2
