from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.packs.zip_stream import CommonStart, ZipStream

DAY = dt.date(2026, 11, 23)


def written(members: dict[str, bytes], start: bytes = b"", day: dt.date = DAY) -> bytes:
    file = io.BytesIO()
    stream = ZipStream(file, day)
    common = CommonStart.of(start)
    for name, rest in members.items():
        assert stream.add(name, rest, common) == hashlib.sha256(start + rest).hexdigest()
    stream.close()
    return file.getvalue()


@given(st.binary(max_size=5000), st.lists(st.binary(max_size=500), max_size=6))
def test_whatever_is_put_in_comes_out(start: bytes, ends: list[bytes]) -> None:
    members = {f"Zoë {number}.pdf": end for number, end in enumerate(ends)}
    with zipfile.ZipFile(io.BytesIO(written(members, start))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(members)
        for name, end in members.items():
            assert archive.read(name) == start + end


def test_the_same_is_the_same_to_the_byte_and_bears_the_day_that_it_was_given() -> None:
    members = {"a.pdf": b"1" * 100, "b.csv": b""}
    once = written(members)
    assert once == written(members)
    assert once != written(members, day=dt.date(2026, 11, 24))
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(2026, 11, 23, 0, 0, 0)}
        assert {each.external_attr >> 16 for each in archive.infolist()} == {0o100644}


def test_what_files_begin_with_in_common_is_compressed_once_and_well() -> None:
    start = b"a long structure tree " * 20_000
    members = {f"{number}.pdf": b"end" for number in range(50)}
    assert len(written(members, start)) < 50 * len(start) / 100


def test_it_needs_no_way_back_in_the_file() -> None:
    class Pipe(io.BytesIO):
        def seek(self, *_: object) -> int:
            raise OSError("a pipe")

    pipe = Pipe()
    stream = ZipStream(pipe, DAY)
    stream.add("a.pdf", b"a")
    stream.close()
    assert zipfile.is_zipfile(io.BytesIO(pipe.getvalue()))


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../a", "a/../b", "there"])
def test_a_name_that_leads_away_or_is_there_already_is_refused(name: str) -> None:
    stream = ZipStream(io.BytesIO(), DAY)
    stream.add("there", b"")
    with pytest.raises(ValueError, match="a ZIP cannot hold"):
        stream.add(name, b"")


def test_a_pack_may_be_larger_than_four_gigabytes(tmp_path: Path) -> None:
    far = 5 * 2**30
    path = tmp_path / "large.zip"
    with path.open("wb") as file:
        stream = ZipStream(file, DAY)
        stream.add("near.pdf", b"near")
        # A hole in the file stands for what nobody wants to write in a test.
        file.seek(far)
        stream._written = far
        stream.add("far.pdf", b"far")
        stream.close()
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["near.pdf", "far.pdf"]
        assert archive.read("near.pdf") == b"near"
        assert archive.read("far.pdf") == b"far"


class TestAZipInParts:
    def part(self, name: str, content: bytes) -> tuple[ZipStream, io.BytesIO]:
        file = io.BytesIO()
        stream = ZipStream(file, DAY)
        stream.add(name, content)
        return stream, file

    def test_parts_make_the_same_zip_as_all_at_once(self) -> None:
        members = {"a.pdf": b"a" * 3_000_000, "b.pdf": b"b", "c.pdf": b""}
        file = io.BytesIO()
        whole = ZipStream(file, DAY)
        for name, content in members.items():
            stream, part = self.part(name, content)
            length = part.tell()
            part.write(b"what is behind the part")
            part.seek(0)
            whole.append(stream.members, part, length)
        whole.close()
        assert file.getvalue() == written(members)

    def test_a_part_that_is_cut_off_is_refused(self) -> None:
        stream, part = self.part("a.pdf", b"a")
        part.seek(3)
        with pytest.raises(ValueError, match="cut off"):
            ZipStream(io.BytesIO(), DAY).append(stream.members, part, len(part.getvalue()))

    def test_a_name_in_two_parts_is_refused(self) -> None:
        whole = ZipStream(io.BytesIO(), DAY)
        for expected in ("", "a ZIP cannot hold"):
            stream, part = self.part("a.pdf", b"a")
            length = part.tell()
            part.seek(0)
            if expected:
                with pytest.raises(ValueError, match=expected):
                    whole.append(stream.members, part, length)
            else:
                whole.append(stream.members, part, length)
