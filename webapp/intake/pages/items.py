"""What the pages about items show."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from exports.incoming.source_kinds import SourceKind
from webapp.consultations.asking import Asking
from webapp.consultations.opening import uk_day
from webapp.consultations.pages.respondent import (
    AboutRow,
    AnsweredItem,
    about_rows,
    answered_items,
)
from webapp.consultations.respondents import label_of
from webapp.consultations.response import Draft, SavedAnswer, SentAnswer
from webapp.intake import services
from webapp.intake.items import EventKind, Item, ItemEvent, ItemState, Source, Transcription
from webapp.web.times import day_in_words, in_words

LONGEST_SHOWN = 30_000
EVENT_WORDS = {
    EventKind.RECEIVED: "Noted",
    EventKind.ATTACHED: "File attached",
    EventKind.DETACHED: "File taken off",
    EventKind.READ: "Answers read from the form",
    EventKind.FINISHED: "Transcription finished",
    EventKind.SENT_BACK: "Checked and sent back",
    EventKind.APPROVED: "Checked and taken in",
    EventKind.READ_AGAIN: "Read as it came, after words were taken out",
    EventKind.REMOVED: "Removed",
}


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item on the list, in words; `who` works on it or did."""

    item: Item
    how: str
    received: str
    who: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A file of an item, in words; `text` is as much of what it says as a page shows."""

    source: Source
    kind: str
    size: str
    is_image: bool
    text: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """What happened to an item, in words."""

    what: str
    at: dt.datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What a transcription says, as it would be in the response; `left_out` would not be."""

    about: tuple[AboutRow, ...]
    items: tuple[AnsweredItem, ...]
    answers: int
    left_out: int
    read: int


def listed(
    items: Iterable[Item], account_id: uuid.UUID | None, now: dt.datetime
) -> tuple[ListedItem, ...]:
    """Return items as the list shows them."""
    return tuple(
        ListedItem(
            each,
            label_of(each.channel),
            received_in_words(each, now),
            each.typists[-1].name if each.typists else "",
            each.was_typed_by(account_id),
        )
        for each in items
    )


def received_in_words(item: Item, now: dt.datetime) -> str:
    """Return when an item was received, and how long ago that was."""
    days = item.days_since(now)
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")
    when = in_words if item.is_time_known else _day
    return f"{when(item.received_at)} ({ago})"


def _day(moment: dt.datetime) -> str:
    return day_in_words(uk_day(moment))


def shown_sources(sources: Iterable[Source]) -> tuple[ShownSource, ...]:
    """Return the files of an item as pages show them."""
    return tuple(
        ShownSource(
            each,
            SourceKind(each.kind).label,
            _size(each.size),
            SourceKind(each.kind).is_image,
            each.text[:LONGEST_SHOWN],
            len(each.text) > LONGEST_SHOWN,
        )
        for each in sources
    )


def logged(events: Iterable[ItemEvent]) -> tuple[LoggedEvent, ...]:
    """Return what happened to an item, the last first."""
    return tuple(
        LoggedEvent(_what(each), each.at, each.by, each.reason) for each in reversed(tuple(events))
    )


def sent_back_for(item: Item, events: Iterable[ItemEvent]) -> ItemEvent | None:
    """Return the check that an item was sent back by, while that is still to be corrected."""
    if item.state is not ItemState.TRANSCRIBING:
        return None
    checks = [each for each in events if each.kind is EventKind.SENT_BACK]
    return checks[-1] if checks else None


def as_draft(item: Item, transcription: Transcription) -> Draft:
    """Return a transcription as what a respondent would be writing, for the same pages."""
    return Draft(
        id=item.id,
        consultation_id=item.consultation_id,
        started_at=item.added_at,
        respondent=transcription.respondent,
        chosen=transcription.chosen,
        saved=tuple(
            SavedAnswer(each.key, each.given, each.revision) for each in transcription.typed
        ),
    )


def transcribed(asking: Asking, transcription: Transcription) -> Transcribed:
    """Return what would become the response."""
    answers = services.answers_of(asking, transcription)
    sent = [SentAnswer(key, given, "") for key, given in answers.items()]
    return Transcribed(
        about_rows(asking, transcription.respondent),
        answered_items(asking, sent),
        len(answers),
        len(set(transcription.answers) - set(answers)),
        sum(1 for each in transcription.typed if each.is_read),
    )


def _what(event: ItemEvent) -> str:
    what = EVENT_WORDS[event.kind]
    match event.kind:
        case EventKind.READ | EventKind.FINISHED:
            answers = "1 answer" if event.detail == "1" else f"{event.detail} answers"
            return f"{what}: {answers}"
        case EventKind.APPROVED:
            return f"{what}: {event.detail}"
        case EventKind.ATTACHED | EventKind.DETACHED:
            return f"{what} ({event.detail[:12]})"
        case _:
            return what


def _size(size: int) -> str:
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} kB"
    return f"{size / 1e6:.1f} MB"
