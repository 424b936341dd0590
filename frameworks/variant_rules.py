"""What makes a language variant one of the version that it names, and how much of it is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frameworks.model import Framework
from frameworks.problems import Finding, Path, did_you_mean
from frameworks.questionnaire_rules import placeholders
from frameworks.repeats import repeats
from frameworks.variants import (
    OPTION_PREFIX,
    ItemTexts,
    Source,
    SourceTexts,
    Variant,
    VariantOf,
    source_texts,
    spoken,
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many items of a version a variant has, and which of them read as their source does."""

    written: int
    of: int
    same: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left in the source's language."""
        return self.written == self.of


def check_variant(variant: Variant) -> list[Finding]:
    """Return everything that is wrong within one variant, whatever it is a variant of."""
    findings = list(repeats(variant.texts, lambda each: each.key, ("texts",), "key", "item"))
    for position, texts in enumerate(variant.texts):
        path = ("texts", position, "options")
        findings += repeats(texts.options, lambda each: each.key, path, "key", "option")
    if not variant.written():
        findings.append(Finding(("texts",), "no item has a text yet: write at least one"))
    return findings


def check_against(variant: Variant, source: Source) -> list[Finding]:
    """Return where a variant is at odds with the version that it is of."""
    return list(_at_odds(variant, source))


def coverage(variant: Variant, source: Source) -> Coverage:
    """Return how much of a version a variant has."""
    there = spoken(variant, source)
    items = source_texts(source)
    same = (
        each.key
        for each in items
        if each.key in there and there[each.key].given == dict(each.fields)
    )
    return Coverage(len(there), len(items), tuple(same))


def _at_odds(variant: Variant, source: Source) -> Iterator[Finding]:
    kind = VariantOf.FRAMEWORK if isinstance(source, Framework) else VariantOf.QUESTIONNAIRE
    if variant.variant_of is not kind:
        message = f"{source.reference} is a {kind}, not a {variant.variant_of}"
        yield Finding(("variant_of",), message)
        return
    if variant.language == source.language:
        message = f"{source.reference} is in {source.language} itself: name another language"
        yield Finding(("language",), message)
    known = {each.key: each for each in source_texts(source)}
    for position, texts in enumerate(variant.texts):
        path: Path = ("texts", position)
        item = known.get(texts.key)
        if item is None:
            near = did_you_mean(texts.key, known)
            message = f"{source.reference} has no “{texts.key}” to put into words{near}"
            yield Finding((*path, "key"), message)
        elif texts.source != item.digest:
            message = (
                f"“{texts.key}” stands for other words than those of {source.reference}:"
                f" read them again, then write source: {item.digest}"
            )
            yield Finding((*path, "source"), message)
        else:
            yield from _fields(texts, item, path)


def _fields(texts: ItemTexts, item: SourceTexts, path: Path) -> Iterator[Finding]:
    wanted, given = dict(item.fields), texts.given
    for field in given:
        if field not in wanted:
            message = f"the {item.kind} “{texts.key}” has no {_told(field)} to put into words"
            yield Finding((*path, *_place(texts, field)), message)
    # A page is in one language item by item, so an item is there as a whole or not at all.
    missing = [_told(field) for field in wanted if given and field not in given]
    if missing:
        message = f"“{texts.key}” is not whole: {', '.join(missing)} missing"
        yield Finding(path, message)
    for field, text in given.items():
        named = set(placeholders(text))
        expected = set(placeholders(wanted.get(field, "")))
        if item.kind == "question" and field in wanted and named != expected:
            filled = " and ".join(sorted(expected)) or "no placeholder"
            message = f"the {_told(field)} of “{texts.key}” fills in {filled}, as its source does"
            yield Finding((*path, *_place(texts, field)), message)


def _told(field: str) -> str:
    if field.startswith(OPTION_PREFIX):
        return f"option {field.removeprefix(OPTION_PREFIX)}"
    return field


def _place(texts: ItemTexts, field: str) -> Path:
    if not field.startswith(OPTION_PREFIX):
        return (field,)
    keys = [each.key for each in texts.options]
    return ("options", keys.index(field.removeprefix(OPTION_PREFIX)))
