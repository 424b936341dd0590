"""What a backup says of itself."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self

FORMAT = 1
NAME = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
"""The part that the database of each kind is in."""

ERASURES = "erasures"
FILES = "files/"
LIBRARY = "library/"
LEFT_OUT = (
    "equality-keys",
    "secret-keys",
    "signing-keys",
    "mail",
    "printed",
)
"""What is never in a backup: keys, which open what the rest of it holds, and what is made anew."""


class NotAManifest(Exception):
    """This does not say what a backup holds; one line says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file within a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """When a backup was made, of what, and what is in it.

    `rows` counts each table; `gone` are files that were let go while the backup was made, and
    `missing` those that were held and not there.
    """

    program: str
    made_at: dt.datetime
    database: str
    revision: str
    rows: Mapping[str, int]
    parts: tuple[Part, ...]
    gone: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def database_part(self) -> str:
        """The name of the part that holds the rows."""
        return DATABASES[self.database]

    def to_json(self) -> str:
        """Return the text that is in the backup."""
        said = {
            "format": FORMAT,
            **asdict(self),
            "made_at": self.made_at.astimezone(dt.UTC).isoformat(),
            "left_out": LEFT_OUT,
        }
        return json.dumps(said, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a text back; raises NotAManifest."""
        try:
            said = json.loads(text)
            if said["format"] != FORMAT:
                raise NotAManifest(
                    f"the backup has format {said['format']} and this program reads {FORMAT}: "
                    "use the version of Boardmark that made it, or a newer one"
                )
            found = cls(
                program=str(said["program"]),
                made_at=dt.datetime.fromisoformat(said["made_at"]),
                database=str(said["database"]),
                revision=str(said["revision"]),
                rows={str(table): int(count) for table, count in said["rows"].items()},
                parts=tuple(
                    Part(str(part["name"]), int(part["size"]), str(part["sha256"]))
                    for part in said["parts"]
                ),
                gone=tuple(map(str, said["gone"])),
                missing=tuple(map(str, said["missing"])),
            )
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise NotAManifest("the manifest cannot be read") from error
        if found.database not in DATABASES or found.made_at.tzinfo is None:
            raise NotAManifest("the manifest cannot be read")
        return found
