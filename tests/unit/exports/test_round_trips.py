"""Any answers, filled in by whichever program, are read back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.forms.readback import read
from exports.seals.signing import Signature
from exports.seals.verifying import FileState
from frameworks.questions import Given
from tests.factories.files import HONEST
from tests.factories.filling import FORM_FIELDS, WRITERS, Answers, prefill
from tests.factories.forms import AREAS, ASSESSMENT, EVIDENCE, KEYRING, PERSON, a_form
from tests.unit.exports.any_answers import ANY_CHARACTER, all_of, answers_in


@pytest.fixture(scope="session")
def form() -> bytes:
    return a_form(FORM_FIELDS)


ANY = answers_in(FORM_FIELDS, ANY_CHARACTER)
# What we write ourselves is drawn as well, glyph by glyph.
DRAWN = answers_in(FORM_FIELDS, st.sampled_from("abcxyzAZ019 .,;'\"()\\/&<>-–’éßøłšğŐÞαΩжЯ"))


class TestAnyAnswers:
    @pytest.mark.parametrize("writer", WRITERS)
    @settings(max_examples=25, deadline=None)
    @given(answers=ANY)
    def test_come_back_from_any_program(self, form: bytes, writer: str, answers: Answers) -> None:
        filled = read(WRITERS[writer](form, answers), KEYRING)
        assert all_of(filled) == answers
        assert filled.verdict.state is FileState.FILLED_IN
        assert filled.verdict.signature is Signature.SIGNED

    @settings(max_examples=60, deadline=None)
    @given(answers=DRAWN)
    def test_come_back_from_a_prefilled_copy(self, form: bytes, answers: Answers) -> None:
        filled = read(prefill(form, answers), KEYRING)
        assert all_of(filled) == answers
        assert filled.verdict.state is FileState.UNCHANGED

    @pytest.mark.parametrize("writer", WRITERS)
    def test_come_back_from_a_prefilled_copy_that_somebody_filled_in(
        self, form: bytes, writer: str
    ) -> None:
        copy = prefill(form, {PERSON: Given(text="Zoë Ødegård"), EVIDENCE: Given(text="A draft")})
        answers = {EVIDENCE: Given(text="Better"), ASSESSMENT: Given(choices=("rarely",))}
        filled = read(WRITERS[writer](copy, answers), KEYRING)
        assert filled.about[PERSON] == "Zoë Ødegård"
        assert {key: filled.answers[key] for key in answers} == answers
        assert filled.verdict.state is FileState.FILLED_IN
        assert filled.verdict.seal is not None
        assert filled.verdict.seal.base

    @pytest.mark.parametrize("name", HONEST)
    def test_are_the_same_however_the_file_was_saved(self, form: bytes, name: str) -> None:
        answers = {EVIDENCE: Given(text="One\n\nTwo"), AREAS: Given(choices=("board", "ward"))}
        filled = read(HONEST[name](saved_by_turns(form, answers)), KEYRING)
        assert {key: filled.answers[key] for key in answers} == answers


def saved_by_turns(form: bytes, answers: Answers) -> bytes:
    """Return the form as it is after every program had it open and saved it."""
    for fill in WRITERS.values():
        form = fill(form, answers)
    return form
