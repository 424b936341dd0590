"""The blank consultation: what is consulted on, with room to answer on paper or on a screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from exports.consultation_items import (
    NO_ANSWERS,
    Ask,
    Item,
    asks,
    competency_item,
    domain_item,
    overall_item,
    profile_item,
)
from exports.consultation_material import Material
from exports.document import stage_of_version
from exports.fields import Field
from exports.forms import form_fields
from exports.templating import LONDON
from frameworks.questions import Question


class Size(StrEnum):
    """How large its text is: as that of other documents, or 18 points at the least."""

    STANDARD = "standard"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a consultation says about itself; both times are aware."""

    slug: str
    title: str
    organisation: str
    purpose: str
    open_to_change: str
    not_open_to_change: str
    use_of_answers: str
    contact: str
    opens_at: dt.datetime
    closes_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AboutYou:
    """Some questions about the respondent, with what has to be known before they are answered."""

    title: str
    guidance: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class AboutPart:
    """The same on the page."""

    title: str
    guidance: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class DomainPart:
    """A domain with what is asked about each of its competencies, and about itself."""

    title: str
    looks_like: str
    competencies: tuple[Item, ...]
    whole: Item


@dataclass(frozen=True, slots=True)
class ConsultationForm:
    """All that is printed of a consultation that nobody has answered yet."""

    template: ClassVar[str] = "consultation_form"

    size: Size
    invitation: Invitation
    framework_title: str
    questionnaire: str
    about: tuple[AboutPart, ...]
    domains: tuple[DomainPart, ...]
    positions: tuple[Item, ...]
    overall: Item
    language: str
    shown_in: str
    """The tag of the language variant that is shown; empty for the framework's own words."""

    citation: str
    digest: str

    @property
    def kind(self) -> str:
        """What the form is called."""
        return "Response form" if self.size is Size.STANDARD else "Response form in large print"

    @property
    def title(self) -> str:
        """The consultation's title."""
        return self.invitation.title

    @property
    def mark(self) -> str:
        """What its version is that is not final."""
        return stage_of_version(self.citation.partition("@")[2]).upper()

    @property
    def made_on(self) -> dt.date:
        """The day in London on which the consultation opens."""
        return self.invitation.opens_at.astimezone(LONDON).date()

    @property
    def is_large(self) -> bool:
        """Whether it is in large print."""
        return self.size is Size.LARGE

    @property
    def continuation(self) -> tuple[Field, ...]:
        """The boxes of the last pages, for what did not fit."""
        return form_fields.CONTINUATION

    @property
    def items(self) -> Iterator[Item]:
        """Everything that is asked about, in printed order."""
        for domain in self.domains:
            yield from domain.competencies
            yield domain.whole
        yield from self.positions
        yield self.overall

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is asked about the respondent, every question, and the continuation."""
        return (
            *(field for part in self.about for ask in part.asks for field in ask.fields),
            *(field for item in self.items for field in item.fields),
            *self.continuation,
        )

    @property
    def form(self) -> Mapping[str, str]:
        """The consultation, its questionnaire, the size of the print, and the variant shown."""
        return {
            "consultation": self.invitation.slug,
            "questionnaire": self.questionnaire,
            "size": self.size.value,
            **({"language": self.shown_in} if self.shown_in else {}),
        }


def make_consultation_form(
    material: Material,
    *,
    invitation: Invitation,
    about: Sequence[AboutYou],
    size: Size = Size.STANDARD,
) -> ConsultationForm:
    """Return the form of a consultation with every question it asks.

    `about` comes first, part by part; the item of its questions must be none of the framework's.
    """
    framework = material.framework
    return ConsultationForm(
        size=size,
        invitation=invitation,
        framework_title=framework.title,
        questionnaire=material.questionnaire,
        about=tuple(
            AboutPart(each.title, each.guidance, asks(each.questions, NO_ANSWERS)) for each in about
        ),
        domains=tuple(
            DomainPart(
                title=domain.title,
                looks_like=domain.looks_like,
                competencies=tuple(
                    competency_item(material, each) for each in domain.all_competencies()
                ),
                whole=domain_item(material, domain),
            )
            for domain in framework.domains
        ),
        positions=tuple(profile_item(material, each) for each in framework.profiles),
        overall=overall_item(material),
        # What we say around the framework's words is in its own language whichever is shown.
        language=material.published.framework.language,
        shown_in=material.language,
        citation=str(material.published.reference),
        digest=material.published.digest,
    )
