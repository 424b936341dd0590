from __future__ import annotations

import re
import shutil
from pathlib import Path

from frameworks.library import SHIPPED
from tests.unit.cli.conftest import Terminal

BETA = SHIPPED / "board-leadership" / "1.1.0-beta.1.yaml"


class TestCheck:
    def test_what_ships_has_no_problems(self, terminal: Terminal) -> None:
        assert terminal.ok("frameworks", "check", str(SHIPPED)) == "No problems found.\n"

    def test_every_problem_is_a_line_with_its_place(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        draft = tmp_path / "draft.yaml"
        text = BETA.read_text()
        draft.write_text(
            text.replace("language: en-GB", "language: en-GB\nlanguage: cy", 1).replace(
                "polarity: effective", "polarity: splendid", 1
            )
        )
        result = terminal.run("frameworks", "check", str(draft))
        assert result.exit_code == 1
        lines = result.stdout.splitlines()
        assert lines
        for line in lines:
            assert re.fullmatch(rf"{re.escape(str(draft))}:\d+: \S.*", line)
        assert (
            result.stderr == f"boardmark: {len(lines)} problem{'s' * (len(lines) > 1)} in 1 file\n"
        )

    def test_an_edited_locked_file_is_a_problem(self, terminal: Terminal, tmp_path: Path) -> None:
        copy = tmp_path / "published"
        shutil.copytree(SHIPPED, copy)
        edited = copy / "board-leadership" / "1.0.0.yaml"
        edited.write_text(edited.read_text().replace("plain", "plane", 1))
        result = terminal.run("frameworks", "check", str(copy))
        assert result.exit_code == 1
        assert "is not the file that was locked" in result.stdout

    def test_a_path_that_is_not_there_is_a_problem(self, terminal: Terminal) -> None:
        result = terminal.run("frameworks", "check", "nowhere.yaml")
        assert result.exit_code == 1
        assert result.stdout == "nowhere.yaml:1: is not there\n"

    def test_checking_nothing_is_wrong_usage(self, terminal: Terminal) -> None:
        assert terminal.run("frameworks", "check").exit_code == 2


class TestList:
    def test_each_version_is_a_line(self, terminal: Terminal) -> None:
        lines = terminal.ok("frameworks", "list").splitlines()
        for line in lines:
            assert re.fullmatch(r"board-leadership@\S+  [a-z ]+  sha256:[0-9a-f]{64}", line)
        assert [line.split("  ")[0] for line in lines] == [
            "board-leadership@1.0.0-beta.1",
            "board-leadership@1.0.0",
            "board-leadership@1.1.0-beta.1",
        ]

    def test_looking_makes_no_home(self, terminal: Terminal) -> None:
        terminal.ok("frameworks", "list")
        assert not terminal.home.exists()


class TestShow:
    def test_it_shows_domains_competencies_and_positions(self, terminal: Terminal) -> None:
        shown = terminal.ok("frameworks", "show", "board-leadership@1.0.0")
        assert shown.startswith("board-leadership@1.0.0  ")
        assert "\nFair care and fair work\n" in shown
        assert "  culture.speaking-up  Makes it safe to speak up\n" in shown
        assert "  provider-chair  Chair of an NHS provider\n" in shown

    def test_a_slug_means_its_newest_version(self, terminal: Terminal) -> None:
        shown = terminal.ok("frameworks", "show", "board-leadership")
        assert shown.startswith("board-leadership@1.1.0-beta.1  ")

    def test_a_slip_gets_a_suggestion(self, terminal: Terminal) -> None:
        line = terminal.wrong("frameworks", "show", "board-leadershp@1.0.0")
        assert "did you mean “board-leadership@1.0.0”?" in line

    def test_what_is_no_reference_is_said(self, terminal: Terminal) -> None:
        for typed in ("board-leadership@one", "@", "", "Board Leadership", "a@b@c"):
            assert terminal.wrong("frameworks", "show", typed).startswith("the library has no ")


class TestDiff:
    def test_it_says_the_step_and_gives_both_wordings_in_full(self, terminal: Terminal) -> None:
        shown = terminal.ok(
            "frameworks", "diff", "board-leadership@1.0.0", "board-leadership@1.1.0-beta.1"
        )
        lines = shown.splitlines()
        assert lines[0].endswith(": least step minor")
        place = lines.index("~ competency quality.maternity: title")
        assert lines[place + 1] == "    was: Watches the services where harm is gravest"
        assert lines[place + 2].startswith("    is:  Watches maternity and other services")
        assert any(line.startswith("+ indicator ") for line in lines)

    def test_a_version_does_not_differ_from_itself(self, terminal: Terminal) -> None:
        shown = terminal.ok("frameworks", "diff", "board-leadership", "board-leadership")
        assert len(shown.splitlines()) == 1
        assert shown.endswith("least step none\n")


class TestPublish:
    def draft(self, tmp_path: Path, version: str) -> Path:
        """A new framework that nobody has published."""
        draft = tmp_path / "draft.yaml"
        text = (SHIPPED / "board-leadership" / "1.0.0-beta.1.yaml").read_text()
        text = text.replace("slug: board-leadership", "slug: our-own", 1)
        draft.write_text(text.replace("1.0.0-beta.1", version, 1))
        return draft

    def test_a_draft_is_written_locked_and_listed(self, terminal: Terminal, tmp_path: Path) -> None:
        draft = self.draft(tmp_path, "1.0.0-alpha.1")
        shown = terminal.ok("frameworks", "publish", str(draft), "--as", "1.0.0-beta.1")
        assert shown.startswith("our-own@1.0.0-beta.1  consultation  sha256:")
        assert shown in terminal.ok("frameworks", "list")
        library = terminal.home / "library"
        assert (library / "our-own" / "1.0.0-beta.1.yaml").is_file()
        assert terminal.ok("frameworks", "check", str(library)) == "No problems found.\n"

    def test_it_is_published_once(self, terminal: Terminal, tmp_path: Path) -> None:
        draft = self.draft(tmp_path, "1.0.0-alpha.1")
        terminal.ok("frameworks", "publish", str(draft), "--as", "1.0.0-beta.1")
        line = terminal.wrong("frameworks", "publish", str(draft), "--as", "1.0.0-beta.1")
        assert "is published and never changes" in line

    def test_a_broken_draft_changes_nothing(self, terminal: Terminal, tmp_path: Path) -> None:
        draft = self.draft(tmp_path, "1.0.0-alpha.1")
        draft.write_text(draft.read_text().replace("polarity: effective", "polarity: good", 1))
        result = terminal.run("frameworks", "publish", str(draft), "--as", "1.0.0-beta.1")
        assert result.exit_code == 1
        assert result.stdout.startswith(f"{draft}:")
        assert not terminal.home.exists()
