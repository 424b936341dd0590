"""What is kept of people, why, and for how long: the schedule as data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from webapp.config import RetentionPeriods

NAMES = "names"
WORDS = "words"
RECEIVED = "received"
WITHDRAWN = "withdrawn"
DRAFTS = "drafts"
ADDRESSES = "addresses"


@dataclass(frozen=True, slots=True)
class DataClass:
    """One kind of data with its period.

    `days` count from the event that `counted_from` names; none at all is at once. Of a class with
    a warning administrators hear before anything is erased. `is_tidied` says that its own room
    erases it by the hour, by the same period.
    """

    key: str
    name: str
    holds: str
    why: str
    days: int
    counted_from: str
    has_warning: bool = False
    is_tidied: bool = True

    @property
    def rule(self) -> str:
        """The period in words, for pages and for records."""
        if not self.days:
            return f"at once when {self.counted_from}"
        return f"{days_in_words(self.days)} after {self.counted_from}"


def schedule(periods: RetentionPeriods) -> tuple[DataClass, ...]:
    """Return every class in the order of the page, with the periods of an installation."""
    return (
        DataClass(
            DRAFTS,
            "Responses that were never sent",
            "What people wrote and who they are, with the notes of colleagues",
            "So that people can come back to it, and send it late with a reason",
            30,
            "the consultation closes",
        ),
        DataClass(
            "empty-drafts",
            "Responses in which nothing was said",
            "Nothing but a code to come back",
            "So that people can come back to it",
            7,
            "it was started",
        ),
        DataClass(
            NAMES,
            "Names of people who responded",
            "The names of individuals and their roles; the names of organisations stay",
            "To show who was heard, and to answer questions about the outcome",
            periods.names_days,
            "the consultation closes",
            has_warning=True,
            is_tidied=False,
        ),
        DataClass(
            WORDS,
            "Words of responses",
            "What people wrote, as written and as published; what they chose stays, and is counted",
            "To decide conscientiously, and to show how that was done",
            periods.words_days,
            "the consultation closes",
            has_warning=True,
            is_tidied=False,
        ),
        DataClass(
            RECEIVED,
            "Letters, emails and tables that came in",
            "The files, what was typed from them, and notes about them",
            "To show that a response is what its sender wrote",
            periods.words_days,
            "the consultation closes",
            has_warning=True,
            is_tidied=False,
        ),
        DataClass(
            WITHDRAWN,
            "Words of responses that were withdrawn",
            "What was written, and by whom",
            "Nothing: it is erased, unless a hold keeps it",
            0,
            "it is withdrawn",
            is_tidied=False,
        ),
        DataClass(
            ADDRESSES,
            "Email addresses for notices",
            "Addresses that asked to hear what becomes of a consultation",
            "To tell people about the outcome",
            730,
            "the consultation closes",
        ),
        DataClass(
            "unconfirmed-addresses",
            "Email addresses that nobody confirmed",
            "Addresses that were given for notices",
            "So that people can confirm them",
            7,
            "the address was given",
        ),
        DataClass(
            "equality",
            "Sealed answers about equality",
            "Answers that wait to be counted in groups, and that nobody can open",
            "So that only counts of ten people or more are kept",
            1,
            "the consultation closes",
        ),
        DataClass(
            "exports",
            "Exports and bundles",
            "Tables of responses, and bundles of the whole record",
            "To download them; sooner where words were taken out since",
            7,
            "they were asked for",
        ),
        DataClass(
            "packs",
            "Packs of forms",
            "The names of the people that forms were made for, and the files",
            "To download them",
            7,
            "the pack was started",
        ),
        DataClass(
            "uploads",
            "Forms brought back to a review and not taken",
            "What is filled in",
            "To look at what would change before taking it",
            7,
            "the form was brought back",
        ),
        DataClass(
            "sign-ins",
            "Sign-ins",
            "That somebody signed in, and when",
            "To end a sign-in that should not be there",
            1,
            "the sign-in ended",
        ),
        DataClass(
            "jobs",
            "Work that was done in the background",
            "The kind of work, and when; names and addresses are erased when it is done",
            "To see whether something went wrong",
            30,
            "the work ended",
        ),
    )


def due_at(data_class: DataClass, counted_from: dt.datetime) -> dt.datetime:
    """Return from when on a class may be erased, counted from its event."""
    return counted_from + dt.timedelta(days=data_class.days)


def warned_until(
    due: dt.datetime, now: dt.datetime, periods: RetentionPeriods
) -> dt.datetime | None:
    """Return when to erase what is warned about now; None while it is too early to warn.

    Whoever is warned late has the whole time all the same.
    """
    notice = dt.timedelta(days=periods.warning_days)
    return max(due, now + notice) if due - notice <= now else None


def days_in_words(days: int) -> str:
    """Return `2 years`, `30 days` or `1 day`."""
    if days % 365 == 0:
        years = days // 365
        return "1 year" if years == 1 else f"{years} years"
    return "1 day" if days == 1 else f"{days} days"
