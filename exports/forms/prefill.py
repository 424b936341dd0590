"""Prefilled copies of a form, by the thousand: the form is rendered once and each copy appended.

A copy is the base, byte for byte, and a tail of two sections: the fields that were written in, and
the copy's own seal. What two copies have in common can so be stored, packed and hashed once.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import pikepdf

from exports.fields import COPY_IDENTIFIER
from exports.forms.field_objects import (
    FieldObject,
    NeedsRendering,
    NotFillable,
    TextField,
    field_objects,
    values_by_name,
)
from exports.forms.field_rendering import Prints, render_texts
from exports.seals.incremental import Ending, ending_after, ending_of, section
from exports.seals.sealing import Place, Seal, copy_identifier, copy_seal, seal_in, sealing_section
from exports.seals.signing import Keyring
from frameworks.questions import AnswerKey, Given

LOCKED_ITEM = "about"
"""The item of the keys that say whose copy it is: what we write there nobody overwrites."""

Value = str | Given
Values = Mapping[AnswerKey, Value]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy for one person: what it shares with all the others, and what is its own."""

    base: bytes = field(repr=False)
    tail: bytes = field(repr=False)
    seal: Seal

    @property
    def identifier(self) -> str:
        """The identifier of this copy, as it stands in it."""
        return self.seal.identifier

    @property
    def content(self) -> bytes:
        """The whole file."""
        return self.base + self.tail


@dataclass(frozen=True, slots=True)
class Base:
    """A sealed form, taken apart once so that copies cost little. See `Base.of`."""

    content: bytes = field(repr=False)
    seal: Seal
    ending: Ending
    fields: Mapping[AnswerKey, FieldObject] = field(repr=False)
    _place: Place
    _sha256: hashlib._Hash = field(repr=False)

    @classmethod
    def of(cls, sealed: bytes) -> Base:
        """Take a sealed form apart.

        NotFillable if it has no form or seal of ours, NotAppendable if its bytes are not as we
        write them.
        """
        ending = ending_of(sealed)
        with pikepdf.open(io.BytesIO(sealed)) as pdf:
            fields = field_objects(pdf)
            found = seal_in(pdf)
        if found is None:
            raise NotFillable("the form has no seal, so no copy of it could have one")
        if hashlib.sha256(sealed[: found.seal.length]).hexdigest() != found.seal.sha256:
            raise NotFillable("the form is not as it was sealed, so no copy of it would be")
        return cls(sealed, found.seal, ending, fields, found.place, hashlib.sha256(sealed))

    def copy(self, values: Values, keyring: Keyring) -> Copy:
        """Return the copy with these values, sealed with its own identifier.

        Blank values are left for the person to fill in. ValueError for a field that the form does
        not have, an option that it does not offer and a text that is too long; NeedsRendering for
        a text that cannot be drawn glyph by glyph.
        """
        given = as_given(values)
        identifier = self.identifier_of(given, keyring)
        return self.sealed(given, identifier, self.fill(given, identifier), keyring)

    def identifier_of(self, given: Mapping[AnswerKey, Given], keyring: Keyring) -> str:
        """Return the identifier of the copy with these values."""
        return copy_identifier(keyring, self.seal.identifier, values_by_name(given))

    def fill(self, given: Mapping[AnswerKey, Given], identifier: str) -> bytes:
        """Return the section that writes values and identifier into the form; see `copy`."""
        return self._section(self._changed(given, identifier, {}, self.ending.size))

    def render(self, given: Mapping[AnswerKey, Given], identifier: str, press: Prints) -> bytes:
        """Return the same section, with what cannot be drawn rendered by the press."""
        texts = [
            (field, each.text)
            for key, each in given.items()
            if isinstance(field := self._field(key), TextField) and not field.is_drawable(each)
        ]
        rendered = render_texts(self.content, self.ending.size, texts, press)
        keys = [field.key for field, _ in texts]
        appearances = dict(zip(keys, rendered.numbers, strict=True))
        number = max(rendered.objects) + 1
        changed = self._changed(given, identifier, appearances, number)
        return self._section({**rendered.objects, **changed})

    def _section(self, objects: Mapping[int, bytes]) -> bytes:
        return section(self.ending, objects) if objects else b""

    def _changed(
        self,
        given: Mapping[AnswerKey, Given],
        identifier: str,
        appearances: Mapping[AnswerKey, int],
        number: int,
    ) -> dict[int, bytes]:
        """Return the objects that differ from the base, new ones from this number on."""
        objects: dict[int, bytes] = {}
        for key, each in self._all(given, identifier).items():
            written = self._field(key).written(
                each,
                number,
                locked=_is_locked(key),
                appearance=appearances.get(key, 0),
            )
            objects.update(written)
            number += number in objects
        return objects

    def sealed(
        self,
        given: Mapping[AnswerKey, Given],
        identifier: str,
        filled: bytes,
        keyring: Keyring,
    ) -> Copy:
        """Return a copy from its filled section: the seal follows it."""
        locked = {
            key: each for key, each in self._all(given, identifier).items() if _is_locked(key)
        }
        sha256 = self._sha256.copy()
        sha256.update(filled)
        seal = copy_seal(
            self.seal,
            identifier=identifier,
            values=values_by_name(locked),
            length=self.ending.length + len(filled),
            sha256=sha256.hexdigest(),
        ).signed_by(keyring)
        ending = ending_after(self.ending, filled) if filled else self.ending
        return Copy(self.content, filled + sealing_section(ending, seal, self._place), seal)

    def _all(self, given: Mapping[AnswerKey, Given], identifier: str) -> Mapping[AnswerKey, Given]:
        if COPY_IDENTIFIER.key not in self.fields:
            return given
        return {**given, COPY_IDENTIFIER.key: Given.model_construct(text=identifier, choices=())}

    def _field(self, key: AnswerKey) -> FieldObject:
        try:
            return self.fields[key]
        except KeyError:
            raise ValueError(f"the form has no field {key}") from None


def copy_of(base: Base, values: Values, keyring: Keyring, press: Prints) -> Copy:
    """Return the copy with these values, whatever script they are in.

    What the base cannot draw is rendered by the press, and appended like the rest. ValueError as
    for `Base.copy`; PressBusy, DocumentTooLarge or DocumentFailed from the press.
    """
    try:
        return base.copy(values, keyring)
    except NeedsRendering:
        given = as_given(values)
        identifier = base.identifier_of(given, keyring)
        filled = base.render(given, identifier, press)
        return base.sealed(given, identifier, filled, keyring)


def as_given(values: Values) -> dict[AnswerKey, Given]:
    """Return values of either kind as answers; ValueError for the identifier, which is ours."""
    if COPY_IDENTIFIER.key in values:
        raise ValueError("the identifier of a copy is made of its values")
    return {
        key: Given.model_construct(text=each, choices=()) if isinstance(each, str) else each
        for key, each in values.items()
    }


def _is_locked(key: AnswerKey) -> bool:
    return key.item == LOCKED_ITEM or key == COPY_IDENTIFIER.key
