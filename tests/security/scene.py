"""An installation with everything in it, as it stood at each step of a review."""

from __future__ import annotations

import copy
import datetime as dt
import io
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pysqlite3.dbapi2 as pysqlite3  # type: ignore[import-untyped]  # It ships no types.
from sqlalchemy import insert, select, update

from exports.worker import Press
from tests.factories.answer_tables import a_row, as_csv
from tests.pages.client import Client
from tests.pages.exports import CHOSEN
from tests.pages.intake import Officer
from tests.pages.lead import Lead
from tests.pages.moderator import Moderator
from tests.pages.outreach import OutreachLog
from tests.pages.respondent import Respondent
from tests.pages.review import ReviewPages
from tests.program import Program
from tests.security.attempts import HELD, PARTS
from webapp.consultations.submissions import SURGE
from webapp.jobs import cancel
from webapp.persistence import Base, Database, new_id
from webapp.security import Role

HERE, FAR = "meadowbank", "elsewhere"
POSITION = "Chair of an NHS provider"
COOKIE = "boardmark"
STATES = (
    "prepared",
    "draft",
    "shared",
    "ready",
    "signing",
    "signed",
    "granted",
    "amending",
    "withdrawn",
)
"""What the review stands at; granted is signed, with leave for secretaries to read."""

