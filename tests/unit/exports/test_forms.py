"""What people find on a form that they fill in on a screen, or print and fill in by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup

from exports.document import Document
from exports.documents.review_record import RecordState, ReviewRecord, make_review_record
from exports.documents.scorecard import Scorecard, make_scorecard
from exports.fields import COPY_IDENTIFIER
from exports.forms.form_fields import CONTINUATION
from exports.samples import review_record, samples, scorecard
from exports.samples.framework import sample_framework
from exports.templating import body, page
from exports.worker import Press
from frameworks.interview import ChosenQuestion, interview_kit
from frameworks.model import AssessAt, Framework
from frameworks.review import review_form
from tests.unit.exports.reading import whole_pages_of

POINTS_A_MILLIMETRE = 72 / 25.4
FORMS = tuple(name for name, document in samples().items() if document.fields)
FOR_ONE_PERSON = tuple(name for name in FORMS if COPY_IDENTIFIER in samples()[name].fields)
FLAT = tuple(name for name in samples() if name not in FORMS)


@dataclass(frozen=True)
class Box:
    """A field on a sheet, in millimetres from the sheet's lower left corner."""

    sheet: int
    name: str
    is_button: bool
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def overlaps(self, other: Box) -> bool:
        return (
            self.sheet == other.sheet
            and self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )


def boxes_of(file: Path) -> Iterator[Box]:
    with pikepdf.open(file) as pdf:
        for number, sheet in enumerate(pdf.pages):
            for widget in sheet.get("/Annots", ()):
                if widget.Subtype != "/Widget":
                    continue
                field = widget if "/T" in widget else widget.Parent
                x1, y1, x2, y2 = (float(each) / POINTS_A_MILLIMETRE for each in widget.Rect)
                is_button = widget.get("/FT", field.get("/FT")) == "/Btn"
                left, right, bottom, top = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
                yield Box(number, str(field.T), is_button, left, bottom, right, top)


@pytest.mark.parametrize("name", FORMS)
class TestEachForm:
    """One form at a time."""

    def test_every_control_is_a_field_of_the_document_and_in_its_order(
        self, name: str, documents: Mapping[str, Document]
    ) -> None:
        document = documents[name]
        drawn = BeautifulSoup(page(document), "lxml").select("input, textarea")
        names = dict.fromkeys(str(each["name"]) for each in drawn)
        assert list(names) == [field.name for field in document.fields]
        for field in document.fields:
            choices = [
                str(each["value"])
                for each in drawn
                if each.get("type") in ("radio", "checkbox") and each["name"] == field.name
            ]
            assert choices == [key for key, _ in field.options]

    def test_the_web_shows_the_same_form_without_controls(
        self, name: str, documents: Mapping[str, Document]
    ) -> None:
        assert not BeautifulSoup(body(documents[name]), "lxml").select("input, textarea")

    def test_every_box_lies_between_the_margins_and_none_over_another(
        self, name: str, printed: Mapping[str, Path]
    ) -> None:
        boxes = list(boxes_of(printed[name]))
        assert boxes
        for box in boxes:
            assert box.left > 24.9, box
            assert box.right < 190.1, box
            assert box.bottom > 23.9, box
            assert box.top < 273.1, box
        assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]

    def test_a_mark_is_large_enough_to_hit_and_a_line_to_write_on(
        self, name: str, printed: Mapping[str, Path]
    ) -> None:
        for box in boxes_of(printed[name]):
            if box.is_button:
                assert min(box.right - box.left, box.height) > 5, box
            else:
                assert box.height > 6, box

    def test_the_last_two_pages_take_what_does_not_fit(
        self, name: str, printed: Mapping[str, Path]
    ) -> None:
        pages = whole_pages_of(printed[name])
        found = {box.name: box for box in boxes_of(printed[name])}
        for number, field in enumerate(CONTINUATION, start=len(pages) - 2):
            box = found[field.name]
            assert box.sheet == number
            # Large print leaves room for as many words as fit on a page of it.
            assert box.height > (180 if name.endswith("-large") else 200)
            assert "Say which question each part belongs to." in " ".join(pages[number].split())

    def test_it_says_before_the_first_question_that_boxes_scroll(
        self, name: str, printed: Mapping[str, Path]
    ) -> None:
        first = " ".join(" ".join(whole_pages_of(printed[name])[:2]).split())
        assert "On a screen a box scrolls as you type" in first

    def test_what_makes_the_form_again_names_no_person(
        self, name: str, documents: Mapping[str, Document]
    ) -> None:
        known = {"profile", "rule_on", "stage", "asked", "consultation", "questionnaire", "size"}
        assert set(documents[name].form) <= known


@pytest.mark.parametrize("name", FOR_ONE_PERSON)
def test_the_first_page_says_whose_copy_it_is(
    name: str, documents: Mapping[str, Document], printed: Mapping[str, Path]
) -> None:
    (copy,) = [box for box in boxes_of(printed[name]) if box.name == COPY_IDENTIFIER.name]
    assert copy.sheet == 0
    assert documents[name].form["profile"] == "provider-chair"


@pytest.mark.parametrize("name", FLAT)
def test_a_finished_document_has_nothing_to_fill_in(
    name: str, documents: Mapping[str, Document], printed: Mapping[str, Path]
) -> None:
    assert documents[name].form == {}
    assert "boardmark-fields" not in page(documents[name])
    with pikepdf.open(printed[name]) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_the_same_review_form_can_be_made_again() -> None:
    blank = review_record.sample(RecordState.BLANK)
    on = dt.date.fromisoformat(blank.form["rule_on"])
    again = review_form(sample_framework(), blank.form["profile"], on)
    assert again.rule == blank.rule
    assert {question.key for question in again.questions()} < {field.key for field in blank.fields}


