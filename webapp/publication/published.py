"""What everybody reads of responses, once they are published."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from webapp.consultations.respondents import Channel, RespondsAs
from webapp.consultations.response import SentAnswer


@dataclass(frozen=True, slots=True)
class PublishedResponse:
    """A response as everybody reads it; `name` and `role` are empty where it is unnamed."""

    id: uuid.UUID
    reference: str
    responds_as: RespondsAs
    respondent_class: str
    channel: Channel
    name: str
    role: str
    interests: str
    answers: tuple[SentAnswer, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything in it that can be read."""
        said = (answer.given.text for answer in self.answers)
        return tuple(each for each in (*said, self.name, self.role, self.interests) if each)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in published responses; empty parts are not asked for."""

    words: tuple[str, ...] = ()
    respondent_class: str = ""
    item: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not (self.words or self.respondent_class or self.item)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and how many there are altogether."""

    responses: tuple[PublishedResponse, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Comment:
    """What one published response says about an item; its answers are those about that alone."""

    response: PublishedResponse
    answers: tuple[SentAnswer, ...]


@dataclass(frozen=True, slots=True)
class PublishedNumbers:
    """How much is published, and why the rest is not, as counts that may be shown.

    Each count that is not shown is None: so few responses could be told from one another.
    """

    published: int
    not_allowed: int | None = 0
    withheld: int | None = 0
    waiting: int | None = 0
    is_complete: bool = field(default=False)
    """Whether every response that counts is published."""


@dataclass(frozen=True, slots=True)
class Quote:
    """An answer that may be quoted: the words that everybody reads, and whose they are."""

    answer_id: uuid.UUID
    reference: str
    text: str
    respondent_class: str
    name: str
    """Of the organisation or the person; empty where it is quoted without a name."""
    is_redacted: bool
