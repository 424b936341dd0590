"""A table of responses that was uploaded, and what taking it in would do."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from frameworks.questions import AnswerKey, Given
from webapp.consultations.respondents import Respondent


class ImportState(StrEnum):
    """Where an import stands."""

    WAITING = "waiting"
    TAKING = "taking"
    TAKEN = "taken"
    DISCARDED = "discarded"


class KeyStatus(StrEnum):
    """What a response of a table is to those that were taken in before."""

    NEW = "new"
    THERE = "there"
    DIFFERENT = "different"
    """Another response was taken in under this key: it stays as it is."""


@dataclass(frozen=True, slots=True)
class ImportedResponse:
    """One response of a table: everything that its rows say."""

    key: str
    received_on: dt.date
    respondent: Respondent
    answers: Mapping[AnswerKey, Given]


@dataclass(frozen=True, slots=True)
class WaitingResponse:
    """A response of an import with its place in the table, and what it is to what is there."""

    number: int
    response: ImportedResponse
    status: KeyStatus


@dataclass(frozen=True, slots=True)
class Import:
    """An import; `added` are the responses that it made, of the `done` that were looked at."""

    id: uuid.UUID
    consultation_id: uuid.UUID
    number: int
    name: str
    sha256: str
    state: ImportState
    responses: int
    answers: int
    done: int
    added: int
    uploaded_at: dt.datetime
    uploaded_by_id: uuid.UUID
    uploaded_by: str
    taken_at: dt.datetime | None = None
    taken_by_id: uuid.UUID | None = None
    taken_by: str = ""
    ended_at: dt.datetime | None = None
    ended_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many responses of an import are new, there already, or different under the same key."""

    new: int
    there: int
    different: int
