"""A value is read as the web form would have posted it, or refused with what is wrong with it."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Name, String
from werkzeug.datastructures import MultiDict

from exports.fields import FieldKind, field_of
from exports.forms.filled import FileRefused, Reason
from exports.forms.given import UNSEEN
from exports.forms.readback import read
from exports.seals.signing import Keyring, Signature, SigningKey
from frameworks.questions import AnswerKey, Given, LongText
from tests.factories.files import REFUSED
from tests.factories.filling import FORM_FIELDS, prefill
from tests.factories.forms import (
    AREAS,
    ASSESSMENT,
    EVIDENCE,
    KEYRING,
    MEETING,
    PERSON,
    POSITION,
    a_form,
)
from webapp.web.answering import UNSEEN as WEB_UNSEEN
from webapp.web.fields import answer_form

# A text that begins with the mark of another encoding is taken for one in it, by every program.
MARKS = ("\u00fe\u00ff", "\u00ff\u00fe", "\u00ef\u00bb\u00bf", "\ufeff", "\ufffe")


@pytest.fixture(scope="session")
def form() -> bytes:
    return a_form(FORM_FIELDS)


@pytest.fixture(scope="session")
def booklet() -> bytes:
    return a_form(())


def refused(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read(content, KEYRING)
    return caught.value


def with_value(form: bytes, key: AnswerKey, value: Any) -> bytes:
    """Return the form with a value written into a field as it is, and nothing else changed."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if str(field.T) == key.pdf_name:
                field.V = value
        saved = io.BytesIO()
        pdf.save(saved)
        return saved.getvalue()


class TestTexts:
    @pytest.mark.parametrize(
        "stored",
        [
            b"One\r\nTwo \x80 \xe9t\xe9",
            b"One\rTwo \x80 \xe9t\xe9",
            b"\n  One\nTwo \x80 \xe9t\xe9\r\n ",
            b"\xfe\xff" + "One\rTwo • été".encode("utf-16-be"),
            b"\xfe\xff" + "\x1bengb\x1bOne\nTwo • \x1bfr\x1bété".encode("utf-16-be"),
            b"\xff\xfe" + "One\nTwo • été".encode("utf-16-le"),
            b"\xef\xbb\xbf" + "One\r\nTwo • été".encode(),
            b"One\x00\nTw\x07o \x80 \xe9t\xe9\x0b",
        ],
    )
    def test_are_read_however_they_are_stored(self, form: bytes, stored: bytes) -> None:
        filled = read(with_value(form, EVIDENCE, String(stored)), KEYRING)
        assert filled.answers[EVIDENCE] == Given(text="One\nTwo • été")

    @pytest.mark.parametrize(
        ("value", "text"),
        [(Name("/None"), "None"), (12, "12"), (Decimal("1.50"), "1.50"), (True, "True")],
    )
    def test_are_read_whatever_kind_of_value_stands_there(
        self, form: bytes, value: Any, text: str
    ) -> None:
        assert read(with_value(form, EVIDENCE, value), KEYRING).answers[EVIDENCE].text == text

    def test_may_be_stored_as_a_stream_beside_one_that_is_formatted(self, form: bytes) -> None:
        with pikepdf.open(io.BytesIO(form)) as pdf:
            long = pdf.make_stream(b"\xfe\xff" + "In a stream…".encode("utf-16-be"))
            for field in pdf.Root.AcroForm.Fields:
                if str(field.T) == EVIDENCE.pdf_name:
                    field.V = long
                    field.RV = String("<p>In rich text</p>")
            saved = io.BytesIO()
            pdf.save(saved)
        assert read(saved.getvalue(), KEYRING).answers[EVIDENCE].text == "In a stream…"

    def test_on_one_line_have_no_line_breaks(self, form: bytes) -> None:
        filled = read(with_value(form, POSITION, String("Chair of\rthe board")), KEYRING)
        assert filled.about[POSITION] == "Chair of the board"

    @settings(max_examples=40, deadline=None)
    @given(text=st.text(max_size=60).filter(lambda each: not each.startswith(MARKS)))
    def test_are_what_the_web_form_would_have_posted(self, form: bytes, text: str) -> None:
        # A browser sends every line break as these two characters.
        lines = "\r\n".join(re.split(r"\r\n|\r|\n", text))
        question = LongText(key=EVIDENCE, text="What shows it?", max_length=400)
        assert field_of(question).kind is FieldKind.LINES
        posted = MultiDict({str(EVIDENCE): WEB_UNSEEN.sub("", lines)})
        web = answer_form([question], {}, posted).answers()[EVIDENCE]
        stored = String(b"\xfe\xff" + text.encode("utf-16-be", errors="surrogatepass"))
        read_back = read(with_value(form, EVIDENCE, stored), KEYRING).answers[EVIDENCE]
        assert read_back.text == re.sub("[\ud800-\udfff]", "\ufffd", web.text)

    def test_lose_the_same_characters_as_in_the_web_form(self) -> None:
        assert UNSEEN.pattern == WEB_UNSEEN.pattern

    def test_that_are_too_long_are_refused_with_how_much_too_long(self, form: bytes) -> None:
        error = refused(with_value(form, EVIDENCE, String("ä" * 412)))
        assert error.reason is Reason.TOO_LONG
        assert error.message == (
            "“What shows it?” has 412 characters. Shorten it by 12, to 400 or fewer."
        )

    def test_that_are_no_texts_are_refused(self, form: bytes) -> None:
        error = refused(with_value(form, EVIDENCE, pikepdf.Array([1, 2])))
        assert error.reason is Reason.OUTSIDE_SCALE
        assert "“What shows it?” holds something that is no answer" in error.message


