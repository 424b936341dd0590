"""What everybody reads of responses once a consultation has closed."""

from __future__ import annotations

import pytest

from frameworks.questions import Given
from tests.factories.consultations import a_respondent
from tests.factories.publishing import publish
from tests.factories.writing import ACTION, COMMENT, SPEAKING, Writer
from tests.pages.client import Client
from tests.pages.responses import CLOSES, SLUG, open_a_consultation
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.respondents import Channel, Publish
from webapp.persistence import new_id
from webapp.publication.ruling import Outcome

# Rulings and searches are tested on both databases with their services and with moderators.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ALL = f"/consultations/{SLUG}/responses"


@pytest.fixture
def consultation(program: Program) -> Consultation:
    return open_a_consultation(program)


def sent(
    program: Program,
    consultation: Consultation,
    words: str = "Say who listens.",
    *,
    wording: str = "",
    **about: object,
) -> str:
    """Send a response and return its reference."""
    with program.database.writing() as session:
        writer = Writer(session, consultation, program.clock())
        writer.introduce(**about)
        writer.choose(SPEAKING)
        writer.answer(COMMENT, Given(text=words))
        writer.answer(ACTION, Given(choices=("keep",)))
        if wording:
            question = next(
                each for each in writer.asking.items[SPEAKING].questions if each.kind == "rewording"
            )
            writer.answer(question.key, Given(text=f"{question.present} {wording}"))
        return writer.send().reference


def agreed(
    program: Program,
    consultation: Consultation,
    *references: str,
    outcome: Outcome = Outcome.PUBLISH,
) -> None:
    with program.database.writing() as session:
        for each in references:
            publish(session, consultation.id, each, program.clock(), outcome=outcome)


def close(program: Program) -> Client:
    program.clock.now = CLOSES
    return program.browser()


class TestTheWayThere:
    def test_the_consultations_page_leads_there_once_it_has_closed_and_something_is_there(
        self, program: Program, consultation: Consultation
    ) -> None:
        reference = sent(program, consultation)
        browser = program.browser()
        link = "Read the published responses"
        agreed(program, consultation, reference)
        assert link not in browser.open(f"/consultations/{SLUG}").text
        screen = browser.open(ALL, status=404)
        assert "published after the consultation has closed" in screen.text
        browser.open(f"{ALL}/{reference}", status=404)
        browser.open(f"{ALL}/about/{SPEAKING}", status=404)
        close(program)
        browser.open(f"/consultations/{SLUG}")
        assert browser.follow(link).heading == "Published responses"

    def test_without_any_there_is_no_link_and_an_honest_page(
        self, program: Program, consultation: Consultation
    ) -> None:
        sent(program, consultation)
        browser = close(program)
        assert "published responses" not in browser.open(f"/consultations/{SLUG}").text
        assert "No response has been published yet" in browser.open(ALL).text
        browser.open("/consultations/nowhere/responses", status=404)


class TestWhoIsSaid:
    def test_named_unnamed_and_not_at_all(
        self, program: Program, consultation: Consultation
    ) -> None:
        named = sent(program, consultation, "I am named.", role="Staff governor")
        unnamed = sent(
            program,
            consultation,
            "I am not.",
            publish=Publish.UNNAMED,
            name="",
            role="Staff governor of Meadow",
            respondent_class="patient",
        )
        never = sent(
            program,
            consultation,
            "Never me.",
            publish=Publish.NOT_AT_ALL,
            name="",
            respondent_class="academic",
        )
        withheld = sent(program, consultation, "Withheld words.")
        agreed(program, consultation, named, unnamed)
        agreed(program, consultation, withheld, outcome=Outcome.WITHHOLD)
        browser = close(program)
        screen = browser.open(ALL)
        assert "2 responses are published here" in screen.text
        assert "Sam Okafor" in screen.text
        for hidden in (never, withheld, "Never me", "Withheld words", "academic", "Midlands"):
            assert hidden not in screen.text
        # So few others that nothing is said of how many there are for each reason.
        assert "A small number of others are not published" in screen.text
        screen = browser.open(f"{ALL}/{named.lower()}")
        assert "Staff governor" in screen.text
        screen = browser.open(f"{ALL}/{unnamed}")
        assert "Patient, service user or carer" in screen.text
        assert "Meadow" not in screen.text
        assert "Midlands" not in screen.text
        browser.open(f"{ALL}/{never}", status=404)
        browser.open(f"{ALL}/{withheld}", status=404)

    def test_an_interest_is_published_with_or_without_a_name(
        self, program: Program, consultation: Consultation
    ) -> None:
        reference = sent(
            program,
            consultation,
            publish=Publish.UNNAMED,
            name="",
            interest="declared",
            interests="I sell training.",
        )
        agreed(program, consultation, reference)
        assert "I sell training." in close(program).open(f"{ALL}/{reference}").text


