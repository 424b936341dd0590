"""Filled forms as text: what somebody wrote, without a server or a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from exports.fields import FieldKind
from exports.forms.examining import Examiner
from exports.forms.filled import FileRefused, Filled
from exports.forms.opening import check_size
from frameworks.questions import Given
from frameworks.yaml_text import yaml_text
from webapp.cli.files import write_whole
from webapp.cli.installation import Installation
from webapp.cli.refusals import Refused


@click.command("read")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The YAML file to write; printed if left out.",
)
@click.pass_obj
def read_document(installation: Installation, file: Path, output: Path | None) -> None:
    """Print what the filled form in FILE says, as YAML: each answer as the web form posts it.

    `signature` says who sealed the form: only `signed` was made by this installation.
    """
    if output is not None and not output.absolute().parent.is_dir():
        raise Refused(f"there is no folder {output.absolute().parent}")
    examiner = Examiner()
    try:
        check_size(file.stat().st_size)
        filled = examiner.read(file.read_bytes(), installation.keys.keyring)
    except FileRefused as refused:
        raise Refused(" ".join((f"{file}:", refused.message, *refused.further))) from refused
    finally:
        examiner.close()
    text = yaml_text(as_plain(filled))
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output.absolute(), text.encode())
        click.echo(f"Wrote {output}")


def as_plain(filled: Filled) -> dict[str, Any]:
    """Return a filled form as plain data, its answers in the order of the form.

    One of several options is its key, some of them are a list of keys; what is blank is empty.
    """
    seal = filled.verdict.seal
    if seal is None:
        raise ValueError("a form that was read has a seal")
    several = {field.key for field in seal.fields if field.kind is FieldKind.SOME_OF}
    return {
        "citation": seal.citation,
        "digest": seal.digest,
        "kind": seal.kind,
        "form": dict(sorted(seal.form.items())),
        "identifier": seal.identifier,
        **({"base": seal.base} if seal.base else {}),
        "state": filled.verdict.state.value,
        "signature": filled.verdict.signature.value,
        "sha256": filled.sha256,
        "about": {str(key): text for key, text in filled.about.items()},
        "answers": {
            str(key): list(given.choices) if key in several else _posted(given)
            for key, given in filled.answers.items()
        },
        "continuation": {str(key): text for key, text in filled.continuation.items()},
    }


def _posted(given: Given) -> str:
    return given.choices[0] if given.choices else given.text
