"""Whose link to a review somebody may send again, or to another address."""

from __future__ import annotations

from webapp.appraisals.reviews import Person, Review
from webapp.appraisals.states import NotTheirs, ReviewState
from webapp.security import Relation


class AddressRefused(Exception):
    """An address cannot be used; the text says why."""


def reachable(review: Review, relations: frozenset[Relation]) -> tuple[Person, ...]:
    """Return the people to whom somebody with these relations may send links, in order.

    The appraiser reaches everybody else; who prepares a review reaches its appraiser.
    """
    if review.state is ReviewState.WITHDRAWN:
        return ()
    if Relation.APPRAISER in relations:
        return tuple(each for each in review.people if each.relation is not Relation.APPRAISER)
    if Relation.PREPARER in relations:
        return (review.appraiser,)
    return ()


def check_address(
    review: Review, person: Person, email: str, relations: frozenset[Relation]
) -> None:
    """Raise NotTheirs for the wrong asker, AddressRefused where somebody else here has it."""
    if person not in reachable(review, relations):
        raise NotTheirs("Only the appraiser sends links to the others.")
    if any(each.email == email for each in review.people if each.id != person.id):
        raise AddressRefused("Somebody else in this review has this address")
