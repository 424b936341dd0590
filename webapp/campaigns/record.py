"""What was found and decided about campaigns, as entries of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from webapp.campaigns.campaign import Campaign, Decision, DecisionKind, Search
from webapp.consultations.evidence import EvidenceEntry


def searches_as_evidence(searches: Iterable[Search]) -> Iterator[EvidenceEntry]:
    """Yield each search that was done."""
    for search in searches:
        if search.searched_at is not None:
            yield EvidenceEntry(search.searched_at, "campaigns.searched", _of(search), search.by)


def decisions_as_evidence(
    campaign: Campaign, decisions: Iterable[Decision]
) -> Iterator[EvidenceEntry]:
    """Yield each decision about a group."""
    for each in decisions:
        yield EvidenceEntry(
            each.at,
            f"campaigns.{each.kind}",
            f"Group {campaign.number} of responses that say the same {_done(each, campaign)}.",
            each.by,
            why=each.reason,
        )


def _of(search: Search) -> str:
    rules = ", ".join(f"{name} {value:g}" for name, value in sorted(search.rules.items()))
    return (
        f"Responses that say the same were looked for, search {search.number}:"
        f" {search.responses:,} responses that count, {search.found:,} groups found."
        f"\n\nUnder these rules: {rules}."
    )


def _done(decision: Decision, campaign: Campaign) -> str:
    match decision.kind:
        case DecisionKind.NAMED:
            return f"was named “{decision.name or campaign.title}”"
        case DecisionKind.CAMPAIGN:
            return "is a campaign, as was decided"
        case DecisionKind.NOT_A_CAMPAIGN:
            return "is not a campaign, as was decided"
        case DecisionKind.MOVED_OUT:
            return f"no longer has response {decision.reference} in it"
        case DecisionKind.PUT_BACK:
            return f"has response {decision.reference} in it again"
        case _:
            assert_never(decision.kind)
