"""A pack: one file a person, all made from the same forms, and a manifest of what is in it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from exports.forms.prefill import Copy
from exports.packs.file_names import FileNames
from exports.packs.people import COLUMNS, PROFILE, PackForm, Person
from exports.packs.zip_stream import CommonStart, ZipStream
from exports.tables import cell
from frameworks.questions import AnswerKey

MANIFEST = "manifest"
_PROOF = ("identifier", "sha256", "base", "citation", "digest")
_IN_NAME = {PackForm.APPRAISAL: ("name", "role"), PackForm.SCORECARD: ("candidate", "assessor")}


@dataclass(frozen=True, slots=True)
class Assigned:
    """Somebody with everything that is written into their form, and what the file is called.

    `values` are by the name of the column, in its order, with what the table left to be filled in.
    """

    person: Person
    file: str
    values: tuple[tuple[str, str], ...]

    def written(self, form: PackForm) -> dict[AnswerKey, str]:
        """Return what is written into the form, by the key of the field."""
        said = dict(self.values)
        return {
            column.about: said[column.name]
            for column in COLUMNS[form]
            if column.about is not None and column.name in said
        }


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of a pack as its manifest lists it; `base` is the identifier of the empty form."""

    file: str
    values: tuple[tuple[str, str], ...]
    profile: str
    identifier: str
    base: str
    citation: str
    digest: str
    sha256: str

    def as_data(self) -> dict[str, Any]:
        """Return the line of the manifest as plain data for JSON."""
        data = asdict(self)
        return {"file": data.pop("file"), **dict(self.values)} | {
            name: value for name, value in data.items() if name != "values"
        }


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What is true of every file: which form, of which stage, and of which pack, if it has an id.

    `made_on` dates what is in a ZIP, so that the same people and forms make the same pack.
    """

    form: PackForm
    made_on: dt.date
    stage: str = ""
    pack: str = ""


class Packing(Protocol):
    """Where the files of a pack go: into a ZIP or into a folder."""

    def add_copy(self, name: str, copy: Copy) -> str:
        """Add somebody's file and return its SHA-256."""

    def add_text(self, name: str, text: str) -> None:
        """Add a text, such as a manifest."""


class ZipPacking:
    """Puts a pack into a ZIP, written from front to back."""

    def __init__(self, file: BinaryIO, made_on: dt.date) -> None:
        """Take where to write, and the day on which what is in the ZIP is dated."""
        self.stream = ZipStream(file, made_on)
        self._starts: dict[str, CommonStart] = {}

    def add_copy(self, name: str, copy: Copy) -> str:
        """Add somebody's file and return its SHA-256."""
        start = self._starts.get(copy.seal.base)
        if start is None:
            start = self._starts[copy.seal.base] = CommonStart.of(copy.base)
        return self.stream.add(name, copy.tail, start)

    def add_text(self, name: str, text: str) -> None:
        """Add a text, such as a manifest."""
        self.stream.add(name, text.encode())


class FolderPacking:
    """Puts a pack into a folder, which is there and empty."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder
        self._sums: dict[str, hashlib._Hash] = {}

    def add_copy(self, name: str, copy: Copy) -> str:
        """Write somebody's file and return its SHA-256."""
        begun = self._sums.get(copy.seal.base)
        if begun is None:
            begun = self._sums[copy.seal.base] = hashlib.sha256(copy.base)
        digest = begun.copy()
        digest.update(copy.tail)
        # It is never there already: names are handed out once.
        with (self._folder / name).open("xb") as file:
            file.write(copy.base)
            file.write(copy.tail)
        return digest.hexdigest()

    def add_text(self, name: str, text: str) -> None:
        """Write a text, such as a manifest."""
        (self._folder / name).write_bytes(text.encode())


def assign(
    people: Iterable[Person], form: PackForm, titles: Mapping[str, str], organisation: str = ""
) -> tuple[Assigned, ...]:
    """Return people with the names of their files.

    The same people give the same names. A row without a role gets the title of its position, one
    without an organisation the one that is given.
    """
    names = FileNames(".pdf")
    found = []
    for person in people:
        said = person.said
        if form is PackForm.APPRAISAL:
            said.setdefault("role", titles[person.profile])
            if organisation:
                said.setdefault("organisation", organisation)
        order = [each.name for each in COLUMNS[form] if each.name in said]
        file = names.name(*(said.get(name, "") for name in _IN_NAME[form]))
        found.append(Assigned(person, file, tuple((name, said[name]) for name in order)))
    return tuple(found)


def pack_file(packing: Packing, assigned: Assigned, copy: Copy) -> PackedFile:
    """Put one person's copy into a pack and return its line of the manifest."""
    return PackedFile(
        file=assigned.file,
        values=assigned.values,
        profile=assigned.person.profile,
        identifier=copy.identifier,
        base=copy.seal.base,
        citation=copy.seal.citation,
        digest=copy.seal.digest,
        sha256=packing.add_copy(assigned.file, copy),
    )


def add_manifest(packing: Packing, facts: PackFacts, files: Sequence[PackedFile]) -> str:
    """Put both manifests at the end of a pack; return the SHA-256 of `manifest.json`."""
    as_json = manifest_json(facts, files)
    packing.add_text(f"{MANIFEST}.csv", manifest_csv(facts.form, files))
    packing.add_text(f"{MANIFEST}.json", as_json)
    return hashlib.sha256(as_json.encode()).hexdigest()


def manifest_csv(form: PackForm, files: Iterable[PackedFile]) -> str:
    """Return the manifest for a spreadsheet: a row a file, no cell of which is a formula.

    It begins with the mark by which spreadsheets know that letters are in UTF-8.
    """
    said = [each.name for each in COLUMNS[form] if each is not PROFILE]
    columns = ("file", *said, PROFILE.name, *_PROOF)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for each in files:
        data = each.as_data()
        writer.writerow([cell(data.get(column, "")) for column in columns])
    return f"\ufeff{text.getvalue()}"


def manifest_json(facts: PackFacts, files: Sequence[PackedFile]) -> str:
    """Return the manifest for programs: the same for the same pack, one line a file."""
    head = {
        "form": facts.form.value,
        **({"stage": facts.stage} if facts.stage else {}),
        **({"pack": facts.pack} if facts.pack else {}),
        "made_on": facts.made_on.isoformat(),
        "count": len(files),
    }
    lines = (json.dumps(each.as_data(), ensure_ascii=False) for each in files)
    listed = ",\n".join(lines)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "files": [\n{listed}\n]}}\n'
