"""Every form that the public may post, found on its page, with what a browser would send."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bs4 import Tag
from werkzeug.exceptions import HTTPException

from tests.pages.client import Client, filled_in
from tests.pages.respondent import Respondent
from tests.pages.responses import CLOSES, SLUG, open_a_consultation
from tests.pages.together import Colleague
from tests.program import Program
from tests.security.routes import routes_of
from tests.security.test_permissions import PUBLIC
from webapp.accounts import services as accounts
from webapp.persistence import new_id
from webapp.security import Relation, Role
from webapp.web.pace import Pace, Surge

ITEM = "culture.speaking-up"
COMMENT = f"{ITEM}:comment"
ABOUT = ("responding-as", "who", "region", "interests", "publishing", "positions")
BOUNDLESS = 10**9

PUBLIC_TOO = PUBLIC | {"receipt:change", "notices:receive", "equality:answer"}


@dataclass(frozen=True)
class PublicForm:
    """A form as it stands on a page, with the cookie of who looks at it and the time of that."""

    rule: str
    path: str
    values: dict[str, list[str]]
    cookie: str
    now: dt.datetime
    has_file: bool = False


@dataclass
class Collection:
    """Looks at pages and keeps the forms that are on them, by the route that takes each."""

    program: Program
    forms: dict[str, list[PublicForm]] = field(default_factory=lambda: defaultdict(list))

    def look(self, browser: Client, *paths: str) -> None:
        """Keep the forms of pages, or of the one that a browser shows."""
        for path in paths:
            browser.open(path)
            self._keep(browser)
        if not paths:
            self._keep(browser)

    def _keep(self, browser: Client) -> None:
        cookie = browser.flask.get_cookie(self.program.app.config["SESSION_COOKIE_NAME"])
        for form in browser.screen.soup.find_all("form"):
            if str(form.get("method", "get")).lower() == "post":
                path = str(form.get("action") or browser.screen.path)
                found = PublicForm(
                    self._rule(path),
                    path,
                    with_buttons(form),
                    cookie.value if cookie else "",
                    self.program.clock(),
                    form.find("input", attrs={"type": "file"}) is not None,
                )
                known = self.forms[found.rule]
                if all(each.path != path or each.cookie != found.cookie for each in known):
                    known.append(found)

    def _rule(self, path: str) -> str:
        adapter = self.program.app.url_map.bind("localhost")
        try:
            rule, _ = adapter.match(path.partition("?")[0], method="POST", return_rule=True)
        except HTTPException as error:
            raise AssertionError(f"a form leads nowhere: {path}") from error
        return str(rule.rule)


def with_buttons(form: Tag) -> dict[str, list[str]]:
    """Return what a browser would send with the first button that has a name."""
    values = filled_in(form)
    button = form.find("button", attrs={"name": True})
    if isinstance(button, Tag):
        values[str(button["name"])] = [str(button.get("value", ""))]
    return values


def public_rules(program: Program) -> set[str]:
    """Return every address that the public may post to, from the table of routes."""
    return {
        route.rule
        for route in routes_of(program.app)
        if route.method == "POST"
        and route.declared is not None
        and route.declared.permission.value in PUBLIC_TOO
    }


@dataclass
class PublicScene:
    """A program in which every public form is on some page, and its rows to put back."""

    program: Program
    forms: dict[str, list[PublicForm]]
    path: Path

    def keep(self) -> None:
        """Remember the rows as they are."""
        self.program.database.close()
        shutil.copyfile(self.path, self.path.with_suffix(".kept"))

    def put_back(self) -> None:
        """Make the rows what they were."""
        self.program.database.close()
        for tail in ("-wal", "-shm"):
            Path(f"{self.path}{tail}").unlink(missing_ok=True)
        shutil.copyfile(self.path.with_suffix(".kept"), self.path)


def make_scene(program: Program, path: Path) -> PublicScene:
    """Fill a fresh installation and look at every page with a form; `path` is its SQLite file."""
    desk = program.app.extensions["boardmark"]
    # Nobody is slowed: this is about what comes after that.
    program.app.extensions["boardmark"] = replace(
        desk, pace=Pace(BOUNDLESS), surge=Surge(starts=BOUNDLESS, sends=BOUNDLESS)
    )
    found = Collection(program)
    open_a_consultation(program)
    of_everybody(found)
    of_one_person(found)
    of_colleagues(found)
    of_senders(found)
    of_readers(found)
    of_guests(found)
    of_latecomers(found)
    scene = PublicScene(program, found.forms, path)
    scene.keep()
    return scene


def of_everybody(found: Collection) -> None:
    """Look at what is there for everybody."""
    consultation = f"/consultations/{SLUG}"
    found.look(
        found.program.browser(),
        consultation,
        f"{consultation}/join",
        f"{consultation}/notices",
        "/return",
        "/receipts",
        "/verify",
        "/sign-in",
    )


def of_one_person(found: Collection) -> None:
    """Look at what somebody sees who writes alone, also in two tabs."""
    person = Respondent(found.program.browser())
    person.write()
    found.look(
        person.browser,
        person.page,
        person.response,
        *(f"{person.response}/about-you/{step}" for step in ABOUT),
        f"{person.response}/choose",
        f"{person.response}/items/{ITEM}",
        f"{person.response}/items/culture",
        f"{person.response}/check",
        f"{person.response}/return",
        f"{person.response}/forget",
        f"{person.response}/together",
    )
    link = person.browser.open(f"{person.response}/return").soup.select_one("#return-link")
    assert link is not None
    found.look(
        found.program.browser(),
        str(link.get("value") or link.get_text()).strip().removeprefix("http://localhost"),
    )
    clashing(found, person, f"{person.response}/items/{ITEM}", COMMENT)
    clashing(found, person, f"{person.response}/about-you/publishing", "name")


def clashing(found: Collection, person: Respondent, path: str, name: str) -> None:
    """Change something in two tabs, and look at the page that shows both."""
    tab = Client(person.browser.app)
    tab.flask = person.browser.flask
    tab.open(path)
    person.browser.open(path)
    person.browser.press("Save", {name: "From one tab"})
    tab.press("Save", {name: "From the other tab"}, status=409)
    found.look(tab)


def of_colleagues(found: Collection) -> None:
    """Look at what several people see who write one response."""
    lead = Colleague(found.program.browser(), name="Asha Rao")
    lead.introduce_organisation()
    lead.choose(ITEM)
    found.look(lead.browser, lead.team)
    lead.lead()
    code = lead.joining_code()
    other = Colleague(found.program.browser(), name="Ben Cole")
    found.look(other.browser, f"{other.page}/join/{code}")
    other.join(code)
    lead.note(ITEM, "Ask the governors.")
    found.look(lead.browser, f"{lead.response}/notes/{ITEM}", f"{lead.team}/items", lead.team)
    confirming = [
        str(link["href"]) for link in lead.browser.screen.soup.select("main a[href*='/members/']")
    ]
    found.look(lead.browser, *confirming)
    found.look(other.browser, other.team, f"{other.team}/leave")


def of_senders(found: Collection) -> None:
    """Look at what there is after sending: the receipt and the equality questions."""
    person = Respondent(found.program.browser())
    person.write()
    person.send()
    receipt = f"/receipts/{person.code()}"
    found.look(
        person.browser,
        f"{receipt}/sent",
        receipt,
        f"{receipt}/permission",
        f"{receipt}/withdraw",
        f"{receipt}/replace",
        f"{person.page}/equality",
        f"{person.page}/equality/questions",
    )


def of_readers(found: Collection) -> None:
    """Look at what somebody sees who wants to hear of the outcome."""
    program, browser = found.program, found.program.browser()
    browser.open(f"/consultations/{SLUG}/notices")
    browser.press("Send me an email", {"email": "ann@example.org"})
    link = program.link_to("ann@example.org")
    found.look(browser, link)
    browser.open(link)
    browser.press("Confirm")
    lead = program.staff(Role.CONSULTATION_LEAD)
    lead.open(f"/organisations/meadowbank/consultations/{SLUG}/notices")
    lead.follow("Write a notice")
    lead.press("Preview", {"subject": "What we heard", "text": "Thank you."})
    lead.press("Send to")
    found.look(browser, stop_link(program))


def stop_link(program: Program) -> str:
    """Return the way off the list in the newest mail."""
    body = program.newest_mail_to("ann@example.org").mail.body
    return next(
        "/" + word.partition("//")[2].partition("/")[2] for word in body.split() if "/stop/" in word
    )


def of_guests(found: Collection) -> None:
    """Look at what somebody sees who was invited, or who signs in."""
    program = found.program
    with program.database.writing() as session:
        accounts.invite_participant(
            session,
            organisation_id=program.organisation.id,
            subject_id=new_id(),
            relation=Relation.SIGNATORY,
            name="Jo Hall",
            email="jo@example.org",
            purpose="sign",
            destination="/",
            invited_by="Sam Hill",
            now=program.clock(),
        )
    found.look(program.browser(), program.link_to("jo@example.org"))
    program.add_staff("sam@meadowbank.example", Role.RECRUITER)
    browser = program.browser()
    browser.open("/sign-in")
    browser.press("", {"email": "sam@meadowbank.example"})
    found.look(browser, "/sign-in/code", program.link_to("sam@meadowbank.example"))
    found.look(program.sign_in("sam@meadowbank.example"), "/staff")


def of_latecomers(found: Collection) -> None:
    """Look at what somebody sees who had not sent when the consultation closed."""
    person = Respondent(found.program.browser())
    person.write()
    before = found.program.clock.now
    found.program.clock.now = CLOSES + dt.timedelta(minutes=5)
    found.look(person.browser, f"{person.response}/check")
    found.program.clock.now = before


def missing(program: Program, forms: Iterable[str]) -> set[str]:
    """Return the public addresses whose form was found on no page."""
    return public_rules(program) - set(forms)
