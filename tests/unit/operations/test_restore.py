"""What is restored is what was backed up, without what was erased since; all of it or nothing."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import KINDS
from tests.factories.accounts import add_organisation, add_person
from tests.factories.consultations import CLOSES, DURING, SECRETS
from tests.factories.installations import (
    NOW,
    Installation,
    an_installation,
    another_like,
    respond,
)
from tests.factories.writing import COMMENT, LIBRARY, Writer, an_open_consultation
from webapp.accounts import services as accounts
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.respondents import Publish
from webapp.consultations.submissions import Standing
from webapp.jobs import enqueue
from webapp.notices import services as notices
from webapp.notices.store import subscribers
from webapp.operations.backup import moving, restoring, running
from webapp.operations.backup.errors import BackupFailed, StillRunning
from webapp.persistence import Database, Session
from webapp.retention import services as retention
from webapp.retention.journal import Erasure, Journal

LATER = DURING + dt.timedelta(hours=2)
Restores = Callable[[Path], Database]
CONTENT = b"What somebody sent in a letter."


@pytest.fixture(params=KINDS)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    return an_installation(request.param, tmp_path)


@pytest.fixture
def database(installation: Installation) -> Iterator[Database]:
    with closing(installation.open()) as database:
        yield database


@pytest.fixture
def elsewhere(installation: Installation, tmp_path: Path) -> Installation:
    return another_like(installation, tmp_path)


def organisations(installation: Installation) -> int:
    with closing(installation.open()) as database, database.reading() as session:
        return len(accounts.list_organisations(session))


class TestARestore:
    def test_brings_everything_back_elsewhere(
        self, installation: Installation, database: Database, elsewhere: Installation
    ) -> None:
        with database.writing() as session:
            code = respond(session, an_open_consultation(session), "Say who listens.")
        sha256 = installation.hold(database, CONTENT)
        installation.settings.library.mkdir()
        (installation.settings.library / "LOCK").write_text("a line\n")
        done = elsewhere.restore(installation.back_up(database))
        assert (done.files, done.erased_again, done.aside) == (2, 0, "")
        assert elsewhere.files.get(sha256) == CONTENT
        assert (elsewhere.settings.library / "LOCK").read_text() == "a line\n"
        with closing(elsewhere.open()) as restored, restored.reading() as session:
            found = services.find_receipt(session, code)
        assert found is not None
        assert [answer.given.text for answer in found.answers] == ["Say who listens."]

    def test_is_refused_where_there_is_data(
        self, installation: Installation, database: Database
    ) -> None:
        with database.writing() as session:
            add_organisation(session)
        path = installation.back_up(database)
        database.close()
        with pytest.raises(BackupFailed, match="--replace"):
            installation.restore(path)

    def test_moves_what_was_there_aside(
        self, installation: Installation, database: Database
    ) -> None:
        with database.writing() as session:
            add_organisation(session, slug="of-before")
        path = installation.back_up(database)
        with database.writing() as session:
            add_organisation(session, slug="of-afterwards")
        database.close()
        done = installation.restore(path, replace=True)
        assert organisations(installation) == 1
        if installation.pg_bin is None:
            aside = done.aside.removeprefix("in ")
            name = Path(database.engine.url.database or "").name
            url = f"sqlite:///{aside}/{name}"
        else:
            name = done.aside.removeprefix("as the database ")
            url = database.engine.url.set(database=name).render_as_string(hide_password=False)
        assert organisations(replace_url(installation, url)) == 2

    def test_ends_sign_ins_and_takes_up_what_workers_had_in_hand(
        self, installation: Installation, database: Database, elsewhere: Installation
    ) -> None:
        with database.writing() as session:
            enqueue(session, "some.job", {}, NOW)
            session.execute(
                text("UPDATE job SET lease = :lease, leased_until = :until"),
                {"lease": uuid.uuid4().hex, "until": NOW.replace(tzinfo=None)},
            )
            session.execute(
                text(
                    "INSERT INTO signed_in_session (id, token_hash, started_at, expires_at)"
                    " VALUES (:id, 'x', :now, :now)"
                ),
                {"id": uuid.uuid4().hex, "now": NOW.replace(tzinfo=None)},
            )
        done = elsewhere.restore(installation.back_up(database))
        assert (done.sessions, done.jobs) == (1, 1)
        with closing(elsewhere.open()) as restored, restored.reading() as session:
            assert session.execute(text("SELECT count(*) FROM job WHERE lease IS NULL")).scalar()
            still = "SELECT count(*) FROM signed_in_session WHERE ended_at IS NULL"
            assert not session.execute(text(still)).scalar()

    def test_takes_an_older_revision_and_refuses_a_newer_one(
        self, installation: Installation, database: Database, elsewhere: Installation
    ) -> None:
        path = installation.back_up(database)
        newer = path.with_name("newer")
        with zipfile.ZipFile(path) as before, zipfile.ZipFile(newer, "w") as after:
            for name in before.namelist():
                after.writestr(name, before.read(name).replace(b'"0013"', b'"9913"'))
        with pytest.raises(BackupFailed):
            elsewhere.restore(newer)
        tables = restoring.Tables(frozenset({"0001"}), lambda _database: None)
        with pytest.raises(BackupFailed, match="newer Boardmark"):
            restoring.restore_backup(elsewhere.settings, path, NOW, tables=tables)

    def test_is_refused_while_somebody_runs(
        self, installation: Installation, database: Database, elsewhere: Installation
    ) -> None:
        path = installation.back_up(database)
        with running.in_use(elsewhere.home), pytest.raises(StillRunning, match="stop it first"):
            elsewhere.restore(path)
        with running.alone(elsewhere.home), pytest.raises(StillRunning, match="wait"):  # noqa: SIM117  # The inner one is what is refused.
            with running.in_use(elsewhere.home):
                pass

    def test_is_refused_while_another_machine_is_connected(self, tmp_path: Path) -> None:
        installation = an_installation("postgresql", tmp_path)
        with closing(installation.open()) as database:
            path = installation.back_up(database)
            with database.reading() as session:
                session.execute(text("SELECT 1"))
                with pytest.raises(StillRunning, match="on every machine"):
                    installation.restore(path, replace=True)

    def test_of_something_damaged_changes_nothing(
        self, installation: Installation, database: Database, elsewhere: Installation
    ) -> None:
        path = installation.back_up(database)
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        with pytest.raises(BackupFailed, match="not whole"):
            elsewhere.restore(path)
        assert {each.name for each in elsewhere.home.iterdir()} <= {"in-use"}

    def test_keeps_a_library_that_has_more(
        self, installation: Installation, database: Database
    ) -> None:
        library = installation.settings.library
        library.mkdir()
        (library / "LOCK").write_text("a line\n")
        path = installation.back_up(database)
        (library / "LOCK").write_text("a line\na later line\n")
        database.close()
        assert installation.restore(path, replace=True).aside == ""
        assert (library / "LOCK").read_text() == "a line\na later line\n"
        (library / "LOCK").write_text("another line\n")
        assert "library" in installation.restore(path, replace=True).aside
        assert (library / "LOCK").read_text() == "a line\n"

    def test_heals_a_damaged_file(self, installation: Installation, database: Database) -> None:
        sha256 = installation.hold(database, CONTENT)
        path = installation.back_up(database)
        (installation.home / "files" / sha256[:2] / sha256).write_bytes(CONTENT[::-1])
        database.close()
        assert installation.restore(path, replace=True).files == 1
        assert installation.files.get(sha256) == CONTENT


def replace_response(session: Session, consultation: Consultation, code: str) -> str:
    token = services.start_replacement(session, code=code, library=LIBRARY, now=DURING)
    again = Writer.__new__(Writer)
    again.session, again.consultation, again.now, again.token = (
        session,
        consultation,
        DURING,
        token,
    )
    again.key = services.submission_key(SECRETS[0], again.draft.id)
    return again.send().code


def replace_url(installation: Installation, url: str) -> Installation:
    return Installation(installation.home, url, installation.pg_bin)


class TestWhatWasErasedSince:
    """Each of these is erased after the backup, which still has it."""

    @pytest.fixture
    def restored(
        self, installation: Installation, database: Database, elsewhere: Installation
    ) -> Iterator[Restores]:
        """Restore elsewhere what was backed up, with the journal that the home has by now."""
        opened: list[Database] = []

        def restore(path: Path) -> Database:
            retention.flush_erasures(database, installation.journal, LATER)
            elsewhere.restore(path, journals=(installation.journal.path,))
            opened.append(elsewhere.open())
            return opened[-1]

        yield restore
        for each in opened:
            each.close()

    def test_a_withdrawn_response_is_withdrawn_and_has_no_words(
        self, installation: Installation, database: Database, restored: Restores
    ) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            code = respond(session, consultation, "Regretted.")
            other = respond(session, consultation, "Not regretted.")
        path = installation.back_up(database)
        with database.writing() as session:
            services.withdraw_response(session, code=code, now=LATER)
        with restored(path).reading() as session:
            found, stays = (services.find_receipt(session, each) for each in (code, other))
            assert services.totals_of(session, consultation.id).submitted == 1
        assert found is not None
        assert found.standing is Standing.WITHDRAWN
        assert found.events[-1].at == LATER
        assert (found.respondent.name, [each.given.text for each in found.answers]) == ("", [""])
        assert stays is not None
        assert stays.answers[0].given.text == "Not regretted."

    def test_a_draft_that_was_sent_and_withdrawn_since_is_gone(
        self, installation: Installation, database: Database, restored: Restores
    ) -> None:
        with database.writing() as session:
            writer = Writer(session, an_open_consultation(session))
            writer.write_everything()
            other = Writer(session, writer.consultation)
            other.write_everything()
        path = installation.back_up(database)
        with database.writing() as session:
            writer.session = session
            code = writer.send().code
            services.withdraw_response(session, code=code, now=LATER)
        with restored(path).reading() as session:
            assert services.find_receipt(session, code) is None
            found = services.find_draft(
                session, consultation_id=writer.consultation.id, token=writer.token
            )
            other.session = session
            assert found is None
            assert other.draft.by_key[COMMENT].given.text

    def test_what_a_withdrawn_response_replaced_is_withdrawn_too(
        self, installation: Installation, database: Database, restored: Restores
    ) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            first = respond(session, consultation, "The first.")
        path = installation.back_up(database)
        with database.writing() as session:
            second = replace_response(session, consultation, first)
            services.withdraw_response(session, code=second, now=LATER)
        with restored(path).reading() as session:
            found = services.find_receipt(session, first)
            assert services.totals_of(session, consultation.id).submitted == 0
        assert found is not None
        assert found.answers[0].given.text == ""

    @pytest.mark.parametrize("publish", [Publish.UNNAMED, Publish.NOT_AT_ALL])
    def test_a_permission_that_was_taken_back_stays_so(
        self, installation: Installation, database: Database, restored: Restores, publish: Publish
    ) -> None:
        with database.writing() as session:
            code = respond(session, an_open_consultation(session), "With my name.")
        path = installation.back_up(database)
        with database.writing() as session:
            services.change_permission(session, code=code, publish=publish, now=LATER)
        with restored(path).reading() as session:
            found = services.find_receipt(session, code)
        assert found is not None
        assert (found.permission, found.respondent.name) == (publish, "")

    def test_an_address_that_left_a_list_is_gone(
        self, installation: Installation, database: Database, restored: Restores
    ) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            for email in ("gone@example.org", "stays@example.org"):
                notices.sign_up(session, consultation=consultation, email=email, now=NOW)
            ids = {
                row.email: uuid.UUID(str(row.id))
                for row in session.execute(text("SELECT id, email FROM notice_subscriber"))
            }
        path = installation.back_up(database)
        with database.writing() as session:
            notices.stop(session, ids["gone@example.org"], LATER)
        with restored(path).reading() as session:
            assert subscribers.find_subscriber(session, ids["gone@example.org"]) is None
            assert subscribers.find_subscriber(session, ids["stays@example.org"]) is not None

    def test_whoever_was_let_in_no_more_stays_out(
        self, installation: Installation, database: Database, restored: Restores
    ) -> None:
        with database.writing() as session:
            out = add_person(session, email="out@example.org")
            back = add_person(session, email="back@example.org")
        path = installation.back_up(database)
        with database.writing() as session:
            for each in (out, back):
                accounts.disable_account(session, email=each.email, now=LATER)
            accounts.enable_account(session, email=back.email, now=LATER + dt.timedelta(minutes=1))
        with restored(path).reading() as session:
            active = {
                each.account.email: each.account.is_active
                for each in accounts.list_accounts(session)
            }
        assert active == {"out@example.org": False, "back@example.org": True}

    def test_names_and_words_that_retention_erased_are_gone(
        self, installation: Installation, database: Database, restored: Restores
    ) -> None:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            code = respond(session, consultation, "Kept for long enough.")
        path = installation.back_up(database)
        with database.writing() as session:
            assert services.erase_words(session, consultation.id, CLOSES) == 1
            assert services.erase_names(session, consultation.id, CLOSES) == 1
        with restored(path).reading() as session:
            found = services.find_receipt(session, code)
            assert services.totals_of(session, consultation.id).submitted == 1
        assert found is not None
        assert (found.respondent.name, found.answers[0].given.text) == ("", "")

    def test_is_erased_again_from_a_home_alone(
        self, installation: Installation, database: Database
    ) -> None:
        """The usual case: the same machine, an older backup, and nothing flushed by hand."""
        with database.writing() as session:
            code = respond(session, an_open_consultation(session), "Regretted.")
        path = installation.back_up(database)
        with database.writing() as session:
            services.withdraw_response(session, code=code, now=LATER)
        database.close()
        assert installation.restore(path, replace=True).erased_again == 1
        assert [each.kind for each in installation.journal.read()] == ["response.withdrawn"]
        assert installation.restore(path, replace=True).erased_again == 1

    def test_a_newer_name_is_not_taken_by_an_older_erasure(
        self, installation: Installation, database: Database, restored: Restores
    ) -> None:
        with database.writing() as session:
            code = respond(session, an_open_consultation(session), "With my name.")
        with database.writing() as session:
            services.change_permission(session, code=code, publish=Publish.UNNAMED, now=NOW)
        with database.writing() as session:
            services.change_permission(
                session, code=code, publish=Publish.NAMED, name="Sam Okafor", now=LATER
            )
        with restored(installation.back_up(database)).reading() as session:
            found = services.find_receipt(session, code)
        assert found is not None
        assert found.respondent.name == "Sam Okafor"

    def test_an_unknown_kind_stops_the_restore(
        self, installation: Installation, database: Database, elsewhere: Installation
    ) -> None:
        path = installation.back_up(database)
        Journal.of(elsewhere.home).add([Erasure(NOW, uuid.uuid4(), "newer", uuid.uuid4())])
        with pytest.raises(retention.UnknownErasure, match="newer"):
            elsewhere.restore(path)
        assert moving.find_plan(elsewhere.home) is None

    def test_a_file_that_nothing_needs_any_more_is_not_put_back(
        self,
        installation: Installation,
        database: Database,
        elsewhere: Installation,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        sha256 = installation.hold(database, CONTENT)
        path = installation.back_up(database)
        monkeypatch.setattr(
            restoring,
            "ERASERS",
            {"test.file": lambda session, _holder, _at: _release(session, sha256)},
        )
        Journal.of(elsewhere.home).add([Erasure(NOW, uuid.uuid4(), "test.file", uuid.uuid4())])
        assert elsewhere.restore(path).erased_again == 1
        assert not elsewhere.files.has(sha256)


def _release(session: Session, sha256: str) -> None:
    session.execute(text("DELETE FROM file_hold WHERE sha256 = :sha256"), {"sha256": sha256})


RESTORES = """
import sys
from pathlib import Path
from tests.factories.installations import Installation
from webapp.operations.backup import moving, restoring, targets
from webapp.persistence import Database, Session

