from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from webapp.cli.files import write_whole


class TestWritingWhole:
    def test_a_file_is_written_with_the_rights_of_a_new_file(self, tmp_path: Path) -> None:
        write_whole(tmp_path / "a.pdf", b"content")
        (tmp_path / "b.pdf").touch()
        first, second = (tmp_path / name for name in ("a.pdf", "b.pdf"))
        assert first.read_bytes() == b"content"
        assert stat.S_IMODE(first.stat().st_mode) == stat.S_IMODE(second.stat().st_mode)

    def test_one_that_stood_there_is_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").write_bytes(b"before")
        write_whole(tmp_path / "a.pdf", b"after")
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"after"]

    def test_a_failure_leaves_what_was_there_and_nothing_else(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        (tmp_path / "a.pdf").write_bytes(b"before")
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            write_whole(tmp_path / "a.pdf", b"after")
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]
