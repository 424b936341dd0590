"""Forms sealed so that they are all of one size and nobody can open them without the key."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
PADDED_BYTES = 4096
_NONCE_BYTES = 12
_TAG_BYTES = 16
SEALED_BYTES = _NONCE_BYTES + PADDED_BYTES + _TAG_BYTES
"""What every sealed form takes, whatever was answered."""


class CannotOpen(Exception):
    """It was not sealed with this key, not for this pool, or it was changed since."""


def new_key() -> bytes:
    """Return a fresh key of 256 bits."""
    return os.urandom(KEY_BYTES)


def seal(answers: Mapping[str, str], *, key: bytes, about: str) -> bytes:
    """Return a form sealed in SEALED_BYTES, bound to what it is about.

    ValueError where the answers do not fit in, which no set of usual size comes near.
    """
    plain = json.dumps(answers, separators=(",", ":")).encode()
    if len(plain) > PADDED_BYTES:
        raise ValueError(f"a form has at most {PADDED_BYTES} bytes, not {len(plain)}")
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain.ljust(PADDED_BYTES), about.encode())


def unseal(sealed: bytes, *, key: bytes, about: str) -> dict[str, str]:
    """Return the answers of a sealed form; raises CannotOpen."""
    nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        plain = AESGCM(key).decrypt(nonce, rest, about.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("this form was not sealed with this key") from error
    answers: dict[str, str] = json.loads(plain)
    return answers
