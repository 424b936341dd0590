"""A version in the language that a reader asks for, and the languages there are."""

from __future__ import annotations

from dataclasses import dataclass

from frameworks.library import Library, Published, PublishedVariant, UnknownVersion
from frameworks.model import Framework
from frameworks.variants import framework_in_language, spoken


@dataclass(frozen=True)
class Reading:
    """A version as it is read: in its own language, or with a variant's words where it has them.

    `framework` is for showing; citations and digests are those of the version itself.
    """

    published: Published
    framework: Framework
    variants: tuple[PublishedVariant, ...]
    chosen: PublishedVariant | None = None
    spoken: frozenset[str] = frozenset()
    """The keys of the items that are in the language of the variant."""

    @property
    def language(self) -> str:
        """The tag of the language that was chosen; empty is the version's own."""
        return self.chosen.variant.language if self.chosen else ""

    @property
    def competencies(self) -> int:
        """How many competencies are in the language that was chosen."""
        return sum(1 for each in self.framework.all_competencies() if each.key in self.spoken)

    def language_of(self, key: str) -> str:
        """Return the tag of the language that an item is in; empty is the version's own."""
        return self.language if key in self.spoken else ""


def read(library: Library, published: Published, language: str) -> Reading | None:
    """Return a version in a language, empty for its own; None where there is no such variant."""
    variants = library.variants(published.reference)
    if not language:
        return Reading(published, published.framework, variants)
    chosen = next((each for each in variants if each.reference.language == language), None)
    if chosen is None:
        return None
    return Reading(
        published,
        framework_in_language(published.framework, chosen.variant),
        variants,
        chosen,
        frozenset(spoken(chosen.variant, published.framework)),
    )


def file_of(library: Library, published: Published, edition: str) -> bytes | None:
    """Return a variant's file to the byte as it was locked, or None where there is none."""
    for each in library.editions(published.reference):
        if each.variant.edition == edition:
            try:
                return library.variant_file(each.reference)
            except UnknownVersion:
                return None
    return None
