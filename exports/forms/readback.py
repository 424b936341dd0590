"""A filled form that came back → what it says, as the web form would have posted it.

Pure functions over bytes; they run in the examiner's process, because whoever sends a file decides
what is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pikepdf
from pikepdf import Name

from exports.fields import COPY_IDENTIFIER, Field, FieldKind
from exports.forms.filled import ABOUT, CONTINUATION, FileRefused, Filled, Reason
from exports.forms.form_values import Doubled, FormField, form_fields
from exports.forms.given import Unfit, given_in
from exports.forms.opening import check_undamaged, damaged, limits_hit, open_sent, too_much
from exports.seals.content_digest import TooMuch
from exports.seals.signing import Keyring
from exports.seals.verifying import Verdict, verify_opened
from frameworks.questions import AnswerKey, Given

_RADIO = 1 << 15
_PUSH_BUTTON = 1 << 16
_SAVE_THE_FORM = "Fill in the form as you got it, save it as a PDF (do not print it) and send that."


def verify(content: bytes, keyring: Keyring) -> Verdict:
    """Return what a file is worth; FileRefused where it cannot be opened without guessing."""
    with _opened(content) as pdf:
        return verify_opened(pdf, content, keyring)


def read(content: bytes, keyring: Keyring) -> Filled:
    """Return what the form in a file says; FileRefused says why it cannot be taken.

    The keyring needs public keys only. A seal that is not signed, or by a key that is not in the
    keyring, is for the caller to judge: see the verdict.
    """
    with _opened(content) as pdf:
        return _read(pdf, content, keyring)


@contextmanager
def _opened(content: bytes) -> Iterator[pikepdf.Pdf]:
    """Lend a file that somebody sent, and turn whatever is wrong with it into a refusal."""
    before = limits_hit()
    try:
        with open_sent(content) as pdf:
            yield pdf
            check_undamaged(pdf)
    except (TooMuch, RecursionError) as error:
        raise too_much() from error
    # What pikepdf raises for damage: its own errors, and these where a part is of a wrong kind.
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        # Some limits are counted, and of the others the library says that they were exceeded.
        limited = limits_hit() > before or "limit exceeded" in str(error)
        raise (too_much() if limited else damaged()) from error


def _read(pdf: pikepdf.Pdf, content: bytes, keyring: Keyring) -> Filled:
    verdict = verify_opened(pdf, content, keyring)
    check_undamaged(pdf)
    seal = verdict.seal
    if seal is None:
        raise _not_ours()
    if not seal.fields:
        raise FileRefused(
            Reason.WRONG_FORM,
            f"This is a document of {seal.citation} with nothing to fill in. Send the form that"
            " you filled in.",
        )
    _refuse_additions(pdf)
    try:
        found = form_fields(pdf)
    except Doubled as error:
        raise _fields_changed(f"two fields are called “{error}”") from error
    _compare(seal.fields, found)
    if not verdict.holds:
        raise _altered("what is printed in it is not what we made")
    values = _values(seal.fields, found)
    return Filled(
        sha256=verdict.sha256,
        verdict=verdict,
        answers={
            key: given
            for key, given in values.items()
            if key.item not in (ABOUT, CONTINUATION, COPY_IDENTIFIER.key.item)
        },
        about=_texts(values, ABOUT),
        continuation=_texts(values, CONTINUATION),
    )


def _refuse_additions(pdf: pikepdf.Pdf) -> None:
    names, form = pdf.Root.get(Name.Names), pdf.Root.get(Name.AcroForm)
    for holder, name, what in (
        (names, Name.JavaScript, "a script was added to it"),
        (names, Name.EmbeddedFiles, "a file was attached to it"),
        (pdf.Root, Name.AA, "an action was added to it"),
        (form, Name.XFA, "a form of another kind (XFA) was added to it"),
    ):
        if isinstance(holder, pikepdf.Dictionary) and name in holder:
            raise _altered(what)


def _compare(fields: Sequence[Field], found: Mapping[str, FormField]) -> None:
    """Refuse a file whose fields are not exactly those that the seal lists."""
    listed = {name: field for field in fields for name in _names(field)}
    if not any(found[name].boxes for name in found.keys() & listed.keys()):
        raise FileRefused(
            Reason.FLATTENED,
            "The fields are gone from this form: it was printed to a PDF, scanned or flattened."
            f" {_SAVE_THE_FORM} Or attach this file and type in what it says.",
        )
    if added := sorted(found.keys() - listed.keys()):
        raise _fields_changed(f"“{added[0][:80]}” was added")
    for name, field in listed.items():
        if name not in found or not found[name].boxes:
            raise _fields_changed(f"“{field.label}” was removed")
        if not _is_as_made(field, name, found[name]):
            raise _fields_changed(f"“{field.label}” is a field of another kind")


def _names(field: Field) -> list[str]:
    """Return the full names of the PDF fields that a field has: one, or one for each box."""
    if field.kind is FieldKind.SOME_OF:
        return [f"{field.name}.{key}" for key, _ in field.options]
    return [field.name]


def _is_as_made(field: Field, name: str, found: FormField) -> bool:
    match field.kind:
        case FieldKind.ONE_OF:
            button = found.kind == "Btn" and found.flags & _RADIO and not found.flags & _PUSH_BUTTON
            return bool(button) and found.states == {key for key, _ in field.options}
        case FieldKind.SOME_OF:
            box = found.kind == "Btn" and not found.flags & (_RADIO | _PUSH_BUTTON)
            return bool(box) and found.states == {name.rpartition(".")[2]}
        case FieldKind.LINE | FieldKind.LINES | FieldKind.DAY:
            return found.kind == "Tx"


def _values(fields: Sequence[Field], found: Mapping[str, FormField]) -> dict[AnswerKey, Given]:
    values: dict[AnswerKey, Given] = {}
    problems: list[Unfit] = []
    for field in fields:
        try:
            values[field.key] = given_in(field, [found[name] for name in _names(field)])
        except Unfit as problem:
            problems.append(problem)
    if problems:
        first, *further = problems
        raise FileRefused(first.reason, str(first), tuple(str(each) for each in further))
    return values


def _texts(values: Mapping[AnswerKey, Given], item: str) -> dict[AnswerKey, str]:
    return {key: given.text for key, given in values.items() if key.item == item}


def _not_ours() -> FileRefused:
    return FileRefused(
        Reason.NOT_OURS,
        "This is not a form of this service, or another program took out what shows that it is."
        f" {_SAVE_THE_FORM} A scanned, flattened or handwritten form can be attached and typed in.",
    )


def _altered(what: str) -> FileRefused:
    return FileRefused(
        Reason.ALTERED, f"This form was changed after it was handed out: {what}. {_SAVE_THE_FORM}"
    )


def _fields_changed(what: str) -> FileRefused:
    return FileRefused(
        Reason.FIELDS_CHANGED,
        f"This form does not have the fields that it was handed out with: {what}. {_SAVE_THE_FORM}",
    )