def test_cards_that_ask_something_else_are_told_apart() -> None:
    framework = sample_framework()
    asked = [
        (ChosenQuestion("What?", ("culture.fairness",)),),
        (ChosenQuestion("What then?", ("culture.fairness",)),),
        (ChosenQuestion("What?", ("culture.speaking-up",)),),
    ]
    forms = [
        make_scorecard(
            interview_kit(framework, "provider-chair", AssessAt.INTERVIEW, chosen),
            organisation="F",
            vacancy="V",
            made_on=dt.date(2026, 3, 2),
        ).form["asked"]
        for chosen in asked
    ]
    assert len(set(forms)) == 3


def test_signatures_are_for_the_pen(printed: Mapping[str, Path]) -> None:
    pages = whole_pages_of(printed["review-blank"])
    (signed,) = [number for number, text in enumerate(pages) if "Signature\n" in text]
    assert "I have read this review" in pages[signed]
    assert not [box for box in boxes_of(printed["review-blank"]) if box.sheet == signed]


def test_evidence_takes_the_rest_of_its_side(printed: Mapping[str, Path]) -> None:
    evidence = [box for box in boxes_of(printed["scorecard-interview"]) if "evidence" in box.name]
    assert len(evidence) == len(scorecard.sample().questions)
    for box in evidence:
        assert box.bottom < 32, box
    assert evidence[0].height > 100


def test_evidence_moves_to_a_side_of_its_own_where_a_prompt_leaves_too_little(
    press: Press, tmp_path: Path
) -> None:
    sentence = "Tell us about a time when it was hard, what you did and what came of it. "
    chosen = [
        ChosenQuestion(f"{number}. {sentence * (2 + 3 * number)}", ("culture.fairness",))
        for number in range(12)
    ]
    kit = interview_kit(sample_framework(), "provider-chair", AssessAt.INTERVIEW, chosen)
    card = make_scorecard(kit, organisation="F", vacancy="V", made_on=dt.date(2026, 3, 2))
    file = tmp_path / "long.pdf"
    file.write_bytes(press.make(card))

    boxes = list(boxes_of(file))
    evidence = [box for box in boxes if "evidence" in box.name]
    assert len(evidence) == 12
    for box in evidence:
        assert box.height > 38, box
        assert 23.9 < box.bottom < 32, box
    pages = whole_pages_of(file)
    for box in evidence:
        assert card.evidence in " ".join(pages[box.sheet].split()), "a heading without its box"
    assert len({box.sheet for box in evidence}) == 12


@pytest.mark.parametrize("made", [review_record.sample(RecordState.BLANK), scorecard.sample()])
def test_every_page_says_that_a_version_is_not_final(
    made: ReviewRecord | Scorecard, press: Press, tmp_path: Path
) -> None:
    assert made.mark == ""
    beta = dataclasses.replace(made, citation="board-leadership@1.1.0-beta.1")
    file = tmp_path / "beta.pdf"
    file.write_bytes(press.make(beta))

    for sheet in whole_pages_of(file):
        assert "FOR CONSULTATION" in sheet
    assert "is not final and not in force" in whole_pages_of(file)[0]


def test_sixty_competencies_in_one_question_are_each_scored(press: Press, tmp_path: Path) -> None:
    statement = ("I do what I said, and I say what I do, also when it is hard. " * 60)[:3000]
    framework = a_long_framework(statement.strip())
    keys = tuple(each.key for each in framework.all_competencies())
    question = ChosenQuestion("Tell us about all of it.", keys)
    kit = interview_kit(framework, "provider-chair", AssessAt.INTERVIEW, (question,))
    card = make_scorecard(kit, organisation="", vacancy="", made_on=dt.date(2026, 5, 1))
    file = tmp_path / "long.pdf"
    file.write_bytes(press.make(card))

    scored = {box.name for box in boxes_of(file) if ":score-" in box.name}
    assert len(scored) == 60


def test_sixty_long_statements_are_each_marked_below_their_own_words(
    press: Press, tmp_path: Path
) -> None:
    statement = ("I do what I said, and I say what I do, also when it is hard. " * 60)[:3000]
    blank = make_review_record(
        review_form(a_long_framework(statement.strip()), "provider-chair", dt.date(2026, 5, 1)),
        state=RecordState.BLANK,
        made_on=dt.date(2026, 3, 2),
    )
    file = tmp_path / "long.pdf"
    file.write_bytes(press.make(blank))

    boxes = [box for box in boxes_of(file) if box.name.endswith(":level")]
    assert len({box.name for box in boxes}) == 60
    assert all(box.bottom > 23.9 and box.top < 273.1 for box in boxes)
    for name in {box.name for box in boxes}:
        assert len({box.sheet for box in boxes if box.name == name}) == 1, name


def a_long_framework(statement: str) -> Framework:
    """Return a framework of one domain with sixty competencies that all say this."""
    plain = sample_framework().model_dump(mode="json", by_alias=True)
    domain = plain["domains"][0]
    one = domain["competencies"][0]
    keys = [f"{domain['key']}.number-{number}" for number in range(60)]
    domain["competencies"] = [
        one | {"key": key, "statement": statement, "indicators": [], "questions": []}
        for key in keys
    ]
    plain["domains"] = [domain]
    profile = plain["profiles"][0]
    profile["requirements"] = [profile["requirements"][0] | {"competency": key} for key in keys]
    plain["profiles"] = [profile]
    return Framework.model_validate(plain)