def wait(*_):
    import time
    print("begun", flush=True)
    time.sleep(60)

home, url, path, pg_bin, where = sys.argv[1:]
if where == "before the plan":
    moving.Plan.write = wait
elif where == "before anything moves":
    restoring.finish_plan = lambda home, rename: moving.find_plan(home) and wait()
elif where == "between moves":
    moving._move = wait
    restoring.rename_database = wait
elif where == "before the plan is done":
    unlink = Path.unlink
    Path.unlink = lambda self, *given, **named: (
        wait() if self.name == "restore-plan" else unlink(self, *given, **named)
    )
place = Installation(Path(home), url, Path(pg_bin) if pg_bin else None)
place.restore(Path(path), replace=True)
"""
"""A program that restores and waits somewhere."""


class TestKilledInTheMiddle:
    @pytest.mark.parametrize(
        ("where", "is_new"),
        [
            ("before the plan", False),
            ("before anything moves", True),
            ("between moves", True),
            ("before the plan is done", True),
        ],
    )
    def test_the_old_installation_is_in_force_or_the_whole_new_one(
        self, installation: Installation, database: Database, where: str, is_new: bool
    ) -> None:
        with database.writing() as session:
            add_organisation(session, slug="of-before")
        path = installation.back_up(database)
        with database.writing() as session:
            add_organisation(session, slug="of-afterwards")
        database.close()
        arguments = [str(installation.home), installation.url, str(path)]
        with subprocess.Popen(
            [sys.executable, "-c", RESTORES, *arguments, str(installation.pg_bin or ""), where],
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
            process.kill()
        assert (moving.find_plan(installation.home) is not None) is is_new
        with running.alone(installation.home):
            assert restoring.finish_interrupted(installation.settings) is is_new
        assert organisations(installation) == (1 if is_new else 2)
        installation.restore(path, replace=True)
        assert organisations(installation) == 1
        assert moving.find_plan(installation.home) is None
        assert not list(installation.home.glob(".restoring*"))
