"""The journal of erasures, as a file."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.retention.journal import Erasure, Journal, JournalDamaged, read_lines

NOW = dt.datetime(2026, 11, 29, 12, 0, tzinfo=dt.UTC)

ERASURES = st.builds(
    Erasure,
    st.timedeltas(dt.timedelta(), dt.timedelta(days=30_000)).map(lambda since: NOW + since),
    st.uuids(),
    st.text(min_size=1, max_size=60),
    st.uuids(),
)


def erasure(seconds: int = 0) -> Erasure:
    return Erasure(
        NOW + dt.timedelta(seconds=seconds), uuid.uuid4(), "notices.address", uuid.uuid4()
    )


def add_many(path: Path, count: int) -> None:
    for number in range(count):
        Journal(path).add([erasure(number)])


class TestJournal:
    @given(st.lists(ERASURES, unique_by=lambda each: each.id))
    def test_reads_back_what_was_written(self, erasures: list[Erasure]) -> None:
        content = "".join(each.line() for each in erasures).encode()
        assert read_lines(content, "journal") == tuple(sorted(erasures))

    def test_is_in_the_order_of_what_happened_and_has_each_once(self, tmp_path: Path) -> None:
        journal = Journal(tmp_path / "erasures")
        late, early = erasure(9), erasure(1)
        journal.add([late])
        journal.add([early, late])
        assert journal.read() == (early, late)

    def test_is_readable_by_its_owner_alone(self, tmp_path: Path) -> None:
        journal = Journal(tmp_path / "erasures")
        journal.add([erasure()])
        assert journal.path.stat().st_mode & 0o777 == 0o600

    def test_is_empty_where_nothing_was_erased(self, tmp_path: Path) -> None:
        journal = Journal(tmp_path / "erasures")
        journal.add([])
        assert journal.read() == ()
        assert not journal.path.exists()

    @pytest.mark.parametrize("torn", [1, 60, 130])
    def test_leaves_out_a_line_that_was_being_written(self, tmp_path: Path, torn: int) -> None:
        journal = Journal(tmp_path / "erasures")
        whole, cut, after = erasure(1), erasure(2), erasure(3)
        journal.add([whole])
        with journal.path.open("ab") as file:
            file.write(cut.line().encode()[:torn])
        assert journal.read() == (whole,)
        journal.add([after])
        assert journal.read() == (whole, after)

    def test_tells_a_damaged_line(self, tmp_path: Path) -> None:
        journal = Journal(tmp_path / "erasures")
        journal.add([erasure(1), erasure(2)])
        content = journal.path.read_bytes()
        journal.path.write_bytes(b"#" + content[1:])
        with pytest.raises(JournalDamaged, match="line 1"):
            journal.read()

    def test_loses_no_line_of_processes_that_write_together(self, tmp_path: Path) -> None:
        path = tmp_path / "erasures"
        context = multiprocessing.get_context("spawn")
        writers = [context.Process(target=add_many, args=(path, 50)) for _ in range(3)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert len(Journal(path).read()) == 150
