"""Where a review stands, which steps lead on from there, and who takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from webapp.security import Relation


class ReviewState(StrEnum):
    """Where a review stands.

    prepared: by a secretary, waiting for the appraiser's approval. draft: the appraiser's alone.
    shared: the appraisee reads along and comments. ready: frozen as a revision, nobody has
    signed. signing: somebody has signed. signed: everybody has, and it never changes.
    amending: the next revision is written beside the one before. withdrawn: started by mistake.
    """

    PREPARED = "prepared"
    DRAFT = "draft"
    SHARED = "shared"
    READY = "ready"
    SIGNING = "signing"
    SIGNED = "signed"
    AMENDING = "amending"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state in words, for a list."""
        return LABELS[self]

    @property
    def is_drafted(self) -> bool:
        """Whether the text of the newest revision may still change."""
        return self in (self.PREPARED, self.DRAFT, self.SHARED, self.AMENDING)

    @property
    def is_signable(self) -> bool:
        """Whether the newest revision is frozen and waits for a signature."""
        return self in (self.READY, self.SIGNING)

    @property
    def is_complete(self) -> bool:
        """Whether everybody has signed the newest revision."""
        return self is self.SIGNED


LABELS: Mapping[ReviewState, str] = {
    ReviewState.PREPARED: "Waiting for the appraiser’s approval",
    ReviewState.DRAFT: "Draft",
    ReviewState.SHARED: "Shared with the person appraised",
    ReviewState.READY: "Ready to sign",
    ReviewState.SIGNING: "Being signed",
    ReviewState.SIGNED: "Signed",
    ReviewState.AMENDING: "Being amended",
    ReviewState.WITHDRAWN: "Withdrawn",
}


class Step(StrEnum):
    """What takes a review from one state to the next; a signature is in `signing`."""

    APPROVE = "approve"
    SHARE = "share"
    FINISH = "finish"
    REOPEN = "reopen"
    AMEND = "amend"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states a step leads on, and the relations of those who may take it."""

    before: tuple[ReviewState, ...]
    by: frozenset[Relation]
    refusal: str


APPRAISER = frozenset({Relation.APPRAISER})

RULES: Mapping[Step, Rule] = {
    Step.APPROVE: Rule(
        (ReviewState.PREPARED,), APPRAISER, "This review has been approved or withdrawn already."
    ),
    Step.SHARE: Rule(
        (ReviewState.DRAFT,), APPRAISER, "Only a draft that is not shared yet can be shared."
    ),
    Step.FINISH: Rule(
        (ReviewState.SHARED, ReviewState.AMENDING),
        APPRAISER,
        "Share the review with the person appraised before you finish it.",
    ),
    Step.REOPEN: Rule(
        (ReviewState.READY,),
        APPRAISER,
        "Only a finished review that nobody has signed can be opened again.",
    ),
    # A review that the next person will not sign must have a way on, so it need not be signed
    # by everybody before it can be amended.
    Step.AMEND: Rule(
        (ReviewState.SIGNING, ReviewState.SIGNED),
        APPRAISER,
        "Only a review that somebody has signed is amended.",
    ),
    Step.WITHDRAW: Rule(
        (ReviewState.PREPARED, ReviewState.DRAFT, ReviewState.SHARED),
        frozenset({Relation.APPRAISER, Relation.PREPARER}),
        "A review that is finished or signed cannot be withdrawn.",
    ),
}


class StepRefused(Exception):
    """The review does not stand where this step begins; the text says what to do."""


class NotTheirs(Exception):
    """This person is not one of those who may do this with the review."""


def take_step(
    step: Step, state: ReviewState, relations: frozenset[Relation], number: int
) -> ReviewState:
    """Return the state that a step leads to; `number` is that of the newest revision, from 1.

    Raises NotTheirs for the wrong person, and StepRefused where the step does not begin here.
    """
    rule = RULES[step]
    if relations.isdisjoint(rule.by):
        raise NotTheirs(f"This step ({step}) is for the {' or '.join(sorted(rule.by))}.")
    if state not in rule.before:
        raise StepRefused(rule.refusal)
    match step:
        case Step.APPROVE:
            return ReviewState.DRAFT
        case Step.SHARE:
            return ReviewState.SHARED
        case Step.FINISH:
            return ReviewState.READY
        case Step.REOPEN:
            return ReviewState.SHARED if number == 1 else ReviewState.AMENDING
        case Step.AMEND:
            return ReviewState.AMENDING
        case Step.WITHDRAW:
            return ReviewState.WITHDRAWN


def may_take(step: Step, state: ReviewState, relations: frozenset[Relation]) -> bool:
    """Say whether to offer a step to somebody."""
    rule = RULES[step]
    return state in rule.before and not relations.isdisjoint(rule.by)
