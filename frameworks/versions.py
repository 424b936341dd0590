"""Versions in parts, ordered as semantic versioning orders them, and references to them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from frameworks.fields import (
    SLUG_PATTERN,
    VARIANT_LANGUAGE_PATTERN,
    VERSION_PATTERN,
    Frozen,
    Number,
    Slug,
    VariantLanguage,
    Version,
)

_VARIANT = re.compile(
    rf"(?P<version>{VERSION_PATTERN.strip('^$')})"
    rf"\.(?P<language>{VARIANT_LANGUAGE_PATTERN.strip('^$')})"
    r"(?:\.(?P<revision>[2-9]|[1-9][0-9]{1,5}))?"
)


class SemVer(Frozen):
    """A version in parts, ordered as semantic versioning orders them."""

    major: int
    minor: int
    patch: int
    pre: str = ""
    pre_number: int = 0

    @classmethod
    def parse(cls, text: str) -> SemVer:
        """Return the parts of `1.2.3-beta.4`; ValueError if it is not of that form."""
        if not re.fullmatch(VERSION_PATTERN, text):
            raise ValueError(f"“{text}” is not a version such as 1.0.0 or 1.0.0-beta.1")
        core, _, tail = text.partition("-")
        major, minor, patch = (int(part) for part in core.split("."))
        pre, _, number = tail.partition(".")
        return cls(major=major, minor=minor, patch=patch, pre=pre, pre_number=int(number or 0))

    @property
    def is_final(self) -> bool:
        """Whether this is a bare version, not a draft, consultation or candidate."""
        return not self.pre

    @property
    def core(self) -> tuple[int, int, int]:
        """The three numbers, which a final version shares with its drafts."""
        return (self.major, self.minor, self.patch)

    def sort_key(self) -> tuple[int, int, int, int, str, int]:
        """Return a tuple that sorts as the versions do: a final after its pre-releases."""
        return (self.major, self.minor, self.patch, int(self.is_final), self.pre, self.pre_number)

    def __lt__(self, other: SemVer) -> bool:
        """Order by precedence."""
        return self.sort_key() < other.sort_key()


class Reference(Frozen):
    """A framework version by name: `slug@version`."""

    slug: Slug
    version: Version

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Return the parts of `slug@version`; ValueError if it is not of that form."""
        slug, at, version = text.partition("@")
        if (
            not at
            or not re.fullmatch(SLUG_PATTERN, slug)
            or not re.fullmatch(VERSION_PATTERN, version)
        ):
            raise ValueError(f"“{text}” is not a reference such as board-leadership@1.0.0")
        return cls(slug=slug, version=version)

    def __str__(self) -> str:
        """Return `slug@version`."""
        return f"{self.slug}@{self.version}"

    @property
    def stem(self) -> str:
        """Return the name of its file without the ending."""
        return self.version


class VariantReference(Frozen):
    """A language variant of a version by name: `slug@version.language`, then `.2` and so on."""

    slug: Slug
    version: Version
    language: VariantLanguage
    revision: Annotated[Number, Field(ge=1)] = 1

    @classmethod
    def parse(cls, text: str) -> VariantReference:
        """Return the parts of `slug@version.language.revision`; ValueError if it is not that."""
        slug, _, tail = text.partition("@")
        found = _VARIANT.fullmatch(tail)
        if not found or not re.fullmatch(SLUG_PATTERN, slug):
            raise ValueError(f"“{text}” is not a variant such as board-leadership@1.0.0.cy")
        return cls(
            slug=slug,
            version=found["version"],
            language=found["language"],
            revision=int(found["revision"] or 1),
        )

    @property
    def of(self) -> Reference:
        """The version that this is a variant of."""
        return Reference(slug=self.slug, version=self.version)

    @property
    def edition(self) -> str:
        """The language, and the revision from the second on: `cy`, `cy.2`."""
        return self.language if self.revision == 1 else f"{self.language}.{self.revision}"

    @property
    def stem(self) -> str:
        """Return the name of its file without the ending."""
        return f"{self.version}.{self.edition}"

    def __str__(self) -> str:
        """Return `slug@version.language`, with the revision from the second on."""
        return f"{self.slug}@{self.stem}"


Name = Reference | VariantReference
"""What a file of the library is known by."""


def parse_name(text: str) -> Name:
    """Return the version or the variant that a text names; ValueError if it names neither."""
    if _VARIANT.fullmatch(text.partition("@")[2]):
        return VariantReference.parse(text)
    return Reference.parse(text)
