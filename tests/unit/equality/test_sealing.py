"""Sealed forms: all alike from outside, and closed to whoever lacks the key."""

from __future__ import annotations

import os
import stat
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.equality.key_files import KeyFiles
from webapp.equality.sealing import SEALED_BYTES, CannotOpen, new_key, seal, unseal

KEY = new_key()
FORMS = st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=12)


@given(FORMS)
def test_what_is_sealed_comes_back_and_is_always_of_one_size(answers: dict[str, str]) -> None:
    sealed = seal(answers, key=KEY, about="pool")

    assert unseal(sealed, key=KEY, about="pool") == answers
    assert len(sealed) == SEALED_BYTES


def test_the_same_form_sealed_twice_looks_different() -> None:
    one, other = (seal({"sex": "female"}, key=KEY, about="pool") for _ in range(2))

    assert not {one[at : at + 16] for at in range(0, 4000, 16)} & {
        other[at : at + 16] for at in range(0, 4000, 16)
    }


def test_neither_another_key_nor_another_pool_nor_a_changed_form_opens() -> None:
    sealed = seal({"sex": "female"}, key=KEY, about="pool")
    changed = bytes([sealed[0] ^ 1]) + sealed[1:]
    for content, key, about in (
        (sealed, new_key(), "pool"),
        (sealed, KEY, "another"),
        (changed, KEY, "pool"),
        (sealed[:-1], KEY, "pool"),
        (b"", KEY, "pool"),
    ):
        with pytest.raises(CannotOpen):
            unseal(content, key=key, about=about)


def test_what_does_not_fit_is_refused_and_not_cut() -> None:
    with pytest.raises(ValueError, match="at most 4096 bytes"):
        seal({"sex": "x" * 5000}, key=KEY, about="pool")


class TestKeyFiles:
    def test_a_key_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        files = KeyFiles(tmp_path)
        path = files.folder / str(files.make())

        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700

    def test_each_key_is_another_and_is_found_again(self, tmp_path: Path) -> None:
        files = KeyFiles(tmp_path)
        ids = [files.make() for _ in range(3)]

        assert KeyFiles(tmp_path).list() == frozenset(ids)
        assert len({files.find(each) for each in ids}) == 3
        assert files.find(uuid.uuid4()) is None

    def test_a_destroyed_key_is_overwritten_where_it_lay(self, tmp_path: Path) -> None:
        files = KeyFiles(tmp_path)
        key_id = files.make()
        os.link(files.folder / str(key_id), tmp_path / "same-place")

        files.destroy(key_id)
        files.destroy(key_id)

        assert files.list() == frozenset()
        assert (tmp_path / "same-place").read_bytes() == bytes(32)

    def test_half_a_key_and_another_file_are_no_keys(self, tmp_path: Path) -> None:
        files = KeyFiles(tmp_path)
        key_id = files.make()
        (files.folder / str(key_id)).write_bytes(b"half")
        (files.folder / "README").write_text("Not a key.")

        assert files.find(key_id) is None
        assert files.list() == {key_id}
