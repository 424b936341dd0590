"""How the states, people and events of a review are put into words and colours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from webapp.appraisals.reviews import Event, EventKind
from webapp.appraisals.states import ReviewState
from webapp.security import Relation

COLOURS = {
    ReviewState.PREPARED: "yellow",
    ReviewState.DRAFT: "grey",
    ReviewState.SHARED: "blue",
    ReviewState.READY: "orange",
    ReviewState.SIGNING: "orange",
    ReviewState.SIGNED: "green",
    ReviewState.AMENDING: "purple",
    ReviewState.WITHDRAWN: "grey",
}
RELATIONS = {
    Relation.APPRAISER: "appraiser",
    Relation.APPRAISEE: "person appraised",
    Relation.SIGNATORY: "signatory",
    Relation.PREPARER: "board secretary",
    Relation.READER: "board secretary",
}
HAPPENED = {
    EventKind.STARTED: "started the review",
    EventKind.PREPARED: "prepared the review for the appraiser’s approval",
    EventKind.APPROVED: "approved what was prepared",
    EventKind.SHARED: "shared the review with the person appraised",
    EventKind.FINISHED: "finished revision {number} for signing",
    EventKind.REOPENED: "opened revision {number} for writing again",
    EventKind.SIGNED: "signed revision {number}",
    EventKind.COMPLETED: "completed revision {number} with the last signature",
    EventKind.AMENDED: "began to amend the review as revision {number}",
    EventKind.WITHDRAWN: "withdrew the review",
    EventKind.GRANTED: "let the board secretaries read the review",
    EventKind.GRANT_ENDED: "no longer lets the board secretaries read the review",
    EventKind.ISSUED: "downloaded revision {number}",
    EventKind.LINK_SENT: "sent a new link to {whom}",
    EventKind.ADDRESS_CHANGED: "changed the address of {whom}, whose old link no longer works",
    EventKind.FORM_ISSUED: "downloaded the form of revision {number} to fill in, copy {whom}",
    EventKind.FORM_TAKEN: "took answers from a filled form (file {file}) into revision {number}",
    EventKind.ATTACHED: "attached a form on paper to revision {number}",
    EventKind.ATTACHMENT_REMOVED: "removed a form on paper that was attached",
    EventKind.TYPED: "finished typing what an attached form says",
    EventKind.SENT_BACK: "compared what was typed with the attached form and sent it back",
    EventKind.CHECKED: (
        "compared what {whom} typed with the attached form (file {file}) and took it "
        "into revision {number}"
    ),
}

NAMING = (
    EventKind.LINK_SENT,
    EventKind.ADDRESS_CHANGED,
    EventKind.FORM_ISSUED,
    EventKind.CHECKED,
)
"""What happened to somebody or to a copy, which the words name."""


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened."""

    at: dt.datetime
    words: str
    detail: str


def history_line(event: Event, *, reads: bool) -> HistoryLine:
    """Return what happened in words; a reason only for somebody who reads content."""
    who = event.name or "Somebody whose name is no longer kept"
    about_somebody = event.kind in NAMING
    words = HAPPENED[event.kind].format(
        number=event.number,
        whom=event.detail or "somebody whose name is no longer kept",
        file=event.sha256[:12],
    )
    return HistoryLine(
        at=event.at,
        words=f"{who}, {RELATIONS[event.relation]}, {words}",
        # A reason may say something of the content.
        detail=event.detail if reads and not about_somebody else "",
    )
