"""Every domain and competency of a framework with its place in the tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from frameworks.model import Competency, Domain, Framework
from frameworks.problems import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The tree as flat lists, in printed order; a domain stands before what it holds."""

    domains: tuple[tuple[Path, Domain], ...]
    competencies: tuple[tuple[Path, Competency], ...]
    parents: dict[str, str]
    """The key of the domain around each domain and competency; empty at the top."""

    def keyed(self) -> Iterator[tuple[Path, str, str]]:
        """Yield the place, the kind and the key of everything that shares one space of keys."""
        for path, domain in self.domains:
            yield path, "domain", domain.key
        for path, competency in self.competencies:
            yield path, "competency", competency.key
            for position, indicator in enumerate(competency.indicators):
                yield (*path, "indicators", position), "indicator", indicator.key
            for position, question in enumerate(competency.questions):
                yield (*path, "questions", position), "question", question.key


def places(framework: Framework) -> Places:
    """Return where each domain and competency of a framework stands."""
    domains: list[tuple[Path, Domain]] = []
    competencies: list[tuple[Path, Competency]] = []
    parents: dict[str, str] = {}

    def visit(held: Iterable[Domain], path: Path, parent: str) -> None:
        for position, domain in enumerate(held):
            here = (*path, "domains", position)
            domains.append((here, domain))
            parents[domain.key] = parent
            for place, competency in enumerate(domain.competencies):
                competencies.append(((*here, "competencies", place), competency))
                parents[competency.key] = domain.key
            visit(domain.domains, here, domain.key)

    visit(framework.domains, (), "")
    return Places(tuple(domains), tuple(competencies), parents)
