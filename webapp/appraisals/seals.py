"""The digests that a signature is put under: of each answer with a salt, and of all together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from frameworks.questions import AnswerKey, Given


@dataclass(frozen=True, slots=True)
class SealedAnswer:
    """An answer with the salt and the digest that stand for it once its words are erased."""

    key: AnswerKey
    given: Given
    salt: str
    digest: str


def seal_answer(key: AnswerKey, given: Given, salt: str) -> SealedAnswer:
    """Return an answer with its digest, `sha256:` and 64 hexadecimal digits."""
    return SealedAnswer(key, given, salt, salted_digest(salt, str(key), *given.choices, given.text))


def seal_revision(header: Mapping[str, str], answers: Iterable[SealedAnswer]) -> str:
    """Return the digest of a whole revision: its header and the digests of its answers, in order.

    The header says what the answers answer: the review, the framework with its digest, the
    period, the rule on signatures, the people named, and why the revision was made.
    """
    plain = {"answers": [[str(each.key), each.digest] for each in answers], "header": dict(header)}
    return _digest(plain)


def salted_digest(salt: str, *parts: str) -> str:
    """Return the digest of some texts with a salt; where one ends and the next begins counts."""
    return _digest([salt, *parts])


def _digest(plain: object) -> str:
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
