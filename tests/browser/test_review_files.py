"""A review that travels as a file in a real browser, with scripts and without, held to axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload

from frameworks.questions import AnswerKey, Given
from tests.browser.conftest import OpenTab
from tests.browser.signing_in import sign_in
from tests.browser.tab import Tab
from tests.factories.filling import fill_with_pypdf
from tests.factories.reviews import write_what_signing_needs
from tests.pages.review import ReviewPages
from tests.pages.review_files import ReviewFiles
from tests.program import Program
from webapp.security import Role

APPRAISER, APPRAISEE = "appraiser@meadowbank.example", "jo.hall@example.org"
CHIEF_EXECUTIVE = "Chief executive of an NHS provider"
SUMMARY = AnswerKey("feedback", "summary")
MEASURE = AnswerKey("objectives.1", "measure")
PAGE = AnswerKey("continuation", "page-1")


def choose(tab: Tab, name: str, kind: str, content: bytes) -> None:
    tab.page.set_input_files("#file", FilePayload(name=name, mimeType=kind, buffer=content))


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (390, False)], ids=["desktop", "phone without scripts"]
)
def test_a_form_is_downloaded_filled_in_brought_back_and_in_the_record(
    program: Program, open_tab: OpenTab, width: int, scripts: bool
) -> None:
    program.add_staff(APPRAISER, Role.APPRAISER)
    tab = sign_in(program, open_tab(width, scripts=scripts), APPRAISER)
    review = ReviewPages(tab)
    review.start(CHIEF_EXECUTIVE)
    with program.database.writing() as session:
        write_what_signing_needs(session, program.library, review.path, program.clock())
    # Drawn before the browser asks for it, which would not wait for a busy machine.
    ReviewFiles(program.sign_in(APPRAISER), review.path).download()
    tab.open(f"{review.path}/files")
    form = tab.download(tab.page.get_by_role("button", name="Download the form"))
    filled = fill_with_pypdf(
        form,
        {
            SUMMARY: Given(text="Ten were asked and seven answered."),
            MEASURE: Given(text="A relative likelihood below 1.1."),
            PAGE: Given(text="Two more wrote later."),
        },
    )
    review.write("Feedback", {"feedback:summary": "Eleven were asked."})
    review.open("/bring-back")
    choose(tab, "scan.pdf", "application/pdf", b"%PDF-1.4 no form")
    tab.press("See what it would change", status=422)
    choose(tab, "form.pdf", "application/pdf", filled)
    tab.press("See what it would change")
    tab.press("Take these answers", status=422)
    tab.press("Take these answers", {"clash-1": "file", "continuation-1": "feedback:summary"})

    assert "took answers from a filled form" in tab.screen.text
    text = review.open("/draft").text
    assert "Ten were asked and seven answered. Two more wrote later." in text
    assert "A relative likelihood below 1.1." in text


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (390, False)], ids=["desktop", "phone without scripts"]
)
def test_a_form_on_paper_is_typed_by_one_and_checked_by_another(
    program: Program, open_tab: OpenTab, width: int, scripts: bool
) -> None:
    program.add_staff(APPRAISER, Role.APPRAISER)
    tab = sign_in(program, open_tab(width, scripts=scripts), APPRAISER)
    review = ReviewPages(tab)
    review.start(CHIEF_EXECUTIVE)
    review.press("Share with Jo Hall")
    other = open_tab(width, scripts=scripts)
    other.open(program.link_to(APPRAISEE))
    other.press("")
    review.open("/attach")
    choose(tab, "photo.html", "image/png", b"<html>")
    tab.press("Attach this file", status=422)
    choose(tab, "photo.png", "image/png", b"\x89PNG\r\n\x1a\n of paper")
    tab.press("Attach this file")
    path = tab.screen.path
    tab.follow("Feedback from others")
    tab.press("Save and go back", {"feedback:summary": "Ten were asked."})
    tab.press("Everything is typed")
    other.open(f"{path}/check")
    other.press("Send it back", status=422)
    other.press("Send it back", {"reason": "It says eleven."})
    tab.open(path)
    tab.follow("Feedback from others")
    tab.press("Save and go back", {"feedback:summary": "Eleven were asked."})
    tab.press("Everything is typed")
    other.open(f"{path}/check")
    other.press("The file says the same")

    assert "Eleven were asked." in review.open("/draft").text
    review.open("/files")
