"""What the page on which somebody answers takes and tells, beside the answers themselves."""

from __future__ import annotations

import datetime as dt

from werkzeug.datastructures import MultiDict

from frameworks.questions import AnswerKey, Given, Question, Rewording
from webapp.consultations.asking import Item
from webapp.web.fields import AnswerForm
from webapp.web.times import LONDON, clock_time, in_words

AGAIN, PUT_BACK, TAKEN_OUT = "again", "put-back", "taken-out"


def saved_in_words(saved_at: dt.datetime | None, now: dt.datetime) -> str:
    """Return when answers were saved last, with the day unless it is today; empty for never."""
    if saved_at is None:
        return ""
    if saved_at.astimezone(LONDON).date() == now.astimezone(LONDON).date():
        return f"Saved at {clock_time(saved_at)}"
    return f"Saved on {in_words(saved_at)}"


def wording_turned(item: Item, posted: MultiDict[str, str]) -> Question | None:
    """Return the question whose wording a button gives up or puts back, None where none does."""
    name = posted.get(AGAIN) or posted.get(PUT_BACK) or ""
    found = (each for each in item.questions if str(each.key) == name)
    question = next(found, None)
    return question if isinstance(question, Rewording) else None


def turn_wording(form: AnswerForm, turned: Question, posted: MultiDict[str, str]) -> None:
    """Put the present wording into a form, or back what stood in its place before."""
    field = form[turned.key]
    if PUT_BACK in posted:
        text = posted.get(f"{TAKEN_OUT}:{field.name}", "")
        field.given = Given(text=text.replace("\r\n", "\n").strip()) if text else field.given
    elif isinstance(turned, Rewording):
        field.taken_out = field.given.text if field.change else ""
        field.given = Given(text=turned.present)


def place_of(item: Item, posted: MultiDict[str, str]) -> str:
    """Return where somebody leaves: the answer that they were at, or else the item."""
    try:
        key = AnswerKey.parse(posted.get("at", ""))
    except ValueError:
        return item.key
    return str(key) if key in item.by_key else item.key
