from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from exports.worker import Press
from frameworks.library import SHIPPED, Library
from tests.program import START, Clock, Program
from webapp.operations.services import VERDICT_HOLDS, examine_health
from webapp.persistence import Database


class TestHealth:
    def test_a_whole_installation_is_well(self, database: Database) -> None:
        with database.reading() as session:
            found = examine_health(session, Library.shipped(), START)
        assert found.status == 200
        assert found.value() == {"status": "well", "database": True, "library": True}

    def test_a_database_that_does_not_answer_is_unwell(self, tmp_path: Path) -> None:
        for url in (f"sqlite:///{tmp_path}/not/here.sqlite3", f"postgresql://u@/d?host={tmp_path}"):
            database = Database(url)
            with database.reading() as session:
                found = examine_health(session, Library.shipped(), START)
            assert found.status == 503
            assert found.value() == {"status": "unwell", "database": False, "library": True}

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_an_edited_framework_is_noticed_within_half_a_minute(
        self, database: Database, tmp_path: Path
    ) -> None:
        shutil.copytree(SHIPPED, tmp_path / "library")
        library = Library(tmp_path / "library")
        clock = Clock()
        with database.reading() as session:
            assert examine_health(session, library, clock()).library
            edited = tmp_path / "library" / "board-leadership" / "1.0.0.yaml"
            edited.write_text(edited.read_text().replace("board", "bored", 1))
            clock.now += VERDICT_HOLDS
            found = examine_health(session, library, clock())
            assert found.value() == {"status": "unwell", "database": True, "library": False}
            shutil.copyfile(SHIPPED / "board-leadership" / "1.0.0.yaml", edited)
            clock.now += dt.timedelta(minutes=1)
            assert examine_health(session, library, clock()).library


class TestPage:
    def test_a_monitor_reads_it_without_signing_in(
        self, database: Database, tmp_path: Path
    ) -> None:
        program = Program(database, tmp_path, Press(processes=1))
        response = program.app.test_client().get("/health")
        assert response.status_code == 200
        assert response.json == {"status": "well", "database": True, "library": True}

    def test_it_says_503_and_no_more_where_the_database_is_away(self, tmp_path: Path) -> None:
        away = Database(f"postgresql://somebody:topsecret@/d?host={tmp_path}")
        program = Program(away, tmp_path, Press(processes=1))
        response = program.app.test_client().get("/health")
        assert response.status_code == 503
        assert response.json == {"status": "unwell", "database": False, "library": True}
