"""Who somebody is in a review: named in it, preparing it, or allowed to read along."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from webapp.appraisals.reviews import Person, Review
from webapp.appraisals.states import NotTheirs, ReviewState
from webapp.security import Identity, Relation, Role


@dataclass(frozen=True, slots=True)
class Doer:
    """Who did something: in which relation, by which account or invitation, under which name."""

    relation: Relation
    name: str
    account_id: uuid.UUID | None = None
    participant_id: uuid.UUID | None = None


def persons_of(identity: Identity, review: Review) -> tuple[Person, ...]:
    """Return which of the people named in a review this is; often none, sometimes two."""
    mine = {each.participant_id for each in identity.participations}
    return tuple(
        person
        for person in review.people
        if person.participant_id is not None and person.participant_id in mine
    )


def relations_of(identity: Identity, review: Review) -> frozenset[Relation]:
    """Return every relation of somebody to a review.

    A secretary is its preparer only until the appraiser approves it, and reads along only
    while the appraiser grants that.
    """
    named = frozenset(person.relation for person in persons_of(identity, review))
    if identity.account_id is None or not identity.holds(
        Role.BOARD_SECRETARY, review.organisation_id
    ):
        return named
    prepares = review.state is ReviewState.PREPARED and review.prepared_by == identity.account_id
    preparing = frozenset({Relation.PREPARER} if prepares else ())
    reading = frozenset({Relation.READER} if review.secretaries_read else ())
    return named | preparing | reading


def human_id(identity: Identity, review: Review) -> uuid.UUID:
    """Return what stands for one human being in a review, however they come in.

    The account, also of somebody who came by a link to its address; otherwise the person named.
    Raises NotTheirs for somebody who is neither.
    """
    if identity.account_id is not None:
        return identity.account_id
    for person in persons_of(identity, review):
        return person.account_id or person.id
    raise NotTheirs("This is for people who are named in the review.")


def doer(identity: Identity, review: Review, *relations: Relation) -> Doer:
    """Return who acts, in the first of these relations that they have; raises NotTheirs."""
    held = relations_of(identity, review)
    for relation in relations:
        if relation not in held:
            continue
        for person in persons_of(identity, review):
            if person.relation is relation:
                return Doer(relation, person.name, identity.account_id, person.participant_id)
        return Doer(relation, identity.name, identity.account_id)
    raise NotTheirs(f"This is for the {' or '.join(sorted(relations))}.")
