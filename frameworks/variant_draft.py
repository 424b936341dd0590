"""The file that a translator starts from: every text of a version, waiting for its translation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from frameworks.model import Framework
from frameworks.strict_yaml import Plain
from frameworks.variants import (
    OPTION_PREFIX,
    ItemTexts,
    Source,
    SourceTexts,
    Variant,
    VariantOf,
    source_texts,
)
from frameworks.writer import VARIANT_HEADER
from frameworks.yaml_text import WIDTH, yaml_text


def draft_variant(source: Source, language: str, before: Variant | None = None) -> str:
    """Return a draft with each text of `source` as a comment above an empty place for it.

    What `before` says of the same words is taken over.
    """
    texts = before.written() if before else {}
    lines = (line for item in source_texts(source) for line in _item(item, texts))
    head = yaml_text(_head(source, language, before)).rstrip("\n")
    return "\n".join((VARIANT_HEADER + head, "", "texts:", *lines)) + "\n"


def _head(source: Source, language: str, before: Variant | None) -> dict[str, Plain]:
    kind = VariantOf.FRAMEWORK if isinstance(source, Framework) else VariantOf.QUESTIONNAIRE
    return {
        "schema": 1,
        "variant_of": str(kind),
        "slug": source.slug,
        "version": source.version,
        "language": language,
        "language_name": before.language_name if before else "",
        "title": before.title if before else "",
        "summary": before.summary if before else "",
        "made_by": "",
        "checked": "",
        "licence": {
            "name": source.licence.name,
            "url": source.licence.url,
            "attribution": source.licence.attribution,
        },
    }


def _item(item: SourceTexts, texts: dict[str, ItemTexts]) -> Iterator[str]:
    there = texts.get(item.key)
    given = there.given if there and there.source == item.digest else {}
    yield f"  - key: {item.key}"
    yield f'    source: "{item.digest}"'
    labels: list[str] = []
    for field, text in item.fields:
        if field.startswith(OPTION_PREFIX):
            key = field.removeprefix(OPTION_PREFIX)
            label = yaml_text({"label": given.get(field, "")}).strip()
            labels += [*_comment(text, 6), f'      - key: "{key}"', f"        {label}"]
        else:
            yield from _comment(text, 4)
            yield from _indented(yaml_text({field: given.get(field, "")}), 4)
    if labels:
        yield "    options:"
        yield from labels


def _comment(text: str, indent: int) -> Iterator[str]:
    head = " " * indent + "# "
    for line in text.split("\n"):
        yield from textwrap.wrap(line, WIDTH, initial_indent=head, subsequent_indent=head)


def _indented(text: str, indent: int) -> Iterator[str]:
    for line in text.rstrip("\n").split("\n"):
        yield " " * indent + line if line else ""
