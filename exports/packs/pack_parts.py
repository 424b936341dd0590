"""Parts of a pack, each a file of its own, so that a pack can be made in slices.

A part is what a ZIP stream wrote, followed by what it wrote: the files as the ZIP's directory and
the manifest list them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import BinaryIO

from exports.packs.packing import PackedFile, ZipPacking
from exports.packs.zip_stream import Member


def end_part(file: BinaryIO, packing: ZipPacking, files: Sequence[PackedFile], pack: str) -> int:
    """End a part with what is in it; return how many of its bytes are of the ZIP.

    `pack` makes the part differ from the same part of any other pack.
    """
    length = file.tell()
    members = [{**asdict(each), "name": each.name.decode()} for each in packing.stream.members]
    listed = {"pack": pack, "members": members, "files": [asdict(each) for each in files]}
    file.write(json.dumps(listed, ensure_ascii=False).encode())
    return length


def append_part(packing: ZipPacking, file: BinaryIO, length: int) -> tuple[PackedFile, ...]:
    """Add a part to a pack and return the lines of the manifest for what is in it."""
    file.seek(length)
    listed = json.loads(file.read())
    file.seek(0)
    members = [Member(**{**each, "name": each["name"].encode()}) for each in listed["members"]]
    packing.stream.append(members, file, length)
    return tuple(
        PackedFile(**{**each, "values": tuple((name, value) for name, value in each["values"])})
        for each in listed["files"]
    )
