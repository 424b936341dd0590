"""The pages and tables of the log, as values."""

from __future__ import annotations

from collections.abc import Iterable

from exports.tables import write_csv
from webapp.outreach.entries import Kind, class_in_words, way_in_words
from webapp.outreach.lines import ByClass, ClassTold, Line, OrganisationLine
from webapp.outreach.names import Answered

ANSWERED_WORDS = {
    Answered.YES: "Yes",
    Answered.NOT_COUNTED: "One came and does not count so far",
    Answered.PERHAPS: "Perhaps",
    Answered.NO: "Not yet",
}
LOG_COLUMNS = (
    "told_on",
    "audience",
    "named_organisation",
    "class",
    "how",
    "about_how_many",
    "note",
    "attachment",
    "version",
    "recorded_by",
    "struck_out",
)
CLASS_COLUMNS = (
    "class",
    "entries",
    "about_how_many",
    "entries_without_a_number",
    "last_told_on",
    "responses_that_count",
    "state",
)
ORGANISATION_COLUMNS = (
    "organisation",
    "class",
    "times_told",
    "last_told_on",
    "last_told_how",
    "response_in_this_name",
    "names_that_may_mean_the_same",
)


def log_table(lines: Iterable[Line]) -> str:
    """Return the entries as CSV."""
    return write_csv(
        LOG_COLUMNS,
        (
            (
                line.told.told_on.isoformat(),
                line.told.audience,
                "yes" if line.told.kind is Kind.ORGANISATION else "no",
                class_in_words(line.told.audience_class),
                way_in_words(line.told.way),
                "" if line.told.reached is None else str(line.told.reached),
                line.told.note,
                line.told.attachment.file_name if line.told.attachment else "",
                str(line.newest),
                line.by,
                "yes" if line.is_struck else "no",
            )
            for line in lines
        ),
    )


def classes_table(summary: ByClass) -> str:
    """Return the classes as CSV, with what was meant for everybody in front."""
    everybody = (
        (("Everybody", *_told_cells(summary.everybody), "", ""),) if summary.everybody else ()
    )
    classes = (
        (line.label, *_told_cells(line.told), str(line.responses), line.state.value)
        for line in summary.lines
    )
    return write_csv(CLASS_COLUMNS, (*everybody, *classes))


def organisations_table(lines: Iterable[OrganisationLine]) -> str:
    """Return the organisations as CSV."""
    return write_csv(
        ORGANISATION_COLUMNS,
        (
            (
                line.name,
                line.label,
                str(len(line.entries)),
                line.last.told.told_on.isoformat(),
                way_in_words(line.last.told.way),
                ANSWERED_WORDS[line.match.answered],
                "; ".join(line.match.others),
            )
            for line in lines
        ),
    )


def _told_cells(told: ClassTold | None) -> tuple[str, str, str, str]:
    if told is None:
        return ("0", "", "0", "")
    reached = str(told.reached) if told.reached else ""
    return (str(told.entries), reached, str(told.unknown), told.last_on.isoformat())
