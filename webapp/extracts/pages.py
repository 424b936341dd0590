"""What the pages of exports show, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.consultations.consultation import Consultation
from webapp.extracts.extract import Extract, ExtractState, FileFormat, Layout
from webapp.extracts.words import FORMATS, LAYOUTS, WHICH

STATES = {
    ExtractState.WAITING: ("Waiting", "blue"),
    ExtractState.MAKING: ("Being made", "blue"),
    ExtractState.CHECKING: ("Being checked", "blue"),
    ExtractState.FINISHED: ("Ready", "green"),
    ExtractState.CANCELLED: ("Cancelled", "grey"),
    ExtractState.FAILED: ("Not made", "red"),
    ExtractState.DELETED: ("Deleted", "grey"),
}
FORMAT_HINTS = {
    FileFormat.XLSX.value: "For Excel and most other spreadsheets",
    FileFormat.ODS.value: "For LibreOffice and other open spreadsheets",
    FileFormat.CSV.value: "For programs; a text of any length is whole",
    FileFormat.JSON_LINES.value: "For programs; every text exactly as it was written",
}
LAYOUT_HINTS = {
    Layout.COMMENTS.value: "To work through: each comment and suggested wording with what it is "
    "about, and empty columns for your response and decision",
    Layout.RESPONSES.value: "To count and compare: a column for each question",
}


@dataclass(frozen=True, slots=True)
class ExtractPage:
    """An export as its page and the list show it."""

    extract: Extract
    state: str
    colour: str
    is_outdated: bool
    file_name: str

    @property
    def title(self) -> str:
        """What the page is called."""
        return f"Export: {self.state.lower()}"

    @property
    def layout(self) -> str:
        """What a row is."""
        return LAYOUTS[self.extract.options.layout]

    @property
    def file_format(self) -> str:
        """As which file it was asked for."""
        return FORMATS[self.extract.options.file_format]

    @property
    def which(self) -> str:
        """Which responses are in it."""
        return WHICH[self.extract.options.which]

    @property
    def may_be_downloaded(self) -> bool:
        """Whether the file is there, and nothing was taken out of its words since."""
        return self.extract.state is ExtractState.FINISHED and not self.is_outdated

    @property
    def count(self) -> str:
        """How many rows there are, with the word for them."""
        return self.counted(self.extract.rows)

    def counted(self, rows: int) -> str:
        """Return a number of rows with the word for them."""
        one = "comment" if self.extract.options.layout is Layout.COMMENTS else "row"
        return f"{rows:,} {one if rows == 1 else f'{one}s'}"

    @property
    def progress(self) -> str:
        """How far it is, in a sentence."""
        extract = self.extract
        match extract.state:
            case ExtractState.WAITING:
                return "It begins in a moment, when those before it are done."
            case ExtractState.CHECKING:
                return f"All {self.count} are written, and the file is read back and checked."
            case _:
                read = f"{extract.responses:,} of about {extract.total:,} responses are read"
                return f"{read}, {self.count} written."

    @property
    def size(self) -> str:
        """How large the ZIP is, as people say it."""
        made = self.extract.finished
        if made is None:
            return ""
        if made.size < 1_000_000:
            return f"{max(1, round(made.size / 1000)):,} KB"
        return f"{made.size / 1_000_000:,.1f} MB"


def extract_page(consultation: Consultation, extract: Extract, *, is_outdated: bool) -> ExtractPage:
    """Return an export as its page shows it."""
    state, colour = ("Out of date", "orange") if is_outdated else STATES[extract.state]
    moment = f"{extract.created_at:%Y-%m-%d-%H%M}"
    name = f"{consultation.slug}-{extract.options.layout.value}-{moment}.zip"
    return ExtractPage(extract, state, colour, is_outdated, name)


def listed_pages(
    consultation: Consultation, extracts: Iterable[Extract], outdated: Iterable[Extract]
) -> tuple[ExtractPage, ...]:
    """Return exports as the list shows them."""
    old = {each.id for each in outdated}
    return tuple(extract_page(consultation, each, is_outdated=each.id in old) for each in extracts)
