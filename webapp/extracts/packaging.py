"""What stands in the ZIP beside the tables: the facts for programs, and plain words for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from exports.tables.packages import MANIFEST, Part
from webapp.consultations.submissions import Standing
from webapp.extracts.extract import FileFormat, Layout, Which
from webapp.extracts.services import Work
from webapp.extracts.words import STANDINGS, WHICH, uk_moment

SCHEMA = 1
_RULE = (
    "A cell that a spreadsheet could take for a formula has an apostrophe in front: take away one "
    "where what follows the apostrophes begins with =, +, -, @ or the like. What cannot stand in a "
    "cell is written as _x0007_, its code in hexadecimal digits. JSON Lines have every text as it "
    "was written."
)


def file_name(work: Work, version: str, suffix: str) -> str:
    """Return the name of a table: what it is, of which framework and which questionnaire."""
    asked = work.asking.in_version(version)
    names = (asked.framework.reference, asked.questionnaire.reference)
    of_what = "-".join(str(each).replace("@", "-") for each in names)
    return f"{work.options.layout.value}-{of_what}{suffix}"


def left_out(work: Work, wordless: int, campaigns: int) -> list[dict[str, Any]]:
    """Return what is not in an export, how much of it there is, and why."""
    found: list[dict[str, Any]] = []
    if work.options.which is Which.COUNTING:
        for standing, number in sorted(work.standings.items()):
            if standing != Standing.COUNTS.value and number:
                words = STANDINGS.get(standing, standing)
                found.append({"responses": number, "why": words})
    if campaigns:
        found.append({"responses": campaigns, "why": "Belongs to a campaign"})
    if work.options.layout is Layout.COMMENTS and wordless:
        why = "A choice without words: it stands beside the comments on the same item"
        found.append({"answers": wordless, "why": why})
    return found


def manifest(
    work: Work,
    *,
    read_at: dt.datetime,
    responses: int,
    rows: int,
    missing: list[dict[str, Any]],
) -> Mapping[str, Any]:
    """Return what programs should know of an export; the files are added by who packs them."""
    options, consultation, asking = work.options, work.consultation, work.asking
    return {
        "schema": SCHEMA,
        "layout": options.layout.value,
        "format": options.file_format.value,
        "organisation": work.organisation,
        "consultation": {"slug": consultation.slug, "title": consultation.title},
        "framework": {
            "reference": str(asking.framework.reference),
            "digest": asking.framework_digest,
        },
        "questionnaires": [
            {"reference": str(each.questionnaire.reference), "digest": each.questionnaire_digest}
            for each in asking.every_version
        ],
        "editions": [
            {
                "number": each.number,
                "shown_from": each.shown_from.isoformat(),
                "questionnaire_version": each.questionnaire_version,
            }
            for each in work.editions
        ],
        "filters": {
            "responses": options.which.value,
            "campaign_responses": options.with_campaigns,
            "names": options.with_names,
        },
        "read_at": read_at.isoformat(),
        "responses": responses,
        "rows": rows,
        "left_out": missing,
        "cells": _RULE,
    }


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}"


def readme(
    work: Work,
    parts: tuple[Part, ...],
    *,
    read_at: dt.datetime,
    missing: list[dict[str, Any]],
) -> str:
    """Return what people should know of an export, in plain words."""
    options = work.options
    lines = [
        f"{work.consultation.title}",
        f"{work.organisation}",
        "",
        f"What people said, as it was at {uk_moment(read_at)} UK time.",
        f"Responses: {_lower(WHICH[options.which])}.",
        f"Names: {'included' if options.with_names else 'not included'}.",
        "Words that were taken out are not in these files; a column says where.",
        "A column says what may be published. These files are for the team, not for publication.",
        "",
        "Files:",
        *(f"  {each.name}: {_counted(each.written.rows, 'row')}" for each in parts),
        f"  {MANIFEST}: every file with its SHA-256, for programs",
        "",
    ]
    if options.layout is Layout.RESPONSES and len(work.asking.every_version) > 1:
        lines += [
            "The questionnaire was revised. A response that answers questions of two versions has",
            "a row in the file of each: “Also in the files of other versions” says so.",
            "",
        ]
    if missing:
        lines += ["Left out:"]
        for each in missing:
            of = "responses" if "responses" in each else "answers"
            lines.append(f"  {_counted(each[of], of.removesuffix('s'))}: {_lower(each['why'])}")
        lines.append("")
    shortened = sum(each.written.shortened for each in parts)
    if shortened:
        lines += [
            f"Cut short, and saying where the whole text stands: {_counted(shortened, 'cell')}.",
            "",
        ]
    lines += ["How cells are written:", f"  {_RULE}"]
    if options.file_format is FileFormat.CSV:
        lines += [
            "",
            "To work in a spreadsheet, the XLSX or ODS export opens more reliably than CSV.",
        ]
    return "\n".join(lines) + "\n"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
