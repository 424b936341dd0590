"""What every document has, whatever it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from exports.fields import Field
from frameworks.library import Published
from frameworks.versions import SemVer


class Document(Protocol):
    """A finished value with everything its pages need; it is drawn from nothing else."""

    template: ClassVar[str]
    """The name that its template, style sheet and sample share."""

    @property
    def kind(self) -> str:
        """What such a document is called, printed above its title."""

    @property
    def title(self) -> str:
        """The name of this one document among those of its kind."""

    @property
    def mark(self) -> str:
        """What is printed at the head of each page, such as DRAFT; may be empty."""

    @property
    def language(self) -> str:
        """The language of its text, such as en-GB."""

    @property
    def made_on(self) -> dt.date:
        """Its date: of what it says, never of its printing."""

    @property
    def citation(self) -> str:
        """The framework version it rests on, `slug@version`."""

    @property
    def digest(self) -> str:
        """The digest of that version: `sha256:` and 64 hexadecimal digits."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """What can be filled in on paper, in printed order; empty where nothing can be."""

    @property
    def form(self) -> Mapping[str, str]:
        """What is needed besides the version to make the form again; never a person.

        Empty where there are no fields.
        """


class Flat:
    """What a document is that nothing can be written into."""

    __slots__ = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """No fields."""
        return ()

    @property
    def form(self) -> Mapping[str, str]:
        """Nothing: there is no form to make again."""
        return {}


LONGEST_LEAD = 6000
"""How many characters may stand above a box that takes what they leave of its side.

The layout library lays out such a side again for each page that it runs over, which a few pages
bear and a hundred do not. Above more than this a box has a height of its own.
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a list of facts: what it is called and what it says (empty leaves room)."""

    label: str
    value: str = ""


def published_day(published: Published) -> dt.date:
    """Return the date of what is made from a version alone; ValueError if it has none yet."""
    if published.published_on is None:
        raise ValueError(f"{published.reference} has not been published: a document needs a date")
    return published.published_on


def stage_of_version(version: str) -> str:
    """Return what a version is that is not final, such as `For consultation`; empty for a final."""
    match SemVer.parse(version).pre:
        case "":
            return ""
        case "alpha":
            return "Draft"
        case "beta":
            return "For consultation"
        case _:
            return "Candidate"
