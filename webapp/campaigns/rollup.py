"""From set texts to campaigns, each under a number that stays its own."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from webapp.campaigns.grouping import LEAST_RESPONSES, Kind, SetText
from webapp.campaigns.joining import Joined

LEAST_IN_COMMON = 0.5
"""Which part of the smaller of two set texts’ responses have both, for them to be one campaign."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Set texts that mostly the same responses have; a response is in one campaign."""

    texts: tuple[SetText, ...]
    responses: frozenset[uuid.UUID]

    @property
    def kind(self) -> Kind:
        """Whether every text in it is the same as the others of its set."""
        same = all(each.kind is Kind.IDENTICAL for each in self.texts)
        return Kind.IDENTICAL if same else Kind.NEAR


def campaigns_of(set_texts: Sequence[SetText]) -> tuple[Campaign, ...]:
    """Return the campaigns that these set texts make, the largest first.

    Two set texts belong together where at least half of the smaller one’s responses have both. A
    response that has texts of several campaigns is in the one it has most texts of, and of those
    in the largest.
    """
    joined = Joined(len(set_texts))
    for one, other in _sharing(set_texts):
        joined.join(one, other)
    found = joined.groups()
    having: dict[uuid.UUID, list[int]] = defaultdict(list)
    for place, numbers in enumerate(found):
        for number in numbers:
            for response_id in set_texts[number].responses:
                having[response_id].append(place)
    sizes = [len(_responses(set_texts[number] for number in numbers)) for numbers in found]
    responses: dict[int, set[uuid.UUID]] = defaultdict(set)
    for response_id, places in having.items():
        best = max(set(places), key=lambda each: (places.count(each), sizes[each], -each))
        responses[best].add(response_id)
    made = [
        Campaign(tuple(set_texts[number] for number in found[place]), frozenset(chosen))
        for place, chosen in responses.items()
        if len(chosen) >= LEAST_RESPONSES
    ]
    return tuple(sorted(made, key=lambda each: (-len(each.responses), each.texts[0].first)))


def numbered(
    found: Sequence[Campaign], known: Mapping[int, Collection[uuid.UUID]]
) -> tuple[int, ...]:
    """Return the number of each campaign: that of the known one it mostly is, or the next new one.

    It is that campaign where at least half of the smaller one’s responses are in both; the most
    in common goes first.
    """
    pairs = sorted(
        (-len(common), number, place)
        for place, campaign in enumerate(found)
        for number, before in known.items()
        if (common := campaign.responses.intersection(before))
        and len(common) >= LEAST_IN_COMMON * min(len(campaign.responses), len(before))
    )
    given: dict[int, int] = {}
    for _, number, place in pairs:
        if place not in given and number not in given.values():
            given[place] = number
    following = max(known, default=0)
    for place in range(len(found)):
        if place not in given:
            following += 1
            given[place] = following
    return tuple(given[place] for place in range(len(found)))


def _sharing(set_texts: Sequence[SetText]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of set texts that mostly the same responses have."""
    having: dict[uuid.UUID, list[int]] = defaultdict(list)
    for number, each in enumerate(set_texts):
        for response_id in each.responses:
            having[response_id].append(number)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in having.values():
        for place, one in enumerate(numbers):
            for other in numbers[place + 1 :]:
                common[one, other] += 1
    for (one, other), both in sorted(common.items()):
        smaller = min(len(set_texts[one].responses), len(set_texts[other].responses))
        if both >= LEAST_IN_COMMON * smaller:
            yield one, other


def _responses(set_texts: Iterable[SetText]) -> frozenset[uuid.UUID]:
    return frozenset[uuid.UUID]().union(*(each.responses for each in set_texts))
