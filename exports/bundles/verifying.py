"""Checking a bundle: every digest, every file named, and nothing that is not."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.bundles.packing import FORMAT, MANIFEST, SUMS, folder_of

LARGEST_LIST = 64 * 1024 * 1024
"""The most bytes of a list of files: more is no list that Boardmark writes."""
_PIECE = 1 << 20


class BundleWrong(Exception):
    """A file is no bundle, or not as it was made; the text says what is wrong first."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a bundle is that is as it was made."""

    consultation: str
    entries: int
    files: int
    sha256: str


def verify_bundle(path: Path) -> Checked:
    """Return what a bundle is; raises BundleWrong with the first thing that is wrong.

    Whoever changes a file and every list with it makes another bundle that is whole in itself:
    the digest of the whole tells the two apart.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest, files = _check(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
    ) as error:
        raise BundleWrong(f"this is no ZIP that can be read: {error}") from error
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Checked(str(manifest["consultation"]), int(manifest["entries"]), files, sha256)


def _check(archive: zipfile.ZipFile) -> tuple[dict[str, Any], int]:
    names = _names(archive)
    folder = _folder(names)
    manifest = _manifest(archive, folder)
    if folder != folder_of(str(manifest["consultation"])):
        raise BundleWrong(f"the folder {folder} is not that of {manifest['consultation']}")
    digests = {str(each["path"]): str(each["sha256"]) for each in manifest["files"]}
    if len(digests) != len(manifest["files"]):
        raise BundleWrong(f"{MANIFEST} names a file twice")
    digests[MANIFEST] = _digest(archive, f"{folder}/{MANIFEST}")
    there = {name.removeprefix(f"{folder}/") for name in names}
    for name in sorted(there - digests.keys() - {SUMS}):
        raise BundleWrong(f"{name} is in the bundle and {MANIFEST} does not name it")
    for name in (*digests, SUMS):
        if name not in there:
            raise BundleWrong(f"{name} is missing")
    for name, digest in digests.items():
        if _digest(archive, f"{folder}/{name}") != digest:
            raise BundleWrong(f"{name} is not what its digest says")
    sums = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    if _text(archive, f"{folder}/{SUMS}") != sums:
        raise BundleWrong(f"{SUMS} says something else than {MANIFEST}")
    return manifest, len(digests) + 1


def _names(archive: zipfile.ZipFile) -> list[str]:
    names = archive.namelist()
    for name in _doubles(names):
        raise BundleWrong(f"{name} is in the bundle twice")
    return names


def _folder(names: list[str]) -> str:
    folders = {name.partition("/")[0] for name in names if "/" in name}
    if len(folders) != 1 or any("/" not in name for name in names):
        raise BundleWrong("this is no bundle: its files are not in one folder")
    return folders.pop()


def _manifest(archive: zipfile.ZipFile, folder: str) -> dict[str, Any]:
    text = _text(archive, f"{folder}/{MANIFEST}")
    try:
        manifest = json.loads(text)
        is_ours = manifest["format"] == FORMAT
        for each in manifest["files"]:
            each["path"], each["sha256"]
        manifest["consultation"], int(manifest["entries"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BundleWrong(f"{MANIFEST} cannot be read") from error
    if not is_ours:
        raise BundleWrong(f"{MANIFEST} is not in the format {FORMAT}")
    found: dict[str, Any] = manifest
    return found


def _text(archive: zipfile.ZipFile, name: str) -> str:
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise BundleWrong(f"this is no bundle: it has no {name.rpartition('/')[2]}") from None
    if info.file_size > LARGEST_LIST:
        raise BundleWrong(f"{name.rpartition('/')[2]} is too large")
    try:
        return archive.read(info).decode()
    except UnicodeDecodeError as error:
        raise BundleWrong(f"{name.rpartition('/')[2]} is not text") from error


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BundleWrong(f"{name.partition('/')[2]} is damaged") from error
    return digest.hexdigest()


def _doubles(names: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield name
        seen.add(name)
