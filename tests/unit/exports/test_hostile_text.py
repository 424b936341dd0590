"""Text that was written to break a page does not."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bs4 import BeautifulSoup

from exports.document import Document, Fact
from exports.documents.booklet import make_booklet
from exports.documents.person_specification import make_person_specification
from exports.documents.receipt import make_receipt
from exports.documents.review_record import (
    RecordState,
    ReviewPeople,
    Revision,
    Signature,
    make_review_record,
)
from exports.documents.scorecard import make_scorecard
from exports.samples.published import sample_published
from exports.samples.receipt import sample_questionnaire
from exports.templating import body, page
from exports.worker import DocumentTooLarge, Limits, Press
from frameworks.interview import ChosenQuestion, interview_kit
from frameworks.library import Published
from frameworks.model import AssessAt, Framework
from frameworks.questions import AnswerKey, Day, Given, OneOf
from frameworks.review import review_form
from tests import verapdf
from tests.unit.exports.reading import squeezed, text_of

DAY = dt.date(2026, 5, 20)
NOON = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)
MARKUP = (
    "</template></textarea><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;"
    "</td></table><h1>{{ 'zq' * 3 }}"
)
# Each way in which a page can ask for a file or for another machine.
ADDRESSES = (
    "file:///etc/passwd http://127.0.0.1:9/a <img src=file:///etc/passwd> "
    "<style>@import 'http://127.0.0.1:9/b'</style> <a href=file:///etc/passwd>c</a> "
    "<link rel=attachment href=file:///etc/passwd> url(http://127.0.0.1:9/d) javascript:alert(3) "
)
LINES = "A/B\\C:D*E?F\nG\r\nH\tI\u2028J\u2029K\x85L"
# Where the words of a framework are prose; keys, versions and addresses have patterns.
PROSE = {
    "title", "summary", "owner", "release_notes", "name", "attribution", "publisher", "licence",
    "label", "looks_like", "statement", "text", "rationale", "kind", "appointed_by",
    "appraised_by", "words", "source", "code",
}  # fmt: skip


def spoilt(value: Any, text: str) -> Any:
    """Return plain framework data with every text that an author can choose replaced."""
    if isinstance(value, dict):
        return {
            key: text if key in PROSE and isinstance(each, str) else spoilt(each, text)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [spoilt(each, text) for each in value]
    return value


def a_spoilt_version(text: str) -> Published:
    published = sample_published()
    plain = published.framework.model_dump(mode="json", by_alias=True)
    # A framework file may hold no control characters; what people send may.
    text = re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)
    return dataclasses.replace(published, framework=Framework.model_validate(spoilt(plain, text)))


def spoilt_documents(
    text: str, answer: str | None = None, framework_text: str | None = None
) -> dict[str, Document]:
    """Return every document with the text in each field that somebody can fill in.

    Answers and the texts of the framework may be given apart: they may be longer or shorter.
    """
    long = answer or text
    published = a_spoilt_version(framework_text or text)
    framework = published.framework
    form = review_form(framework, "provider-chair", DAY)
    kit = interview_kit(
        framework,
        "provider-chair",
        AssessAt.INTERVIEW,
        [ChosenQuestion(framework_text or text, ("culture.fairness",))],
    )
    answers = {
        question.key: Given(choices=("unknown", text))
        if isinstance(question, OneOf)
        else Given(text=text if isinstance(question, Day) else long)
        for question in form.questions()
    }
    return {
        "booklet": make_booklet(published),
        "specification": make_person_specification(
            published, "provider-chair", organisation=text, vacancy=text, shows_weights=True
        ),
        "scorecard": make_scorecard(
            kit, organisation=text, vacancy=text, candidate=text, assessor=text, made_on=DAY
        ),
        "receipt": make_receipt(
            published,
            sample_questionnaire(),
            consultation=text,
            reference=text,
            submitted_at=NOON,
            respondent=(Fact(text, text),),
            answers={
                AnswerKey("culture.fairness", "comment"): Given(text=long),
                AnswerKey("culture.fairness", "necessary", "provider-chair"): Given(
                    choices=(text,)
                ),
            },
        ),
        "review form": make_review_record(
            form,
            state=RecordState.BLANK,
            made_on=DAY,
            people=ReviewPeople(text, text, text, text, (Fact(text, text),)),
        ),
        "review": make_review_record(
            form,
            state=RecordState.FINAL,
            made_on=DAY,
            people=ReviewPeople(text, text, text, text, (Fact(text, text),)),
            answers=answers,
            signatures=[Signature("appraiser", text, text, text, NOON)],
            revision=Revision(1, NOON, text),
        ),
    }


@pytest.mark.parametrize("name", spoilt_documents("x"))
def test_markup_in_any_field_is_shown_as_it_was_written(name: str) -> None:
    document = spoilt_documents(MARKUP)[name]
    for html in (body(document), page(document)):
        parsed = BeautifulSoup(html, "lxml")
        assert not parsed.select("script, img, [onerror]")
        assert len(parsed.select("h1")) == (1 if "<body" in html else 0)
        # In a form what stands in a control is one of its attributes.
        held = [str(each.get("value")) for each in parsed.select("input")]
        assert any(MARKUP in each for each in (parsed.get_text(), *held))
        assert "zqzqzq" not in parsed.get_text()


def test_any_script_gives_valid_files(press: Press, tmp_path: Path) -> None:
    scripts = {
        "our-fonts": "العربية שלום Zażółć gęślą 中文 हिन्दी 😀👩🏽\u200d⚕️ ",
        "no-glyphs": "한국 \u202e\x07" + LINES,
        "nothing-to-see": "\u200d\u0301",
    }
    files, without_form = [], []
    for script, text in scripts.items():
        for name, document in spoilt_documents(text * 3, text * 8).items():
            files.append(tmp_path / f"{name}-{script}.pdf")
            files[-1].write_bytes(press.make(document))
            if not document.fields:
                without_form.append(files[-1])
    assert verapdf.check(files) == {file: [] for file in files}
    assert verapdf.check(without_form, "2a") == {file: [] for file in without_form}


@pytest.fixture(scope="module")
def sent_astray(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every document whose fields all ask for files and for other machines."""
    folder = tmp_path_factory.mktemp("addresses")
    found = {}
    for name, document in spoilt_documents(ADDRESSES).items():
        found[name] = folder / f"{name}.pdf"
        # A page that asks for anything but our own style sheets is not made at all.
        found[name].write_bytes(press.make(document))
    return found


