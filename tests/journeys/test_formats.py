"""A consultation is read and answered in other formats, and a draft is cleared in one."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile

import docx
import pytest
from docx.document import Document

from exports.pdf import make_pdf
from exports.samples.receipt import sample as a_receipt
from exports.seals.sealing import read_seal
from exports.templating import page
from exports.worker import Press, PressBusy
from frameworks.model import Reference
from frameworks.questions import AnswerKey
from tests.factories.consultations import shipped_details
from tests.journeys.test_respondent import CLOSES, COMMENT, SPEAKING, WORDING, person
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.consultation import Actor
from webapp.consultations.opening import Period
from webapp.persistence import new_id

__all__ = ["person"]

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CONSULTED_ON = Reference(slug="board-leadership", version="1.1.0-beta.1")
FILES = ("response-form.pdf", "large-print.pdf", "response-form.docx")


class QuickPress(Press):
    """Prints the same short page for whatever it is asked, and remembers what that was."""

    def __init__(self) -> None:
        super().__init__(processes=1)
        self.asked: list[str] = []
        self.is_busy = False
        self._page = make_pdf(page(a_receipt()))

    def print_page(self, html: str) -> bytes:
        if self.is_busy:
            raise PressBusy("as many documents are being made as this service can make")
        self.asked.append(html)
        return self._page


@pytest.fixture
def quick(program: Program) -> QuickPress:
    """A press that costs nothing: that forms are printed rightly is tested with the documents."""
    press = QuickPress()
    program.press = press
    return press


def words_of(content: bytes) -> str:
    """Return every word of a Word file."""
    document: Document = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(each.text for each in document.paragraphs), *cells))


def fetched(person: Respondent, path: str) -> bytes:
    """Return a file of the consultation."""
    response = person.browser.flask.get(f"{person.page}{path}")
    assert response.status_code == 200
    return bytes(response.data)


class TestTheListOfFormats:
    def test_it_is_found_from_the_consultation_and_leads_to_every_format(
        self, person: Respondent
    ) -> None:
        person.browser.open(person.page)
        screen = person.browser.follow("Other formats")
        assert screen.heading == "Other formats"
        assert "PDF, about 6 MB" in screen.text
        assert "Word, about 120 kB" in screen.text
        for words in ("All questions on one page", "in large print", "Form to fill in (Word"):
            assert screen.link(words).startswith(person.page)

    def test_it_says_where_and_until_when_to_send_a_form_and_how_to_ask_for_another(
        self, person: Respondent
    ) -> None:
        text = person.browser.open(f"{person.page}/formats").text
        assert "arrives before 5 February 2027, 5pm GMT, to: Contact: boards@example.org" in text
        assert "If you need braille, audio, another language or anything else" in text

    def test_every_language_has_files_of_its_own(self, person: Respondent) -> None:
        screen = person.browser.open(f"{person.page}/formats")
        heading = screen.soup.find("h2", string="Cymraeg")
        assert heading is not None
        assert heading["lang"] == "cy"
        links = [str(each["href"]) for each in heading.find_all_next("a", limit=4)]
        assert len(links) == 4
        assert all(each.endswith("?language=cy") for each in links)

    def test_once_closed_nobody_is_asked_to_send_anything(
        self, program: Program, person: Respondent
    ) -> None:
        program.clock.now = CLOSES
        text = person.browser.open(f"{person.page}/formats").text
        assert "not being taken now" in text
        assert "How to send a form back" not in text


class TestAllQuestionsOnOnePage:
    def test_it_has_every_competency_in_an_article_and_every_question(
        self, program: Program, person: Respondent
    ) -> None:
        screen = person.browser.open(f"{person.page}/questions")
        assert screen.heading == "All questions"
        framework = program.library.get(CONSULTED_ON).framework
        competencies = tuple(framework.all_competencies())
        articles = screen.soup.select("main article")
        assert len(articles) == len(competencies) + len(framework.profiles)
        for each, article in zip(competencies, articles, strict=False):
            words = " ".join(article.get_text(" ").split())
            assert each.statement in words
            for question in ("how clear", "what should happen", "do you have a comment"):
                assert question in words.casefold()
            assert len(article.select("table tr")) == len(framework.profiles) + 1
        assert "May we publish this response?" in screen.text
        assert "nobody can promise that a response stays confidential" in screen.text
        assert not screen.soup.select("main form, main input")
        assert len(gzip.compress(screen.response.data)) < 60_000, "it must suit a slow line"

    def test_it_is_shown_in_the_language_that_was_asked_for(self, person: Respondent) -> None:
        shown = fetched(person, "/questions?language=cy").decode()
        assert '<h3 lang="cy">' in shown
        # What we say around it is in English, and so is the page.
        assert '<html lang="en-GB">' in shown


class TestFiles:
    def test_a_form_is_printed_once_for_everybody(
        self, quick: QuickPress, person: Respondent
    ) -> None:
        first = fetched(person, "/formats/response-form.pdf")
        assert fetched(person, "/formats/response-form.pdf") == first
        assert len(quick.asked) == 1
        fetched(person, "/formats/large-print.pdf")
        fetched(person, "/formats/response-form.pdf?language=cy")
        assert len(quick.asked) == 3
        assert "data-text-size" not in quick.asked[0]
        assert 'data-text-size="18"' in quick.asked[1]
        assert 'lang="cy"' in quick.asked[2]

    def test_its_fields_are_the_questions_under_their_own_keys(
        self, quick: QuickPress, person: Respondent
    ) -> None:
        sealed = read_seal(fetched(person, "/formats/response-form.pdf"))
        assert sealed is not None
        keys = {field.key for field in sealed.seal.fields}
        assert sealed.seal.form["consultation"] == person.slug
        assert AnswerKey(SPEAKING, "necessity", "provider-chair") in keys
        assert AnswerKey("respondent", "publish") in keys
        assert len(keys) == len(sealed.seal.fields)

    def test_it_does_not_show_who_is_responding(
        self, quick: QuickPress, person: Respondent
    ) -> None:
        person.introduce(name="Sam Okafor")
        fetched(person, "/formats/response-form.pdf")
        assert "Okafor" not in quick.asked[0]

    def test_where_the_press_is_busy_one_is_asked_to_come_back(
        self, quick: QuickPress, person: Respondent
    ) -> None:
        quick.is_busy = True
        screen = person.browser.open(f"{person.page}/formats/large-print.pdf", status=503)
        assert "Retry-After" in screen.response.headers
        assert screen.heading == "Sorry, the service is busy"

    def test_the_word_file_is_made_once_and_asks_the_same(
        self, program: Program, person: Respondent
    ) -> None:
        screen = person.browser.open(f"{person.page}/formats/response-form.docx")
        assert (
            'filename="example-region-response-form.docx"'
            in (screen.response.headers["Content-Disposition"])
        )
        with zipfile.ZipFile(io.BytesIO(screen.response.data)) as parts:
            words = parts.read("word/document.xml").decode()
        assert "May we publish this response?" in words
        assert "5.1 Makes it safe to speak up" in words
        (kept,) = (program.home / "printed").glob("*.docx")
        assert kept.read_bytes() == screen.response.data
        kept.write_bytes(b"as it was kept")
        assert fetched(person, "/formats/response-form.docx") == b"as it was kept"

    def test_there_is_none_before_a_consultation_is_opened(self, program: Program) -> None:
        organisation = program.organisation
        with program.database.writing() as session:
            services.create_consultation(
                session,
                organisation_id=organisation.id,
                details=shipped_details(period=Period(program.clock(), CLOSES)),
                library=program.library,
                by=Actor(new_id(), "Ada Lindqvist"),
                now=program.clock(),
            )
        anybody = program.browser()
        for path in ("formats", "questions", *(f"formats/{file}" for file in FILES)):
            anybody.open(f"/consultations/example-region/{path}", status=404)


class TestTheWholeDraft:
    def test_it_has_who_responds_what_was_said_and_what_is_still_open(
        self, person: Respondent
    ) -> None:
        person.introduce(positions=["provider-chair"], name="Sam Okafor")
        person.choose(SPEAKING)
        person.open_item(SPEAKING)
        area = person.browser.screen.soup.find("textarea", attrs={"name": WORDING})
        assert area is not None
        present = area.get_text().strip()
        person.save({COMMENT: "Good.", WORDING: present.replace("safe", "easy")})
        person.open_list()
        words = words_of(person.browser.follow("Download what is written so far").response.data)
        for part in (
            "Draft: not sent. As it was on 23 November 2026 at 9:30am GMT",
            "Publishing: Yes, with the name; Sam Okafor",
            "Good.",
            "[Removed: safe] [Added: easy]",
            "Not answered",
            "The domain as a whole",
        ):
            assert part in words
        assert words.count("The domain as a whole") == 1, "there is one domain chosen from"

    def test_it_is_there_after_closing_too(self, program: Program, person: Respondent) -> None:
        person.introduce()
        person.choose(SPEAKING)
        person.open_item(SPEAKING)
        person.save({COMMENT: "Too late to send."})
        program.clock.now = CLOSES + dt.timedelta(seconds=1)
        person.browser.open(f"{person.response}/check")
        screen = person.browser.follow("Download all of it as a draft")
        assert "Too late to send." in words_of(screen.response.data)

    def test_without_a_draft_there_is_nothing_to_download(self, person: Respondent) -> None:
        screen = person.browser.open(f"{person.response}/word")
        assert screen.path.startswith(person.page)
        assert "could not find a response" in screen.text

    def test_an_answer_stays_beside_the_words_that_it_was_given_to(
        self, person: Respondent
    ) -> None:
        person.introduce()
        person.choose("quality.waiting")
        person.open_item("quality.waiting")
        area = person.browser.screen.soup.find(
            "textarea", attrs={"name": "quality.waiting:wording"}
        )
        assert area is not None
        person.save({"quality.waiting:wording": f"{area.get_text().strip()} Always."})
        person.browser.open(person.page)
        person.browser.press("Cymraeg", {})
        words = words_of(person.browser.open(f"{person.response}/word").response.data)
        assert "Yn gweithredu ar amseroedd aros hir" in words
        assert "[Added: Always.]" in words
        assert "I treat a long wait as a risk to the patient" in words
