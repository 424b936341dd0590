"""Which versions of frameworks and questionnaires there are, and where each stands on a day."""

from __future__ import annotations

import builtins
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from frameworks.digest import (
    competency_digest,
    framework_digest,
    questionnaire_digest,
)
from frameworks.journal import Locked
from frameworks.lifecycle import Dated, Status, statuses
from frameworks.model import Framework, Reference, SemVer
from frameworks.problems import Problem, Unreadable
from frameworks.publishing import (
    CannotPublish,
    publish_draft,
    publish_questionnaire,
    publish_variant,
    withdraw,
)
from frameworks.questionnaire import Purpose, Questionnaire
from frameworks.reader import read_framework, read_questionnaire, read_variant
from frameworks.shelf import Shelf, content_of, intact, journal_of
from frameworks.variant_shelves import PublishedVariant, Variants
from frameworks.variants import Source, VariantOf
from frameworks.versions import Name, VariantReference

__all__ = [
    "CannotPublish",
    "Library",
    "Published",
    "PublishedVariant",
    "Status",
    "UnknownVersion",
]

HERE = Path(__file__).parent
SHIPPED = HERE / "published"
SHIPPED_QUESTIONNAIRES = HERE / "questionnaires"
QUESTIONNAIRES = "questionnaires"
"""The folder for questionnaires within a writable library."""


class UnknownVersion(KeyError):
    """A version that the library does not have, or whose file is not what was locked."""

    def __str__(self) -> str:
        """Return the message as it is; KeyError would put it in quotes."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Published:
    """A framework version of the library with its content digest and its status on a day."""

    framework: Framework
    digest: str
    status: Status
    published_on: dt.date | None = None
    withdrawn_on: dt.date | None = None

    @property
    def reference(self) -> Reference:
        """The framework's name and version."""
        return self.framework.reference

    def citation(self, item_key: str) -> str:
        """Return `slug@version#item-key`, which every answer, score and signature carries."""
        return f"{self.reference}#{item_key}"

    def competency_digest(self, key: str) -> str:
        """Return the digest of a competency; KeyError if the version has none of that key."""
        return competency_digest(self.framework.competency(key))


def today_in_england() -> dt.date:
    """Return today's date, by which versions come into force."""
    return dt.datetime.now(ZoneInfo("Europe/London")).date()


