"""What the pages of reviews show, as frozen values."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from frameworks.questions import AnswerKey, Given
from frameworks.review import COMMENTS, ReviewForm, Section, missing_before_signing
from webapp.accounts.people import ParticipantValue
from webapp.appraisals.addressing import reachable
from webapp.appraisals.levels import LevelCounts, count_levels
from webapp.appraisals.progress import (
    SectionProgress,
    Signer,
    section_progress,
    signers,
    waits_for,
)
from webapp.appraisals.record import period_in_words
from webapp.appraisals.reviews import Draft, Event, Review, Signature
from webapp.appraisals.revisions import Revision
from webapp.appraisals.states import ReviewState, Step, may_take
from webapp.appraisals.wording import COLOURS, RELATIONS, HistoryLine, history_line
from webapp.appraisals.writing import may_read_draft, may_write
from webapp.security import Relation
from webapp.web.times import in_words


@dataclass(frozen=True)
class ReviewLine:
    """One review in the list of an organisation."""

    id: uuid.UUID
    appraisee: str
    appraiser: str
    position: str
    period: str
    state: str
    colour: str
    waits_for: str


@dataclass(frozen=True)
class SectionLine:
    """One section in the task list; without an address where it is not open to this person."""

    title: str
    status: str
    is_begun: bool
    key: str = ""


@dataclass(frozen=True)
class Levels:
    """How often each level was chosen in a section."""

    title: str
    counts: LevelCounts


@dataclass(frozen=True)
class Overview:
    """A review as one person sees it."""

    review: Review
    heading: str
    period: str
    colour: str
    waits_for: str
    reads: bool
    reads_draft: bool
    sections: tuple[SectionLine, ...]
    levels: tuple[Levels, ...]
    missing: tuple[str, ...]
    signers: tuple[Signer, ...]
    revisions: tuple[Revision, ...]
    history: tuple[HistoryLine, ...]
    steps: frozenset[Step]
    signs_now: str
    has_signed: bool
    """Whether this person signed the present revision."""
    grants: bool
    reaches: bool
    """Whether this person may send others their links."""


@dataclass(frozen=True)
class PersonLine:
    """Somebody in a review, and whether they have come to it."""

    id: uuid.UUID
    name: str
    role: str
    standing: str
    is_invited: bool


@dataclass(frozen=True)
class SectionPage:
    """One section to write in; `place` counts from 1."""

    review: Review
    section: Section
    place: int
    of: int
    following: str
    saved_at: dt.datetime | None
    saved_by: str
    rows_open: int
    """How many numbered rows are shown unfolded: those in use and one more."""


def review_lines(
    reviews: Iterable[Review], signed: Mapping[uuid.UUID, frozenset[str]]
) -> tuple[ReviewLine, ...]:
    """Return the lines of a list, in the order given."""
    return tuple(
        ReviewLine(
            id=each.id,
            appraisee=each.appraisee.name,
            appraiser=each.appraiser.name,
            position=each.position,
            period=period_in_words(each.from_on, each.until_on),
            state=each.state.label,
            colour=COLOURS[each.state],
            waits_for=waits_for(each, signed[each.id]),
        )
        for each in reviews
    )


def overview(
    review: Review,
    form: ReviewForm,
    drafts: Mapping[AnswerKey, Draft],
    revisions: tuple[Revision, ...],
    events: Iterable[Event],
    *,
    relations: frozenset[Relation],
    person_ids: frozenset[uuid.UUID],
    reads: bool,
) -> Overview:
    """Return the page of a review for somebody with these relations to it.

    `reads` says whether they may read content at all; without it they see progress alone.
    """
    given = {key: draft.given for key, draft in drafts.items()}
    reads_draft = reads and review.state.is_drafted and may_read_draft(review.state, relations)
    people = signers(review, _signatures(review, revisions))
    steps = frozenset(step for step in Step if may_take(step, review.state, relations))
    return Overview(
        review=review,
        heading=f"Review of {review.appraisee.name}",
        period=period_in_words(review.from_on, review.until_on),
        colour=COLOURS[review.state],
        waits_for=waits_for(review, [each.step for each in people if each.signed_at]),
        reads=reads,
        reads_draft=reads_draft,
        sections=_sections(review, form, given, relations),
        levels=_levels(form, given) if reads_draft else (),
        missing=missing_before_signing(form, given) if Step.FINISH in steps else (),
        signers=people,
        revisions=revisions if reads else (),
        history=tuple(history_line(each, reads=reads) for each in events),
        steps=steps,
        signs_now=next(
            (each.step for each in people if each.is_next and each.person.id in person_ids), ""
        ),
        has_signed=any(each.signed_at and each.person.id in person_ids for each in people),
        reaches=bool(reachable(review, relations)),
        grants=Relation.APPRAISER in relations and review.state is not ReviewState.WITHDRAWN,
    )


def section_page(
    review: Review,
    form: ReviewForm,
    section: Section,
    drafts: Mapping[AnswerKey, Draft],
    relations: frozenset[Relation],
) -> SectionPage:
    """Return the page on which a section is written."""
    open_keys = [each.key for each in form.sections if may_write(each.key, review.state, relations)]
    place = open_keys.index(section.key)
    here = [drafts[each.key] for each in section.questions() if each.key in drafts]
    last = max(here, key=lambda draft: draft.saved_at, default=None)
    return SectionPage(
        review=review,
        section=section,
        place=place + 1,
        of=len(open_keys),
        following=open_keys[place + 1] if place + 1 < len(open_keys) else "",
        saved_at=last.saved_at if last else None,
        saved_by=RELATIONS[last.saved_by] if last else "",
        rows_open=_rows_in_use(section, drafts) + 1,
    )


def _rows_in_use(section: Section, drafts: Mapping[AnswerKey, Draft]) -> int:
    return max(
        (
            group.row
            for group in section.groups
            if group.row is not None
            and any(
                each.key in drafts and not drafts[each.key].given.is_blank
                for each in group.questions
            )
        ),
        default=0,
    )


def people_lines(
    review: Review, invited: Mapping[uuid.UUID, ParticipantValue]
) -> tuple[PersonLine, ...]:
    """Return everybody in a review with whether they have been asked and have come."""
    titles = {step.key: step.title for step in review.rule.signatures}
    return tuple(
        PersonLine(
            id=person.id,
            name=person.name,
            role=titles.get(person.step) or RELATIONS[person.relation].capitalize(),
            standing=_standing(invited.get(person.participant_id or person.id)),
            is_invited=person.participant_id is not None,
        )
        for person in review.people
    )


def _standing(participant: ParticipantValue | None) -> str:
    if participant is None:
        return "A link is sent when it is their turn."
    if participant.joined_at is not None:
        return f"First came in on {in_words(participant.joined_at)}."
    if participant.mailed_at is not None:
        return f"A link was sent on {in_words(participant.mailed_at)}, and not used yet."
    return "A link is on its way."


def _signatures(review: Review, revisions: tuple[Revision, ...]) -> tuple[Signature, ...]:
    newest = revisions[-1].frozen if revisions else None
    if newest is None or newest.number != review.number:
        return ()
    return newest.signatures


def _sections(
    review: Review,
    form: ReviewForm,
    given: Mapping[AnswerKey, Given],
    relations: frozenset[Relation],
) -> tuple[SectionLine, ...]:
    if not review.state.is_drafted:
        return ()
    return tuple(
        _section(each, is_theirs=may_write(each.key, review.state, relations))
        for each in section_progress(form, given)
    )


def _section(progress: SectionProgress, *, is_theirs: bool) -> SectionLine:
    return SectionLine(
        title=progress.title,
        status=_status(progress, is_theirs=is_theirs),
        is_begun=progress.is_begun,
        key=progress.key if is_theirs else "",
    )


def _status(progress: SectionProgress, *, is_theirs: bool) -> str:
    if not progress.is_begun:
        waits = progress.key == COMMENTS and not is_theirs
        return "Written by the person appraised" if waits else "Not started"
    return f"{progress.answered} answer{'' if progress.answered == 1 else 's'}"


def _levels(form: ReviewForm, given: Mapping[AnswerKey, Given]) -> tuple[Levels, ...]:
    counted = ((section.title, count_levels(section, given)) for section in form.sections)
    return tuple(
        Levels(title, counts)
        for title, counts in counted
        if counts and (counts.on_scale or counts.outside)
    )
