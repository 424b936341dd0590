"""Keys that sign what we make (Ed25519), and what a keyring knows about a signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64
_ID_LETTERS = 12
_IDENTIFYING = b"boardmark identifiers of copies"
# So that a signature on a document is never one on something else.
_PURPOSE = b"boardmark seal 1\n"


class Signature(StrEnum):
    """What is known about who sealed a document."""

    SIGNED = "signed"
    """By a key of the keyring, present or past."""
    UNSIGNED = "unsigned"
    UNKNOWN_KEY = "unknown key"
    FORGED = "forged"
    """It names a key of the keyring, which never signed this."""


class NotAKey(ValueError):
    """A text is not a key; the message never repeats it."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key: 32 bytes that never leave the installation."""

    seed: bytes = field(repr=False)

    @classmethod
    def new(cls) -> SigningKey:
        """Return a new key from the system's source of randomness."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Return the key that `str_of` wrote; NotAKey if the text is none."""
        return cls(_bytes_of(text))

    def __post_init__(self) -> None:
        """Refuse what is not a key."""
        if len(self.seed) != KEY_BYTES:
            raise NotAKey(f"a key has {KEY_BYTES} bytes")

    @property
    def text(self) -> str:
        """The key as it is written into a file that nobody else may read."""
        return _text_of(self.seed)

    @property
    def public(self) -> PublicKey:
        """What others check its signatures with."""
        return PublicKey(self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Return the signature, the same for the same message."""
        return self._key.sign(message)

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, which may be known to everybody."""

    content: bytes

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Return the key of a text; NotAKey if the text is none."""
        return cls(_bytes_of(text))

    def __post_init__(self) -> None:
        """Refuse what is not a key."""
        if len(self.content) != KEY_BYTES:
            raise NotAKey(f"a key has {KEY_BYTES} bytes")

    @property
    def text(self) -> str:
        """The key as it is written into files and shown."""
        return _text_of(self.content)

    @property
    def id(self) -> str:
        """Twelve hexadecimal characters by which a seal names its key."""
        return hashlib.sha256(self.content).hexdigest()[:_ID_LETTERS]

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Say whether the key signed the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.content).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Keyring:
    """The key that signs, if there is one, and every key whose signatures are ours."""

    def __init__(self, current: SigningKey | None = None, past: Iterable[PublicKey] = ()) -> None:
        """Take the key that signs and the public parts of those that did."""
        self._current = current
        self.current: PublicKey | None = None if current is None else current.public
        # Made once: a thousand copies are signed in a second.
        self._signer = (
            None if current is None else Ed25519PrivateKey.from_private_bytes(current.seed)
        )
        known = (*past, *(() if self.current is None else (self.current,)))
        self.public: Mapping[str, PublicKey] = {key.id: key for key in known}

    @property
    def key_id(self) -> str:
        """The id of the key that signs, or an empty text."""
        return "" if self.current is None else self.current.id

    def sign(self, message: bytes) -> bytes:
        """Return the signature of the present key, or nothing where there is none."""
        return b"" if self._signer is None else self._signer.sign(_PURPOSE + message)

    def check(self, key_id: str, message: bytes, signature: bytes) -> Signature:
        """Say what is known about a signature on a message."""
        if not key_id and not signature:
            return Signature.UNSIGNED
        key = self.public.get(key_id)
        if key is None:
            return Signature.UNKNOWN_KEY
        return Signature.SIGNED if key.signed(_PURPOSE + message, signature) else Signature.FORGED

    def derive(self, message: bytes) -> bytes:
        """Return 32 bytes that nobody else can compute, the same for the same message and key.

        Without a key everybody can.
        """
        seed = b"" if self._current is None else self._current.seed
        secret = hmac.digest(_IDENTIFYING, seed, "sha256")
        return hmac.digest(secret, message, "sha256")


def _text_of(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _bytes_of(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, UnicodeError):
        raise NotAKey("this is not the text of a key") from None
