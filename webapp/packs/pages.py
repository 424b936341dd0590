"""What the pages of packs show, as frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.packs.packing import assign
from exports.packs.people import COLUMNS, PROFILE, PackForm, Person
from frameworks.library import Published
from webapp.packs.pack import Pack, PackState

PREVIEWED = 10
"""How many people a page shows before a pack is started."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a kind of form is called on its pages."""

    title: str
    one: str
    many: str
    index: str
    """The endpoint of the list."""
    new: str
    """The endpoint of the form for a new one."""


WORDS = {
    PackForm.APPRAISAL: Words(
        "Review forms for many people",
        "review form",
        "review forms",
        "packs.review_packs",
        "packs.new_review_pack",
    ),
    PackForm.SCORECARD: Words(
        "Scorecards for many people",
        "scorecard",
        "scorecards",
        "packs.scorecard_packs",
        "packs.new_scorecard_pack",
    ),
}
EXAMPLES = {
    PackForm.APPRAISAL: (
        "name,role,organisation,period,appraiser\n"
        "Ade Cole,Chair,North Trust,April 2025 to March 2026,Sam Hill\n"
        "Jo Hall,Chair of the audit committee,,,\n"
    ),
    PackForm.SCORECARD: (
        "candidate,assessor\nCandidate 1,Sam Hill\nCandidate 1,Kim Reed\nCandidate 2,Sam Hill\n"
    ),
}
STATES = {
    PackState.CHECKED: ("Not started", "yellow"),
    PackState.WAITING: ("Waiting", "blue"),
    PackState.MAKING: ("Being made", "blue"),
    PackState.FINISHED: ("Ready", "green"),
    PackState.CANCELLED: ("Cancelled", "grey"),
    PackState.FAILED: ("Not made", "red"),
    PackState.DELETED: ("Deleted", "grey"),
}


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack on the list."""

    pack: Pack
    state: str
    colour: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """Somebody as their form will say it, and what the file will be called."""

    line: int
    cells: tuple[tuple[str, str], ...]
    file: str


@dataclass(frozen=True, slots=True)
class PackPage:
    """A pack with how far it is and, before it is started, its first people."""

    pack: Pack
    words: Words
    state: str
    colour: str
    positions: tuple[tuple[str, int], ...]
    preview: tuple[PreviewRow, ...]
    name: str
    """What the ZIP is called."""

    @property
    def size(self) -> str:
        """How large the ZIP is, as people say it."""
        made = self.pack.finished
        if made is None:
            return ""
        if made.size < 1_000_000:
            return f"{max(1, round(made.size / 1000))} KB"
        return f"{made.size / 1_000_000:.1f} MB"

    @property
    def count(self) -> str:
        """How many forms there are, with the word for them."""
        total = self.pack.total
        return f"{total:,} {self.words.one if total == 1 else self.words.many}"


def pack_lines(packs: Sequence[Pack]) -> tuple[PackLine, ...]:
    """Return packs as the list shows them."""
    return tuple(PackLine(each, *STATES[each.state]) for each in packs)


def pack_page(
    pack: Pack, published: Published | None, people: Sequence[Person], organisation: str
) -> PackPage:
    """Return the page of a pack; what is not known any more is left out."""
    titles = {each.key: each.title for each in published.framework.profiles} if published else {}
    counted: dict[str, int] = {}
    for person in people:
        title = titles.get(person.profile, person.profile)
        counted[title] = counted.get(title, 0) + 1
    is_new = pack.state is PackState.CHECKED and published is not None
    state, colour = STATES[pack.state]
    words = WORDS[pack.form]
    return PackPage(
        pack=pack,
        words=words,
        state=state,
        colour=colour,
        positions=tuple(counted.items()),
        preview=_preview(pack, people, titles, organisation) if is_new else (),
        name=f"{words.many.capitalize()} {pack.created_at:%Y-%m-%d}.zip",
    )


def _preview(
    pack: Pack, people: Sequence[Person], titles: dict[str, str], organisation: str
) -> tuple[PreviewRow, ...]:
    # Every name is needed to number those that repeat.
    first = assign(people, pack.form, titles, organisation)[:PREVIEWED]
    columns = [each.name for each in COLUMNS[pack.form] if each is not PROFILE]
    return tuple(
        PreviewRow(
            each.person.line,
            tuple((column.capitalize(), dict(each.values).get(column, "")) for column in columns),
            each.file,
        )
        for each in first
    )
