"""The languages in which a consultation can be read: its own, and those of language variants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from frameworks.library import PublishedVariant
from frameworks.variants import Variant

# What speakers call their own language; a variant brings its name with it.
_NAMES = {"en": "English", "cy": "Cymraeg"}


@dataclass(frozen=True, slots=True)
class Language:
    """A language to choose: its tag, empty for the framework's own, and its name in itself."""

    tag: str
    code: str
    """The tag by which browsers and screen readers know it, also of the framework's own."""

    name: str

    def is_apart_from(self, other: Language) -> bool:
        """Say whether this is another language, and not the same one in plainer words."""
        return self.code.partition("-")[0] != other.code.partition("-")[0]


def own_language(code: str) -> Language:
    """Return the language that a framework is written in, as one to choose."""
    return Language("", code, _NAMES.get(code.partition("-")[0], code))


def languages_of(variants: Iterable[PublishedVariant]) -> tuple[Language, ...]:
    """Return the languages of variants that are offered, each once, by tag."""
    names = {
        each.reference.language: each.variant.language_name
        for each in variants
        if each.withdrawn_on is None
    }
    return tuple(Language(tag, tag, names[tag]) for tag in sorted(names))


def newest_in(variants: Iterable[PublishedVariant], language: str) -> Variant | None:
    """Return the newest variant in a language that is offered, or None."""
    found = [
        each.variant
        for each in variants
        if each.reference.language == language and each.withdrawn_on is None
    ]
    return max(found, key=lambda each: each.revision, default=None)


def edition_of(variants: Iterable[PublishedVariant], edition: str) -> Variant | None:
    """Return the very variant in which an answer was given, withdrawn or not.

    Where there is none of that revision it is the newest one in the language, or None.
    """
    variants = tuple(variants)
    exact = next((each.variant for each in variants if each.variant.edition == edition), None)
    return exact or newest_in(variants, edition.partition(".")[0])
