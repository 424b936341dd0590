"""While a restore runs, no command writes what the restore would set aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.commands import boardmark
from webapp.operations.backup import running

COMMANDS = (("db", "upgrade"), ("users", "list"), ("backup", "another"))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_is_refused_while_a_restore_runs_and_changes_nothing(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    url = f"sqlite:///{home}/db"
    with running.alone(home):
        refused = boardmark(home, url, *command)
    assert refused.returncode == 1
    assert "A restore is running on this installation" in refused.stderr
    assert not (home / "db").exists()
