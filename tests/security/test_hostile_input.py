"""Malformed posts to every form, HTML in every field: no crash, and nothing becomes mark-up."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

from tests.factories.forms import a_form
from tests.factories.review_files import SCAN
from tests.pages.client import Client, filled_in
from tests.pages.lead import SECTIONS, Lead
from tests.pages.respondent import Respondent
from tests.pages.review import ReviewPages
from tests.pages.review_files import ReviewFiles
from tests.program import Program
from tests.security.hostile import BODIES, VALUES, became_markup
from webapp.security import Role

EACH = 12
"""Malformed posts to one form; there are some thirty forms."""


@dataclass(frozen=True)
class AForm:
    """A form as it stands on a page, and where it goes."""

    action: str
    values: dict[str, list[str]]


def forms_of(browser: Client, path: str) -> Iterator[AForm]:
    """Yield every form of the main part of a page that is posted."""
    screen = browser.open(path)
    for form in screen.soup.select("main form"):
        # Whoever takes their own roles away gets no further.
        is_last = str(form.get("action")).endswith("/remove")
        if str(form.get("method", "get")).lower() == "post" and not is_last:
            yield AForm(str(form.get("action") or screen.path), filled_in(form))


def send_malformed(browser: Client, form: AForm, chance: random.Random) -> list[str]:
    """Send one form many times with something wrong, and return what went wrong with us."""
    faults = []
    proof = form.values["csrf_token"]
    for _ in range(EACH):
        values = {name: list(each) for name, each in form.values.items()}
        # A few at a time, so that some posts get past the first check.
        for name in chance.sample(sorted(values), min(len(values), chance.randint(1, 3))):
            match chance.randrange(3):
                case 0:
                    del values[name]
                case 1:
                    values[name] = [chance.choice(VALUES)]
                case _:
                    values[name] = [chance.choice(VALUES), *values[name], chance.choice(VALUES)]
        values[chance.choice(VALUES)[:300]] = [chance.choice(VALUES)]
        values["csrf_token"] = proof
        faults += fault_of(browser, form.action, urlencode(values, doseq=True).encode())
    for body, kind in BODIES:
        faults += fault_of(browser, form.action, body, kind)
    return faults


def fault_of(
    browser: Client, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded"
) -> list[str]:
    """Post a body, and return what is wrong with the answer."""
    response = browser.flask.post(path, data=body, content_type=kind)
    if response.status_code >= 500:
        return [f"{path}: {response.status}: {body[:300]!r}"]
    if response.mimetype == "text/html" and became_markup(response.text):
        return [f"{path}: what was typed became mark-up: {body[:300]!r}"]
    return []


@pytest.fixture
def scene(program: Program) -> Program:
    """An installation with a consultation that is open."""
    Lead(program.staff(Role.CONSULTATION_LEAD)).create_open()
    return program


def test_a_respondents_forms_survive_whatever_is_posted(scene: Program) -> None:
    chance = random.Random(1)  # noqa: S311  # The same every time.
    browser = scene.browser()
    person = Respondent(browser)
    person.write()
    steps = ("responding-as", "who", "region", "interests", "publishing", "positions")
    pages = [
        # What is answered about comes before what chooses it.
        *(f"{person.response}/items/{key}" for key in ("culture.speaking-up", "culture")),
        *(f"{person.response}/about-you/{step}" for step in steps),
        f"{person.response}/choose",
        f"{person.response}/check",
        person.page,
        "/return",
        f"{person.response}/return",
    ]
    forms = [form for path in pages for form in forms_of(browser, path)]
    assert len(forms) >= len(pages) - 1
    faults = [fault for form in forms for fault in send_malformed(browser, form, chance)]
    assert faults == []


def test_the_forms_for_signing_in_survive_whatever_is_posted(scene: Program) -> None:
    chance = random.Random(2)  # noqa: S311  # The same every time.
    browser = scene.browser()
    scene.add_staff("sam@meadowbank.example", Role.RECRUITER)
    browser.open("/sign-in")
    browser.press("", {"email": "sam@meadowbank.example"})
    pages = [
        "/sign-in",
        "/sign-in/code",
        "/receipts",
        "/verify",
        scene.link_to("sam@meadowbank.example"),
    ]
    forms = [form for path in pages for form in forms_of(browser, path)]
    assert len(forms) >= len(pages)
    faults = [fault for form in forms for fault in send_malformed(browser, form, chance)]
    assert faults == []


def test_the_forms_of_staff_survive_whatever_is_posted(scene: Program) -> None:
    chance = random.Random(3)  # noqa: S311  # The same every time.
    email = "all@meadowbank.example"
    scene.add_staff(email, *Role)
    browser = scene.sign_in(email)
    forms = [form for path in staff_pages(browser) for form in forms_of(browser, path)]
    assert len(forms) >= 15
    faults = [fault for form in forms for fault in send_malformed(browser, form, chance)]
    assert faults == []
    assert browser.open("/organisations/meadowbank/members").status == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_checking_a_document_survives_every_file(scene: Program) -> None:
    chance = random.Random(4)  # noqa: S311  # The same every time.
    browser = scene.browser()
    form = a_form()
    for _ in range(25):
        file = bytearray(form[: chance.randrange(len(form))] if chance.random() < 0.3 else form)
        for _ in range(chance.randint(1, 30)):
            file[chance.randrange(len(file))] = chance.randrange(256)
        sent = (io.BytesIO(file), "<img src=x>.pdf")
        browser.post("/verify", {"csrf_token": browser.proof(), "file": sent})
        assert "exactly as we made it" not in browser.screen.text


def staff_pages(browser: Client) -> list[str]:
    """Return pages with forms of every room, with something in each."""
    here = "/organisations/meadowbank"
    Lead(browser).create(slug="draft-one")
    browser.open(f"{here}/vacancies/new")
    position = "board-leadership@1.0.0 provider-chair"
    browser.press("Add the vacancy", {"title": "Chair", "number": "1", "position": position})
    vacancy = browser.screen.path.partition("?")[0]
    browser.open(f"{vacancy}/stages/interview/pick")
    browser.press("Add the ticked questions", {"picked": ["0", "1"]})
    browser.open(f"{here}/review-packs/new")
    browser.press("Check the table", {"position": position, "table": "name\nJo\n"})
    pack = browser.screen.path
    review = ReviewPages(browser)
    review.start("Chief executive of an NHS provider", appraiser_is="me")
    path = review.path.partition("?")[0]
    paper = ReviewFiles(browser, path).attach(SCAN).path
    start = f"{here}/reviews/start?framework=board-leadership%401.0.0&position=provider-chair"
    return [
        f"{here}/members",
        f"{here}/consultations/new",
        f"{here}/consultations/draft-one/notices/new",
        *(f"{here}/consultations/draft-one/edit/{part}" for part in SECTIONS),
        f"{here}/consultations/draft-one/documents",
        f"{here}/consultations/example-region/extend",
        f"{here}/consultations/draft-one/open",
        f"{here}/consultations/example-region/close",
        f"{here}/vacancies/new",
        f"{here}/review-packs/new",
        f"{here}/scorecard-packs/new",
        pack,
        f"{vacancy}/stages/interview",
        f"{vacancy}/stages/interview/pick",
        f"{vacancy}/stages/interview/write",
        f"{vacancy}/stages/interview/write?question=0",
        start,
        f"{path}/sections/last-year",
        f"{path}/sections/objectives",
        f"{path}/sections/domain.culture",
        f"{path}/sections/fit-and-proper",
        f"{path}/attach",
        f"{path}/bring-back",
        f"{paper}/sections/objectives",
        f"{path}/withdraw",
        path,
    ]


ODD_PARTS = (
    "%00",
    "a%00b",
    "%ff%fe",
    "..%2f..%2fetc%2fpasswd",
    "%0d%0aSet-Cookie:%20a=b",
    "9" * 40,
    "-1",
    "%3Cimg%20src=x%20onerror=alert(1)%3E",
    "%E2%80%AE",
    "x" * 3000,
)
ODD_ADDRESSES = (
    "/consultations/{}",
    "/consultations/{}/response",
    "/consultations/example-region/response/items/{}",
    "/consultations/example-region/response/about-you/{}",
    "/consultations/example-region?response={}",
    "/consultations/example-region/return/{}",
    "/consultations/example-region/response/return?at={0}&done={0}",
    "/frameworks/{}",
    "/frameworks/board-leadership/{}",
    "/frameworks/board-leadership/1.0.0/competencies/{}",
    "/frameworks/board-leadership/1.0.0/positions/{}",
    "/frameworks/board-leadership/compare?from={0}&to={0}",
    "/frameworks/board-leadership/compare?from=1.0.0&to={}",
    "/receipts/{}",
    "/verify/{}",
    "/join/{}",
    "/sign-in?next={}",
    "/sign-in/link/{}",
    "/organisations/{}",
    "/organisations/meadowbank/members?done={}",
    "/organisations/meadowbank/consultations/{}",
    "/organisations/meadowbank/reviews/start?framework={0}&position={0}",
    "/organisations/meadowbank/reviews/blank?framework=board-leadership%401.0.0&position={}",
    "/vacancies/{}",
    "/packs/{}",
    "/reviews/{}",
    "/{}",
)


@pytest.mark.parametrize("is_staff", [False, True])
def test_odd_addresses_are_nowhere_and_break_nothing(scene: Program, is_staff: bool) -> None:
    browser = scene.browser()
    if is_staff:
        scene.add_staff("all@meadowbank.example", *Role)
        browser = scene.sign_in("all@meadowbank.example")
    else:
        Respondent(browser).introduce()
    wrong = []
    for address in ODD_ADDRESSES:
        for part in ODD_PARTS:
            path = address.format(part)
            response = browser.flask.get(path)
            if response.status_code not in (200, 303, 308, 400, 403, 404, 410):
                wrong.append(f"{path[:200]}: {response.status}")
            if response.mimetype == "text/html" and became_markup(response.text):
                wrong.append(f"{path[:200]}: became mark-up")
            if "a" in {
                cookie.partition("=")[0] for cookie in response.headers.getlist("Set-Cookie")
            }:
                wrong.append(f"{path[:200]}: set a cookie")
            if not response.headers.get("Location", "/").startswith("/"):
                wrong.append(f"{path[:200]}: leads to {response.headers['Location']}")
    assert wrong == []


@pytest.mark.parametrize("number", ["0", "2", "9" * 9, "9" * 19, "9" * 40])
def test_a_revision_that_is_not_there_is_nowhere(scene: Program, number: str) -> None:
    scene.add_staff("all@meadowbank.example", *Role)
    review = ReviewPages(scene.sign_in("all@meadowbank.example"))
    review.start("Chief executive of an NHS provider", appraiser_is="me")
    path = review.path.partition("?")[0]
    review.browser.open(f"{path}/revisions/{number}", status=404)
    review.browser.post(
        f"{path}/revisions/{number}/issue", {"csrf_token": review.browser.proof()}, status=404
    )
