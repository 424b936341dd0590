"""Language variants for tests: whatever is given, written for the words of a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frameworks.model import Framework, Licence
from frameworks.variants import ItemTexts, Source, Variant, VariantOf, source_texts

Texts = Mapping[str, Mapping[str, Any]]


def a_variant(source: Source, texts: Texts, language: str = "cy", **changes: Any) -> Variant:
    """Make a variant of a framework or questionnaire with these texts by item key."""
    digests = {each.key: each.digest for each in source_texts(source)}
    kind = VariantOf.FRAMEWORK if isinstance(source, Framework) else VariantOf.QUESTIONNAIRE
    data: dict[str, Any] = {
        "variant_of": kind,
        "slug": source.slug,
        "version": source.version,
        "language": language,
        "language_name": "Cymraeg",
        "title": "Cymwyseddau",
        "made_by": "A translator",
        "checked": "By nobody.",
        "licence": Licence(name="CC BY 4.0", attribution="Tests"),
        "texts": [
            ItemTexts.model_validate({"key": key, "source": digests[key], **fields})
            for key, fields in texts.items()
        ],
    }
    return Variant.model_validate(data | changes)


def in_welsh(source: Source, *keys: str) -> Variant:
    """Make a variant that has every text of these items, of all where none is named."""
    texts: dict[str, dict[str, Any]] = {}
    for item in source_texts(source):
        if keys and item.key not in keys:
            continue
        fields: dict[str, Any] = {}
        for field, text in item.fields:
            name, _, option = field.partition(".")
            if option:
                fields.setdefault(name, []).append({"key": option, "label": welsh(text)})
            else:
                fields[name] = welsh(text)
        texts[item.key] = fields
    return a_variant(source, texts)


def welsh(text: str) -> str:
    """Return a text as the variants of tests have it: told apart from its source at a glance."""
    return f"Cy: {text}"
