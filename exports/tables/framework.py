"""A framework version as one CSV, and small tables that fit in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from exports.tables.cells import cell
from frameworks.library import Published
from frameworks.model import Competency, Framework

FRAMEWORK_COLUMNS = (
    "framework",
    "version",
    "framework_digest",
    "domain_key",
    "domain",
    "competency_key",
    "competency_digest",
    "code",
    "competency",
    "statement",
    "only_for",
    "kind",
    "item_key",
    "use",
    "scale",
    "level",
    "level_label",
    "stage",
    "url",
    "text",
)
"""The columns of `framework_csv`: later versions only add to their end."""


def framework_csv(published: Published) -> str:
    """Return a version as CSV: a row a competency, and below it a row for all that hangs on it.

    `kind` says what a row is: competency, effective, ineffective, anchor, stage, question or
    development (its own kind is in `use`). Every row carries the competency's columns, so that it
    can be filtered and sorted. Lines end in CRLF as RFC 4180 asks.
    """
    rows = ([row.get(column, "") for column in FRAMEWORK_COLUMNS] for row in _rows(published))
    return write_csv(FRAMEWORK_COLUMNS, rows)


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a header and rows as CSV, every cell made harmless by `cell`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([cell(each) for each in columns])
    writer.writerows([cell(each) for each in row] for row in rows)
    return text.getvalue()


def _rows(published: Published) -> Iterator[dict[str, str]]:
    framework = published.framework
    for domain in framework.all_domains():
        for competency in domain.competencies:
            first = {
                "framework": framework.slug,
                "version": framework.version,
                "framework_digest": published.digest,
                "domain_key": domain.key,
                "domain": domain.title,
                "competency_key": competency.key,
                "competency_digest": published.competency_digest(competency.key),
                "code": competency.code,
                "competency": competency.title,
                "statement": competency.statement,
                "only_for": " ".join(competency.only_for),
                "item_key": competency.key,
            }
            yield {**first, "kind": "competency", "text": competency.statement}
            for rest in _details(framework, competency):
                yield {**first, **rest}


def _details(framework: Framework, competency: Competency) -> Iterator[dict[str, str]]:
    labels = {
        (scale.key, level.key): level.label for scale in framework.scales for level in scale.levels
    }
    for indicator in competency.indicators:
        yield {"kind": indicator.polarity.value, "item_key": indicator.key, "text": indicator.text}
    for anchor in competency.anchors:
        yield {
            "kind": "anchor",
            "scale": anchor.scale,
            "level": anchor.level,
            "level_label": labels.get((anchor.scale, anchor.level), ""),
            "text": anchor.text,
        }
    for stage in competency.stages:
        yield {"kind": "stage", "stage": stage.stage, "text": stage.text}
    for question in competency.questions:
        yield {
            "kind": "question",
            "item_key": question.key,
            "use": question.use.value,
            "text": question.text,
        }
    for development in competency.development:
        yield {
            "kind": "development",
            "use": development.kind,
            "url": development.url or "",
            "text": development.title,
        }
