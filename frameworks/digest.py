"""SHA-256 digests of content, by which an answer or a signature proves what it was about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from pydantic import BaseModel

from frameworks.model import Competency, Framework
from frameworks.questionnaire import Questionnaire

_PREFIX = "sha256:"
# What may change without changing what was asked or scored.
_OUTSIDE_A_COMPETENCY = {"code", "derivation", "development"}


def framework_digest(framework: Framework) -> str:
    """Return the digest of everything a framework says: `sha256:` and 64 hexadecimal digits."""
    return content_digest(framework)


def competency_digest(competency: Competency) -> str:
    """Return the digest of a competency without its code, derivation and development."""
    return _digest(competency, _OUTSIDE_A_COMPETENCY)


def questionnaire_digest(questionnaire: Questionnaire) -> str:
    """Return the digest of everything a questionnaire asks."""
    return content_digest(questionnaire)


def texts_digest(texts: Mapping[str, str]) -> str:
    """Return the digest of an item's texts, by which a translation says what it stands for."""
    return _digest_of(dict(texts))


def content_digest(value: BaseModel) -> str:
    """Return the digest of everything that a file of the library says, whatever it holds."""
    return _digest(value, set())


def file_digest(content: bytes) -> str:
    """Return the digest of a file's bytes."""
    return _PREFIX + hashlib.sha256(content).hexdigest()


def short(digest: str) -> str:
    """Return the 12 hexadecimal digits that fit the foot of a page."""
    return digest.removeprefix(_PREFIX)[:12]


def _digest(value: BaseModel, left_out: set[str]) -> str:
    # Defaults stay out, so that a field added later with a default changes no digest.
    plain = value.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=left_out)
    return _digest_of(plain)


def _digest_of(plain: object) -> str:
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return file_digest(text.encode())
