"""What a file is worth: made by us and unchanged, filled in, altered, or not ours at all.

It opens whatever it is given, so files that others sent are verified in the examiner's process,
which has little memory and little time.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pikepdf
from pikepdf import Name

from exports.seals.content_digest import Caps, TooMuch, content_digest
from exports.seals.incremental import NotAppendable, ending_of
from exports.seals.sealing import Place, Seal, Sealed, seal_in, sealing_section, values_digest
from exports.seals.signing import Keyring, Signature

_MOST_FIELDS = 20_000
_DEEPEST = 50


class FileState(StrEnum):
    """What has become of a file since it was made."""

    UNCHANGED = "unchanged"
    """To the byte as we made it."""
    FILLED_IN = "filled in"
    """The pages are ours and so is what we wrote in; answers were added or it was saved again."""
    ALTERED = "altered"
    """It carries a seal of ours, and is not what was sealed."""
    NOT_OURS = "not ours"
    """It carries no seal."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about a file; `seal` is what it claims, true only where `is_ours`.

    `sha256` is of the whole file.
    """

    state: FileState
    signature: Signature
    sha256: str
    seal: Seal | None = None

    @property
    def holds(self) -> bool:
        """Whether the file is what its seal says, whoever sealed it."""
        return self.state in (FileState.UNCHANGED, FileState.FILLED_IN)

    @property
    def is_ours(self) -> bool:
        """Whether it is what a seal says that one of our keys signed."""
        return self.holds and self.signature is Signature.SIGNED


def verify(content: bytes, keyring: Keyring, caps: Caps | None = None) -> Verdict:
    """Return what a file is worth; what cannot be opened is not ours.

    Raises TooMuch, MemoryError or RecursionError for files that are made to do harm.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return verify_opened(pdf, content, keyring, caps)
    # What pikepdf raises for damage: its own errors, and these where a part is of a wrong kind.
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return _not_ours(content)


def verify_opened(
    pdf: pikepdf.Pdf, content: bytes, keyring: Keyring, caps: Caps | None = None
) -> Verdict:
    """Return what an open file with these bytes is worth; see `verify`."""
    found = seal_in(pdf)
    if found is None:
        return _not_ours(content)
    signature = found.seal.check(keyring)
    return Verdict(
        state=_state(pdf, content, found, signature, caps),
        signature=signature,
        sha256=hashlib.sha256(content).hexdigest(),
        seal=found.seal,
    )


def _not_ours(content: bytes) -> Verdict:
    return Verdict(
        FileState.NOT_OURS, Signature.UNSIGNED, hashlib.sha256(content).hexdigest(), None
    )


def _state(
    pdf: pikepdf.Pdf, content: bytes, found: Sealed, signature: Signature, caps: Caps | None
) -> FileState:
    if signature is Signature.FORGED:
        return FileState.ALTERED
    if _is_to_the_byte(content, found):
        return FileState.UNCHANGED
    seal = found.seal
    if content_digest(pdf, caps) != seal.content or not _as_written(pdf, seal):
        return FileState.ALTERED
    return FileState.FILLED_IN


def _is_to_the_byte(content: bytes, found: Sealed) -> bool:
    """Say whether the file is what was sealed, then its seal and nothing after it."""
    seal, place = found.seal, found.place
    sealed = content[: seal.length]
    if len(sealed) < seal.length or hashlib.sha256(sealed).hexdigest() != seal.sha256:
        return False
    try:
        ending = ending_of(sealed)
        # A base's seal brought the list of fields along, a copy's found it there.
        there_before = place if place.fields < ending.size else Place(place.seal)
        return content[seal.length :] == sealing_section(ending, seal, there_before)
    except (NotAppendable, ValueError):
        return False


def _as_written(pdf: pikepdf.Pdf, seal: Seal) -> bool:
    """Say whether the locked fields hold what we wrote into them."""
    values = field_values(pdf)
    written = {name: values.get(name, "") for name in seal.written}
    empty = (each.name for each in seal.fields if each.locked and each.name not in written)
    return values_digest(written) == seal.values and not any(values.get(name) for name in empty)


def field_values(pdf: pikepdf.Pdf) -> Mapping[str, str]:
    """Return the value of each field by its full name, that of a choice as its key.

    Raises TooMuch where there are more fields than any document of ours has.
    """
    form = pdf.Root.get(Name.AcroForm)
    if not isinstance(form, pikepdf.Dictionary):
        return {}
    values: dict[str, str] = {}
    waiting = [(each, "", 0) for each in _kids(form.get(Name.Fields))]
    met = 0
    while waiting:
        value, before, depth = waiting.pop()
        met += 1
        if met > _MOST_FIELDS or depth > _DEEPEST:
            raise TooMuch("the file has more fields than a document of ours")
        own = str(value[Name.T]) if Name.T in value else ""
        name = f"{before}.{own}" if before and own else before or own
        if Name.V in value:
            values[name] = _text(value[Name.V])
        waiting += [(each, name, depth + 1) for each in _kids(value.get(Name.Kids))]
    return values


def _kids(value: Any) -> list[Any]:
    if not isinstance(value, pikepdf.Array):
        return []
    return [each for each in value.as_list() if isinstance(each, pikepdf.Dictionary)]


def _text(value: Any) -> str:
    if isinstance(value, pikepdf.Name):
        return str(value).removeprefix("/")
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace")
    return str(value)
