"""The record of a consultation: everything once, in order, and nothing of respondents."""

from __future__ import annotations

import importlib
import io
import json
import pkgutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

import webapp
from tests.factories.record import EMAIL, NAME, STEPS, WORDS, Life
from tests.factories.writing import LIBRARY
from webapp.bundles.gathering import ROOMS, TOPICS, gather_record
from webapp.bundles.making import write_bundle
from webapp.consultations.services import get_consultation
from webapp.persistence import Base, Database, Session

URL = "https://boards.example"


def bundle_of(session: Session, life: Life) -> bytes:
    into = io.BytesIO()
    consultation = get_consultation(session, life.consultation.id)
    write_bundle(session, consultation, into, library=LIBRARY, files=life.files, url=URL)
    return into.getvalue()


@pytest.fixture
def life(session: Session, tmp_path: Path) -> Life:
    Life(session, tmp_path / "noise").live()
    found = Life(session, tmp_path / "files")
    found.live()
    return found


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=14))
def test_whatever_happens_is_in_it_once_and_in_order(
    session: Session, tmp_path: Path, steps: list[str]
) -> None:
    life = Life(session, tmp_path)
    for step in steps:
        STEPS[step](life)
    found = gather_record(session, LIBRARY, life.reread(), URL).record.entries
    assert [(each.at, each.kind) for each in found] == sorted(life.told, key=lambda told: told[0])


def test_a_whole_life_is_in_it(session: Session, life: Life) -> None:
    found = gather_record(session, LIBRARY, life.reread(), URL).record
    assert [(each.at, each.kind) for each in found.entries] == life.told
    assert {each.kind for each in found.entries} > {"notices.sent", "outreach.struck-out"}
    assert [each.number for each in found.editions] == [1]
    names = [each.name for each in found.editions[0].files]
    assert names[:2] == ["edition-1.json", "assessment.txt"]
    assert "board-leadership-1.1.0-beta.1.yaml" in names
    assert "competency-consultation-1.0.0.yaml" in names
    assert found.editions[0].problems == ()


def test_words_names_and_addresses_of_people_are_not_in_it(session: Session, life: Life) -> None:
    # That the canaries sing: they are in the database.
    rows = "\n".join(
        str(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table))
    )
    assert all(canary in rows for canary in (WORDS, NAME, EMAIL))
    with zipfile.ZipFile(io.BytesIO(bundle_of(session, life))) as archive:
        for name in archive.namelist():
            content = archive.read(name).decode(errors="replace") + name
            for canary in (WORDS, NAME, EMAIL):
                assert canary not in content, name


def test_ids_of_rows_are_not_in_it(session: Session, life: Life) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle_of(session, life))) as archive:
        text = "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    assert str(life.consultation.id) not in text
    assert str(life.consultation.organisation_id) not in text


def test_the_same_rows_make_the_same_bytes(session: Session, life: Life) -> None:
    assert bundle_of(session, life) == bundle_of(session, life)


def test_both_kinds_of_database_make_the_same_bytes(
    database: Database, tmp_path: Path, sqlite_template: Path
) -> None:
    with database.writing() as session:
        life = Life(session, tmp_path / "files")
        life.live()
        Life(session, tmp_path / "noise").live()
    (tmp_path / "copy.sqlite3").write_bytes(sqlite_template.read_bytes())
    other = Database(f"sqlite:///{tmp_path / 'copy.sqlite3'}")
    with database.reading() as source, other.writing() as target:
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in source.execute(select(table)).mappings()]
            # In another order: nothing may depend on how rows lie.
            if rows:
                target.execute(insert(table), rows[::-1])
        made = bundle_of(source, life)
        assert bundle_of(target, life) == made
    other.close()


def test_the_counts_are_those_of_the_rows(session: Session, life: Life) -> None:
    found = gather_record(session, LIBRARY, life.reread(), URL).record.counts
    rows = {row.label: row.n for row in found[0].rows}
    assert rows["Responses sent"] == 2
    assert rows["Of these, counted"] == 1


def test_what_was_attached_is_in_it_as_it_was_sent(session: Session, life: Life) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle_of(session, life))) as archive:
        letters = [archive.read(name) for name in archive.namelist() if "Letter" in name]
        manifest = json.loads(archive.read(archive.namelist()[-2]))
    assert len(letters) == 2
    assert all(letter.startswith(b"A letter of") for letter in letters)
    # The example's assessment is in no store: that is said, and nothing breaks.
    assert [each["name"] for each in manifest["no_longer_kept"]] == ["assessment.txt"]


def test_every_room_that_knows_a_part_is_asked() -> None:
    known = set()
    for room in pkgutil.iter_modules(webapp.__path__, "webapp."):
        try:
            services = importlib.import_module(f"{room.name}.services")
        except ModuleNotFoundError:
            continue
        if hasattr(services, "evidence"):
            known.add(room.name.partition(".")[2])
    assert {each.__module__.split(".")[1] for each in ROOMS} == known
    assert known <= TOPICS.keys()
