"""The table of people as it is sent or pasted, read against a framework version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from exports.delimited import NotATable, decode_table
from exports.forms.blank_forms import NothingAssessed
from exports.packs.people import LineProblem, PackForm, PeopleUnreadable, Person, read_people
from frameworks.library import Library, Published, Status
from frameworks.model import AssessAt
from webapp.packs.blanks import make_form

OFFERED = (Status.IN_FORCE, Status.FINAL)


@dataclass(frozen=True, slots=True)
class TableSent:
    """The text of a table; `problem` says why it could not be read as text."""

    text: str = ""
    problem: LineProblem | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which forms somebody wants; `profile` is empty where every row of the table names its own."""

    published: Published
    form: PackForm
    profile: str
    stage: AssessAt | None
    vacancy: str
    today: dt.date


def decoded(content: bytes) -> TableSent:
    """Return the text of a file that was sent."""
    try:
        return TableSent(decode_table(content))
    except NotATable as wrong:
        return TableSent(problem=LineProblem(wrong.line, str(wrong)))


def read_wanted(text: str, wanted: Wanted) -> tuple[Person, ...]:
    """Return the people of a table, every one of whom a form can be made for.

    Raises PeopleUnreadable with everything that is wrong.
    """
    titles = {each.key: each.title for each in wanted.published.framework.profiles}
    people = read_people(text, wanted.form, titles, wanted.profile)
    problems = tuple(_without_form(people, wanted))
    if problems:
        raise PeopleUnreadable(problems)
    return people


def offered_versions(library: Library, on: dt.date) -> tuple[Published, ...]:
    """Return the versions that forms are made from, those in force first, then newest."""
    newest_first = reversed(library.list(on))
    offered = [each for each in newest_first if each.status in OFFERED]
    return tuple(sorted(offered, key=lambda each: OFFERED.index(each.status)))


def offered_positions(
    published: Published, form: PackForm, on: dt.date
) -> tuple[tuple[str, str], ...]:
    """Return the key and title of the positions of a version that a form can be made for."""
    return tuple(
        (each.key, each.title)
        for each in published.framework.profiles
        if form is PackForm.SCORECARD or each.accountable_on(on) is not None
    )


def _without_form(people: Iterable[Person], wanted: Wanted) -> Iterable[LineProblem]:
    said: set[str] = set()
    framework = wanted.published.framework
    for person in people:
        if person.profile in said:
            continue
        said.add(person.profile)
        title = framework.profile(person.profile).title
        if wanted.form is PackForm.APPRAISAL:
            if framework.profile(person.profile).accountable_on(wanted.today) is None:
                yield LineProblem(
                    person.line, f"this version names nobody who signs reviews of “{title}” today"
                )
            continue
        try:
            make_form(
                wanted.published,
                person.profile,
                wanted.form,
                stage=wanted.stage,
                vacancy=wanted.vacancy,
                organisation="",
                on=wanted.today,
            )
        except NothingAssessed as nothing:
            yield LineProblem(person.line, str(nothing))
