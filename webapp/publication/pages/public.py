"""What everybody’s pages of published responses show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frameworks.rewording import change_of
from frameworks.wording import TextChange
from webapp.consultations.asking import Asking
from webapp.consultations.pages.languages import as_asked
from webapp.consultations.pages.respondent import KINDS, AnsweredItem, answered_items
from webapp.consultations.respondents import Channel, label_of
from webapp.consultations.response import SentAnswer
from webapp.publication.published import (
    Comment,
    Found,
    PublishedNumbers,
    PublishedResponse,
    Wanted,
)
from webapp.publication.searching import Shown, excerpt, says

CHANNEL_WORDS = {
    Channel.WEB: "",
    Channel.EMAIL: "Came by email",
    Channel.LETTER: "Came by letter",
    Channel.MEETING: "Said at a meeting",
    Channel.TELEPHONE: "Said on the telephone",
    Channel.FORM: "Came on a form",
    Channel.SPREADSHEET: "Came in a spreadsheet",
}
MARK = "[taken out: "


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a published response is from, as far as that may be said."""

    title: str
    """The name, or the kind of respondent where it is unnamed."""
    kind: str
    """The kind beside a name, empty where that is the title."""
    role: str
    channel: str


@dataclass(frozen=True, slots=True)
class Result:
    """One published response in a list."""

    reference: str
    sender: Sender
    excerpt: tuple[Shown, ...]
    items: int
    is_redacted: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a comment: its question, and a suggested wording as a change."""

    question: str
    text: str
    change: TextChange | None
    is_redacted: bool


@dataclass(frozen=True, slots=True)
class SaidAbout:
    """What one published response says about an item."""

    reference: str
    sender: Sender
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ItemLink:
    """An item about which published responses say something, and how many do."""

    key: str
    title: str
    kind: str
    number: int


def sender_of(response: PublishedResponse) -> Sender:
    """Return who a response is from: a name with its kind, or the kind alone."""
    kind = label_of(response.respondent_class)
    return Sender(
        title=response.name or kind,
        kind=kind if response.name else "",
        role=response.role,
        channel=CHANNEL_WORDS[response.channel],
    )


def results(found: Found, wanted: Wanted) -> tuple[Result, ...]:
    """Return the lines of a page of results."""
    return tuple(_result(each, wanted) for each in found.responses)


def item_links(asking: Asking, numbers: Mapping[str, int]) -> tuple[ItemLink, ...]:
    """Return the items that published responses say something about, in the framework’s order."""
    return tuple(
        ItemLink(key, item.title, KINDS[item.asked_of], numbers[key])
        for key, item in asking.items.items()
        if numbers.get(key)
    )


def said_about(asking: Asking, comments: Iterable[Comment]) -> tuple[SaidAbout, ...]:
    """Return what published responses say about one item, each in the words that it was about."""
    return tuple(
        SaidAbout(each.response.reference, sender_of(each.response), _said(asking, each.answers))
        for each in comments
    )


def answered(asking: Asking, response: PublishedResponse) -> tuple[AnsweredItem, ...]:
    """Return everything that a published response says, item by item."""
    known = as_asked(asking, response.answers)
    said = [each for each in response.answers if each.key in known and not each.given.is_blank]
    return answered_items(asking, said)


def is_redacted(response: PublishedResponse) -> bool:
    """Say whether something was taken out of what everybody reads of a response."""
    about = (response.name, response.role, response.interests)
    taken = any(each.is_redacted for each in response.answers)
    return taken or any(MARK in each for each in about)


def not_published(numbers: PublishedNumbers) -> tuple[str, ...]:
    """Return in sentences why other responses are not published, in numbers that tell of nobody."""
    reasons = (
        (numbers.not_allowed, "because their senders did not want it"),
        (numbers.withheld, "because the people who run the consultation withheld them"),
        (numbers.waiting, "because two people have not looked at them yet"),
    )
    if numbers.is_complete:
        return ("Every response that counts is published.",)
    lines = [f"About {n:,} are not published {why}." for n, why in reasons if n]
    if any(n is None for n, _ in reasons):
        lines.append(
            "A small number of others are not published. We do not say how many for each reason, "
            "so that nobody can be recognised. Reasons are that senders did not want it, that the "
            "people who run the consultation withheld a response, or that two people have not "
            "looked at it yet."
        )
    return tuple(lines)


def _result(response: PublishedResponse, wanted: Wanted) -> Result:
    about = [a for a in response.answers if not wanted.item or a.key.item == wanted.item]
    texts: Sequence[str] = [each.given.text for each in about if each.given.text]
    if wanted.words and not any(says([each], [word]) for each in texts for word in wanted.words):
        texts = [each for each in response.texts if each]
    return Result(
        reference=response.reference,
        sender=sender_of(response),
        excerpt=excerpt(texts, wanted.words),
        items=len({each.key.item for each in response.answers}),
        is_redacted=is_redacted(response),
    )


def _said(asking: Asking, answers: Sequence[SentAnswer]) -> tuple[Said, ...]:
    asked = as_asked(asking, answers)
    return tuple(
        Said(
            question=asked[each.key].text,
            text=each.given.text,
            change=change_of(asked[each.key], each.given),
            is_redacted=each.is_redacted,
        )
        for each in answers
        if each.key in asked
    )
