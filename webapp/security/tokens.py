"""Secrets that people carry: link tokens, and short codes that people type."""

from __future__ import annotations

import hashlib
import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The 32 characters of a short code: no I, L, O or U, which look like others or make words."""

LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
TOKEN_BYTES = 16
PASS_LENGTH = 28
GROUP = 4


def new_token() -> str:
    """Return a fresh secret of 128 bits as 22 URL-safe characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """Return the SHA-256 of a token as 64 hex characters, which is all that a row may hold.

    A plain hash is enough because a token has 128 bits: there is nothing to guess.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def new_code(length: int = 8) -> str:
    """Return a fresh short code; each character carries five bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_pass() -> str:
    """Return a fresh secret that people can also type: 28 characters, which carry 140 bits."""
    return new_code(PASS_LENGTH)


def derive_code(secret: str, *parts: str, length: int = 20) -> str:
    """Return the code that follows from a secret and some parts: the same for the same.

    `length` is in characters of five bits, at most 51. Whoever lacks the secret cannot make it,
    and where one part ends and the next begins makes a difference.
    """
    if not secret:
        raise ValueError("a code cannot be derived from an empty secret")
    if not 1 <= length <= 51:
        raise ValueError("a derived code has 1 to 51 characters")
    message = b"".join(len(part.encode()).to_bytes(8) + part.encode() for part in parts)
    number = int.from_bytes(hmac.digest(secret.encode(), message, "sha256"))
    characters = []
    for _ in range(length):
        number, last = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[last])
    return "".join(characters)


def show_code(code: str) -> str:
    """Return a code as people read it, in groups of four: `7K3M-9QRT`."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """Return the code that somebody meant, whatever the case, spaces, hyphens and look-alikes."""
    kept = "".join(character for character in typed.upper() if character.isalnum())
    return kept.translate(LOOK_ALIKES)


def same_secret(one: str, other: str) -> bool:
    """Compare two secrets in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
