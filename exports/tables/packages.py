"""Several tables in one ZIP, with what each of them is, and the ZIP compared with that again."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from exports.tables.comma_separated import CsvWriter
from exports.tables.json_lines import JsonLinesWriter
from exports.tables.open_document import OdsWriter
from exports.tables.reading import NotAsWritten, read_table
from exports.tables.workbook import XlsxWriter
from exports.tables.writing import Column, TableWriter, Written
from exports.tables.zipping import PIECE, add_file, dated_member

MANIFEST = "manifest.json"
README = "README.txt"
WRITERS: Mapping[str, type[TableWriter]] = {
    each.suffix: each for each in (CsvWriter, XlsxWriter, OdsWriter, JsonLinesWriter)
}
"""What writes a table, by the end of its file's name."""

# These are ZIPs themselves.
_PACKED = (XlsxWriter.suffix, OdsWriter.suffix)


@dataclass(frozen=True, slots=True)
class Part:
    """A table that is written and has a name in the ZIP to be."""

    name: str
    path: Path
    columns: tuple[Column, ...]
    written: Written

    @property
    def suffix(self) -> str:
        """The end of its name, by which it is read."""
        return Path(self.name).suffix


def pack_tables(
    file: BinaryIO,
    parts: Sequence[Part],
    facts: Mapping[str, Any],
    readme: str,
    heard: Callable[[], None] = lambda: None,
) -> None:
    """Write a ZIP of tables with README.txt and manifest.json, the same for the same tables.

    `heard` is called from time to time while this goes on.
    """
    with zipfile.ZipFile(file, "w") as archive:
        listed = []
        for part in parts:
            method = zipfile.ZIP_STORED if part.suffix in _PACKED else zipfile.ZIP_DEFLATED
            sha256 = add_file(archive, part.name, part.path, method, heard)
            listed.append(_entry(part, sha256))
        archive.writestr(dated_member(README), readme)
        manifest = json.dumps({**facts, "files": listed}, ensure_ascii=False, indent=1)
        archive.writestr(dated_member(MANIFEST), f"{manifest}\n")


def check_package(
    file: BinaryIO, parts: Sequence[Part], heard: Callable[[], None] = lambda: None
) -> None:
    """Read a ZIP back and compare every table with what was written; raises NotAsWritten.

    `heard` is called from time to time while this goes on.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            listed = json.loads(archive.read(MANIFEST))["files"]
            archive.read(README)
            expected = {*(part.name for part in parts), MANIFEST, README}
            if len(listed) != len(parts) or set(archive.namelist()) != expected:
                raise NotAsWritten("the ZIP has other files than were written")
            for part, entry in zip(parts, listed, strict=True):
                _check_part(archive, part, entry, heard)
    except NotAsWritten:
        raise
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError) as error:
        raise NotAsWritten(f"the ZIP cannot be read: {error}") from error


def _check_part(
    archive: zipfile.ZipFile, part: Part, entry: Mapping[str, Any], heard: Callable[[], None]
) -> None:
    digest = hashlib.sha256()
    with archive.open(part.name) as member:
        while piece := member.read(PIECE):
            digest.update(piece)
            heard()
    if _entry(part, digest.hexdigest()) != entry:
        raise NotAsWritten(f"{part.name} is not what the manifest says")
    with archive.open(part.name) as member:
        keys = [column.key for column in part.columns]
        found = read_table(member, part.suffix, keys, heard)
    if (found.rows, found.digest) != (part.written.rows, part.written.digest):
        raise NotAsWritten(f"{part.name} reads differently from what was written")


def _entry(part: Part, sha256: str) -> dict[str, Any]:
    return {
        "file": part.name,
        **asdict(part.written),
        "sha256": sha256,
        "columns": [asdict(column) for column in part.columns],
    }
