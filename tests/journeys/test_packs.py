"""Forms for many people: from a table to a ZIP, made by a worker slice by slice."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import shutil
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.packs.people import LONGEST_VALUE
from exports.seals.verifying import FileState, verify
from exports.worker import DocumentFailed, Press
from tests.pages.client import Client, Screen
from tests.program import Program
from webapp.factory import HANDLERS
from webapp.issued.keys import Keys
from webapp.issued.services import find_document
from webapp.jobs import enqueue, run_due
from webapp.packs import making, services
from webapp.packs.pack import PackState
from webapp.persistence import Database
from webapp.security import Role
from webapp.web.printing import Counter

CHAIR = "board-leadership@1.0.0 provider-chair"
TABLE = "name,role\nAnna Köster,Chair\nJo <b>Hall</b>,\nAl O’Neill,Chair\n"
HERE = "/organisations/meadowbank/review-packs"


def work(program: Program, most: int | None = None) -> int:
    """Do the jobs that are due, as the worker would."""
    return run_due(
        program.database,
        HANDLERS,
        program.clock(),
        mailer=program.outbox,
        settings=program.settings,
        library=program.library,
        press=program.press,
        most=most,
    )


def stored(program: Program) -> list[Path]:
    """Return the files of people that the installation holds."""
    return [path for path in (program.home / "files").glob("??/*") if path.is_file()]


def unfinished(program: Program) -> list[Path]:
    """Return the files that were begun and are neither kept nor deleted."""
    return list((program.home / "files" / "unfinished").glob("*"))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the key and the forms that the installations of these tests share."""
    home = tmp_path_factory.mktemp("once")
    (home / "printed").mkdir()
    Keys(home).make_if_missing(dt.date(2026, 11, 23))
    return home


@pytest.fixture
def program(database: Database, tmp_path: Path, press: Press, once: Path) -> Program:
    """A fresh installation that has the forms printed already, once there was a first."""
    shutil.copy(once / "signing-keys", tmp_path)
    (tmp_path / "printed").symlink_to(once / "printed")
    return Program(database, tmp_path, press)


@pytest.fixture
def appraiser(program: Program) -> Client:
    return program.staff(Role.APPRAISER)


