"""HTML typed into every field shows as the words that were typed, on every page there is."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.pages.client import Client
from tests.pages.lead import Lead
from tests.pages.respondent import Respondent
from tests.pages.review import ReviewPages
from tests.pages.sign_in import Members
from tests.program import Program
from tests.security.hostile import MARKUP, became_markup
from webapp.security import Role

PAGES_OF_ONE_ROUTE = 3
SHORT = "<img src=x onerror=alert(1)>"


def endpoint(app: Flask, path: str) -> str:
    """Return the endpoint of an address of ours, empty for a file and for anything else."""
    try:
        found, _ = app.url_map.bind("localhost").match(urlsplit(path).path)
    except HTTPException:
        return ""
    return str(found)


def walk(browser: Client, *starts: str) -> dict[str, str]:
    """Follow every link from some pages on, a few of each route; return the pages by address."""
    seen: dict[str, str] = {}
    times: Counter[str] = Counter()
    waiting = list(starts)
    while waiting:
        path = waiting.pop(0)
        route = endpoint(browser.app, path)
        if path in seen or not route or times[route] >= PAGES_OF_ONE_ROUTE:
            continue
        if path.partition("?")[0].endswith((".pdf", ".yaml", ".csv")):
            continue
        times[route] += 1
        screen = browser.open(path)
        if screen.response.mimetype != "text/html":
            continue
        seen[path] = screen.response.text
        for link in screen.soup.select("a[href]"):
            target = urljoin(screen.path, str(link["href"])).partition("#")[0]
            if target.startswith("/"):
                waiting.append(target)
    return seen


@pytest.fixture
def everything(program: Program) -> Client:
    """Somebody with every role, in an installation where every text is mark-up."""
    program.add_staff("all@meadowbank.example", *Role)
    browser = program.sign_in("all@meadowbank.example")
    Members(browser, "meadowbank").add("x@meadowbank.example", SHORT, "recruiter")
    prose: dict[str, Any] = dict.fromkeys(
        (
            *("title", "purpose", "open_to_change", "not_open_to_change", "alternatives"),
            *("use_of_answers", "decided_by", "privacy_notice", "formats", "contact", "authority"),
        ),
        MARKUP,
    )
    Lead(browser).create_open(**prose)
    Lead(browser).create(slug="draft-one", **prose)
    browser.open("/organisations/meadowbank/vacancies/new")
    position = "board-leadership@1.0.0 provider-chair"
    browser.press("Add the vacancy", {"title": MARKUP, "number": SHORT, "position": position})
    browser.follow("Interview")
    browser.follow("Write a question")
    box = browser.screen.soup.select("input[name=competencies]")[0]
    browser.press("Save the question", {"text": MARKUP, "competencies": [str(box["value"])]})
    review = ReviewPages(browser)
    review.start("Chief executive of an NHS provider", appraiser_is="me", appraisee_name=SHORT)
    review.write("Feedback", {"feedback:summary": MARKUP})
    review.write("Objectives for the coming year", {"objectives.1:objective": MARKUP})
    return browser


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_text_of_staff_becomes_markup_on_any_page(everything: Client) -> None:
    pages = walk(everything, "/staff", "/", "/consultations/example-region")
    assert [path for path, html in pages.items() if became_markup(html)] == []
    routes = {endpoint(everything.app, path).partition(".")[0] for path in pages}
    assert routes >= {"accounts", "appraisals", "catalogue", "consultations", "recruitment"}
    showing = [path for path, html in pages.items() if "&lt;img src=x" in html]
    assert len(showing) >= 10


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_text_of_a_respondent_becomes_markup_on_any_page(
    program: Program, everything: Client
) -> None:
    browser = program.browser()
    person = Respondent(browser)
    person.start()
    press = browser.press
    press("Save and continue", {"responds_as": "organisation"})
    press(
        "Save and continue",
        {
            "organisation_name": SHORT,
            "respondent_class": "acute",
            "role": SHORT,
            "gathered": MARKUP,
        },
    )
    # What two tabs say is shown side by side.
    path = f"{person.response}/about-you/who"
    stale = {"role": MARKUP[:150], "organisation_name": MARKUP[:150], "respondent_class": "union"}
    browser.open(path)
    screen = browser.post(
        path, {**stale, "as": "organisation", "csrf_token": browser.proof()}, status=409
    )
    assert not became_markup(screen.response.text)
    assert "&lt;img src=x" in screen.response.text
    person.choose("culture.speaking-up")
    screen = person.open_item("culture.speaking-up")
    texts = {
        str(each["name"]): MARKUP
        for each in screen.soup.select("main textarea[name], main input[type=text]")
    }
    person.save(texts)
    before = walk(browser, person.response, f"{person.response}/check")
    assert [path for path, html in before.items() if became_markup(html)] == []
    assert any("&lt;img src=x" in html for html in before.values())
    browser.open(f"{person.response}/about-you/publishing")
    press("Save and continue", {"publish": "named"})
    person.send()
    receipt = f"/receipts/{person.code()}"
    lead = f"{Lead(everything).one()}/responses"
    reference = browser.open(receipt).heading.removeprefix("Your response ")
    everything.open(f"{lead}/{reference}")
    everything.press("Record this decision", {"decision": "remove", "reason": MARKUP})
    afterwards = {
        path: whose.open(path).response.text
        for whose, path in (
            (browser, receipt),
            (browser, f"{receipt}/sent"),
            (everything, f"{lead}/{reference}"),
            (everything, lead),
        )
    }
    assert [path for path, html in afterwards.items() if became_markup(html)] == []
    showing = [path for path, html in afterwards.items() if "&lt;img src=x" in html]
    assert {receipt, f"{lead}/{reference}"} <= set(showing)


def test_the_check_sees_markup_where_there_is_some() -> None:
    assert became_markup(f"<p>{MARKUP}</p>")
    assert not became_markup("<p>&lt;img src=x onerror=alert(1)&gt;</p>")