class TestDays:
    @pytest.mark.parametrize(
        "written",
        [
            "2026-03-31",
            " 2026-3-31 ",
            "31 March 2026",
            "31 march  2026",
            "31st Mar. 2026",
            "31 Mar, 2026",
            "31/03/2026",
            "31/3/2026",
            "31.3.2026",
            "31-03-2026",
        ],
    )
    def test_are_read_as_people_write_them(self, form: bytes, written: str) -> None:
        filled = read(with_value(form, MEETING, String(written)), KEYRING)
        assert filled.answers[MEETING] == Given(text="2026-03-31")

    @pytest.mark.parametrize(
        "written",
        [
            "03/31/2026",
            "31/03.2026",
            "31/03/26",
            "31 March 26",
            "soon",
            "2026-02-30",
            "0026-03-31",
            "31 Ma 2026",
            "٣١ March 2026",
        ],
    )
    def test_that_nobody_can_be_sure_of_are_refused(self, form: bytes, written: str) -> None:
        error = refused(with_value(form, MEETING, String(written)))
        assert error.reason is Reason.NOT_A_DATE
        assert f"says “{written}”" in error.message
        assert "Write it as 2026-03-31 or 31 March 2026." in error.message


class TestMarks:
    @pytest.mark.parametrize(
        ("value", "shown", "expected"),
        [
            (Name.often, Name.often, "often"),
            (Name.often, Name.Off, "often"),
            (String("often"), Name.often, "often"),
            (String("/often"), Name.often, "often"),
            (None, Name.often, "often"),
            (String(""), Name.often, "often"),
            (Name.Off, Name.often, "often"),
            (Name.Off, Name.Off, ""),
            (String(""), Name.Off, ""),
            (None, Name.Off, ""),
        ],
    )
    def test_count_where_they_are_stored_or_shown(
        self, form: bytes, value: Any, shown: Name, expected: str
    ) -> None:
        filled = read(marked(form, value, shown), KEYRING)
        assert filled.answers[ASSESSMENT].choices == ((expected,) if expected else ())

    @pytest.mark.parametrize(
        ("value", "shown"), [(Name.rarely, Name.often), (String("rarely"), Name.often)]
    )
    def test_that_contradict_each_other_are_refused(
        self, form: bytes, value: Any, shown: Name
    ) -> None:
        error = refused(marked(form, value, shown))
        assert error.reason is Reason.CONTRADICTION
        assert error.message.startswith("“How often?” has two answers")

    @pytest.mark.parametrize("value", [Name.always, String("5"), 5])
    def test_outside_the_options_are_refused(self, form: bytes, value: Any) -> None:
        error = refused(marked(form, value, Name.Off))
        assert error.reason is Reason.OUTSIDE_SCALE
        assert "“How often?” is answered by" in error.message

    def test_of_a_box_that_is_not_its_own_are_refused(self, form: bytes) -> None:
        with pikepdf.open(io.BytesIO(form)) as pdf:
            [areas] = [each for each in pdf.Root.AcroForm.Fields if str(each.T) == AREAS.pdf_name]
            areas.Kids[0].V = Name.ward
            saved = io.BytesIO()
            pdf.save(saved)
        assert refused(saved.getvalue()).reason is Reason.OUTSIDE_SCALE


class TestRefusals:
    @pytest.mark.parametrize("name", REFUSED)
    def test_say_what_is_wrong_and_what_to_do(self, form: bytes, name: str) -> None:
        make, reason = REFUSED[name]
        error = refused(make(form))
        assert error.reason is reason
        assert error.message.endswith(".")
        assert len(error.message) < 320

    @pytest.mark.parametrize(
        ("name", "what"),
        [
            ("with a script", "a script was added"),
            ("with XFA", "a form of another kind (XFA) was added"),
            ("with a file attached", "a file was attached"),
            ("with other words", "what is printed in it is not what we made"),
            ("with a field added", "“bank-account” was added"),
            ("with a field removed", "“Name” was removed"),
        ],
    )
    def test_name_what_was_changed(self, form: bytes, name: str, what: str) -> None:
        make, _ = REFUSED[name]
        assert f": {what}" in refused(make(form)).message

    def test_name_every_value_that_is_wrong(self, form: bytes) -> None:
        wrong = with_value(form, MEETING, String("soon"))
        error = refused(with_value(wrong, EVIDENCE, String("x" * 401)))
        assert error.reason is Reason.TOO_LONG
        assert [each.partition(",")[0] for each in error.further] == ["“By when?"]

    def test_a_document_without_fields_says_that_it_is_no_form(self, booklet: bytes) -> None:
        error = refused(booklet)
        assert error.reason is Reason.WRONG_FORM
        assert "nothing to fill in" in error.message

    def test_what_we_wrote_in_may_not_be_overwritten(self, form: bytes) -> None:
        copy = prefill(form, {PERSON: Given(text="Ada Osei")})
        error = refused(with_value(copy, PERSON, String("Bea Osei")))
        assert error.reason is Reason.ALTERED


class TestKeys:
    def test_a_form_of_an_unknown_key_is_for_the_caller_to_judge(self, form: bytes) -> None:
        verdict = read(form, Keyring(SigningKey(bytes(32)))).verdict
        assert verdict.signature is Signature.UNKNOWN_KEY
        assert not verdict.is_ours


def marked(form: bytes, value: Any, shown: Name) -> bytes:
    """Return the form with a value of its radio buttons, and a mark that its first box shows."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        [group] = [each for each in pdf.Root.AcroForm.Fields if str(each.T) == ASSESSMENT.pdf_name]
        if value is None:
            del group.V
        else:
            group.V = value
        group.Kids[0].AS = shown
        saved = io.BytesIO()
        pdf.save(saved)
        return saved.getvalue()