@pytest.fixture
def slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a slice one person long."""
    monkeypatch.setattr(making, "SLICE_PEOPLE", 1)


def check(
    browser: Client, table: str = TABLE, *, status: int = 200, position: str = CHAIR
) -> Screen:
    """Paste a table and have it checked."""
    browser.open(HERE)
    browser.follow("Make review forms")
    return browser.press("Check the table", {"position": position, "table": table}, status=status)


def upload(browser: Client, content: bytes, *, status: int = 200) -> Screen:
    """Send a table as a file."""
    browser.open(f"{HERE}/new")
    data = {
        "csrf_token": browser.proof(),
        "position": CHAIR,
        "table": "",
        "file": (io.BytesIO(content), "people.csv"),
    }
    return browser.post(f"{HERE}/new", data, status=status)


def download(browser: Client) -> zipfile.ZipFile:
    """Download the ZIP of the pack on the present page."""
    path = browser.screen.path
    screen = browser.follow("Download the forms")
    assert screen.response.mimetype == "application/zip"
    content = screen.response.data
    assert int(screen.response.headers["Content-Length"]) == len(content)
    browser.open(path)
    return zipfile.ZipFile(io.BytesIO(content))


@pytest.fixture(params=["sqlite"])
def database(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> Iterator[Database]:
    """One kind is enough for what pages show; the store has its own tests on both."""
    path = tmp_path / "boardmark.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    found = Database(f"sqlite:///{path}")
    yield found
    found.close()


class TestMakingForms:
    def test_a_table_becomes_a_zip_of_forms_that_verify(
        self, program: Program, appraiser: Client, slices: None
    ) -> None:
        screen = check(appraiser)
        assert screen.heading == "3 review forms: not started"
        assert "Jo <b>Hall</b> - Chair of an NHS provider" not in screen.text
        assert "Jo b Hall b - Chair of an NHS provider.pdf" in screen.text
        assert work(program) == 0, "something is made before anybody started it"
        path = screen.path
        screen = appraiser.press("Make 3 review forms")
        assert screen.heading == "3 review forms: waiting"
        for made in ("1 of 3", "2 of 3", "All review forms are made"):
            work(program, most=1)
            assert made in appraiser.open(path).text
        work(program)
        screen = appraiser.open(path)
        assert screen.heading == "3 review forms: ready"
        with download(appraiser) as archive:
            assert archive.testzip() is None
            text = archive.read("manifest.json")
            assert hashlib.sha256(text).hexdigest() in screen.text
            lines = json.loads(text)["files"]
            assert [line["name"] for line in lines] == [
                "Anna Köster",
                "Jo <b>Hall</b>",
                "Al O’Neill",
            ]
            assert {line["organisation"] for line in lines} == {"Meadowbank NHS Trust"}
            keyring = Keys(program.home).keyring
            for line in lines:
                content = archive.read(line["file"])
                assert hashlib.sha256(content).hexdigest() == line["sha256"]
                assert verify(content, keyring).state is FileState.UNCHANGED
        # The slices are gone, the ZIP is kept.
        assert len(stored(program)) == 1
        assert unfinished(program) == []

    def test_the_form_is_in_the_register_and_the_copies_are_not(
        self, program: Program, appraiser: Client
    ) -> None:
        check(appraiser, "name\nAnna\n")
        appraiser.press("Make 1 review form")
        work(program)
        appraiser.open(appraiser.screen.path)
        with download(appraiser) as archive:
            (line,) = json.loads(archive.read("manifest.json"))["files"]
        with program.database.reading() as session:
            assert find_document(session, line["base"]) is not None
            assert find_document(session, line["identifier"]) is None

    def test_a_recruiter_makes_scorecards_of_a_stage(self, program: Program) -> None:
        recruiter = program.staff(Role.RECRUITER)
        recruiter.open("/organisations/meadowbank/scorecard-packs")
        recruiter.follow("Make scorecards")
        recruiter.press(
            "Check the table", {"position": CHAIR, "table": "candidate\nA1\n"}, status=422
        )
        assert recruiter.screen.errors == ["Choose the stage"]
        values = {"stage": "interview", "vacancy": "Chair (V/7)"}
        assert recruiter.press("Check the table", values).heading == "1 scorecard: not started"
        recruiter.press("Make 1 scorecard")
        work(program)
        recruiter.open(recruiter.screen.path)
        with download(recruiter) as archive:
            manifest = json.loads(archive.read("manifest.json"))
        assert (manifest["form"], manifest["stage"]) == ("scorecard", "interview")
        assert manifest["files"][0]["candidate"] == "A1"

    def test_a_file_is_read_as_spreadsheets_save_it(self, appraiser: Client) -> None:
        screen = upload(appraiser, "Name;Role\r\nZoë;Chair\r\n".encode("utf-8-sig"))
        assert screen.heading == "1 review form: not started"
        assert "Zoë - Chair.pdf" in screen.text

    def test_starting_twice_makes_one(self, program: Program, appraiser: Client) -> None:
        check(appraiser)
        form = appraiser.screen.form("Make 3 review forms")
        appraiser.press("Make 3 review forms")
        screen = appraiser.post(str(form["action"]), {"csrf_token": appraiser.proof()}, status=409)
        assert "started" in screen.text


class TestATableThatIsWrong:
    def test_every_mistake_is_listed_and_nothing_is_lost(self, appraiser: Client) -> None:
        table = "name,profile\n,king\nAl <i>,x\n"
        screen = check(appraiser, table, status=422)
        assert screen.errors == ["The table has 3 mistakes: they are listed below"]
        for expected in ("Line 2: the name is missing", "Line 2: there is no profile “king”"):
            assert expected in screen.text
        area = screen.soup.find("textarea")
        assert area is not None
        assert area.get_text().strip().splitlines() == table.splitlines()
        assert screen.form("Check the table").find("option", selected=True)["value"] == CHAIR  # type: ignore[index]  # it is there
        appraiser.press("Check the table", {"table": "name\nAl\n"})
        assert appraiser.screen.heading == "1 review form: not started"

    def test_a_file_with_mistakes_can_be_corrected_on_the_page(self, appraiser: Client) -> None:
        screen = upload(appraiser, b"name,rolle\nAl,Chair\n", status=422)
        assert screen.errors == [
            "The table has a mistake on line 1: there is no column “rolle”; did you mean “role”?"
        ]
        # What is to be corrected stands in the box, whichever way it came.
        assert screen.soup.select_one(".nhsuk-error-summary__list a[href='#table']")
        assert "rolle" in appraiser.screen.form("Check the table").find("textarea").get_text()  # type: ignore[union-attr]  # it is there

    def test_an_older_code_page_is_refused_with_what_to_do(self, appraiser: Client) -> None:
        screen = upload(appraiser, "name\nKöster\n".encode("cp1252"), status=422)
        assert "CSV UTF-8" in screen.errors[0]

    def test_nothing_chosen_is_said(self, appraiser: Client) -> None:
        screen = check(appraiser, "", position="", status=422)
        assert screen.errors == [
            "Choose the framework and the board position",
            "Choose a file with the people, or paste the table",
        ]

    def test_a_table_of_ten_thousand_mistakes_is_a_page_as_well(self, appraiser: Client) -> None:
        table = "name,role\n" + "".join(f"x,{'y' * (LONGEST_VALUE + 1)}\n" for _ in range(2000))
        screen = upload(appraiser, table.encode(), status=422)
        assert "These are the first 200 of" in screen.text


class TestStopping:
    def test_cancelling_stops_and_deletes_what_was_made(
        self, program: Program, appraiser: Client, slices: None
    ) -> None:
        check(appraiser)
        appraiser.press("Make 3 review forms")
        path = appraiser.screen.path
        work(program, most=1)
        assert len(stored(program)) == 1
        screen = appraiser.press("Cancel")
        assert screen.heading == "3 review forms: cancelled"
        work(program)
        assert stored(program) == []
        pack_id = uuid.UUID(path.split("/")[-1])
        with program.database.reading() as session:
            assert services.list_people(session, pack_id) == ()
        assert appraiser.press("Take this off the list").heading.startswith("Review forms")
        assert "There are none now" in appraiser.screen.text
        appraiser.open(path, status=410)

    def test_cancelling_within_a_slice_deletes_that_slice(
        self, program: Program, appraiser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        check(appraiser)
        appraiser.press("Make 3 review forms")
        keep = services.add_part

        def cancel_first(*given: object, **named: object) -> None:
            monkeypatch.setattr(services, "add_part", keep)
            raise services.PackChanged

        monkeypatch.setattr(services, "add_part", cancel_first)
        work(program)
        assert (stored(program), unfinished(program)) == ([], [])

    def test_deleting_takes_the_zip_and_the_names(
        self, program: Program, appraiser: Client
    ) -> None:
        check(appraiser)
        appraiser.press("Make 3 review forms")
        path = appraiser.screen.path
        work(program)
        appraiser.open(path)
        assert len(stored(program)) == 1
        appraiser.press("Delete the forms")
        work(program)
        assert stored(program) == []
        appraiser.open(f"{path}/forms.zip", status=410)

    def test_after_a_week_everything_is_deleted(self, program: Program, appraiser: Client) -> None:
        check(appraiser)
        appraiser.press("Make 3 review forms")
        path = appraiser.screen.path
        work(program)
        program.clock.move(days=7, minutes=1)
        with program.database.writing() as session:
            assert not services.forget_old_packs(session, program.clock())
        work(program)
        assert stored(program) == []
        with program.database.reading() as session:
            pack = services.find_pack(session, uuid.UUID(path.split("/")[-1]))
            assert pack is not None
            assert pack.state is PackState.DELETED
            assert services.list_people(session, pack.id) == ()


class TestTrouble:
    def test_a_worker_killed_in_the_middle_of_a_slice_loses_nothing(
        self,
        program: Program,
        appraiser: Client,
        slices: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        check(appraiser)
        appraiser.press("Make 3 review forms")
        path = appraiser.screen.path
        work(program, most=1)
        keep = services.add_part

        def be_killed(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(services, "add_part", be_killed)
        with pytest.raises(KeyboardInterrupt):
            work(program, most=1)
        monkeypatch.setattr(services, "add_part", keep)
        assert work(program) == 0, "the lease has not run out yet"
        program.clock.move(minutes=6)
        work(program)
        appraiser.open(path)
        with download(appraiser) as archive:
            assert len(json.loads(archive.read("manifest.json"))["files"]) == 3

    def test_a_slice_that_is_made_twice_counts_once(
        self, program: Program, appraiser: Client, slices: None
    ) -> None:
        check(appraiser)
        appraiser.press("Make 3 review forms")
        path = appraiser.screen.path
        work(program)
        kept = stored(program)
        pack_id = path.split("/")[-1]
        for first in range(4):
            with program.database.writing() as session:
                payload = {"pack": pack_id, "from": str(first)}
                enqueue(session, services.MAKE_PACK, payload, program.clock())
        work(program)
        assert stored(program) == kept

    def test_a_form_that_cannot_be_printed_is_said_and_nothing_is_left(
        self, program: Program, appraiser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise DocumentFailed("Planted")

        check(appraiser)
        appraiser.press("Make 3 review forms")
        path = appraiser.screen.path
        monkeypatch.setattr(Counter, "issued_once", fail)
        work(program)
        screen = appraiser.open(path)
        assert screen.heading == "3 review forms: not made"
        assert "The form for Chair of an NHS provider could not be printed" in screen.text
        assert (stored(program), unfinished(program)) == ([], [])

    def test_a_version_that_is_gone_is_said_and_nothing_is_made(
        self, program: Program, appraiser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(*_: object) -> None:
            raise services.NotAsPinned("board-leadership@1.0.0 is not what it was")

        path = check(appraiser).path
        appraiser.press("Make 3 review forms")
        monkeypatch.setattr(services, "get_published", gone)
        work(program)
        assert "board-leadership@1.0.0 is not what it was." in appraiser.open(path).text
        assert "Send the table again" in check(appraiser).text
        appraiser.press("Throw the table away")

    def test_a_zip_that_is_gone_is_said(self, program: Program, appraiser: Client) -> None:
        path = check(appraiser).path
        appraiser.press("Make 3 review forms")
        work(program)
        for file in stored(program):
            file.unlink()
        assert "was deleted" in appraiser.open(f"{path}/forms.zip", status=410).text

    def test_a_pack_that_never_gets_made_is_given_up_after_a_day(
        self, program: Program, appraiser: Client
    ) -> None:
        check(appraiser)
        appraiser.press("Make 3 review forms")
        path = appraiser.screen.path
        program.clock.move(days=1, minutes=1)
        with program.database.writing() as session:
            services.forget_old_packs(session, program.clock())
        appraiser = program.sign_in("appraiser@meadowbank.example")
        assert "It took too long" in appraiser.open(path).text


class TestWhoMay:
    def test_names_of_candidates_are_for_recruiters_and_of_appraisees_for_appraisers(
        self, program: Program, appraiser: Client
    ) -> None:
        review_pack = check(appraiser).path
        recruiter = program.staff(Role.RECRUITER)
        recruiter.open("/organisations/meadowbank/scorecard-packs/new")
        values = {"position": CHAIR, "stage": "interview", "table": "candidate\nA1\n"}
        scorecard_pack = recruiter.press("Check the table", values).path
        appraiser.open(scorecard_pack, status=403)
        recruiter.open(review_pack, status=403)
        elsewhere = program.add_organisation("elsewhere", "Elsewhere NHS Trust")
        far = program.staff(Role.RECRUITER, "far@elsewhere.example", elsewhere)
        far.open(scorecard_pack, status=403)
        far.post(f"{scorecard_pack}/delete", {"csrf_token": far.proof()}, status=403)
        program.staff(Role.BOARD_SECRETARY).open(review_pack)
