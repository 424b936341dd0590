"""A response of a table as it waits to be taken in: as JSON and back, with its digest."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from typing import Any

from frameworks.questions import AnswerKey, Given
from webapp.consultations.respondents import Interest, Publish, Respondent, RespondsAs
from webapp.intake.imports import ImportedResponse


def as_json(response: ImportedResponse) -> str:
    """Return a response as text, the same for the same response, in whatever order it came."""
    value = {
        "key": response.key,
        "received_on": response.received_on.isoformat(),
        "respondent": dataclasses.asdict(response.respondent),
        "answers": sorted(
            [str(key), list(given.choices), given.text] for key, given in response.answers.items()
        ),
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> ImportedResponse:
    """Return the response that became this text."""
    value = json.loads(text)
    return ImportedResponse(
        key=value["key"],
        received_on=dt.date.fromisoformat(value["received_on"]),
        respondent=_respondent(value["respondent"]),
        answers={
            AnswerKey.parse(key): Given(choices=tuple(choices), text=words)
            for key, choices, words in value["answers"]
        },
    )


def digest_of(key_hash: str, text: str) -> str:
    """Return the digest of a response as text; the hash of its key makes it hard to guess."""
    return hashlib.sha256(f"{key_hash}\n{text}".encode()).hexdigest()


def _respondent(value: dict[str, Any]) -> Respondent:
    return Respondent(
        **{
            **value,
            "responds_as": RespondsAs(value["responds_as"]) if value["responds_as"] else None,
            "publish": Publish(value["publish"]) if value["publish"] else None,
            "interest": Interest(value["interest"]) if value["interest"] else None,
            "positions": tuple(value["positions"]),
        }
    )
