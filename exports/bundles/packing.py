"""Writing a bundle: a page, the entries as data, every file, and the digest of each.

The same record makes the same bytes. Everything stands in one folder, so that who unpacks it can
check it with `sha256sum --check SHA256SUMS` there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from exports.bundles.page import record_page
from exports.bundles.record import Record, RecordFile
from exports.packs.file_names import safe_stem
from exports.packs.zip_stream import ZipStream

FORMAT = "boardmark-bundle/1"
PAGE = "index.html"
ENTRIES = "entries.jsonl"
COUNTS = "counts.json"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
FILES = "files"
_EARLIEST = dt.date(1980, 1, 1)
HOW_TO_CHECK = (
    (
        f"Unpack the bundle. In its folder, the command “sha256sum --check {SUMS}” compares every"
        " file with its digest; on macOS it is “shasum -a 256 --check”."
    ),
    (
        "Where Boardmark is installed, “boardmark consultation verify-bundle FILE” compares every"
        " file in the bundle itself, and says whether one is missing or was added."
    ),
    (
        "Whoever made the bundle can say the digest of the whole file: the same digest, the same"
        " bundle."
    ),
)

Fetch = Callable[[str], bytes | None]
"""Returns the bytes of a file by its digest, or None where it is no longer kept."""


@dataclass(frozen=True, slots=True)
class Packed:
    """How much was packed: entries of the record, and files of the ZIP."""

    entries: int
    files: int


def folder_of(slug: str) -> str:
    """Return the name of the one folder in a bundle."""
    return f"record-of-{slug}"


def pack_record(
    record: Record, fetch: Fetch, into: BinaryIO, *, still_working: Callable[[], None]
) -> Packed:
    """Write a record as a bundle; what `fetch` does not have is named as no longer kept."""
    return _Packing(record, into, still_working).pack(fetch)


class _Packing:
    """One bundle while it is written."""

    def __init__(self, record: Record, into: BinaryIO, still_working: Callable[[], None]) -> None:
        self._record = record
        self._folder = folder_of(record.slug)
        self._stream = ZipStream(into, record.as_of.date() if record.as_of else _EARLIEST)
        self._listed: list[dict[str, Any]] = []
        self._still_working = still_working

    def pack(self, fetch: Fetch) -> Packed:
        paths, missing = self._add_files(fetch)
        self._add(PAGE, record_page(self._record, paths, HOW_TO_CHECK).encode())
        self._add(ENTRIES, "".join(_lines(self._record, paths)).encode())
        self._add(COUNTS, _json(_counts(self._record)))
        manifest = _json(self._manifest(missing))
        listed = [*self._listed, {"path": MANIFEST, "sha256": self._write(MANIFEST, manifest)}]
        # The digests of names that a line cannot hold would need a mark of their own: safe names
        # have neither line breaks nor backslashes.
        sums = "".join(f"{each['sha256']}  {each['path']}\n" for each in listed)
        self._write(SUMS, sums.encode())
        self._stream.close()
        return Packed(len(self._record.entries), len(listed) + 1)

    def _add_files(self, fetch: Fetch) -> tuple[dict[str, str], list[RecordFile]]:
        """Add each file once, and return the path of each digest and what is not kept."""
        paths: dict[str, str] = {}
        missing: dict[str, RecordFile] = {}
        for file in self._record.files:
            if file.sha256 in paths or file.sha256 in missing:
                continue
            self._still_working()
            content = fetch(file.sha256)
            if content is None:
                missing[file.sha256] = file
                continue
            number = len(paths) + 1
            paths[file.sha256] = f"{FILES}/{number:04}-{_safe_name(file.name)}"
            if self._add(paths[file.sha256], content) != file.sha256:
                raise ValueError(f"{file.name!r} is not what its digest says")
        return paths, list(missing.values())

    def _add(self, path: str, content: bytes) -> str:
        sha256 = self._write(path, content)
        self._listed.append({"path": path, "size": len(content), "sha256": sha256})
        return sha256

    def _write(self, path: str, content: bytes) -> str:
        return self._stream.add(f"{self._folder}/{path}", content)

    def _manifest(self, missing: list[RecordFile]) -> Mapping[str, Any]:
        as_of = self._record.as_of
        return {
            "format": FORMAT,
            "consultation": self._record.slug,
            "title": self._record.title,
            "organisation": self._record.organisation,
            "address": self._record.address,
            "last_entry_at": as_of.isoformat() if as_of else None,
            "entries": len(self._record.entries),
            "files": self._listed,
            "no_longer_kept": [{"name": each.name, "sha256": each.sha256} for each in missing],
            "how_to_check": HOW_TO_CHECK,
            "not_in_it": self._record.left_out,
        }


def _lines(record: Record, paths: Mapping[str, str]) -> list[str]:
    return [
        _line(
            {
                "number": number,
                "at": entry.at.isoformat(),
                "kind": entry.kind,
                "words": entry.words,
                "by": entry.by,
                "why": entry.why,
                "files": [
                    {"name": each.name, "sha256": each.sha256, "path": paths.get(each.sha256)}
                    for each in entry.files
                ],
            }
        )
        for number, entry in enumerate(record.entries, 1)
    ]


def _counts(record: Record) -> Mapping[str, Any]:
    return {counts.title: {row.label: row.n for row in counts.rows} for counts in record.counts}


def _line(value: Mapping[str, Any]) -> str:
    # Escaped: a line of JSON must not hold what some readers take for the end of a line.
    return json.dumps(value) + "\n"


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _safe_name(name: str) -> str:
    """Return a name that every system takes, with its ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    ending = PurePosixPath(last).suffix
    if not (2 <= len(ending) <= 9 and ending[1:].isascii() and ending[1:].isalnum()):
        return safe_stem(last)
    return f"{safe_stem(last.removesuffix(ending))}{ending.lower()}"
