"""What is put can be got, once it is released it goes, and nothing is half there."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import threading
from pathlib import Path

import pytest

from webapp.files import FileDamaged, FileStore, UnknownFile

LATER = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "home" / "files")


def test_what_is_put_can_be_got_under_its_digest(files: FileStore) -> None:
    sha256 = files.put(b"A filled form")

    assert sha256 == hashlib.sha256(b"A filled form").hexdigest()
    assert files.has(sha256)
    assert files.get(sha256) == b"A filled form"


def test_the_same_content_is_one_file(files: FileStore, tmp_path: Path) -> None:
    assert files.put(b"same") == files.put(b"same")
    assert len(list((tmp_path / "home/files").glob("??/*"))) == 1


def test_what_is_deleted_is_gone_and_deleting_it_again_is_nothing(files: FileStore) -> None:
    sha256 = files.put(b"gone")

    assert files.delete(sha256)
    assert not files.delete(sha256)
    assert not files.has(sha256)
    with pytest.raises(UnknownFile):
        files.get(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_what_is_no_digest_reaches_no_file(files: FileStore, name: str) -> None:
    for ask in (files.get, files.has, files.delete):
        with pytest.raises(ValueError, match="64 hexadecimal digits"):
            ask(name)


def test_a_file_that_was_changed_on_disk_is_not_handed_out(
    files: FileStore, tmp_path: Path
) -> None:
    sha256 = files.put(b"as it was")
    (path,) = (tmp_path / "home/files").glob("??/*")
    path.write_bytes(b"as it never was")

    with pytest.raises(FileDamaged):
        files.get(sha256)


def test_only_its_owner_may_read_what_is_put(files: FileStore, tmp_path: Path) -> None:
    files.put(b"private")
    (path,) = (tmp_path / "home/files").glob("??/*")

    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_write_that_fails_leaves_nothing(
    files: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    files.put(b"first")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.put(b"second")

    assert list((tmp_path / "home/files/unfinished").iterdir()) == []
    assert len(list((tmp_path / "home/files").glob("??/*"))) == 1


def test_what_is_put_again_is_not_deleted_as_old(files: FileStore, tmp_path: Path) -> None:
    sha256 = files.put(b"again")
    (path,) = (tmp_path / "home/files").glob("??/*")
    os.utime(path, (0, 0))
    before = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)
    assert list(files.list_older(before)) == [sha256]

    files.put(b"again")

    assert not files.delete_older(sha256, before)
    assert files.delete_older(sha256, LATER)


def test_many_at_once_put_one_whole_file(files: FileStore) -> None:
    content = b"x" * 100_000
    threads = [threading.Thread(target=files.put, args=(content,)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert files.get(hashlib.sha256(content).hexdigest()) == content


def test_something_large_is_written_in_pieces_and_then_kept(files: FileStore) -> None:
    unfinished = files.begin()
    with unfinished.open("wb") as file:
        for _ in range(3):
            file.write(b"piece ")
    sha256 = files.adopt(unfinished)

    assert not unfinished.exists()
    with files.open(sha256) as kept:
        assert kept.read() == b"piece piece piece "
    with pytest.raises(UnknownFile):
        files.open("0" * 64)


def test_what_a_killed_process_began_is_cleared_away(files: FileStore) -> None:
    old, young = files.begin(), files.begin()
    os.utime(old, (0, 0))

    files.clear_unfinished(dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1))

    assert not old.exists()
    assert young.exists()
