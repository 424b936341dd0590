"""What two pages said about the respondent, side by side, and what somebody decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from frameworks.wording import TextChange, compare_texts
from webapp.consultations.about_parts import AboutClash
from webapp.consultations.asking import Asking
from webapp.consultations.pages.respondent import INTEREST_WORDS, NOT_SAID
from webapp.consultations.respondents import Respondent, label_of

SAVED, SENT = "saved", "sent"
KEEP, SHOWN, AS = "keep:", "shown:", "as"
OURS = ("csrf_token", AS)

LABELS = {
    "responds_as": "Responding as",
    "respondent_class": "Who is responding",
    "organisation_name": "Name of the organisation",
    "role": "Role",
    "gathered": "How the organisation arrived at its view",
    "region": "NHS England region",
    "interest": "Interest to declare",
    "interests": "What the interest is",
    "publish": "Publishing",
    "name": "Name",
    "positions": "Positions to comment on",
}
TEXTS = ("gathered", "interests")


@dataclass(frozen=True, slots=True)
class ClashRow:
    """One field as it is saved and as it was sent; `change` for a text."""

    label: str
    saved: str
    sent: str
    change: TextChange | None = None


@dataclass(frozen=True, slots=True)
class ClashPart:
    """What stands or falls together; `id` and `errors` are what an error summary needs."""

    name: str
    label: str
    mark: str
    rows: tuple[ClashRow, ...]
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the first choice."""
        return f"keep-{self.name.replace('_', '-')}"


def clash_parts(
    asking: Asking, clashes: Sequence[AboutClash], *, undecided: bool = False
) -> tuple[ClashPart, ...]:
    """Return the parts that were changed in two places, each with both in words."""
    errors = ("Select which to keep",) if undecided else ()
    return tuple(
        ClashPart(
            name=clash.part.name,
            label=LABELS[clash.part.name],
            mark=clash.mark,
            rows=tuple(_rows(asking, clash)),
            errors=errors,
        )
        for clash in clashes
    )


def read_kept(posted: Mapping[str, str]) -> dict[str, str]:
    """Return what somebody decided, by the name of the part; what was not decided is left out."""
    return {
        name.removeprefix(KEEP): value
        for name, value in posted.items()
        if name.startswith(KEEP) and value in (SAVED, SENT)
    }


def read_shown(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the marks of what a page showed, by the name of the part."""
    return {
        name.removeprefix(SHOWN): value for name, value in posted.items() if name.startswith(SHOWN)
    }


def typed_again(posted: MultiDict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what was typed on a page as fields that carry it on, without what we put there."""
    return tuple(
        (name, value)
        for name, value in posted.items(multi=True)
        if name not in OURS and not name.startswith((KEEP, SHOWN))
    )


def _rows(asking: Asking, clash: AboutClash) -> Iterator[ClashRow]:
    for field in clash.part.fields:
        saved, sent = (_in_words(asking, each, field) for each in (clash.saved, clash.sent))
        if saved == sent:
            continue
        change = compare_texts(saved, sent) if field in TEXTS else None
        yield ClashRow(LABELS[field], saved or NOT_SAID, sent or NOT_SAID, change)


def _in_words(asking: Asking, respondent: Respondent, field: str) -> str:
    match field:
        case "interest":
            return INTEREST_WORDS[respondent.interest] if respondent.interest else ""
        case "positions":
            titles = asking.position_titles
            return ", ".join(titles[key] for key in titles if key in respondent.positions)
        case "responds_as" | "respondent_class" | "region" | "publish":
            value = getattr(respondent, field)
            return label_of(value) if value else ""
        case _:
            return str(getattr(respondent, field))
