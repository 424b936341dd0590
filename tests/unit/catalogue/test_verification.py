"""What is said about a document depends on its seal, and on where its framework stands today."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from exports.forms.filled import FileRefused, Reason
from exports.seals.sealing import Seal
from exports.seals.signing import Signature
from exports.seals.verifying import FileState, Verdict
from frameworks.library import Library
from frameworks.model import Reference
from tests.unit.frameworks.shelves import TODAY, a_draft, a_library, next_version
from webapp.catalogue import verification_words as words
from webapp.catalogue.verification import (
    answer_to_file,
    answer_to_refusal,
    basis_of,
    kind_in_words,
)
from webapp.catalogue.verification_pages import file_page
from webapp.catalogue.verification_words import Tone

FINAL = "board-example@1.0.0"
SEAL = Seal(
    identifier="5NRH-CGNQ-4TR4-80B5",
    kind="receipt",
    citation=FINAL,
    digest="sha256:" + "a" * 64,
    made_on=TODAY,
    content="b" * 64,
    length=9,
    sha256="c" * 64,
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return a_library(tmp_path)


def digest_of(library: Library, citation: str) -> str:
    return library.get(Reference.parse(citation)).digest


def heading(library: Library, citation: str) -> str:
    return basis_of(library, citation, digest_of(library, citation)).answer.heading


@pytest.mark.parametrize(
    ("state", "signature", "tone"),
    [
        (FileState.UNCHANGED, Signature.SIGNED, Tone.GOOD),
        (FileState.FILLED_IN, Signature.SIGNED, Tone.GOOD),
        (FileState.ALTERED, Signature.SIGNED, Tone.BAD),
        (FileState.ALTERED, Signature.FORGED, Tone.BAD),
        (FileState.UNCHANGED, Signature.UNSIGNED, Tone.CAUTION),
        (FileState.FILLED_IN, Signature.UNSIGNED, Tone.CAUTION),
        (FileState.ALTERED, Signature.UNSIGNED, Tone.BAD),
        (FileState.UNCHANGED, Signature.UNKNOWN_KEY, Tone.CAUTION),
        (FileState.ALTERED, Signature.UNKNOWN_KEY, Tone.CAUTION),
        (FileState.NOT_OURS, Signature.UNSIGNED, Tone.BAD),
    ],
)
def test_only_what_a_key_of_ours_signed_is_called_good(
    library: Library, state: FileState, signature: Signature, tone: Tone
) -> None:
    seal = None if state is FileState.NOT_OURS else SEAL
    verdict = Verdict(state, signature, "d" * 64, seal)
    answer = answer_to_file(verdict)
    assert answer.tone is tone
    assert tone is Tone.GOOD or answer.advice
    # What a file claims about itself is repeated only where it is true.
    shown = file_page(library, verdict, None)
    assert (shown.found is not None) is (shown.basis is not None) is (tone is Tone.GOOD)


@pytest.mark.parametrize("reason", [*Reason])
def test_whatever_is_wrong_with_a_file_there_is_something_to_do(reason: Reason) -> None:
    answer = answer_to_refusal(FileRefused(reason, "The sentence for those who send forms back."))
    assert answer.tone is Tone.BAD
    assert answer.advice


def test_a_version_in_force_is_said_to_be_so(library: Library) -> None:
    basis = basis_of(library, FINAL, digest_of(library, FINAL))
    assert basis.answer is words.IN_FORCE
    assert basis.successor is None


def test_an_earlier_version_names_the_one_in_force(library: Library) -> None:
    assert heading(library, "board-example@1.0.0-beta.1") == (
        "Its framework version has been replaced by version 1.0.0"
    )


def test_a_consultation_version_is_not_final(library: Library) -> None:
    citation = "board-example@1.1.0-beta.1"
    basis = basis_of(library, citation, digest_of(library, citation))
    assert basis.answer.heading == "Its framework version is for consultation"
    assert basis.successor is not None
    assert str(basis.successor.reference) == FINAL


def test_a_withdrawn_version_is_not_to_be_used(library: Library) -> None:
    library.withdraw(Reference.parse(FINAL), "A mistake in a weight", on=TODAY)
    assert heading(library, FINAL) == "Its framework version has been withdrawn"


def test_a_final_version_that_has_not_started_is_not_in_force_yet(tmp_path: Path) -> None:
    early = dt.date(2026, 3, 3)
    library = Library(tmp_path / "library", today=lambda: early)
    for version in ("1.0.0-beta.1", "1.0.0"):
        library.publish(a_draft(tmp_path, next_version(version)), version, on=early)
    assert heading(library, FINAL) == "Its framework version is not in force yet"


def test_another_text_under_the_same_number_is_told(library: Library) -> None:
    basis = basis_of(library, FINAL, "sha256:" + "0" * 64)
    assert basis.answer is words.OTHER_TEXT


@pytest.mark.parametrize("citation", ["elsewhere@1.0.0", "board-example@9.9.9", "", "@", "a@b@c"])
def test_a_version_that_is_not_here_is_not_judged(library: Library, citation: str) -> None:
    assert basis_of(library, citation, "sha256:0").answer is words.UNKNOWN_VERSION


def test_a_version_whose_file_was_changed_vouches_for_nothing(
    library: Library, tmp_path: Path
) -> None:
    digest = digest_of(library, FINAL)
    file = next((tmp_path / "library").rglob("1.0.0.yaml"))
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"# Changed\n")
    assert basis_of(library, FINAL, digest).answer is words.DAMAGED_VERSION


def test_kinds_have_names_and_new_ones_are_documents() -> None:
    assert kind_in_words("scorecard", is_copy=False) == "Scorecard"
    assert kind_in_words("scorecard", is_copy=True) == "Scorecard prefilled for one person"
    assert kind_in_words("<script>", is_copy=False) == "Document"
