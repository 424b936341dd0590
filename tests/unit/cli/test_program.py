from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import postgres_url
from tests.unit.cli.conftest import Terminal


class TestProgram:
    def test_it_says_what_it_can_do(self, terminal: Terminal) -> None:
        shown = terminal.ok("--help")
        for command in ("serve", "worker", "db", "demo", "users", "frameworks", "document"):
            assert f"\n  {command} " in shown

    def test_help_makes_no_home(self, terminal: Terminal) -> None:
        terminal.ok("users", "add", "--help")
        assert not terminal.home.exists()

    def test_it_says_its_version(self, terminal: Terminal) -> None:
        assert terminal.ok("--version").startswith("boardmark ")

    @pytest.mark.parametrize(
        "words", [("fly",), ("users", "add"), ("users", "grant", "a@b.example", "king")]
    )
    def test_wrong_usage_is_exit_2(self, terminal: Terminal, words: tuple[str, ...]) -> None:
        result = terminal.run(*words)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith("Usage: ")

    def test_it_can_be_started_as_a_module_too(self, tmp_path: Path) -> None:
        ended = subprocess.run(
            [sys.executable, "-m", "webapp.cli", "--version"],
            check=True,
            capture_output=True,
            text=True,
        )
        assert ended.stdout.startswith("boardmark ")


class TestErrors:
    def test_a_wrong_setting_is_one_line(self, terminal: Terminal) -> None:
        terminal.environment["BOARDMARK_PORT"] = "web"
        assert terminal.wrong("db", "upgrade").startswith("BOARDMARK_PORT must be")

    def test_a_database_that_was_never_set_up_says_what_to_do(self, terminal: Terminal) -> None:
        assert "run boardmark db upgrade" in terminal.wrong("users", "list")

    def test_a_home_that_is_a_file_is_one_line(self, terminal: Terminal) -> None:
        terminal.home.write_text("")
        assert "cannot be used" in terminal.wrong("db", "upgrade")


class TestDatabase:
    def test_it_is_brought_up_to_date_and_that_may_be_repeated(self, terminal: Terminal) -> None:
        first = terminal.ok("db", "upgrade")
        assert first.startswith("The database is at ")
        assert terminal.ok("db", "upgrade") == first
        assert (terminal.home / "boardmark.sqlite3").is_file()

    def test_postgresql_is_an_address_away(self, terminal: Terminal) -> None:
        terminal.environment["BOARDMARK_DATABASE_URL"] = postgres_url()
        assert "run boardmark db upgrade" in terminal.wrong("users", "list")
        terminal.ok("db", "upgrade")
        terminal.ok("demo")
        assert "priya.nair@example.org  Priya Nair" in terminal.ok("users", "list")
        assert not (terminal.home / "boardmark.sqlite3").exists()
