from __future__ import annotations

import re
import shutil
from pathlib import Path

from frameworks.library import SHIPPED, SHIPPED_QUESTIONNAIRES
from tests.unit.cli.conftest import Terminal

ASKED = SHIPPED_QUESTIONNAIRES / "competency-consultation" / "1.0.0.yaml"
BETA = SHIPPED / "board-leadership" / "1.1.0-beta.1.yaml"

DRAFTED = ("board-leadership@1.1.0-beta.1", "ga")
HEAD = {
    "language_name": "Gaeilge",
    "title": "Inniúlachtaí",
    "made_by": "A translator",
    "checked": "By nobody.",
}


class TestCheck:
    def test_what_ships_has_no_problems(self, terminal: Terminal) -> None:
        lines = terminal.ok("frameworks", "check", str(SHIPPED)).splitlines()
        assert lines[-1] == "No problems found."
        welsh = SHIPPED / "board-leadership" / "1.1.0-beta.1.cy.yaml"
        assert f"{welsh}: board-leadership@1.1.0-beta.1.cy has 23 of 530 items" in lines

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
            "board-leadership@1.1.0-beta.1.cy",
            "board-leadership@1.1.0-beta.1.en-GB-x-easyread",
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


class TestQuestionnaires:
    def draft(self, tmp_path: Path, text: str = "") -> Path:
        """A copy of the shipped questionnaire, or another text."""
        path = tmp_path / "questionnaire.yaml"
        path.write_text(text or ASKED.read_text(), "utf-8")
        return path

    def test_each_is_a_line(self, terminal: Terminal) -> None:
        lines = terminal.ok("frameworks", "questionnaires").splitlines()
        assert [line.split("  ")[0] for line in lines] == [
            "competency-consultation@1.0.0",
            "competency-consultation@1.0.1",
        ]

    def test_one_is_published_locked_and_told_whether_it_can_follow(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        draft = self.draft(tmp_path)
        shown = terminal.ok("frameworks", "publish-questionnaire", str(draft), "--as", "1.1.0")
        line, can = shown.splitlines()
        assert re.fullmatch(
            r"competency-consultation@1\.1\.0  questionnaire  sha256:[0-9a-f]{64}", line
        )
        assert can == (
            "It can take the place of competency-consultation@1.0.1 in an open consultation."
        )
        assert line in terminal.ok("frameworks", "questionnaires")
        folder = terminal.home / "library" / "questionnaires"
        assert (folder / "competency-consultation" / "1.1.0.yaml").is_file()
        assert "competency-consultation@1.1.0 " in (folder / "LOCK").read_text()

    def test_what_keeps_it_from_following_is_told_all_at_once(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        text = (
            ASKED.read_text().replace("key: keep", "key: leave").replace("key: split", "key: cut")
        )
        draft = self.draft(tmp_path, text)
        shown = terminal.ok("frameworks", "publish-questionnaire", str(draft), "--as", "1.1.0")
        _, cannot, *problems = shown.splitlines()
        assert cannot.startswith("It cannot take the place of competency-consultation@1.0.1")
        assert ["“keep”" in problems[0], "“split”" in problems[1]] == [True, True]

    def test_it_is_published_once_and_never_below_what_there_is(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        draft = self.draft(tmp_path)
        for version in ("1.0.0", "1.0.1"):
            line = terminal.wrong(
                "frameworks", "publish-questionnaire", str(draft), "--as", version
            )
            assert "is published and never changes" in line
        line = terminal.wrong("frameworks", "publish-questionnaire", str(draft), "--as", "first")
        assert "is not a version" in line
        assert not terminal.home.exists() or not list(terminal.home.rglob("*.yaml"))

    def test_one_that_was_edited_since_is_never_handed_out(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        draft = self.draft(tmp_path)
        terminal.ok("frameworks", "publish-questionnaire", str(draft), "--as", "1.1.0")
        (file,) = terminal.home.rglob("1.1.0.yaml")
        file.write_text(file.read_text().replace("How clear", "How very clear"))
        assert "1.1.0" not in terminal.ok("frameworks", "questionnaires")
        shown = terminal.run("frameworks", "check", str(file.parent.parent)).stdout
        assert "is not the file that was locked" in shown

    def test_a_broken_draft_changes_nothing(self, terminal: Terminal, tmp_path: Path) -> None:
        text = (
            ASKED.read_text().replace("key: missing", "key: comment").replace("{item}", "{it}", 1)
        )
        draft = self.draft(tmp_path, text)
        result = terminal.run("frameworks", "publish-questionnaire", str(draft), "--as", "1.1.0")
        assert result.exit_code == 1
        assert len(result.stdout.splitlines()) > 1
        assert result.stdout.startswith(f"{draft}:")
        assert not terminal.home.exists()


class TestVariants:
    def draft(self, terminal: Terminal, tmp_path: Path, **texts: str) -> Path:
        """A draft in Irish, with a few texts written."""
        path = tmp_path / "irish.yaml"
        terminal.ok("frameworks", "draft-variant", *DRAFTED, "-o", str(path))
        text = path.read_text()
        for field, written in HEAD.items() | texts.items():
            text = text.replace(f'{field}: ""', f"{field}: {written}", 1)
        path.write_text(text)
        return path

    def test_a_draft_shows_the_translator_what_each_place_is_for(self, terminal: Terminal) -> None:
        lines = terminal.ok("frameworks", "draft-variant", *DRAFTED).splitlines()
        place = lines.index("    # Keeps results for patients in view")
        assert lines[place + 1] == '    title: ""'
        assert lines[place - 2] == "  - key: quality.patient-outcomes"

    def test_a_draft_begins_with_what_is_translated_already(self, terminal: Terminal) -> None:
        shown = terminal.ok("frameworks", "draft-variant", DRAFTED[0], "cy")
        assert "    title: Yn gweithredu ar amseroedd aros hir\n" in shown
        # What nobody translated yet waits.
        assert "    # Leads clinical standards\n    title: Yn arwain" in shown
        assert '    title: ""\n' in shown

    def test_a_draft_of_a_questionnaire_has_its_options(self, terminal: Terminal) -> None:
        shown = terminal.ok("frameworks", "draft-variant", "competency-consultation@1.0.0", "ga")
        assert '      # Essential\n      - key: "essential"\n        label: ""\n' in shown

    def test_no_file_is_overwritten_by_a_draft(self, terminal: Terminal, tmp_path: Path) -> None:
        path = self.draft(terminal, tmp_path)
        text = path.read_text()
        line = terminal.wrong("frameworks", "draft-variant", *DRAFTED, "-o", str(path))
        assert line == f"{path} cannot be written: File exists"
        assert path.read_text() == text

    def test_a_variant_is_published_listed_and_checked(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        draft = self.draft(terminal, tmp_path, text="Sábháilte.")
        told = f"{draft}: board-leadership@1.1.0-beta.1.ga has 1 of 530 items\n"
        assert terminal.ok("frameworks", "check", str(draft)) == f"{told}No problems found.\n"
        shown = terminal.ok("frameworks", "publish-variant", str(draft))
        assert shown.startswith("board-leadership@1.1.0-beta.1.ga  variant  sha256:")
        assert shown in terminal.ok("frameworks", "list")
        library = terminal.home / "library"
        assert (library / "board-leadership" / "1.1.0-beta.1.ga.yaml").is_file()
        assert terminal.ok("frameworks", "check", str(library)).endswith("No problems found.\n")

    def test_a_better_translation_is_the_next_revision(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        draft = self.draft(terminal, tmp_path, text="Sábháilte.")
        first = terminal.ok("frameworks", "publish-variant", str(draft))
        draft.write_text(draft.read_text().replace("Sábháilte.", "Cúram sábháilte.", 1))
        second = terminal.ok("frameworks", "publish-variant", str(draft))
        assert second.startswith("board-leadership@1.1.0-beta.1.ga.2  variant  ")
        listed = terminal.ok("frameworks", "list")
        assert first in listed
        assert second in listed

    def test_words_that_stand_for_others_are_refused_on_their_line(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        draft = self.draft(terminal, tmp_path, text="Sábháilte.")
        text = re.sub(r"sha256:[0-9a-f]{8}", "sha256:00000000", draft.read_text(), count=1)
        draft.write_text(text)
        result = terminal.run("frameworks", "publish-variant", str(draft))
        assert result.exit_code == 1
        assert result.stdout.startswith(f"{draft}:19: “quality” stands for other words")
        assert not terminal.home.exists()

    def test_what_is_not_a_language_or_a_version_is_said(self, terminal: Terminal) -> None:
        for typed in (("board-leadership@1.0.0", "Welsh"), ("board-leadership", "cy")):
            line = terminal.wrong("frameworks", "draft-variant", *typed)
            assert "is not like board-leadership@1.0.0 cy" in line
        line = terminal.wrong("frameworks", "draft-variant", "board-leadership@9.0.0", "cy")
        assert line.startswith("the library has no board-leadership@9.0.0")
