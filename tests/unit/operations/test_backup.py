"""A backup holds everything, is made while people write, and says when it is not whole."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import KINDS
from tests.factories.accounts import add_organisation
from tests.factories.installations import Installation, an_installation
from tests.factories.writing import an_open_consultation
from webapp.files import release_file
from webapp.operations.backup import sqlite
from webapp.operations.backup.archive import ArchiveReader
from webapp.operations.backup.errors import BackupFailed
from webapp.operations.backup.postgresql import Server, Tools
from webapp.persistence import Database

WAITS = """
import sys, time
from pathlib import Path
from tests.factories.installations import Installation
from webapp.operations.backup.making import ArchiveWriter
from webapp.persistence import Database

def wait(*_):
    print("begun", flush=True)
    time.sleep(60)

ArchiveWriter.finish = wait
home, url, target, pg_bin = sys.argv[1:]
Installation(Path(home), url, Path(pg_bin) if pg_bin else None).make(Database(url), Path(target))
"""
"""A program that makes a backup and waits before it ends it."""

CONTENT = b"What somebody sent in a letter."


@pytest.fixture(params=KINDS)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    return an_installation(request.param, tmp_path)


@pytest.fixture
def database(installation: Installation) -> Iterator[Database]:
    with closing(installation.open()) as database:
        yield database


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


class TestABackup:
    def test_holds_rows_files_library_and_journal_and_says_so(
        self, installation: Installation, database: Database
    ) -> None:
        with database.writing() as session:
            an_open_consultation(session)
        sha256 = installation.hold(database, CONTENT)
        library = installation.settings.library
        library.mkdir()
        (library / "LOCK").write_text("a line\n")
        path = installation.home.parent / "backup"
        manifest = installation.make(database, path)
        assert installation.problems(path) == ()
        assert {"erasures", f"files/{sha256}", "library/LOCK"} < set(names(path))
        assert manifest.revision == "0013"
        assert manifest.rows["consultation"] == 1
        assert manifest.rows["file_hold"] == 2
        with ArchiveReader.open(path) as archive:
            assert archive.manifest == manifest

    def test_leaves_keys_out(self, installation: Installation, database: Database) -> None:
        for name in ("secret-keys", "signing-keys"):
            (installation.home / name).write_text("a key that opens much")
        (installation.home / "equality-keys").mkdir()
        (installation.home / "equality-keys" / "one").write_text("a key that opens much")
        path = installation.back_up(database)
        assert all("keys" not in name for name in names(path))
        with zipfile.ZipFile(path) as archive:
            assert all(b"opens much" not in archive.read(name) for name in archive.namelist())

    def test_is_its_owners_alone_and_overwrites_nothing(
        self, installation: Installation, database: Database
    ) -> None:
        path = installation.back_up(database)
        assert path.stat().st_mode & 0o777 == 0o600
        before = path.read_bytes()
        with pytest.raises(BackupFailed, match="there already"):
            installation.back_up(database)
        assert path.read_bytes() == before

    def test_leaves_nothing_beside_it(self, installation: Installation, database: Database) -> None:
        path = installation.back_up(database)
        left = {each.name for each in path.parent.glob(".*")}
        assert left == set()

    def test_needs_the_files_that_are_held(
        self, installation: Installation, database: Database
    ) -> None:
        sha256 = installation.hold(database, CONTENT)
        installation.files.delete(sha256)
        with pytest.raises(BackupFailed, match=sha256):
            installation.back_up(database)
        assert not (installation.home.parent / "backup").exists()
        path = installation.home.parent / "without"
        assert installation.make(database, path, allow_missing=True).missing == (sha256,)
        assert installation.problems(path) == ()

    def test_does_not_pass_a_damaged_file_on(
        self, installation: Installation, database: Database
    ) -> None:
        sha256 = installation.hold(database, CONTENT)
        (installation.home / "files" / sha256[:2] / sha256).write_bytes(CONTENT[::-1])
        with pytest.raises(BackupFailed, match=sha256):
            installation.back_up(database)

    def test_is_made_although_a_file_is_let_go_meanwhile(
        self, installation: Installation, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        holder = uuid.uuid4()
        sha256 = installation.hold(database, CONTENT, holder)
        seen = sqlite.look_into

        def let_go(path: Path) -> object:
            found = seen(path)
            with database.writing() as session:
                release_file(session, holder)
            installation.files.delete(sha256)
            return found

        if installation.settings.pg_bin is None:
            monkeypatch.setattr(sqlite, "look_into", let_go)
        else:
            dump = Tools.dump

            def dumped(tools: Tools, server: Server, snapshot: str, target: Path) -> None:
                dump(tools, server, snapshot, target)
                with database.writing() as session:
                    release_file(session, holder)
                installation.files.delete(sha256)

            monkeypatch.setattr(Tools, "dump", dumped)
        path = installation.home.parent / "backup"
        manifest = installation.make(database, path)
        monkeypatch.undo()
        assert (manifest.gone, manifest.missing) == ((sha256,), ())
        assert installation.problems(path) == ()

    def test_is_of_one_moment_while_others_write(
        self, installation: Installation, database: Database
    ) -> None:
        """Two rows that are always written together are both in it, or neither."""
        stop = threading.Event()
        written = 0

        def write() -> None:
            nonlocal written
            while not stop.is_set():
                with database.writing() as session:
                    for side in ("a", "b"):
                        add_organisation(session, slug=f"{side}-{written}")
                written += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            before = time.monotonic()
            while not written:
                time.sleep(0.01)
            known = written
            manifest = installation.make(database, installation.home.parent / "backup")
            seconds = time.monotonic() - before
        finally:
            stop.set()
            writer.join()
        assert manifest.rows["organisation"] % 2 == 0
        assert manifest.rows["organisation"] >= 2 * known
        assert seconds < 60


class TestTheCopyOfSqlite:
    def test_is_not_begun_again_by_whoever_writes(self, tmp_path: Path) -> None:
        installation = an_installation("sqlite", tmp_path)
        with closing(installation.open()) as database:
            with database.writing() as session:
                session.execute(text("CREATE TABLE test_much (words TEXT)"))
                session.execute(
                    text(
                        "INSERT INTO test_much WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                        "SELECT i + 1 FROM n WHERE i < 20000) SELECT hex(randomblob(400)) FROM n"
                    )
                )
            left: list[int] = []

            def write(now_left: int, _total: int) -> None:
                left.append(now_left)
                with database.writing() as session:
                    session.execute(text("INSERT INTO test_much VALUES ('meanwhile')"))

            path = Path(database.engine.url.database or "")
            sqlite.copy_database(path, tmp_path / "copy", write)
        assert len(left) > 3
        assert left == sorted(left, reverse=True), "it went on from where it was"
        assert sqlite.look_into(tmp_path / "copy")[1]["test_much"] == 20000


class TestPostgresqlsPrograms:
    def test_that_are_older_than_the_server_are_refused(self, tmp_path: Path) -> None:
        old = tmp_path / "bin"
        old.mkdir()
        for name in ("pg_dump", "pg_restore"):
            (old / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) 12.22'\n")
            (old / name).chmod(0o755)
        installation = an_installation("postgresql", tmp_path)
        installation.settings = replace(installation.settings, pg_bin=old)
        with (
            closing(installation.open()) as database,
            pytest.raises(BackupFailed, match="BOARDMARK_PG_BIN"),
        ):
            installation.back_up(database)

    def test_that_are_missing_are_named(self, tmp_path: Path) -> None:
        with pytest.raises(BackupFailed, match=r"pg_dump is not in .*: install"):
            Tools.find(tmp_path, 13)

    def test_get_the_password_by_their_environment_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        for name in ("pg_dump", "pg_restore"):
            (folder / name).write_text(
                "#!/bin/sh\n"
                f'[ "$1" = --version ] && {{ echo "{name} (PostgreSQL) 99.1"; exit; }}\n'
                f'echo "$@" > {tmp_path}/arguments\nenv > {tmp_path}/environment\n'
            )
            (folder / name).chmod(0o755)
        monkeypatch.setenv("PGPASSWORD", "of somebody else")
        server = Server.of("postgresql+psycopg://sam:s3cret@db.example:5433/boards?sslmode=require")
        Tools.find(folder, 13).dump(server, "snapshot", tmp_path / "dump")
        assert "s3cret" not in (tmp_path / "arguments").read_text()
        environment = (tmp_path / "environment").read_text().splitlines()
        assert {
            "PGPASSWORD=s3cret",
            "PGUSER=sam",
            "PGHOST=db.example",
            "PGPORT=5433",
            "PGDATABASE=boards",
            "PGSSLMODE=require",
        } <= set(environment)


class TestADamagedBackup:
    @pytest.fixture
    def whole(self, installation: Installation, database: Database) -> Path:
        with database.writing() as session:
            an_open_consultation(session)
            add_organisation(session)
        installation.hold(database, CONTENT)
        (installation.settings.library).mkdir()
        (installation.settings.library / "LOCK").write_text("a line\n")
        installation.journal.path.write_text("")
        return installation.back_up(database)

    def test_is_found_whichever_part_it_is_in(
        self, installation: Installation, whole: Path
    ) -> None:
        with zipfile.ZipFile(whole) as archive:
            # Empty ones have nothing that could be another.
            parts = [each for each in archive.infolist() if each.file_size]
        content = whole.read_bytes()
        damaged = whole.with_name("damaged")
        for part in parts:
            begins = part.header_offset + 30 + len(part.filename) + 20
            for place in (begins, begins + part.compress_size // 2):
                flipped = bytearray(content)
                flipped[place] ^= 0x10
                damaged.write_bytes(flipped)
                assert installation.problems(damaged), f"{part.filename} at {place}"

    def test_is_found_wherever_it_was_cut_off(
        self, installation: Installation, whole: Path
    ) -> None:
        content = whole.read_bytes()
        damaged = whole.with_name("damaged")
        for kept in (0, 1, 100, len(content) // 3, len(content) - 100, len(content) - 1):
            damaged.write_bytes(content[:kept])
            assert installation.problems(damaged), f"cut after {kept}"

    @pytest.mark.parametrize("how", ["left out", "added", "replaced"])
    def test_is_found_where_parts_are_not_those_of_the_manifest(
        self, installation: Installation, whole: Path, how: str
    ) -> None:
        damaged = whole.with_name("damaged")
        with zipfile.ZipFile(whole) as before, zipfile.ZipFile(damaged, "w") as after:
            for name in before.namelist():
                content = before.read(name)
                if name.startswith("files/") and how == "left out":
                    continue
                if name == "erasures" and how == "replaced":
                    content = b"\n"
                after.writestr(name, content)
            if how == "added":
                after.writestr("files/more", b"more")
        assert installation.problems(damaged)

    def test_is_found_where_rows_are_missing(
        self, installation: Installation, database: Database, whole: Path
    ) -> None:
        """The digests fit and the rows do not: whoever made it was wrong."""
        damaged = whole.with_name("damaged")
        with ArchiveReader.open(whole) as before:
            manifest = before.manifest
        fewer = replace(manifest, rows={**manifest.rows, "organisation": 99})
        with zipfile.ZipFile(whole) as before_zip, zipfile.ZipFile(damaged, "w") as after:
            for name in before_zip.namelist():
                is_manifest = name == "manifest.json"
                after.writestr(name, fewer.to_json() if is_manifest else before_zip.read(name))
        assert installation.problems(damaged) == (
            "the table organisation has 2 rows and the manifest says 99",
        )


class TestKilledInTheMiddle:
    def test_leaves_no_backup_and_the_next_one_tidies_up(
        self, installation: Installation, database: Database
    ) -> None:
        sha256 = installation.hold(database, os.urandom(30_000_000))
        path = installation.home.parent / "backup"
        arguments = [str(installation.home), installation.url, str(path)]
        with subprocess.Popen(
            [sys.executable, "-c", WAITS, *arguments, str(installation.pg_bin or "")],
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
            process.kill()
        assert not path.exists()
        assert list(path.parent.glob(".boardmark-backup-*"))
        installation.back_up(database)
        assert installation.problems(path) == ()
        assert not list(path.parent.glob(".boardmark-backup-*"))
        with zipfile.ZipFile(path) as archive:
            content = archive.read(f"files/{sha256}")
        assert hashlib.sha256(content).hexdigest() == sha256
