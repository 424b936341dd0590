"""Moderators and readers of published responses in a real browser."""

from __future__ import annotations

import datetime as dt

import pytest

from frameworks.questions import Given
from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.browser.tab import Tab
from tests.factories.publishing import publish
from tests.factories.writing import COMMENT, SPEAKING, Writer
from tests.pages.moderator import Moderator
from tests.pages.responses import CLOSES, open_a_consultation
from tests.program import Program
from webapp.security import Role

ANN = "ann@meadowbank.example"
SELECT = """([key, words, which]) => {
  const text = document.querySelector(`[data-passage="${key}"] p`).firstChild;
  let start = -1;
  for (let n = 0; n < which; n += 1) { start = text.data.indexOf(words, start + 1); }
  const range = document.createRange();
  range.setStart(text, start);
  range.setEnd(text, start + words.length);
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  text.parentElement.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
}"""


def send(program: Program, words: str) -> str:
    consultation = open_a_consultation(program)
    with program.database.writing() as session:
        writer = Writer(session, consultation, program.clock())
        writer.introduce()
        writer.choose(SPEAKING)
        writer.answer(COMMENT, Given(text=words))
        reference = writer.send().reference
        publish(session, consultation.id, reference, program.clock())
    return reference


def of_comment(moderator: Moderator[Tab]) -> str:
    """Return the key of the comment: the one passage that is no text about the sender."""
    keys = [
        str(each["id"]).removeprefix("passage-")
        for each in moderator.browser.screen.soup.select("[id^=passage-]")
    ]
    return next(each for each in keys if len(each) == 32)


@pytest.mark.parametrize("width", [1280, 390])
def test_words_that_are_selected_are_taken_out(
    program: Program, open_tab: OpenTab, width: int
) -> None:
    reference = send(program, "Kim shouts. Write to Kim on 020 7946 0018.")
    program.add_staff(ANN, Role.MODERATOR)
    tab = open_tab(width)
    moderator = Moderator(sign_in(program, tab, ANN))
    tab.open(moderator.all)
    moderator.open(reference)
    moderator.open_original()
    key = of_comment(moderator)
    tab.page.evaluate(SELECT, [key, "Kim", 2])
    box = tab.page.locator(f"[data-take-out='{key}']")
    assert box.locator("textarea").input_value() == "Kim"
    assert tab.page.input_value(f"#which-{key}") == "2"
    box.locator("select").select_option("somebody-else")
    tab.click(box.get_by_role("button"))
    assert "Kim shouts. Write to [taken out: about somebody else] on" in tab.screen.text
    tab.press("Propose this ruling", {"outcome": "publish"}, status=422)
    moderator.propose()
    assert "Your ruling is proposed" in tab.screen.text


def test_without_scripts_words_are_typed(program: Program, open_tab: OpenTab) -> None:
    reference = send(program, "Kim shouts.")
    program.add_staff(ANN, Role.MODERATOR)
    tab = open_tab(320, scripts=False)
    moderator = Moderator(sign_in(program, tab, ANN))
    moderator.open(reference)
    moderator.open_original()
    box = tab.page.locator(f"[data-take-out='{of_comment(moderator)}']")
    box.locator("summary").click()
    box.locator("textarea").fill("kim")
    box.locator("select").select_option("personal")
    tab.click(box.get_by_role("button"))
    assert "[taken out: personal details] shouts." in tab.screen.text


@pytest.mark.parametrize("width", [1280, 320])
def test_everybody_searches_and_reads(program: Program, open_tab: OpenTab, width: int) -> None:
    reference = send(program, "Boards must listen.")
    program.clock.now = CLOSES + dt.timedelta(days=1)
    tab = open_tab(width)
    tab.open("/consultations/example-region")
    tab.follow("Read the published responses")
    tab.press("Search", {"words": "listen boards"})
    assert "1 found of 1" in tab.screen.text
    tab.follow("Sam Okafor")
    assert tab.screen.heading == f"Response {reference}"
    tab.open(f"/consultations/example-region/responses/about/{SPEAKING}")
