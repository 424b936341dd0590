"""Frameworks made up by Hypothesis: odd texts, any tree, every kind of part."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from frameworks.model import (
    Accountability,
    Anchor,
    AssessAt,
    ChangeKind,
    Competency,
    Derivation,
    Development,
    Domain,
    Framework,
    Indicator,
    Polarity,
    PromptQuestion,
    Source,
    Stage,
    StageDescriptor,
    Use,
)
from tests.factories.frameworks import (
    a_framework,
    a_profile,
    a_requirement,
    an_accountability,
    evidence_scale,
    frequency_scale,
)

ODD = (
    *("true", "no", "~", "null", "010", "1_000", "2026-04-01", "- dash", "# none", "key: value"),
    *("'single'", '"double"', "  leading", "trailing  ", "a\nb", "a\n\n  b\n", "\n", "tab\there"),
    *(
        "שלום",
        "مرحبا 👋🏽",
        "née\u00a0Smith",
        "\u200bzero",
        "{flow}",
        "[list]",
        "&anchor",
        "*alias",
    ),
    *(
        "!tag",
        "%percent",
        "@at",
        "`tick`",
        "a #b",
        "a:",
        "back\\slash",
        "> fold",
        "| keep",
        "?",
        "-",
    ),
    *("--- a", "...", "word " * 40, "x" * 200, "line\n" * 3, "two  blanks " + "y" * 100, "=", "é́"),
)

marks = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
)
prose = st.one_of(
    st.sampled_from(ODD),
    st.text(st.one_of(marks, st.sampled_from(" \n\t:#'\"-")), max_size=120),
    st.builds("{}{}".format, st.sampled_from(ODD), st.sampled_from(ODD)),
).map(lambda text: text[:4000])
texts = prose.filter(lambda text: bool(text.strip()))
lines = texts.map(lambda text: " ".join(text.replace("\n", " ").split("\t"))[:300]).filter(
    lambda text: bool(text.strip())
)


def stretched(draw: st.DrawFn, prefix: str, limit: int = 3) -> list[str]:
    """Draw a few keys that begin alike and differ."""
    return [f"{prefix}-{number}" for number in range(draw(st.integers(0, limit)))]


@st.composite
def competencies(draw: st.DrawFn, key: str) -> Competency:
    """Draw a competency with this key and any of the parts that it may hold."""
    levels = draw(st.lists(st.sampled_from("01234"), unique=True))
    frequencies = draw(st.lists(st.sampled_from(["frequently", "no-chance"]), unique=True))
    return Competency(
        key=key,
        code=draw(lines),
        title=draw(lines),
        statement=draw(texts),
        only_for=tuple(draw(st.sets(st.just("provider-chair")))),
        indicators=tuple(
            Indicator(key=each, polarity=draw(st.sampled_from(Polarity)), text=draw(texts))
            for each in stretched(draw, f"{key}.i")
        ),
        anchors=(
            *(Anchor(scale="evidence", level=each, text=draw(texts)) for each in levels),
            *(Anchor(scale="frequency", level=each, text=draw(texts)) for each in frequencies),
        ),
        stages=tuple(
            StageDescriptor(stage=each, text=draw(texts))
            for each in draw(st.lists(st.sampled_from(["first", "board"]), unique=True))
        ),
        questions=tuple(
            PromptQuestion(key=each, use=draw(st.sampled_from(Use)), text=draw(texts))
            for each in stretched(draw, f"{key}.q")
        ),
        development=tuple(
            Development(title=f"{each} {draw(lines)}"[:300], kind=draw(lines))
            for each in stretched(draw, "t", 2)
        ),
        derivation=Derivation(
            change=ChangeKind.NEW,
            rationale=draw(prose),
            decisions=tuple(draw(st.lists(lines, max_size=2))),
        ),
    )


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """Draw a whole framework, up to four domains in any tree, with what may stand in a file."""
    keys = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1))
    domains = _tree(draw, keys)
    held = sorted(each.key for domain in domains for each in domain.all_competencies())
    asked = draw(st.lists(st.sampled_from(held), unique=True))
    requirements = tuple(
        a_requirement(
            key,
            weight=draw(st.integers(1, 100)),
            essential=draw(st.booleans()),
            assess_at=tuple(draw(st.lists(st.sampled_from(AssessAt), unique=True))),
        )
        for key in asked
    )
    return a_framework(
        title=draw(lines),
        summary=draw(texts),
        owner=draw(lines),
        release_notes=draw(prose),
        sources=tuple(
            Source(title=f"{each} {draw(lines)}"[:300], publisher="P", licence="L", use="adapted")
            for each in stretched(draw, "s", 2)
        ),
        scales=(evidence_scale(), frequency_scale()),
        uses=tuple(
            {"use": use, "scale": draw(st.sampled_from(["evidence", "frequency"]))}
            for use in draw(st.lists(st.sampled_from(Use), unique=True))
        ),
        stages=(Stage(key="first", title=draw(lines)), Stage(key="board", title=draw(lines))),
        domains=domains,
        profiles=(
            a_profile(requirements=requirements, accountability=tuple(_rules(draw))),
            *draw(st.lists(st.just(a_profile(key="other", requirements=())), max_size=1)),
        ),
    )


def _tree(draw: st.DrawFn, keys: list[str]) -> tuple[Domain, ...]:
    domains: list[Domain] = []
    for number in range(draw(st.integers(1, 3))):
        mine = [key for position, key in enumerate(keys) if position % 3 == number]
        inner = draw(st.integers(0, len(mine)))
        below = _domain(draw, f"d{number}.below", mine[:inner], ())
        domain = _domain(draw, f"d{number}", mine[inner:], (below,) if inner else ())
        if mine:
            domains.append(domain)
    return tuple(domains)


def _domain(draw: st.DrawFn, key: str, held: list[str], domains: tuple[Domain, ...]) -> Domain:
    return Domain(
        key=key,
        title=draw(lines),
        looks_like=draw(prose),
        competencies=tuple(draw(competencies(f"c.{each}")) for each in held),
        domains=domains,
    )


def _rules(draw: st.DrawFn) -> list[Accountability]:
    rules: list[Accountability] = []
    for number in range(draw(st.integers(0, 2))):
        dates: dict[str, Any] = {
            "from_on": dt.date(2024 + number, 4, 1),
            "until_on": dt.date(2025 + number, 4, 1),
        }
        rules.append(an_accountability(appointed_by=draw(lines), source=draw(prose), **dates))
    return rules