class TestReading:
    def test_a_suggested_wording_is_shown_before_after_and_as_a_change(
        self, program: Program, consultation: Consultation
    ) -> None:
        reference = sent(program, consultation, wording="And it is thanked.")
        agreed(program, consultation, reference)
        browser = close(program)
        browser.open(ALL)
        screen = browser.follow("Makes it safe to speak up")
        assert screen.heading == "What was said about ‘Makes it safe to speak up’"
        assert "1 published response says something about this in words" in screen.text
        assert "The present wording" in screen.text
        assert "The suggested wording" in screen.text
        assert screen.soup.select_one("ins")
        screen = browser.follow("Sam Okafor")
        assert screen.heading == f"Response {reference}"
        assert "The suggested wording" in screen.text
        assert "Your wording" not in screen.text
        browser.open(f"{ALL}/about/no.such-item", status=404)
        assert "0 published responses" in browser.open(f"{ALL}/about/culture.compassion").text

    def test_a_list_is_in_pages_that_keep_what_was_looked_for(
        self, program: Program, consultation: Consultation
    ) -> None:
        references = [sent(program, consultation, f"Point {n}.") for n in range(27)]
        agreed(program, consultation, *references)
        browser = close(program)
        screen = browser.open(f"{ALL}?words=point&kind=governor&about={SPEAKING}")
        assert "27 found of 27" in screen.text
        first = {each.get_text() for each in screen.soup.select("article h3 a")}
        screen = browser.follow("Next")
        assert "words=point" in screen.path
        second = {each.get_text() for each in screen.soup.select("article h3 a")}
        assert (len(first), len(second)) == (25, 2)
        assert not first & second
        browser.open(f"{ALL}/about/{SPEAKING}")
        assert "This is page 2 of 2" in browser.follow("Next").text
        for page in ("999", "-1", "x", "²"):
            browser.open(f"{ALL}?page={page}")


class TestSearching:
    def test_words_are_marked_where_they_stand(
        self, program: Program, consultation: Consultation
    ) -> None:
        here, there = sent(program, consultation, "Boards LISTEN."), sent(program, consultation)
        agreed(program, consultation, here, there)
        browser = close(program)
        browser.open(ALL)
        screen = browser.open(f"{ALL}?words=listen+boards")
        assert "1 found of 2" in screen.text
        assert [each.get_text() for each in screen.soup.select("mark")] == ["Boards", "LISTEN"]
        screen = browser.open(f"{ALL}?words=100%25")
        assert "No published response has all of this" in screen.text
        screen = browser.open(f"{ALL}?words={'x' * 300}", status=422)
        assert screen.errors == ["Enter at most 200 letters"]
        assert "x" * 300 in screen.response.text

    def test_a_kind_that_nobody_is_of_finds_nothing_and_breaks_nothing(
        self, program: Program, consultation: Consultation
    ) -> None:
        reference = sent(program, consultation)
        agreed(program, consultation, reference)
        browser = close(program)
        assert "0 found of 1" in browser.open(f"{ALL}?kind=nonsense&about=nonsense").text


def test_what_came_in_another_way_says_so(program: Program, consultation: Consultation) -> None:
    with program.database.writing() as session:
        receipt = services.record_response(
            session,
            consultation_id=consultation.id,
            respondent=a_respondent(),
            answers={COMMENT: Given(text="By post.")},
            channel=Channel.LETTER,
            received_at=program.clock(),
            key="letter-1",
            library=program.library,
            taken_in_by=Actor(new_id(), "Ann"),
            checked_by=Actor(new_id(), "Bob"),
            now=program.clock(),
        )
    agreed(program, consultation, receipt.reference)
    assert "Came by letter" in close(program).open(f"{ALL}/{receipt.reference}").text
