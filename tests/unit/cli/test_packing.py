from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from exports.seals.signing import Signature
from exports.seals.verifying import FileState, verify
from exports.worker import DocumentFailed
from tests.unit.cli.conftest import Terminal
from webapp.issued.keys import Keys
from webapp.web.printing import Counter

FINAL = "board-leadership@1.0.0"
CHAIRS = ("--framework", FINAL, "--profile", "provider-chair")
TABLE = "name,role\nAnna Köster,Chair\nJo Hall,Chair/lead\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(TABLE, "utf-8")
    return path


def left(folder: Path) -> set[str]:
    """Return what is in a folder besides the table and the home of the installation."""
    return {each.name for each in folder.iterdir()} - {"people.csv", "home"}


class TestAPack:
    def test_a_folder_and_a_zip_hold_a_form_for_everybody(
        self, terminal: Terminal, people: Path, tmp_path: Path
    ) -> None:
        words = ("document", "pack", "people.csv", "--form", "appraisal", *CHAIRS, "-o")
        assert terminal.ok(*words, "forms") == "Wrote 2 forms and a manifest to forms\n"
        assert terminal.ok(*words, "forms.zip") == "Wrote 2 forms and a manifest to forms.zip\n"
        assert left(tmp_path) == {"forms", "forms.zip"}
        names = {"Anna Köster - Chair.pdf", "Jo Hall - Chair lead.pdf"}
        names |= {"manifest.csv", "manifest.json"}
        with zipfile.ZipFile(tmp_path / "forms.zip") as archive:
            assert set(archive.namelist()) == left(tmp_path / "forms") == names
            manifest = archive.read("manifest.json")
        assert (tmp_path / "forms" / "manifest.json").read_bytes() == manifest
        # They are sealed by the installation, whose key is made when it is missing.
        assert (terminal.home / "signing-keys").stat().st_mode & 0o777 == 0o600
        file = tmp_path / "forms" / "Anna Köster - Chair.pdf"
        verdict = verify(file.read_bytes(), Keys(terminal.home).keyring)
        assert (verdict.state, verdict.signature) == (FileState.UNCHANGED, Signature.SIGNED)
        assert json.loads(manifest)["count"] == 2

    def test_scorecards_are_made_for_candidates_and_panel_members(
        self, terminal: Terminal, people: Path, tmp_path: Path
    ) -> None:
        people.write_text("candidate,panel member\nA1,Sam\nA1,Kim\n", "utf-8")
        terminal.ok(
            *("document", "pack", "people.csv", "--form", "scorecard", *CHAIRS),
            *("--stage", "presentation", "-o", "cards"),
        )
        assert left(tmp_path / "cards") >= {"A1 - Sam.pdf", "A1 - Kim.pdf"}


class TestRefusals:
    @pytest.fixture(autouse=True)
    def nothing_half_written(self, people: Path, tmp_path: Path) -> None:
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "mine.txt").write_text("mine")

    def refused(self, terminal: Terminal, tmp_path: Path, *words: str, output: str = "x") -> str:
        line = terminal.wrong("document", "pack", "people.csv", *words, "-o", output)
        assert left(tmp_path) == {"full"}
        assert left(tmp_path / "full") == {"mine.txt"}
        return line

    def test_every_wrong_line_is_listed_and_one_line_sums_up(
        self, terminal: Terminal, people: Path, tmp_path: Path
    ) -> None:
        people.write_text("name,profile\n,provider-chair\nJo,king\n", "utf-8")
        words = ("document", "pack", "people.csv", "--form", "appraisal", "--framework", FINAL)
        result = terminal.run(*words, "-o", "x")
        assert result.exit_code == 1
        assert result.stdout.startswith("line 2: the name is missing\nline 3: there is no profile")
        assert result.stderr == "boardmark: people.csv has 2 mistakes; nothing was made\n"
        assert left(tmp_path) == {"full"}

    def test_one_mistake_is_the_one_line(
        self, terminal: Terminal, people: Path, tmp_path: Path
    ) -> None:
        people.write_bytes("name\nKöster\n".encode("cp1252"))
        line = self.refused(terminal, tmp_path, "--form", "appraisal", *CHAIRS)
        assert line.startswith("people.csv: line 2: the letters of this file")

    def test_a_folder_with_something_in_it_is_left_alone(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        line = self.refused(terminal, tmp_path, "--form", "appraisal", *CHAIRS, output="full")
        assert line.endswith("full is there already: name another folder, or empty it")

    @pytest.mark.parametrize("output", ["nowhere/x", "nowhere/x.zip"])
    def test_a_folder_that_is_not_there_is_said(
        self, terminal: Terminal, tmp_path: Path, output: str
    ) -> None:
        line = self.refused(terminal, tmp_path, "--form", "appraisal", *CHAIRS, output=output)
        assert line.startswith("there is no folder ")

    def test_a_position_that_is_not_there_names_those_that_are(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        words = ("--form", "appraisal", "--framework", FINAL, "--profile", "king")
        assert "has no position 'king'" in self.refused(terminal, tmp_path, *words)

    @pytest.mark.parametrize("output", ["x", "x.zip"])
    def test_a_press_that_fails_leaves_nothing_behind(
        self,
        terminal: Terminal,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        output: str,
    ) -> None:
        def fail(*_: object) -> None:
            raise DocumentFailed("Planted")

        monkeypatch.setattr(Counter, "issued_once", fail)
        words = ("--form", "appraisal", *CHAIRS)
        assert self.refused(terminal, tmp_path, *words, output=output) == "Planted"
