from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.unit.cli.conftest import Terminal

FINAL = "board-leadership@1.0.0"


def title(path: Path) -> str:
    with pikepdf.open(path) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        return str(pdf.docinfo["/Title"])


class TestDocuments:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (
                ("scorecard", FINAL, "--profile", "provider-chair", "--stage", "presentation"),
                "Chair",
            ),
            (("appraisal", FINAL, "--profile", "provider-chair"), "Chair"),
            (("framework", FINAL), "Board leadership"),
        ],
        ids=["scorecard", "appraisal", "framework"],
    )
    def test_each_kind_is_a_tagged_file(
        self, terminal: Terminal, tmp_path: Path, words: tuple[str, ...], expected: str
    ) -> None:
        path = tmp_path / "document.pdf"
        assert terminal.ok("document", *words, "-o", "document.pdf") == "Wrote document.pdf\n"
        assert expected in title(path)
        assert not terminal.home.exists()


class TestRefusals:
    def test_a_position_that_is_not_there_names_those_that_are(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        line = terminal.wrong("document", "appraisal", FINAL, "--profile", "king", "-o", "a.pdf")
        assert line.startswith("board-leadership@1.0.0 has no position 'king'; its positions are: ")
        assert "provider-chair" in line
        assert list(tmp_path.glob("*.pdf")) == []

    def test_a_position_is_needed(self, terminal: Terminal) -> None:
        line = terminal.wrong("document", "scorecard", FINAL, "-o", "a.pdf")
        assert line.startswith("--profile is needed")

    def test_a_folder_that_is_not_there_is_said_before_the_work(self, terminal: Terminal) -> None:
        line = terminal.wrong("document", "framework", FINAL, "-o", "nowhere/a.pdf")
        assert line.startswith("there is no folder ")

    def test_a_file_to_write_is_needed(self, terminal: Terminal) -> None:
        assert terminal.run("document", "framework", FINAL).exit_code == 2
