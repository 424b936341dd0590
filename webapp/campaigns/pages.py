"""What the pages of campaigns show, as frozen values."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.campaigns.campaign import Campaign, Decision, DecisionKind, InGroup, UsedText, Verdict
from webapp.campaigns.grouping import Kind
from webapp.campaigns.shared_words import Personal, Template, compare
from webapp.consultations.asking import Asking
from webapp.consultations.respondents import label_of

ON_A_PAGE = 20
"""How many responses of a group one page shows with their words."""

VERDICT_WORDS = {
    Verdict.UNDECIDED: ("Not decided yet", "yellow"),
    Verdict.CAMPAIGN: ("Campaign", "blue"),
    Verdict.NOT_A_CAMPAIGN: ("Not a campaign", "grey"),
}
KIND_WORDS = {Kind.IDENTICAL: "The same words", Kind.NEAR: "Nearly the same words"}
DECISION_WORDS = {
    DecisionKind.NAMED: "Named ‘{name}’",
    DecisionKind.CAMPAIGN: "Said to be a campaign",
    DecisionKind.NOT_A_CAMPAIGN: "Said not to be a campaign",
    DecisionKind.MOVED_OUT: "Response {reference} moved out",
    DecisionKind.PUT_BACK: "Response {reference} put back",
}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group as the list shows it; `template` is that of its first set text."""

    campaign: Campaign
    verdict: str
    colour: str
    kind: str
    kinds: tuple[tuple[str, int], ...]
    template: str
    others: int
    """How many more set texts it has."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A text of a response beside its template, and what it is about."""

    about: str
    template: Template
    text: str
    personal: Personal


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A response of a group with its texts."""

    reference: str
    submitted_at: dt.datetime
    who: str
    is_out: bool
    texts: tuple[Beside, ...]

    @property
    def is_same(self) -> bool:
        """Whether it has the template and nothing else."""
        return all(each.personal.is_same for each in self.texts)


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in words."""

    what: str
    at: dt.datetime
    by: str
    reason: str


def group_line(
    campaign: Campaign, kinds: Mapping[str, int], templates: Mapping[int, Template]
) -> GroupLine:
    """Return a group as the list shows it, the kinds with most responses first."""
    verdict, colour = VERDICT_WORDS[campaign.verdict]
    first = templates[min(templates)].text if templates else ""
    return GroupLine(
        campaign,
        verdict,
        colour,
        KIND_WORDS[campaign.kind],
        tuple(
            sorted(((label_of(key), n) for key, n in kinds.items()), key=lambda it: (-it[1], it))
        ),
        first,
        max(len(templates) - 1, 0),
    )


def member_line(
    asking: Asking,
    member: InGroup,
    used: Sequence[UsedText],
    templates: Mapping[int, Template],
) -> MemberLine:
    """Return a response with each of its texts beside the template."""
    return MemberLine(
        member.reference,
        member.submitted_at,
        label_of(member.respondent_class),
        member.is_out,
        tuple(
            Beside(
                about(asking, each.item_key),
                templates[each.text_number],
                each.text,
                compare(templates[each.text_number], each.text),
            )
            for each in used
            # What was erased or redacted away has no words to show.
            if each.text and each.text_number in templates
        ),
    )


def member_lines(
    asking: Asking,
    members: Sequence[InGroup],
    used: Mapping[uuid.UUID, Sequence[UsedText]],
    templates: Mapping[int, Template],
) -> tuple[MemberLine, ...]:
    """Return several responses with their texts."""
    return tuple(
        member_line(asking, each, used.get(each.submission_id, ()), templates) for each in members
    )


def decision_lines(decisions: Sequence[Decision]) -> tuple[DecisionLine, ...]:
    """Return decisions in words."""
    return tuple(
        DecisionLine(
            DECISION_WORDS[each.kind].format(name=each.name, reference=each.reference),
            each.at,
            each.by,
            each.reason,
        )
        for each in decisions
    )


def about(asking: Asking, item_key: str) -> str:
    """Return what an item is called."""
    item = asking.items.get(item_key)
    return item.title if item else item_key
