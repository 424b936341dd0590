"""The keys of an installation: made once, kept to its owner, replaced without breaking anything."""

from __future__ import annotations

import datetime as dt
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from exports.seals.signing import NotAKey, PublicKey, Signature, SigningKey
from webapp.config import ConfigurationError
from webapp.issued.keys import FILE, Keys

DAY = dt.date(2026, 11, 23)
LATER = dt.date(2027, 11, 23)


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    found = Keys(tmp_path)
    found.make_if_missing(DAY)
    return found


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "home")
    assert keys.keyring.current is None
    assert keys.list() == ()
    assert not (tmp_path / "home").exists()


def test_the_file_is_its_owners_alone(keys: Keys, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_the_first_key_is_made_once_whoever_comes_first(tmp_path: Path) -> None:
    def make(_: int) -> str:
        keys = Keys(tmp_path)
        keys.make_if_missing(DAY)
        return keys.keyring.key_id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(make, range(40)))) == 1
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_rotation_keeps_of_the_old_key_what_checks_and_not_what_signs(
    keys: Keys, tmp_path: Path
) -> None:
    before = keys.keyring
    signature = before.sign(b"a document")
    text = (tmp_path / FILE).read_text()
    secret = next(line.split()[1] for line in text.splitlines() if line.startswith("signs"))
    rotated = keys.rotate(LATER)
    after = keys.keyring
    assert after.key_id == rotated.public.id != before.key_id
    assert after.check(before.key_id, b"a document", signature) is Signature.SIGNED
    assert secret not in (tmp_path / FILE).read_text()
    assert [(key.since, key.until) for key in keys.list()] == [(LATER, None), (DAY, LATER)]


def test_a_running_service_signs_with_the_new_key_at_once(keys: Keys, tmp_path: Path) -> None:
    running = Keys(tmp_path)
    before = running.keyring
    assert running.keyring is before
    keys.rotate(LATER)
    assert running.keyring.key_id == keys.keyring.key_id != before.key_id


def test_two_rotations_at_once_lose_no_key(keys: Keys, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: Keys(tmp_path).rotate(LATER), range(6)))
    assert len({key.public.id for key in keys.list()}) == 7


def test_a_file_that_others_can_read_is_refused(keys: Keys, tmp_path: Path) -> None:
    (tmp_path / FILE).chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        keys.list()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "signs abc 2026-11-23\n",
        "nonsense\n",
        "signs\n",
        "signed abc 2026-11-23 2026-11-24\n",
        "signs AAAA\nsigns AAAA\n",
    ],
)
def test_a_damaged_file_is_refused_and_never_replaced(tmp_path: Path, content: str) -> None:
    path = tmp_path / FILE
    path.write_text(content)
    path.chmod(0o600)
    keys = Keys(tmp_path)
    for use in (lambda: keys.make_if_missing(DAY), lambda: keys.rotate(DAY), keys.list):
        with pytest.raises(ConfigurationError, match="put back the copy"):
            use()
    assert path.read_text() == content


def test_a_key_is_never_shown_by_accident() -> None:
    key = SigningKey(os.urandom(32))
    assert key.text not in repr(key)
    assert repr(key.seed) not in repr(key)
    assert SigningKey.parse(key.text) == key
    assert PublicKey.parse(key.public.text) == key.public
    for text in ("", "AAAA", "ü" * 43, "*" * 43):
        with pytest.raises(NotAKey):
            SigningKey.parse(text)
