"""Word files: whole, readable by others, the same every time, and never broken by what is said."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.consultation_material import material_of
from exports.document import Fact
from exports.samples.consultation_form import sample, sample_invitation
from exports.samples.published import sample_published
from exports.samples.receipt import sample_questionnaire
from exports.word.blank import blank_consultation
from exports.word.response import DraftResponse, draft_file, make_draft_response
from exports.word.sheet import storable
from frameworks.questions import AnswerKey, Given

NOON = dt.datetime(2026, 3, 20, 12, 5, tzinfo=dt.UTC)
WORDING = AnswerKey("culture.speaking-up", "wording")
COMMENT = AnswerKey("culture.speaking-up", "comment")
ANSWERS = {
    AnswerKey("culture.speaking-up", "necessary", "provider-chair"): Given(choices=("essential",)),
    WORDING: Given(
        text="I make it safe for anyone to raise a worry, and I see that it is acted on."
    ),
    COMMENT: Given(text="First paragraph.\n\nSecond one,\nwith a line break."),
    AnswerKey("governance.constructive-challenge", "comment"): Given(text="Not chosen any more."),
}


def a_draft(
    answers: Mapping[AnswerKey, Given] = ANSWERS,
    about: tuple[Fact, ...] = (Fact("Responding as", "An organisation"), Fact("Region")),
) -> DraftResponse:
    """Return a draft about one competency and one position."""
    return make_draft_response(
        material_of(sample_published(), sample_questionnaire()),
        invitation=sample_invitation(),
        as_of=NOON,
        about=about,
        chosen=("culture.speaking-up",),
        positions=("provider-chair",),
        answers=answers,
    )


def opened(content: bytes) -> Document:
    """Return a Word file as another program sees it."""
    return docx.Document(io.BytesIO(content))


def words_of(document: Document) -> str:
    """Return all words of a file in order, those of tables last."""
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(each.text for each in document.paragraphs), *cells))


def value_of(element: Any, tag: str) -> str:
    """Return the value of the first element of a kind below another."""
    return str(element.find(f".//{qn(tag)}").get(qn("w:val")))


@pytest.fixture(scope="module")
def blank() -> bytes:
    return blank_consultation(sample())


@pytest.fixture(scope="module")
def draft() -> bytes:
    return draft_file(a_draft())


@pytest.fixture(scope="module", params=["blank", "draft"])
def either(request: pytest.FixtureRequest) -> bytes:
    content: bytes = request.getfixturevalue(request.param)
    return content


class TestEveryFile:
    def test_headings_have_real_styles_and_no_level_is_left_out(self, either: bytes) -> None:
        styles = [each.style.name for each in opened(either).paragraphs if each.style]
        assert styles[0] == "Title"
        levels = [int(each[-1]) for each in styles if each.startswith("Heading")]
        assert levels[0] == 1
        assert set(levels) == {1, 2, 3}
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_it_is_in_british_english_and_12_point_sans(self, either: bytes) -> None:
        document = opened(either)
        assert document.core_properties.language == "en-GB"
        languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
        assert languages == {"en-GB"}
        normal = document.styles["Normal"].font
        assert normal.size is not None
        assert normal.size.pt == 12
        named = [
            each.attrib for each in document.styles.element.iter(qn("w:rFonts")) if each.attrib
        ]
        assert not [each for each in named if qn("w:asciiTheme") in each]
        assert "Arial" in {each.get(qn("w:ascii")) for each in named}

    def test_every_page_says_what_it_rests_on_and_which_page_it_is(self, either: bytes) -> None:
        foot = opened(either).sections[0].footer
        assert foot.paragraphs[0].text.startswith("board-leadership@1.0.0 · ")
        fields = [each.text for each in foot._element.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]

    def test_a_table_has_a_name_and_a_header_row_that_is_repeated(self, either: bytes) -> None:
        tables = [each for each in opened(either).tables if len(each.columns) > 1]
        assert tables
        for table in tables:
            assert value_of(table._tbl, "w:tblCaption")
            first, *others = table.rows
            assert first._tr.trPr.find(qn("w:tblHeader")) is not None
            assert not [
                each for each in others if each._tr.trPr.find(qn("w:tblHeader")) is not None
            ]

    def test_it_names_nobody_and_no_moment_of_its_making(self, either: bytes) -> None:
        properties = opened(either).core_properties
        assert properties.author == ""
        assert properties.last_modified_by == ""
        assert properties.comments == ""
        with zipfile.ZipFile(io.BytesIO(either)) as parts:
            assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not [each for each in parts.namelist() if "thumbnail" in each]

    def test_it_has_no_picture_and_leads_nowhere(self, either: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(either)) as parts:
            assert not [each for each in parts.namelist() if "media" in each]
            links = [parts.read(each) for each in parts.namelist() if each.endswith(".rels")]
        assert not [each for each in links if b"External" in each]


class TestTheBlankConsultation:
    def test_the_same_form_gives_the_same_bytes(self, blank: bytes) -> None:
        assert blank_consultation(sample()) == blank

    def test_it_has_every_statement_every_behaviour_and_every_question(self, blank: bytes) -> None:
        words = " ".join(words_of(opened(blank)).split())
        for competency in sample_published().framework.all_competencies():
            assert competency.statement in words
            assert all(each.text in words for each in competency.indicators)
        for item in sample().items:
            for ask in item.asks:
                question = ask.question if hasattr(ask, "question") else ask.said.question
                assert question in words
        invitation = sample_invitation()
        for text in (invitation.purpose.split("\n")[0], invitation.contact, "29 May 2026"):
            assert text in words
        assert "nobody can promise that a response stays confidential" in words

    def test_every_option_has_a_box_to_tick_that_says_what_it_is(self, blank: bytes) -> None:
        names = [each.get(qn("w:val")) for each in opened(blank).element.iter(qn("w:alias"))]
        options = sum(len(field.options) for field in sample().fields)
        assert len(names) == options
        assert all(names)
        assert max(map(len, names)) <= 64
        assert "Chair of an NHS provider: Essential" in names

    def test_every_text_has_room_that_grows(self, blank: bytes) -> None:
        rooms = [each for each in opened(blank).tables if len(each.columns) == 1]
        texts = [each for each in sample().fields if not each.options]
        # In a file that grows nothing has to go on other pages.
        assert len(rooms) == len([each for each in texts if each.key.item != "continuation"])
        assert all(row.height and row.height_rule is None for each in rooms for row in each.rows)

    def test_words_in_another_language_are_marked_as_such(self) -> None:
        material = dataclasses.replace(
            material_of(sample_published(), sample_questionnaire()),
            language="cy",
            language_of=lambda key: "cy" if key == "culture.speaking-up" else "",
        )
        draft = make_draft_response(
            material,
            invitation=sample_invitation(),
            as_of=NOON,
            about=(),
            chosen=("culture.speaking-up", "culture.fairness"),
            positions=(),
            answers={},
        )
        in_welsh = [
            run.text
            for paragraph in opened(draft_file(draft)).paragraphs
            for run in paragraph.runs
            if run._r.find(f".//{qn('w:lang')}") is not None
        ]
        statement = sample_published().framework.competency("culture.speaking-up").statement
        assert in_welsh == ["1.1 Makes it safe to speak up", statement]


class TestTheDraft:
    def test_the_same_draft_gives_the_same_bytes(self, draft: bytes) -> None:
        assert draft_file(a_draft()) == draft
        later = dataclasses.replace(a_draft(), as_of=NOON + dt.timedelta(minutes=1))
        assert draft_file(later) != draft

    def test_every_page_says_that_it_is_a_draft_and_of_when(self, draft: bytes) -> None:
        document = opened(draft)
        said = "Draft: not sent. As it was on 20 March 2026 at 12:05pm GMT"
        assert document.sections[0].header.paragraphs[0].text == said
        assert document.paragraphs[1].text == said

    def test_it_shows_the_whole_draft_what_is_not_answered_too(self, draft: bytes) -> None:
        words = words_of(opened(draft))
        for text in (
            "Responding as: An organisation",
            "Region: Not given",
            "1.1 Makes it safe to speak up",
            "First paragraph.",
            "Second one,\nwith a line break.",
            "The domain as a whole",
            "Chair of an NHS provider\nEssential",
            "The framework as a whole",
        ):
            assert text in words
        assert words.count("Not answered") == 3

    def test_what_is_not_chosen_is_left_out(self, draft: bytes) -> None:
        words = words_of(opened(draft))
        assert "Not chosen any more." not in words
        assert "Non-executive director" not in words

    def test_a_suggested_wording_is_shown_whole_and_marked_in_words(self, draft: bytes) -> None:
        paragraphs = [each.text for each in opened(draft).paragraphs]
        start = paragraphs.index("Present wording")
        before, after = paragraphs[start + 1], paragraphs[start + 3]
        assert before == sample_published().framework.competency("culture.speaking-up").statement
        assert after == ANSWERS[WORDING].text
        assert "raise a [Removed: concern,] [Added: worry,] and" in paragraphs[start + 5]

    def test_the_marks_are_more_than_a_colour(self, draft: bytes) -> None:
        marked = [
            run
            for paragraph in opened(draft).paragraphs
            for run in paragraph.runs
            if run.text.startswith(("[Removed", "[Added"))
        ]
        assert [bool(each.font.strike) for each in marked] == [True, False]
        assert [bool(each.font.underline) for each in marked] == [False, True]

    def test_a_text_from_the_right_starts_there(self) -> None:
        content = draft_file(a_draft({COMMENT: Given(text="שלום לכולם")}))
        (paragraph,) = [each for each in opened(content).paragraphs if "שלום" in each.text]
        assert paragraph._p.find(f".//{qn('w:bidi')}") is not None
        assert paragraph.runs[0].font.rtl

    @settings(max_examples=8, deadline=None)
    @given(text=st.text(max_size=60), name=st.text(max_size=30))
    def test_any_text_at_all_can_be_opened_again(self, text: str, name: str) -> None:
        given_text = Given.model_construct(text=text, choices=())
        content = draft_file(
            a_draft({COMMENT: given_text, WORDING: given_text}, about=(Fact("Name", name),))
        )
        squeezed = "".join(words_of(opened(content)).split())
        assert "".join(storable(name).split()) in squeezed

    @pytest.mark.parametrize(
        "text",
        ["\x00\x0b\x1b", "\ud800", "\ufffe\uffff", "a" * 40_000, "<w:p>&amp;]]>", "\u202ex\u2066"],
    )
    def test_hostile_texts_do_not_break_it(self, text: str) -> None:
        given_text = Given.model_construct(text=text + " end", choices=())
        content = draft_file(a_draft({COMMENT: given_text, WORDING: given_text}))
        assert "end" in words_of(opened(content))