def test_addresses_in_any_field_lead_nowhere(sent_astray: Mapping[str, Path]) -> None:
    for name, file in sent_astray.items():
        with pikepdf.open(file) as pdf:
            assert not {"/OpenAction", "/AA", "/AF"} & set(pdf.Root.keys()), name
            assert not {"/JavaScript", "/EmbeddedFiles"} & set(pdf.Root.get("/Names", {}).keys())
            actions = [
                each
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary)
                and str(each.get("/S"))
                in {"/URI", "/Launch", "/JavaScript", "/GoToR", "/SubmitForm"}
            ]
            assert {str(each.get("/S")) for each in actions} <= {"/URI"}, name
            assert all(str(each["/URI"]).startswith("https://") for each in actions), name


@pytest.mark.parametrize("name", spoilt_documents("x"))
def test_addresses_in_any_field_are_printed_as_they_were_written(
    name: str, sent_astray: Mapping[str, Path]
) -> None:
    file = sent_astray[name]
    with pikepdf.open(file) as pdf:
        held = "".join(str(each.obj.get("/V", "")) for each in fields_of(pdf))
    found = squeezed(text_of(file) + held)
    for word in ADDRESSES.split():
        assert squeezed(word) in found, word
    assert "root:" not in found


def fields_of(pdf: pikepdf.Pdf) -> list[pikepdf.AcroFormField]:
    return list(pdf.acroform.fields) if "/AcroForm" in pdf.Root else []


def test_forty_thousand_characters_without_a_space_stay_within_the_limits(
    press: Press, tmp_path: Path
) -> None:
    document = spoilt_documents("A title", "x" * 40_000)["receipt"]
    file = tmp_path / "long.pdf"
    file.write_bytes(press.make(document))
    assert "x" * 40_000 in squeezed(text_of(file))


@pytest.mark.parametrize("name", ["scorecard", "review form"])
def test_names_of_two_thousand_characters_without_a_space_are_kept_whole(
    name: str, press: Press, tmp_path: Path
) -> None:
    long = "x" * 2_000
    document = spoilt_documents(long, framework_text="A title")[name]
    file = tmp_path / "long.pdf"
    file.write_bytes(press.make(document))
    with pikepdf.open(file) as pdf:
        held = "".join(str(each.obj.get("/V", "")) for each in fields_of(pdf))
    assert long in squeezed(text_of(file) + held)


def test_more_than_a_document_may_have_is_refused_in_words() -> None:
    """Every answer of a review has 40,000 characters, and the press has little time."""
    document = spoilt_documents("A title", "x" * 40_000)["review"]
    press = Press(processes=1, limits=Limits(cpu_seconds=2))
    try:
        with pytest.raises(DocumentTooLarge, match="more time than one document may have"):
            press.make(document)
    finally:
        press.close()


def test_statements_of_three_thousand_characters_are_printed_in_full(
    press: Press, tmp_path: Path
) -> None:
    published = sample_published()
    plain = published.framework.model_dump(mode="json", by_alias=True)
    statement = ("I do what I said, and I say what I do, also when it is hard. " * 60)[:3000]
    for domain in plain["domains"]:
        for competency in domain["competencies"]:
            competency["statement"] = statement.strip()
    long = dataclasses.replace(published, framework=Framework.model_validate(plain))
    file = tmp_path / "long.pdf"
    file.write_bytes(press.make(make_booklet(long)))
    # Once in the overview of its domain and once on its own page.
    assert squeezed(text_of(file)).count(squeezed(statement)) == 4
