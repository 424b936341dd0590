"""A recruiter plans a vacancy: questions, their order, the scorecard and the specification."""

from __future__ import annotations

import pytest

from tests.pages.client import Client
from tests.program import Program
from webapp.security import Role

POSITION = "board-leadership@1.0.0 provider-chair"


@pytest.fixture
def recruiter(program: Program) -> Client:
    return program.staff(Role.RECRUITER)


def add_vacancy(browser: Client, number: str = "V/2026/7") -> None:
    browser.open("/organisations/meadowbank/vacancies")
    browser.follow("Add a vacancy")
    browser.press(
        "Add the vacancy", {"title": "Chair of the board", "number": number, "position": POSITION}
    )


def questions(browser: Client) -> list[str]:
    """Return the questions of the present page in order."""
    return [
        " ".join(heading.get_text().split()).partition(". ")[2]
        for heading in browser.screen.soup.select(".bm-plan__item h2")
    ]


class TestAVacancy:
    def test_it_is_opened_on_a_position_and_shows_its_stages(self, recruiter: Client) -> None:
        add_vacancy(recruiter)
        assert recruiter.screen.heading == "Chair of the board"
        for stage in ("Application", "Interview", "Presentation", "Stakeholder group"):
            assert stage in recruiter.screen.text

    def test_what_is_missing_is_said_and_what_was_typed_is_kept(self, recruiter: Client) -> None:
        recruiter.open("/organisations/meadowbank/vacancies/new")
        screen = recruiter.press("Add the vacancy", {"title": "Chair <b>"}, status=422)
        assert screen.errors == [
            "Enter your reference for the vacancy",
            "Choose the board position",
        ]
        assert screen.soup.find("input", attrs={"name": "title"})["value"] == "Chair <b>"  # type: ignore[index]  # it is there

    def test_a_reference_is_used_once(self, recruiter: Client) -> None:
        add_vacancy(recruiter)
        recruiter.open("/organisations/meadowbank/vacancies/new")
        screen = recruiter.press(
            "Add the vacancy",
            {"title": "Other", "number": "V/2026/7", "position": POSITION},
            status=422,
        )
        assert "already" in screen.errors[0]

    def test_the_person_specification_is_a_page_and_a_file(self, recruiter: Client) -> None:
        add_vacancy(recruiter)
        recruiter.follow("Read the person specification")
        assert "Essential" in recruiter.screen.text
        recruiter.follow("Download this as a PDF")
        assert recruiter.screen.response.data.startswith(b"%PDF-")


class TestTheQuestionsOfAStage:
    @pytest.fixture(autouse=True)
    def interview(self, recruiter: Client) -> None:
        add_vacancy(recruiter)
        recruiter.follow("Interview")

    def pick(self, browser: Client, *numbers: str) -> None:
        browser.follow("Pick from the framework")
        browser.press("Add the ticked questions", {"picked": list(numbers)})

    def test_questions_are_picked_moved_and_removed(self, recruiter: Client) -> None:
        self.pick(recruiter, "0", "1", "2")
        first, second, third = questions(recruiter)
        recruiter.press("Move down question 1", {"change": "down 0"})
        assert questions(recruiter) == [second, first, third]
        recruiter.press("Remove question 2", {"change": "remove 1"})
        assert questions(recruiter) == [second, third]
        assert "This is few for one interview" in recruiter.screen.text

    def test_a_question_of_the_panels_own_covers_several_competencies(
        self, recruiter: Client
    ) -> None:
        recruiter.follow("Write a question")
        boxes = recruiter.screen.soup.select("input[name=competencies]")
        chosen = [str(box["value"]) for box in boxes[:2]]
        recruiter.press(
            "Save the question", {"text": "What did <you>\r\n change?", "competencies": chosen}
        )
        assert questions(recruiter) == ["What did <you> change?"]
        recruiter.follow("Change")
        recruiter.press("Save the question", {"text": "What did you learn?"})
        assert questions(recruiter) == ["What did you learn?"]
        recruiter.follow("Read the scorecard")
        assert "What did you learn?" in recruiter.screen.text
        assert "The candidate may ask to see this" in recruiter.screen.text.replace("’", "'")

    def test_a_question_that_shows_nothing_is_refused_and_kept(self, recruiter: Client) -> None:
        recruiter.follow("Write a question")
        screen = recruiter.press("Save the question", {"text": "Why?"}, status=422)
        assert screen.errors == ["Choose at least one competency that the question is to show"]
        assert "Why?" in screen.text

    def test_two_recruiters_at_once_lose_nothing(self, recruiter: Client, program: Program) -> None:
        colleague = program.staff(Role.RECRUITER, "second@meadowbank.example")
        colleague.open(recruiter.screen.path)
        colleague.follow("Write a question")
        self.pick(recruiter, "0")
        boxes = colleague.screen.soup.select("input[name=competencies]")
        typed = {"text": "Typed at the same time", "competencies": [str(boxes[0]["value"])]}
        screen = colleague.press("Save the question", typed, status=409)
        assert "Typed at the same time" in screen.text
        colleague.press("Save the question")
        assert len(questions(colleague)) == 2

    def test_the_scorecard_comes_as_a_file(self, recruiter: Client) -> None:
        self.pick(recruiter, "0", "1")
        recruiter.follow("Download the scorecard")
        assert recruiter.screen.response.data.startswith(b"%PDF-")
        disposition = recruiter.screen.response.headers["Content-Disposition"]
        assert "V-2026-7" in disposition

    def test_there_is_no_scorecard_without_questions(self, recruiter: Client) -> None:
        recruiter.open(f"{recruiter.screen.path}/scorecard", status=404)


def test_another_organisation_sees_no_vacancy(program: Program, recruiter: Client) -> None:
    add_vacancy(recruiter)
    path = recruiter.screen.path
    elsewhere = program.add_organisation("elsewhere", "Elsewhere NHS Trust")
    stranger = program.staff(Role.RECRUITER, "r@elsewhere.example", elsewhere)
    stranger.open(path, status=403)
    stranger.open(f"{path}/person-specification.pdf", status=403)
    stranger.post(f"{path}/stages/interview", {"csrf_token": stranger.proof()}, status=403)
    stranger.open("/organisations/meadowbank/vacancies", status=403)
