"""Whose signature comes next, in which words, and who a step belongs to."""

from __future__ import annotations

from collections.abc import Collection

from frameworks.model import Accountability, SignatureStep, Signer
from webapp.security import Relation


class OutOfTurn(Exception):
    """Somebody else signs first, or this step is signed already; the text says which."""


RELATIONS = {
    Signer.APPRAISER: Relation.APPRAISER,
    Signer.APPRAISEE: Relation.APPRAISEE,
    Signer.SIGNATORY: Relation.SIGNATORY,
}


def relation_of(step: SignatureStep) -> Relation:
    """Return the relation to the review of the person who signs a step."""
    return RELATIONS[step.by]


def step_of(rule: Accountability, step_key: str) -> SignatureStep:
    """Return the step with this key; KeyError if the rule has none."""
    for step in rule.signatures:
        if step.key == step_key:
            return step
    raise KeyError(step_key)


def place_of(rule: Accountability, step_key: str) -> int:
    """Return the place of a step in the order of signatures, from 1; KeyError if it has none."""
    for place, step in enumerate(rule.signatures, start=1):
        if step.key == step_key:
            return place
    raise KeyError(step_key)


def next_step(rule: Accountability, signed: Collection[str]) -> SignatureStep | None:
    """Return the first step that is not among the keys of those signed; None after the last."""
    return next((step for step in rule.signatures if step.key not in signed), None)


def third_persons(rule: Accountability) -> tuple[SignatureStep, ...]:
    """Return the steps signed by somebody other than appraiser and appraisee."""
    return tuple(step for step in rule.signatures if step.by is Signer.SIGNATORY)


def check_turn(rule: Accountability, step_key: str, signed: Collection[str]) -> SignatureStep:
    """Return the step if it is the one to be signed now; raises OutOfTurn if it is not."""
    awaited = next_step(rule, signed)
    if awaited is not None and awaited.key == step_key:
        return awaited
    if step_key in signed:
        raise OutOfTurn("This has been signed already.")
    if awaited is None:
        raise OutOfTurn("Everybody has signed.")
    raise OutOfTurn(f"{awaited.title} signs first.")
