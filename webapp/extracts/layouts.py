"""What the columns of an export are, and which rows a response makes in which of its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from exports.tables.writing import Column
from frameworks.questions import Question
from webapp.consultations.asking import Asking, Item
from webapp.consultations.respondents import label_of
from webapp.extracts.extract import Options
from webapp.extracts.said import IS_NONE, SaidAnswer, SaidResponse
from webapp.extracts.words import PUBLISHING, STANDINGS, uk_moment, yes_or_no

Cells = Mapping[str, str]
"""The texts of a row by the key of their column; what is left out is empty."""

_NAMES = (
    Column("respondent", "Respondent"),
    Column("role", "Role"),
    Column("gathered", "How the organisation’s view was gathered"),
    Column("interests", "Interests declared"),
)
WHO = (
    Column("responds_as", "Responds as"),
    Column("respondent_type", "Type of respondent"),
    Column("region", "Region"),
)
STANDING = (
    Column("standing", "Standing"),
    Column("publishing", "May be published"),
    Column("late", "Came after closing"),
    Column("channel", "How it came"),
    Column("campaign", "Campaign"),
    Column("edition", "Edition shown"),
)


class RowLayout(Protocol):
    """Makes the rows of a response; each goes to the file of one questionnaire version."""

    def columns(self, version: str) -> tuple[Column, ...]:
        """Return the columns of the file for a version."""

    def rows(self, response: SaidResponse) -> Iterator[tuple[str, Cells]]:
        """Yield the rows of a response, each with its version."""


class Questions:
    """Finds what an answer is about in the words of the version that it answered."""

    def __init__(self, asking: Asking) -> None:
        """Take what the consultation asks and asked."""
        self._asking = asking.own
        self._known: dict[str, Mapping[str, tuple[int, int]]] = {}

    @property
    def versions(self) -> tuple[str, ...]:
        """Every version of the questionnaire that was asked, the first in front."""
        return tuple(each.questionnaire.version for each in self._asking.every_version)

    def version_of(self, answer: SaidAnswer) -> str:
        """Return the version whose file an answer belongs in."""
        return self._asking.in_version(answer.version).questionnaire.version

    def asked_in(self, version: str) -> Asking:
        """Return everything that a version asked."""
        return self._asking.in_version(version)

    def item(self, answer: SaidAnswer) -> Item | None:
        """Return what an answer is about; None where that is not known any more."""
        return self._asking.in_version(answer.version).items.get(answer.key.item)

    def question(self, answer: SaidAnswer) -> Question | None:
        """Return the question of an answer, in the language of the framework."""
        item = self.item(answer)
        return item.by_key.get(answer.key) if item else None

    def as_answered(self, answer: SaidAnswer) -> Question | None:
        """Return the question in the very words that were answered."""
        asked = self._asking.as_answered(answer.language, answer.version)
        item = asked.items.get(answer.key.item)
        return item.by_key.get(answer.key) if item else None

    def in_order(self, answers: Iterable[SaidAnswer]) -> list[SaidAnswer]:
        """Return answers as the consultation asks: by item, question and position."""
        return sorted(answers, key=self._place)

    def _place(self, answer: SaidAnswer) -> tuple[int, int, str]:
        asked = self._asking.in_version(answer.version)
        places = self._places(asked)
        item, question = places.get(str(answer.key), (len(places), 0))
        return item, question, str(answer.key)

    def _places(self, asked: Asking) -> Mapping[str, tuple[int, int]]:
        version = asked.questionnaire.version
        if version not in self._known:
            self._known[version] = {
                str(question.key): (place, number)
                for place, item in enumerate(asked.items.values())
                for number, question in enumerate(item.questions)
            }
        return self._known[version]


def names_of(options: Options) -> tuple[Column, ...]:
    """Return the columns that say who somebody is, where they are asked for."""
    return _NAMES if options.with_names else ()


def campaign_words(response: SaidResponse) -> str:
    """Return to which campaign a response belongs, and whether anybody has decided that."""
    if not response.campaign_number or response.verdict == IS_NONE:
        return ""
    number = f"Group {response.campaign_number}"
    name = f"{number}, {response.campaign}" if response.campaign else number
    return name if response.is_of_campaign else f"{name} (not decided)"


def about(response: SaidResponse) -> dict[str, str]:
    """Return what every layout says of a response."""
    return {
        "response": response.reference,
        "received": uk_moment(response.submitted_at),
        "respondent": response.organisation_name or response.name,
        "role": response.role,
        "gathered": response.gathered,
        "interests": response.interests,
        "responds_as": label_of(response.responds_as),
        "respondent_type": label_of(response.respondent_class),
        "region": label_of(response.region) if response.region else "",
        "standing": STANDINGS.get(response.standing, response.standing),
        "publishing": PUBLISHING.get(response.publish, response.publish),
        "late": yes_or_no(response.lodged_late),
        "channel": label_of(response.channel),
        "campaign": campaign_words(response),
        "edition": str(response.edition),
    }
