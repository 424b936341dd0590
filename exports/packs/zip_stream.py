"""A ZIP file written from front to back, in memory that does not grow with what is in it.

Files that begin alike are what this is for: their common start is compressed once, and each file
is that start with its own compressed end behind it, which is one valid deflate stream. Python's
zipfile can only compress every file from its beginning.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import BinaryIO, Self

LEVEL = 6
_MOST_32 = 0xFFFFFFFF
_MOST_MEMBERS = 0xFFFF - 1
_UTF_8 = 0x800
_PIECE = 1 << 20
_DEFLATED = 8
_VERSION = 20
_LARGE = 45
_UNIX = 3
_RIGHTS = 0o100644 << 16


@dataclass(frozen=True)
class CommonStart:
    """What several files begin with: its content, deflated, with its sums so far."""

    content: bytes
    deflated: bytes
    crc: int
    sha256: hashlib._Hash

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Compress a start; it ends on a whole byte, so that anything deflated may follow."""
        compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        deflated = compressor.compress(content) + compressor.flush(zlib.Z_FULL_FLUSH)
        return cls(content, deflated, zlib.crc32(content), hashlib.sha256(content))


NOTHING_IN_COMMON = CommonStart.of(b"")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the ZIP as its directory lists it; sizes and the offset are in bytes."""

    name: bytes
    crc: int
    size: int
    deflated_size: int
    offset: int


class ZipStream:
    """Writes a ZIP to a file that need not be seekable; every member bears the same day."""

    def __init__(self, file: BinaryIO, day: dt.date) -> None:
        """Take where to write, and the day on which everything in it is dated."""
        self._file = file
        self._written = 0
        self._members: list[Member] = []
        self._names: set[str] = set()
        # The format knows no earlier year.
        self._date = (max(day.year, 1980) - 1980) << 9 | day.month << 5 | day.day

    def add(self, name: str, rest: bytes, start: CommonStart = NOTHING_IN_COMMON) -> str:
        """Add a file made of a common start and the rest; return the SHA-256 of the whole.

        ValueError for a name that is there already or leads out of the folder.
        """
        self._claim(name)
        compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        deflated = compressor.compress(rest) + compressor.flush()
        member = Member(
            name.encode(),
            zlib.crc32(rest, start.crc),
            len(start.content) + len(rest),
            len(start.deflated) + len(deflated),
            self._written,
        )
        self._members.append(member)
        self._write(self._local_header(member), start.deflated, deflated)
        digest = start.sha256.copy()
        digest.update(rest)
        return digest.hexdigest()

    @property
    def members(self) -> tuple[Member, ...]:
        """What was added so far."""
        return tuple(self._members)

    def append(self, members: Iterable[Member], source: BinaryIO, length: int) -> None:
        """Add what another stream wrote and did not close: its members and its first bytes.

        ValueError where the bytes end too early or a name is there already.
        """
        begins_at = self._written
        for member in members:
            self._claim(member.name.decode())
            self._members.append(replace(member, offset=begins_at + member.offset))
        while self._written < begins_at + length:
            piece = source.read(min(_PIECE, begins_at + length - self._written))
            if not piece:
                raise ValueError("a part of a ZIP is cut off")
            self._write(piece)

    def close(self) -> None:
        """Write the directory that ends the ZIP; the file itself stays open."""
        begins_at = self._written
        for member in self._members:
            self._write(self._entry(member))
        size = self._written - begins_at
        count = len(self._members)
        ends_at = self._written
        if begins_at >= _MOST_32:
            self._write(
                struct.pack(
                    "<4sQ2H2I4Q",
                    b"PK\x06\x06",
                    44,
                    _UNIX << 8 | _LARGE,
                    _LARGE,
                    0,
                    0,
                    count,
                    count,
                    size,
                    begins_at,
                ),
                struct.pack("<4sIQI", b"PK\x06\x07", 0, ends_at, 1),
            )
        self._write(
            struct.pack(
                "<4s4H2IH",
                b"PK\x05\x06",
                0,
                0,
                count,
                count,
                size,
                min(begins_at, _MOST_32),
                0,
            ),
        )

    def _claim(self, name: str) -> None:
        if name in self._names or not name or name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"a ZIP cannot hold {name!r}")
        if len(self._names) == _MOST_MEMBERS:
            raise ValueError("a ZIP of this kind holds no more files")
        self._names.add(name)

    def _write(self, *parts: bytes) -> None:
        for part in parts:
            self._file.write(part)
            self._written += len(part)

    def _local_header(self, member: Member) -> bytes:
        if member.size >= _MOST_32 or member.deflated_size >= _MOST_32:
            raise ValueError("a file of a pack is never this large")
        return (
            struct.pack(
                "<4s5H3I2H",
                b"PK\x03\x04",
                _VERSION,
                _UTF_8,
                _DEFLATED,
                0,
                self._date,
                member.crc,
                member.deflated_size,
                member.size,
                len(member.name),
                0,
            )
            + member.name
        )

    def _entry(self, member: Member) -> bytes:
        is_far = member.offset >= _MOST_32
        extra = struct.pack("<HHQ", 1, 8, member.offset) if is_far else b""
        needed = _LARGE if is_far else _VERSION
        fixed = struct.pack(
            "<4s6H3I5H2I",
            b"PK\x01\x02",
            _UNIX << 8 | needed,
            needed,
            _UTF_8,
            _DEFLATED,
            0,
            self._date,
            member.crc,
            member.deflated_size,
            member.size,
            len(member.name),
            len(extra),
            0,
            0,
            0,
            _RIGHTS,
            _MOST_32 if is_far else member.offset,
        )
        return fixed + member.name + extra