ROLES = {
    "lead": Role.CONSULTATION_LEAD,
    "officer": Role.CONSULTATION_OFFICER,
    "moderator": Role.MODERATOR,
    "recruiter": Role.RECRUITER,
    "appraiser": Role.APPRAISER,
    "secretary": Role.BOARD_SECRETARY,
    "administrator": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class Snapshot:
    """The rows at one moment, and the cookie of each person who was signed in then."""

    path: Path
    now: dt.datetime
    cookies: dict[str, str]
    addresses: dict[str, str]
    """The parts of addresses: `vacancy_id`, `pack_id`, `review_id`, `account_id`."""

    @contextmanager
    def opened(self, folder: Path, press: Press) -> Iterator[Scene]:
        """Give a program on a copy of the rows."""
        path = folder / "scene.sqlite3"
        shutil.copyfile(self.path, path)
        database = Database(f"sqlite:///{path}")
        program = Program(database, folder, press)
        program.clock.now = self.now
        yield Scene(program, self, path)
        database.close()


@dataclass(frozen=True)
class Scene:
    """A program on a copy of a snapshot, which can be put back to what it was."""

    program: Program
    snapshot: Snapshot
    path: Path

    def browser(self, who: str) -> Client:
        """Return the browser of somebody by name; `public` is nobody."""
        browser = self.program.browser()
        if who != "public":
            browser.flask.set_cookie(COOKIE, self.snapshot.cookies[who])
        return browser

    def put_back(self) -> None:
        """Undo everything since the scene was opened."""
        self.program.database.close()
        for tail in ("", "-wal", "-shm"):
            Path(f"{self.path}{tail}").unlink(missing_ok=True)
        shutil.copyfile(self.snapshot.path, self.path)

    def rows(self) -> str:
        """Return everything in the database as text, to be compared."""
        with self.program.database.reading() as session:
            return "\n".join(
                f"{table.name} {row}"
                for table in Base.metadata.sorted_tables
                for row in sorted(map(repr, session.execute(select(table)).all()))
            )


def make_snapshots(folder: Path, press: Press) -> dict[str, Snapshot]:
    """Make the installation through its own pages and take a snapshot at each state."""
    path = folder / "made.sqlite3"
    program = Program(Database(f"sqlite:///{path}"), folder, press)
    people = _staff(program)
    addresses = {
        "organisation": HERE,
        "vacancy_id": _a_vacancy(people["recruiter"]),
        "pack_id": _a_pack(people["appraiser"]),
        "account_id": str(program.add_staff("gone@meadowbank.example", Role.RECRUITER)),
    }
    _a_consultation(people["lead"])
    _a_held_response(program)
    _a_campaign(program)
    _a_ruling(program)
    _a_listed_address(program)
    addresses["extract_id"] = _an_export(program, people["lead"])
    addresses |= _what_came_in(people["officer"])
    _a_hold(people["administrator"])
    addresses["entry_id"] = _an_outreach_entry(people["officer"])
    addresses["bundle_id"] = _a_bundle(program, people["lead"])
    # Somebody is everything in another review of the same organisation, and nothing in this one.
    for state in _walk(program, people, "other", people["appraiser"], people["secretary"]):
        if state == "signed":
            break
    made = {}
    appraiser, preparer = people["its appraiser"], people["its preparer"]
    for state in _walk(program, people, "its", appraiser, preparer):
        addresses["review_id"] = appraiser.screen.path.split("/")[2]
        copied = folder / f"{state}.sqlite3"
        with (
            closing(pysqlite3.connect(path)) as source,
            closing(pysqlite3.connect(copied)) as target,
        ):
            source.backup(target)
        cookies = {who: _cookie(browser) for who, browser in people.items()}
        made[state] = Snapshot(copied, program.clock(), cookies, copy.copy(addresses))
    program.database.close()
    made["withdrawn"] = _withdrawn(made["shared"], folder, press)
    return made


def _withdrawn(shared: Snapshot, folder: Path, press: Press) -> Snapshot:
    away = folder / "away"
    away.mkdir()
    with shared.opened(away, press) as scene:
        browser = scene.browser("its appraiser")
        browser.open(f"/reviews/{shared.addresses['review_id']}/withdraw")
        browser.press("", {"reason": "The wrong person."})
        _copy(scene.path, folder / "withdrawn.sqlite3")
    return replace(shared, path=folder / "withdrawn.sqlite3")


def _copy(path: Path, copied: Path) -> None:
    # Python's own SQLite in the same process would break the locks of the program's.
    with closing(pysqlite3.connect(path)) as source, closing(pysqlite3.connect(copied)) as target:
        source.backup(target)


def _staff(program: Program) -> dict[str, Client]:
    far = program.add_organisation(FAR, "Elsewhere NHS Trust")
    people = {}
    for name, role in ROLES.items():
        people[name] = program.staff(role, f"{name}@meadowbank.example")
        people[f"far {name}"] = program.staff(role, f"{name}@elsewhere.example", far)
    people["its appraiser"] = program.staff(Role.APPRAISER, "its@meadowbank.example")
    people["its preparer"] = program.staff(Role.BOARD_SECRETARY, "prepares@meadowbank.example")
    return people


def _a_vacancy(recruiter: Client) -> str:
    recruiter.open(f"/organisations/{HERE}/vacancies/new")
    recruiter.press(
        "Add the vacancy",
        {"title": "Chair", "number": "V/1", "position": "board-leadership@1.0.0 provider-chair"},
    )
    path = recruiter.screen.path
    recruiter.follow("Interview")
    recruiter.follow("Pick from the framework")
    recruiter.press("Add the ticked questions", {"picked": ["0", "1"]})
    return path.split("/")[2].partition("?")[0]


def _a_pack(appraiser: Client) -> str:
    appraiser.open(f"/organisations/{HERE}/review-packs/new")
    position = "board-leadership@1.0.0 provider-chair"
    appraiser.press("Check the table", {"position": position, "table": "name\nJo Hall\n"})
    return appraiser.screen.path.split("/")[2]


def _a_consultation(browser: Client) -> None:
    Lead(browser).create_open()
    Lead(browser).create(slug="not-yet")


def _a_held_response(program: Program) -> None:
    person = Respondent(program.browser())
    person.write()
    person.send()
    with program.database.writing() as session:
        # What the attempts name, held as if very many had come at once.
        known = {"reference": PARTS["reference"], "held_for": SURGE}
        session.execute(update(Base.metadata.tables["submission"]).values(**known))


def _a_campaign(program: Program) -> None:
    """A response that counts, in a group that was found."""
    person = Respondent(program.browser())
    person.write()
    person.send()
    tables = Base.metadata.tables
    submission, campaign = tables["submission"], tables["campaign"]
    with program.database.writing() as session:
        new = submission.c.reference != PARTS["reference"]
        session.execute(update(submission).where(new).values(reference=PARTS["response"]))
        (sent,) = session.execute(select(submission).where(new))
        found = {"id": new_id(), "consultation_id": sent.consultation_id, "number": 1}
        session.execute(
            insert(campaign).values(
                **found, name="", verdict="undecided", kind="identical", found_in=0, revision=0
            )
        )
        session.execute(
            insert(tables["campaign_member"]).values(
                submission_id=sent.id, campaign_id=found["id"], is_out=False
            )
        )


def _a_ruling(program: Program) -> None:
    """A proposal about the response that counts, by somebody whom no attempt is made as."""
    proposer = program.staff(Role.MODERATOR, "proposes@meadowbank.example")
    Moderator(proposer).rule(PARTS["response"])


def _an_export(program: Program, lead: Client) -> str:
    """An export that waits for a worker, who never comes."""
    lead.open(f"{Lead(lead).one()}/exports/new")
    lead.press("Make the export", CHOSEN)
    with program.database.writing() as session:
        cancel(session, "extracts.make", lambda _: True)
    return lead.screen.path.rpartition("/")[2]


def _a_listed_address(program: Program) -> None:
    browser = program.browser()
    browser.open("/consultations/example-region/notices")
    browser.press("Send me an email", {"email": "listed@example.org"})
    browser.open(program.link_to("listed@example.org"))
    browser.press("Confirm")


def _what_came_in(browser: Client) -> dict[str, str]:
    """Note two letters, one of which waits for a check, and upload a table."""
    officer = Officer(browser)
    officer.note(b"%PDF-1.7 letter", "letter.pdf")
    item, source = officer.item, browser.screen.link("Download this PDF")
    officer.say_who(item)
    officer.choose(item, "culture.speaking-up")
    officer.answer(item, "culture.speaking-up", {"culture.speaking-up:clarity": "very-clear"})
    officer.note(b"%PDF-1.7 another", "another.pdf")
    checked = officer.item
    officer.transcribe(checked)
    officer.finish(checked)
    imported = officer.upload(as_csv([a_row()])).path.partition("?")[0]
    return {
        "intake_id": item.split("/")[-1],
        "source_id": source.split("/")[-1],
        "checked_id": checked.split("/")[-1],
        "import_id": imported.split("/")[-1],
    }


def _a_hold(administrator: Client) -> None:
    administrator.open(f"/organisations/{HERE}/retention/{HELD}")
    administrator.press("Place a hold", {"reason": "An inquiry"})


def _an_outreach_entry(officer: Client) -> str:
    log = OutreachLog(officer)
    log.add(file=(io.BytesIO(b"%PDF-1.7\n%%EOF\n"), "letter.pdf"))
    return log.open_entry().path.rpartition("/")[2]


def _a_bundle(program: Program, lead: Client) -> str:
    path = f"/organisations/{HERE}/consultations/example-region/bundles"
    lead.open(path)
    lead.press("Make the bundle")
    program.deliver_mail()
    address = lead.open(path).link("Download the bundle")
    return address.rpartition("/")[2].removesuffix(".zip")


def _walk(
    program: Program, people: dict[str, Client], whose: str, appraiser: Client, preparer: Client
) -> Iterator[str]:
    """Take a review through its states; whoever is invited on the way joins `people`."""
    jo, sam = f"jo.{whose}@example.org", f"sam.{whose}@example.org"
    pages = ReviewPages(preparer)
    signatory = "signatory-regional-director"
    pages.start(
        POSITION,
        appraisee_email=jo,
        appraiser_name="Appraiser",
        appraiser_email=f"{'its' if whose == 'its' else 'appraiser'}@meadowbank.example",
        **{f"{signatory}-name": "Sam", f"{signatory}-email": sam},
    )
    led = ReviewPages(appraiser, pages.path)
    led.open()
    yield "prepared"
    led.press("Approve and take over")
    yield "draft"
    led.write_everything()
    led.press("Share with Jo Hall")
    appraisee = ReviewPages(program.join(jo), led.path)
    people[f"{whose} appraisee"] = appraisee.browser
    yield "shared"
    led.press("Finish revision 1")
    yield "ready"
    appraisee.sign()
    yield "signing"
    led.sign()
    led.open()
    last = ReviewPages(program.join(sam), led.path)
    people[f"{whose} signatory"] = last.browser
    last.sign()
    led.open()
    yield "signed"
    led.press("Let the board secretaries read it")
    yield "granted"
    led.press("Stop letting them read it")
    led.open("/amend")
    led.browser.press("", {"reason": "A date was wrong."})
    led.open()
    yield "amending"


def _cookie(browser: Client) -> str:
    found = browser.flask.get_cookie(COOKIE)
    assert found is not None, "this browser holds no cookie"
    return found.value
