"""Where a review stands and what leads on."""

from __future__ import annotations

import pytest

from webapp.appraisals.states import (
    LABELS,
    NotTheirs,
    ReviewState,
    Step,
    StepRefused,
    may_take,
    take_step,
)
from webapp.security import Relation

APPRAISER = frozenset({Relation.APPRAISER})
LEADS = {
    (Step.APPROVE, ReviewState.PREPARED): ReviewState.DRAFT,
    (Step.SHARE, ReviewState.DRAFT): ReviewState.SHARED,
    (Step.FINISH, ReviewState.SHARED): ReviewState.READY,
    (Step.FINISH, ReviewState.AMENDING): ReviewState.READY,
    (Step.REOPEN, ReviewState.READY): ReviewState.SHARED,
    (Step.AMEND, ReviewState.SIGNING): ReviewState.AMENDING,
    (Step.AMEND, ReviewState.SIGNED): ReviewState.AMENDING,
    (Step.WITHDRAW, ReviewState.PREPARED): ReviewState.WITHDRAWN,
    (Step.WITHDRAW, ReviewState.DRAFT): ReviewState.WITHDRAWN,
    (Step.WITHDRAW, ReviewState.SHARED): ReviewState.WITHDRAWN,
}


@pytest.mark.parametrize("state", ReviewState)
@pytest.mark.parametrize("step", Step)
def test_a_step_leads_on_from_its_states_and_from_no_other(step: Step, state: ReviewState) -> None:
    expected = LEADS.get((step, state))

    assert may_take(step, state, APPRAISER) == (expected is not None)
    if expected is None:
        with pytest.raises(StepRefused):
            take_step(step, state, APPRAISER, 1)
    else:
        assert take_step(step, state, APPRAISER, 1) is expected


def test_an_amendment_that_is_opened_again_is_an_amendment_still() -> None:
    assert take_step(Step.REOPEN, ReviewState.READY, APPRAISER, 2) is ReviewState.AMENDING


@pytest.mark.parametrize("relation", [each for each in Relation if each is not Relation.APPRAISER])
@pytest.mark.parametrize("step", Step)
def test_only_the_appraiser_takes_a_review_on(step: Step, relation: Relation) -> None:
    held = frozenset({relation})
    if step is Step.WITHDRAW and relation is Relation.PREPARER:
        assert may_take(step, ReviewState.PREPARED, held)
        return
    assert not any(may_take(step, state, held) for state in ReviewState)
    with pytest.raises(NotTheirs):
        take_step(step, ReviewState.DRAFT, held, 1)


def test_a_signed_review_is_neither_drafted_nor_signable() -> None:
    signed = ReviewState.SIGNED

    assert (signed.is_drafted, signed.is_signable, signed.is_complete) == (False, False, True)


def test_every_state_has_words() -> None:
    assert set(LABELS) == set(ReviewState)
    assert all(state.label for state in ReviewState)
