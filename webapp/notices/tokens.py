"""The tokens of links in mails: they follow from a secret and a row's id, and stand in no row."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from enum import StrEnum

from webapp.security.tokens import derive_code, same_secret

LENGTH = 26
"""Characters of five bits, so that nobody guesses one."""


class Purpose(StrEnum):
    """What a link is for; one does not open what the other does."""

    CONFIRM = "confirm"
    STOP = "stop"


def link_token(secrets: Sequence[str], purpose: Purpose, subscriber_id: uuid.UUID) -> str:
    """Return the token of a link, made with the newest secret."""
    return _token(secrets[0], purpose, subscriber_id)


def is_token(
    token: str, secrets: Sequence[str], purpose: Purpose, subscriber_id: uuid.UUID
) -> bool:
    """Say whether a link is one of ours, also one made before the secret was replaced."""
    return any(same_secret(token, _token(each, purpose, subscriber_id)) for each in secrets)


def _token(secret: str, purpose: Purpose, subscriber_id: uuid.UUID) -> str:
    return derive_code(secret, "notices", purpose.value, str(subscriber_id), length=LENGTH)
