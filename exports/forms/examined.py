"""What the examiner found, as plain data for JSON and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from exports.fields import as_data, from_data
from exports.forms.filled import FileRefused, Filled, Reason
from exports.seals.sealing import Seal
from exports.seals.signing import Signature
from exports.seals.verifying import FileState, Verdict
from frameworks.questions import AnswerKey, Given


def verdict_as_data(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as plain data."""
    return {
        "state": verdict.state.value,
        "signature": verdict.signature.value,
        "sha256": verdict.sha256,
        "seal": None if verdict.seal is None else _seal_as_data(verdict.seal),
    }


def verdict_from_data(data: Mapping[str, Any]) -> Verdict:
    """Return the verdict that became this data."""
    return Verdict(
        state=FileState(data["state"]),
        signature=Signature(data["signature"]),
        sha256=data["sha256"],
        seal=None if data["seal"] is None else _seal_from_data(data["seal"]),
    )


def filled_as_data(filled: Filled) -> dict[str, Any]:
    """Return a filled form as plain data."""
    return {
        "sha256": filled.sha256,
        "verdict": verdict_as_data(filled.verdict),
        "answers": {
            str(key): [list(given.choices), given.text] for key, given in filled.answers.items()
        },
        "about": {str(key): text for key, text in filled.about.items()},
        "continuation": {str(key): text for key, text in filled.continuation.items()},
    }


def filled_from_data(data: Mapping[str, Any]) -> Filled:
    """Return the filled form that became this data."""
    return Filled(
        sha256=data["sha256"],
        verdict=verdict_from_data(data["verdict"]),
        answers={
            AnswerKey.parse(key): Given(choices=tuple(choices), text=text)
            for key, (choices, text) in data["answers"].items()
        },
        about={AnswerKey.parse(key): text for key, text in data["about"].items()},
        continuation={AnswerKey.parse(key): text for key, text in data["continuation"].items()},
    )


def refusal_as_data(refused: FileRefused) -> dict[str, Any]:
    """Return a refusal as plain data."""
    return {
        "reason": refused.reason.value,
        "message": refused.message,
        "further": list(refused.further),
    }


def refusal_from_data(data: Mapping[str, Any]) -> FileRefused:
    """Return the refusal that became this data."""
    return FileRefused(Reason(data["reason"]), data["message"], tuple(data["further"]))


def _seal_as_data(seal: Seal) -> dict[str, Any]:
    plain = {each.name: getattr(seal, each.name) for each in dataclasses.fields(seal)}
    return plain | {
        "made_on": seal.made_on.isoformat(),
        "form": dict(seal.form),
        "fields": as_data(seal.fields),
        "written": list(seal.written),
    }


def _seal_from_data(data: Mapping[str, Any]) -> Seal:
    return Seal(
        **{
            **data,
            "made_on": dt.date.fromisoformat(data["made_on"]),
            "fields": from_data(data["fields"]),
            "written": tuple(data["written"]),
        }
    )
