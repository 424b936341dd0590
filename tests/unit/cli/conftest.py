"""The program as somebody types it, in a home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from webapp.cli import program


class Terminal:
    """Runs commands in one home and remembers nothing else."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {"BOARDMARK_HOME": str(home)}

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(
            program, list(words), env=dict(self.environment), prog_name="boardmark"
        )

    def ok(self, *words: str) -> str:
        """Run a command that works, and return what it prints."""
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        assert result.stderr == ""
        return result.stdout

    def wrong(self, *words: str) -> str:
        """Run a command that cannot work, and return the one line that says why."""
        result = self.run(*words)
        assert result.exit_code == 1, result.output
        lines = result.stderr.splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("boardmark: ")
        return lines[0].removeprefix("boardmark: ")


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path / "home")
