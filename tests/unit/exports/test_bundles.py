"""A bundle: the same for the same record, whole, and wrong as soon as anything is changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from exports.bundles.packing import pack_record
from exports.bundles.record import Counted, Counts, Record, RecordEntry, RecordFile, ShownEdition
from exports.bundles.verifying import BundleWrong, verify_bundle

AT = dt.datetime(2026, 6, 8, 12, 30, tzinfo=dt.UTC)
STORED = {hashlib.sha256(each).hexdigest(): each for each in (b"A letter.", b"A poster.", b"{}")}
LETTER, POSTER, TEXTS = STORED
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> & “quotes” \u202egnp.exe"


def a_record(**changes: object) -> Record:
    record = Record(
        title="Board competencies",
        slug="example-region",
        organisation="Meadowbank NHS Trust",
        address="https://boards.example/consultations/example-region",
        entries=(
            RecordEntry(AT, "consultations.opened", "The consultation", "It was opened.", "Sam"),
            RecordEntry(
                AT + dt.timedelta(days=1),
                "outreach.added",
                "Who was told",
                "A letter.\n\nNote: by hand.",
                "Ann",
                "She was asked to.",
                (RecordFile("Letter to trusts.pdf", LETTER), RecordFile("gone.pdf", "0" * 64)),
            ),
        ),
        editions=(
            ShownEdition(1, AT, "", (("Title", "Board competencies"),), (RecordFile("e", TEXTS),)),
        ),
        counts=(Counts("Responses", (Counted("Responses sent", 1234),)),),
        left_out=("Words of respondents.",),
    )
    return replace(record, **changes)  # type: ignore[arg-type]


def packed(record: Record) -> bytes:
    into = io.BytesIO()
    pack_record(record, STORED.get, into, still_working=lambda: None)
    return into.getvalue()


def members(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert archive.testzip() is None
        return {
            name.removeprefix("record-of-example-region/"): archive.read(name)
            for name in archive.namelist()
        }


def zipped(files: dict[str, bytes], folder: str = "record-of-example-region/") -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{folder}{name}", content)
    return into.getvalue()


@pytest.fixture
def verdict(tmp_path: Path) -> Callable[[bytes], str]:
    """Says what is wrong with a bundle, or nothing."""

    def verify(content: bytes) -> str:
        path = tmp_path / "bundle.zip"
        path.write_bytes(content)
        try:
            verify_bundle(path)
        except BundleWrong as wrong:
            return str(wrong)
        return ""

    return verify


def test_the_same_record_makes_the_same_bytes() -> None:
    assert packed(a_record()) == packed(a_record())


def test_everything_in_it_is_dated_when_the_last_thing_happened() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(a_record()))) as archive:
        assert {each.date_time[:3] for each in archive.infolist()} == {(2026, 6, 9)}


def test_a_bundle_is_whole(verdict: Callable[[bytes], str]) -> None:
    assert verdict(packed(a_record())) == ""
    assert verdict(packed(a_record(entries=(), editions=()))) == ""


def test_other_programs_agree_with_the_digests(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(a_record()))) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "record-of-example-region"
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    there = {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}
    checked = {line.removesuffix(": OK") for line in done.stdout.splitlines()}
    assert checked == there - {"SHA256SUMS"}


def test_a_file_is_in_it_once_and_what_is_gone_is_named() -> None:
    again = RecordEntry(AT, "x.y", "X", "Y.", files=(RecordFile("Other name.pdf", LETTER),))
    files = members(packed(a_record(entries=(*a_record().entries, again))))
    assert sorted(name for name in files if name.startswith("files/")) == [
        "files/0001-e",
        "files/0002-Letter to trusts.pdf",
    ]
    manifest = json.loads(files["manifest.json"])
    assert manifest["no_longer_kept"] == [{"name": "gone.pdf", "sha256": "0" * 64}]
    page = BeautifulSoup(files["index.html"], "lxml")
    links = {a.get_text(): a["href"] for a in page.select("section#record a, li a")}
    assert links["Other name.pdf"] == links["Letter to trusts.pdf"]
    assert "gone.pdf, which is no longer kept" in " ".join(page.get_text().split())


def test_entries_stand_in_order_for_people_and_for_programs() -> None:
    files = members(packed(a_record()))
    lines = [json.loads(line) for line in files["entries.jsonl"].splitlines()]
    assert [line["number"] for line in lines] == [1, 2]
    assert lines[1]["files"][0]["path"] == "files/0002-Letter to trusts.pdf"
    assert lines[1]["files"][1]["path"] is None
    page = BeautifulSoup(files["index.html"], "lxml")
    shown = [" ".join(li.get_text(" ").split()) for li in page.select("ol.entries > li")]
    assert shown[0] == ("1. The consultation, 8 June 2026 at 1:30pm BST, by Sam It was opened.")
    assert "Reason given: She was asked to." in shown[1]


def test_the_page_is_accessible_and_asks_for_nothing_elsewhere() -> None:
    page = BeautifulSoup(members(packed(a_record()))["index.html"], "lxml")
    assert page.html is not None
    assert page.html["lang"] == "en-GB"
    assert len(page.find_all("h1")) == 1
    assert not page.find_all(["script", "img", "link", "iframe"])
    ids = {each["id"] for each in page.find_all(id=True)}
    inside = {str(a["href"])[1:] for a in page.find_all("a") if str(a["href"]).startswith("#")}
    assert inside <= ids
    elsewhere = [a["href"] for a in page.find_all("a") if ":" in str(a["href"]).partition("#")[0]]
    assert elsewhere == []
    levels = [int(each.name[1]) for each in page.find_all(["h1", "h2", "h3", "h4"])]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_hostile_text_is_shown_as_words() -> None:
    entry = RecordEntry(AT, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (), HOSTILE)  # type: ignore[arg-type]
    entry = replace(entry, why=HOSTILE, files=(RecordFile(HOSTILE, LETTER),))
    edition = ShownEdition(1, AT, HOSTILE, ((HOSTILE, HOSTILE),), (), (HOSTILE,))
    counts = Counts(HOSTILE, (Counted(HOSTILE, 1),))
    record = a_record(
        title=HOSTILE,
        organisation=HOSTILE,
        address=HOSTILE,
        entries=(entry,),
        editions=(edition,),
        counts=(counts,),
        left_out=(HOSTILE,),
    )
    page = BeautifulSoup(members(packed(record))["index.html"], "lxml")
    assert not page.find_all(["script", "img"])
    assert page.get_text().count("alert(1)</script>") >= 13


@given(st.text(max_size=60))
def test_a_file_has_a_safe_name_whatever_it_is_called(name: str) -> None:
    entry = RecordEntry(AT, "x.y", "X", "Y.", files=(RecordFile(name, LETTER),))
    files = members(packed(a_record(entries=(entry,), editions=())))
    [path] = [each for each in files if each.startswith("files/")]
    assert path.count("/") == 1
    assert "\\" not in path
    assert path.isprintable()
    page = BeautifulSoup(files["index.html"], "lxml")
    assert len(page.select('a[href^="files/"]')) == 1


@given(st.data())
def test_a_changed_file_is_found(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    files = members(packed(a_record()))
    name = data.draw(st.sampled_from(sorted(files)))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    change = data.draw(st.integers(1, 255))
    content = bytearray(files[name])
    content[place] ^= change
    path = tmp_path_factory.mktemp("changed") / "bundle.zip"
    path.write_bytes(zipped({**files, name: bytes(content)}))
    with pytest.raises(BundleWrong):
        verify_bundle(path)


@given(st.integers(0), st.integers(1, 255))
def test_a_damaged_bundle_is_never_an_error_of_the_program(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    content = bytearray(packed(a_record()))
    content[place % len(content)] ^= change
    path = tmp_path_factory.mktemp("damaged") / "bundle.zip"
    path.write_bytes(content)
    # What was changed may be a date that nobody reads: then the files are what they were.
    try:
        verify_bundle(path)
    except BundleWrong:
        return
    assert members(bytes(content)) == members(packed(a_record()))


def test_tampering_is_told_by_the_first_thing_that_is_wrong(
    verdict: Callable[[bytes], str],
) -> None:
    files = members(packed(a_record()))
    letter = "files/0002-Letter to trusts.pdf"
    without = {name: content for name, content in files.items() if name != letter}
    unlisted = {name: content for name, content in files.items() if name != "SHA256SUMS"}
    for changed, wrong in (
        ({**files, letter: b"Another letter."}, f"{letter} is not what its digest says"),
        (without, f"{letter} is missing"),
        ({**files, "files/extra.pdf": b""}, "files/extra.pdf is in the bundle and manifest.json"),
        (unlisted, "SHA256SUMS is missing"),
        ({**files, "SHA256SUMS": b""}, "SHA256SUMS says something else than manifest.json"),
        ({**files, "manifest.json": b"{}"}, "manifest.json cannot be read"),
        ({**files, "manifest.json": b"\xff"}, "manifest.json is not text"),
        ({"index.html": b""}, "this is no bundle: it has no manifest.json"),
    ):
        assert verdict(zipped(changed)).startswith(wrong)
    assert verdict(zipped(files, "elsewhere/")).startswith("the folder elsewhere is not that of")
    assert verdict(zipped(files, "")).startswith("this is no bundle: its files are not in one")
    assert verdict(b"Not a ZIP.").startswith("this is no ZIP that can be read")
    assert verdict(packed(a_record())[:-40]).startswith("this is no ZIP that can be read")


def test_a_file_twice_in_it_is_found(verdict: Callable[[bytes], str]) -> None:
    into = io.BytesIO(packed(a_record()))
    with zipfile.ZipFile(into, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("record-of-example-region/index.html", b"Other words.")
    assert verdict(into.getvalue()).endswith("index.html is in the bundle twice")


def test_a_stored_file_that_is_another_is_refused() -> None:
    with pytest.raises(ValueError, match="is not what its digest says"):
        pack_record(a_record(), lambda _: b"Other.", io.BytesIO(), still_working=lambda: None)
