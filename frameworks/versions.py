"""Versions in parts, ordered as semantic versioning orders them, and references to them."""

from __future__ import annotations

import re

from frameworks.fields import SLUG_PATTERN, VERSION_PATTERN, Frozen, Slug, Version


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
