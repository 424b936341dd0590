"""Which language variants there are of a version, in which revisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from frameworks.digest import content_digest
from frameworks.reader import read_variant
from frameworks.shelf import Shelf, intact
from frameworks.variants import Variant
from frameworks.versions import Reference, SemVer, VariantReference


@dataclass(frozen=True, slots=True)
class PublishedVariant:
    """A language variant of the library with its content digest."""

    variant: Variant
    digest: str
    published_on: dt.date
    withdrawn_on: dt.date | None = None

    @property
    def reference(self) -> VariantReference:
        """The version, the language and the revision."""
        return self.variant.reference


class Variants:
    """The language variants in some folders, beside the versions that they are of."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Read from folders, of which the first that holds a variant counts."""
        self.shelves = tuple(
            Shelf(each, read_variant, content_digest, (VariantReference,)) for each in folders
        )

    def references(self) -> list[VariantReference]:
        """Return the names of all variants, withdrawn ones too."""
        return [each.reference for each in self._all()]

    def editions(self, of: Reference) -> tuple[PublishedVariant, ...]:
        """Return every variant that a version ever had, by language and revision."""
        return tuple(each for each in self._all() if each.reference.of == of)

    def newest(self, of: Reference) -> tuple[PublishedVariant, ...]:
        """Return the newest revision in each language that is not withdrawn, by language."""
        offered = [each for each in self.editions(of) if each.withdrawn_on is None]
        return tuple({each.reference.language: each for each in offered}.values())

    def find(self, of: Reference, edition: str) -> PublishedVariant | None:
        """Return the newest variant in a language, or that of a language and revision, or None."""
        for each in self.newest(of):
            if each.reference.language == edition:
                return each
        return next((each for each in self.editions(of) if each.variant.edition == edition), None)

    def newest_of(self, slug: str, language: str) -> PublishedVariant | None:
        """Return the last variant in a language of the highest version that has one, or None."""
        found = [
            each
            for each in self._all()
            if (each.reference.slug, each.reference.language) == (slug, language)
        ]
        found.sort(key=lambda each: SemVer.parse(each.reference.version).sort_key())
        return found[-1] if found else None

    def _all(self) -> list[PublishedVariant]:
        found = [
            PublishedVariant(
                variant, locked.content_digest, locked.published_on, locked.withdrawn_on
            )
            for locked, variant in intact(self.shelves)
        ]
        found.sort(key=lambda each: (each.reference.language, each.reference.revision))
        return found
