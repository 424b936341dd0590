"""Whether a file is genuine, without a server or a database."""

from __future__ import annotations

from pathlib import Path

import click

from exports.forms.examining import Examiner
from exports.forms.filled import FileRefused
from exports.forms.opening import check_size
from exports.seals.signing import Keyring, NotAKey, PublicKey, Signature
from exports.seals.verifying import Verdict
from frameworks.digest import short
from frameworks.library import Library
from webapp.catalogue.verification import (
    answer_to_file,
    answer_to_refusal,
    basis_of,
    kind_in_words,
)
from webapp.catalogue.verification_words import Answer
from webapp.cli.installation import Installation
from webapp.cli.refusals import Refused

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("verify")
@click.argument("file", type=FILE)
@click.option(
    "--key",
    "trusted",
    multiple=True,
    help="The public key of another service, as its `boardmark keys list` prints it.",
)
@click.pass_context
def verify_document(context: click.Context, file: Path, trusted: tuple[str, ...]) -> None:
    """Say whether FILE is as it was made, filled in, altered or not ours.

    The exit code is 0 for a file that is what its seal says, and 1 for every other.
    """
    installation: Installation = context.obj
    keyring = _with(installation.keys.keyring, trusted)
    examiner = Examiner()
    try:
        check_size(file.stat().st_size)
        verdict = examiner.verify(file.read_bytes(), keyring)
    except FileRefused as refused:
        click.echo(_paragraph(answer_to_refusal(refused)))
        context.exit(1)
    finally:
        examiner.close()
    click.echo(_told(verdict, installation.library))
    is_known = verdict.signature is not Signature.UNKNOWN_KEY
    context.exit(0 if verdict.holds and is_known else 1)


def _with(keyring: Keyring, trusted: tuple[str, ...]) -> Keyring:
    try:
        further = [PublicKey.parse(text.strip()) for text in trusted]
    except NotAKey:
        raise Refused("--key is not a public key: boardmark keys list prints it last") from None
    return Keyring(None, [*keyring.public.values(), *further])


def _told(verdict: Verdict, library: Library) -> str:
    """Return a line each: what the file is worth, what it is, where its framework stands."""
    told = [_paragraph(answer_to_file(verdict))]
    seal = verdict.seal
    if seal is not None and verdict.holds and verdict.signature is not Signature.UNKNOWN_KEY:
        kind = kind_in_words(seal.kind, is_copy=bool(seal.base))
        told.append(f"{kind}: {seal.identifier}, from {seal.citation} ({short(seal.digest)}).")
        told.append(_paragraph(basis_of(library, seal.citation, seal.digest).answer))
    return "\n".join(told)


def _paragraph(answer: Answer) -> str:
    return " ".join((f"{answer.heading}.", answer.text, *answer.advice))
