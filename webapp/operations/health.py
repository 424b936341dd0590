"""Whether an installation can do its work, in words that tell a stranger nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Health:
    """What was found; each part is true when it is well."""

    database: bool
    library: bool

    @property
    def status(self) -> int:
        """The HTTP status that a monitor understands."""
        return 200 if self.database and self.library else 503

    def value(self) -> dict[str, str | bool]:
        """Return what the page says."""
        return {"status": "well" if self.status == 200 else "unwell", **asdict(self)}
