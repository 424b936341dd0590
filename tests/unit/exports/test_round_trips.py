"""Any answers, filled in by whichever program, are read back as they were."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.fields import Field, FieldKind
from exports.forms.filled import Filled
from exports.forms.readback import read
from exports.seals.signing import Signature
from exports.seals.verifying import FileState
from frameworks.questions import AnswerKey, Given
from tests.factories.files import HONEST
from tests.factories.filling import FORM_FIELDS, WRITERS, Answers, prefill
from tests.factories.forms import AREAS, ASSESSMENT, EVIDENCE, KEYRING, PERSON, a_form

# A text that begins with the mark of another encoding is taken for one in it, by every program.
MARKS = ("\u00fe\u00ff", "\u00ff\u00fe", "\u00ef\u00bb\u00bf", "\ufeff", "\ufffe")


@pytest.fixture(scope="session")
def form() -> bytes:
    return a_form(FORM_FIELDS)


def texts(characters: st.SearchStrategy[str], *, lines: bool) -> st.SearchStrategy[str]:
    if lines:
        characters |= st.sampled_from("\n\t")
    text = st.text(characters, max_size=40).map(str.strip)
    return text.filter(lambda each: not each.startswith(MARKS))


def given_for(field: Field, characters: st.SearchStrategy[str]) -> st.SearchStrategy[Given]:
    keys = [key for key, _ in field.options]
    match field.kind:
        case FieldKind.ONE_OF:
            return st.sampled_from([Given(), *(Given(choices=(key,)) for key in keys)])
        case FieldKind.SOME_OF:
            chosen = st.sets(st.sampled_from(keys))
            return chosen.map(lambda them: Given(choices=tuple(k for k in keys if k in them)))
        case FieldKind.DAY:
            days = st.dates(min_value=dt.date(1900, 1, 1))
            return st.just(Given()) | days.map(lambda day: Given(text=day.isoformat()))
        case FieldKind.LINE | FieldKind.LINES:
            found = texts(characters, lines=field.kind is FieldKind.LINES)
            return found.map(lambda text: Given(text=text))


def answers_in(characters: st.SearchStrategy[str]) -> st.SearchStrategy[Answers]:
    return st.fixed_dictionaries(
        {field.key: given_for(field, characters) for field in FORM_FIELDS if not field.locked}
    )


ANY = answers_in(st.characters(exclude_categories=["Cs", "Cc"]))
# What we write ourselves is drawn as well, glyph by glyph.
DRAWN = answers_in(st.sampled_from("abcxyzAZ019 .,;'\"()\\/&<>-–’éßøłšğŐÞαΩжЯ"))


def all_of(filled: Filled) -> dict[AnswerKey, Given]:
    written = {**filled.about, **filled.continuation}
    return {**filled.answers, **{key: Given(text=text) for key, text in written.items()}}


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