class Library:
    """The versions in one or more folders, each with a LOCK; safe to share between threads."""

    def __init__(
        self,
        *folders: Path,
        questionnaires: Iterable[Path] = (),
        today: Callable[[], dt.date] = today_in_england,
    ) -> None:
        """Read frameworks from `folders` and questionnaires from `questionnaires`.

        A folder need not exist yet; where two hold the same version, the first one counts.
        """
        self.shelves = tuple(Shelf(each, read_framework, framework_digest) for each in folders)
        self._questionnaires = tuple(
            Shelf(each, read_questionnaire, questionnaire_digest) for each in questionnaires
        )
        self._variants = {
            VariantOf.FRAMEWORK: Variants(each.folder for each in self.shelves),
            VariantOf.QUESTIONNAIRE: Variants(each.folder for each in self._questionnaires),
        }
        self._today = today

    @classmethod
    def shipped(cls, writable: Path | None = None) -> Library:
        """Return what ships with the program, with a writable folder beside it if one is given."""
        if writable is None:
            return cls(SHIPPED, questionnaires=[SHIPPED_QUESTIONNAIRES])
        questionnaires = [SHIPPED_QUESTIONNAIRES, writable / QUESTIONNAIRES]
        return cls(SHIPPED, writable, questionnaires=questionnaires)

    def list(self, on: dt.date | None = None) -> tuple[Published, ...]:
        """Return every intact version, by slug and then by version, with its status on a day.

        A version whose file is not what was locked is left out; `verify` says why.
        """
        found: dict[str, list[tuple[Locked, Framework]]] = {}
        for locked, framework in intact(self.shelves):
            found.setdefault(framework.slug, []).append((locked, framework))
        day = on or self._today()
        return tuple(
            published for slug in sorted(found) for published in _published(found[slug], day)
        )

    def find(self, reference: Reference, on: dt.date | None = None) -> Published | None:
        """Return a version with its status on a day (today), or None if it is not there."""
        return next((each for each in self.list(on) if each.reference == reference), None)

    def get(self, reference: Reference, on: dt.date | None = None) -> Published:
        """Return a version with its status on a day (today); raises UnknownVersion."""
        found = self.find(reference, on)
        if found is None:
            raise UnknownVersion(f"the library has no intact {reference}")
        return found

    def newest(self, slug: str, on: dt.date | None = None) -> Published | None:
        """Return the highest version that is not withdrawn, or None if there is none."""
        versions = [
            each
            for each in self.list(on)
            if each.framework.slug == slug and each.status is not Status.WITHDRAWN
        ]
        return versions[-1] if versions else None

    def in_force(self, slug: str, on: dt.date | None = None) -> Published | None:
        """Return the version in force on a day (today), or None if none is."""
        return next(
            (
                each
                for each in self.list(on)
                if each.framework.slug == slug and each.status is Status.IN_FORCE
            ),
            None,
        )

    def file(self, reference: Reference) -> bytes:
        """Return a version's file to the byte as it was locked; raises UnknownVersion."""
        return _file(self.shelves, reference)

    def questionnaire_file(self, reference: Reference) -> bytes:
        """Return a questionnaire's file to the byte as it was locked; raises UnknownVersion."""
        return _file(self._questionnaires, reference)

    def variants(
        self, of: Reference, kind: VariantOf = VariantOf.FRAMEWORK
    ) -> tuple[PublishedVariant, ...]:
        """Return the newest language variants of a version, by language."""
        return self._variants[kind].newest(of)

    def editions(
        self, of: Reference, kind: VariantOf = VariantOf.FRAMEWORK
    ) -> tuple[PublishedVariant, ...]:
        """Return every variant that a version ever had, by language and revision."""
        return self._variants[kind].editions(of)

    def variant(
        self, of: Reference, edition: str, kind: VariantOf = VariantOf.FRAMEWORK
    ) -> PublishedVariant:
        """Return the newest variant in a language, or that of a language and revision.

        Raises UnknownVersion.
        """
        found = self._variants[kind].find(of, edition)
        if found is None:
            raise UnknownVersion(f"the library has no intact {of}.{edition}")
        return found

    def questionnaires(self) -> tuple[Questionnaire, ...]:
        """Return every intact one for consulting that is not withdrawn, by slug and version."""
        return tuple(each for _, each in self._asking(Purpose.CONSULTATION))

    def questionnaire(
        self, slug: str, version: str, purpose: Purpose = Purpose.CONSULTATION
    ) -> Questionnaire:
        """Return one for this purpose, withdrawn or not; raises UnknownVersion."""
        for _, asked in intact(self._questionnaires):
            is_meant = (asked.slug, asked.version) == (slug, version)
            if is_meant and asked.purpose is purpose:
                return asked
        raise UnknownVersion(f"the library has no intact questionnaire {slug}@{version}")

    def equality_set(self, on: dt.date) -> Questionnaire | None:
        """Return the newest equality questions of a day, or None where there are none.

        Before the first were published, those are the ones, so that nobody is left without.
        """
        found = self._asking(Purpose.EQUALITY)
        found.sort(key=lambda each: each[0].published_on)
        by_then = [asked for locked, asked in found if locked.published_on <= on]
        later = [asked for _, asked in found]
        return by_then[-1] if by_then else next(iter(later), None)

    def newest_variant(self, slug: str, language: str, kind: VariantOf) -> PublishedVariant | None:
        """Return the last variant in a language of the highest version that has one, or None."""
        return self._variants[kind].newest_of(slug, language)

    def variant_file(
        self, reference: VariantReference, kind: VariantOf = VariantOf.FRAMEWORK
    ) -> bytes:
        """Return a variant's file to the byte as it was locked; raises UnknownVersion."""
        return _file(self._variants[kind].shelves, reference)

    def verify(self) -> tuple[Problem, ...]:
        """Return everything that is wrong with the library's files; empty if all is well."""
        frameworks = [problem for shelf in self.shelves for problem in shelf.verify()]
        asked = [problem for shelf in self._questionnaires for problem in shelf.verify()]
        variants = [
            problem
            for each in self._variants.values()
            for shelf in each.shelves
            for problem in shelf.verify()
        ]
        # A folder's strays are seen from its versions and from its variants.
        return tuple(dict.fromkeys((*frameworks, *asked, *variants)))

    def publish(self, draft: Path, version: str, on: dt.date | None = None) -> Published:
        """Write a draft into the last folder as `version`, lock it, and return it.

        Raises Unreadable with every problem of the draft, its step from the version before
        included, or CannotPublish; then nothing is written.
        """
        day = on or self._today()
        written = publish_draft(
            draft,
            version,
            known=lambda: [framework for _, framework in intact(self.shelves)],
            folder=self.shelves[-1].folder,
            on=day,
        )
        return self.get(written.reference, day)

    def publish_questionnaire(
        self, draft: Path, version: str, on: dt.date | None = None
    ) -> Questionnaire:
        """Write a questionnaire into the last folder for them as `version`, and lock it.

        Raises Unreadable with every problem of the draft, or CannotPublish.
        """
        return publish_questionnaire(
            draft,
            version,
            known=lambda: [asked for _, asked in intact(self._questionnaires)],
            folder=self._questionnaires[-1].folder,
            on=on or self._today(),
        )

    def _asking(self, purpose: Purpose) -> builtins.list[tuple[Locked, Questionnaire]]:
        found = [
            (locked, asked)
            for locked, asked in intact(self._questionnaires)
            if locked.withdrawn_on is None and asked.purpose is purpose
        ]
        found.sort(key=lambda each: (each[1].slug, SemVer.parse(each[1].version).sort_key()))
        return found

    def publish_variant(self, draft: Path, on: dt.date | None = None) -> PublishedVariant:
        """Write a language variant into the last folder as its next revision, and lock it.

        Raises Unreadable with every problem of the draft, or CannotPublish.
        """
        kind = read_variant(draft.read_bytes(), str(draft)).variant_of
        written = publish_variant(
            draft,
            source=lambda reference: self.source(reference, kind),
            known=self._variants[kind].references,
            folder=self._variants[kind].shelves[-1].folder,
            on=on or self._today(),
        )
        return self.variant(written.of, written.edition, kind)

    def source(self, reference: Reference, kind: VariantOf) -> Source | None:
        """Return the framework or questionnaire of this name and version, or None."""
        shelves: Iterable[Shelf[Any]] = self.shelves
        if kind is VariantOf.QUESTIONNAIRE:
            shelves = self._questionnaires
        for locked, value in intact(shelves):
            if locked.reference == reference:
                return cast("Source", value)
        return None

    def withdraw(self, reference: Name, reason: str, on: dt.date | None = None) -> None:
        """Enter in LOCK that a version was withdrawn; raises UnknownVersion or CannotPublish."""
        variants = self._variants[VariantOf.FRAMEWORK].shelves
        shelves: tuple[Shelf[Any], ...] = (*self.shelves, *variants)
        for shelf in shelves:
            if reference in journal_of(shelf):
                withdraw(shelf.folder, reference, reason, on or self._today())
                return
        raise UnknownVersion(f"the library has no {reference}")


def _file(shelves: Iterable[Shelf[Any]], name: Name) -> bytes:
    try:
        content = content_of(shelves, name)
    except Unreadable as damaged:
        raise UnknownVersion(str(damaged)) from damaged
    if content is None:
        raise UnknownVersion(f"the library has no {name}")
    return content


def _published(versions: list[tuple[Locked, Framework]], day: dt.date) -> Iterator[Published]:
    by_reference = statuses([Dated(each, locked.withdrawn_on) for locked, each in versions], day)
    ordered = sorted(versions, key=lambda pair: SemVer.parse(pair[1].version).sort_key())
    for locked, framework in ordered:
        yield Published(
            framework=framework,
            digest=locked.content_digest,
            status=by_reference[framework.reference],
            published_on=locked.published_on,
            withdrawn_on=locked.withdrawn_on,
        )
