"""The cells of a table that say when a response came, and whose it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from frameworks.questions import Option
from webapp.consultations.respondents import (
    NAME_LENGTH,
    PUBLISH,
    REGIONS,
    RESPONDS_AS,
    Publish,
    Respondent,
    RespondsAs,
    classes_for,
)
from webapp.intake.table_notes import Notes, by_name, plain, read_date, short


class AboutCells:
    """What the rows of one response say about it: by column, each with the row that said it."""

    def __init__(
        self,
        row: int,
        about: Mapping[str, tuple[str, int]],
        notes: Notes,
        *,
        days: tuple[dt.date, dt.date],
    ) -> None:
        """Take the first row, what was said, and the first and last day on which it can be."""
        self._row, self._about, self._notes = row, about, notes
        self._first, self._last = days

    def received_on(self) -> dt.date | None:
        """Return the day on which it came; None where that is wrong."""
        typed, row = self._about.get("received_on", ("", self._row))
        day = read_date(typed)
        if not typed:
            self._notes.add(row, "received_on", "the day is missing")
        elif day is None:
            self._notes.add(
                row, "received_on", f"“{short(typed)}” is no date, such as 2026-06-01 or 1/6/2026"
            )
        elif day > self._last:
            self._notes.add(row, "received_on", "that day is still to come")
        elif day < self._first:
            self._notes.add(row, "received_on", "the consultation was not open yet on that day")
        else:
            return day
        return None

    def respondent(self) -> Respondent | None:
        """Return who responds, without positions; None where something is wrong."""
        before = len(self._notes)
        kind = self._option("responds_as", RESPONDS_AS)
        responds_as = RespondsAs(kind) if kind else None
        if responds_as is None:
            if "responds_as" not in self._about:
                self._notes.add(self._row, "responds_as", "this is missing")
            return None
        for_organisation = responds_as is RespondsAs.ORGANISATION
        respondent_class = self._option("class", classes_for(responds_as))
        if "class" not in self._about:
            self._notes.add(self._row, "class", "this is missing")
        organisation = self._name("organisation")
        if for_organisation and not organisation:
            self._notes.add(self._row, "organisation", "the name of the organisation is missing")
        if not for_organisation and organisation:
            _, row = self._about["organisation"]
            self._notes.add(row, "organisation", "an individual has none: leave it empty")
        publish = self._option("publish", PUBLISH) or Publish.NOT_AT_ALL.value
        name = self._name("name")
        named = publish == Publish.NAMED
        if named and not for_organisation and not name:
            self._notes.add(
                self._row, "name", "the name is missing, with which it may be published"
            )
        region = self._option("region", REGIONS)
        if len(self._notes) > before:
            return None
        return Respondent(
            responds_as=responds_as,
            respondent_class=respondent_class,
            region=region,
            publish=Publish(publish),
            name=name if named and not for_organisation else "",
            organisation_name=organisation,
        )

    def _option(self, column: str, options: Sequence[Option]) -> str:
        typed, row = self._about.get(column, ("", self._row))
        if not typed:
            return ""
        key = by_name(options).get(plain(typed), "")
        if not key:
            hint = self._notes.hint(column, typed, [each.key for each in options])
            self._notes.add(row, column, f"there is no “{short(typed)}” to choose here{hint}")
        return key

    def _name(self, column: str) -> str:
        typed, row = self._about.get(column, ("", self._row))
        if len(typed) > NAME_LENGTH:
            self._notes.add(row, column, f"at most {NAME_LENGTH} characters fit")
        return typed
