"""A recruiter plans a vacancy in a real browser."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.browser.tab import Tab
from tests.program import Program
from webapp.security import Role

EMAIL = "recruiter@meadowbank.example"
VACANCY = {
    "title": "Chair of the board",
    "number": "V/2026/7",
    "position": "board-leadership@1.0.0 provider-chair",
}


def questions(tab: Tab) -> list[str]:
    """Return the questions of the present page in order."""
    return tab.page.locator(".bm-plan__item h2").all_inner_texts()


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (320, False)], ids=["desktop", "phone without scripts"]
)
def test_a_recruiter_adds_picks_writes_orders_and_prints(
    program: Program, open_tab: OpenTab, width: int, scripts: bool
) -> None:
    program.add_staff(EMAIL, Role.RECRUITER)
    tab = sign_in(program, open_tab(width, scripts=scripts), EMAIL)
    tab.open("/organisations/meadowbank/vacancies")
    tab.follow("Add a vacancy")
    tab.press("Add the vacancy", {"title": "Chair of the board"}, status=422)
    tab.press("Add the vacancy", VACANCY)
    vacancy = tab.screen.path
    tab.follow("Interview")
    tab.follow("Pick from the framework")
    tab.press("Add the ticked questions", {"picked": ["0", "1"]})
    tab.follow("Write a question")
    box = tab.page.locator("input[name=competencies]").first.get_attribute("value")
    tab.press("Save the question", {"text": "What did you change?", "competencies": [box]})
    first, second, third = (each.partition(". ")[2] for each in questions(tab))
    assert third == "What did you change?"
    tab.press("Move up question 3")
    tab.press("Remove question 1")
    assert [each.partition(". ")[2] for each in questions(tab)] == [third, second]
    tab.follow("Read the scorecard")
    assert "What did you change?" in tab.screen.text
    file = tab.download(tab.page.get_by_role("link", name="Download this as a PDF"))
    assert file.startswith(b"%PDF-")
    tab.open(f"{vacancy}/person-specification")
    assert first
