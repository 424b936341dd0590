"""What is asked, one item a page, and what happens when two pages meet."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from frameworks.questions import AnswerKey, Given
from webapp.consultations import services
from webapp.consultations.asking import Item
from webapp.consultations.pages import clashes as clash_pages
from webapp.consultations.pages import respondent as pages
from webapp.consultations.progress import next_unanswered
from webapp.consultations.response import Attempt, Clash
from webapp.consultations.views.room import (
    OF_RESPONSE,
    WRITE,
    Responding,
    find_responding,
    room,
    with_draft,
)
from webapp.web.errors import NotFound
from webapp.web.fields import AnswerForm, answer_form
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit


@room.get(f"{OF_RESPONSE}/items/<item_key>", permission=WRITE)
@with_draft
def item(visit: Visit, responding: Responding, item_key: str) -> Reply:
    """Ask everything about one item."""
    if not responding.is_open:
        return SeeOther.to("consultations.check", slug=responding.consultation.slug)
    found = _item(responding, item_key)
    return _item_page(visit, responding, found, _form(responding, found))


@room.post(f"{OF_RESPONSE}/items/<item_key>", permission=WRITE)
@with_draft
def save_item(visit: Visit, responding: Responding, item_key: str) -> Reply:
    """Save what was answered, and lead on or back."""
    found = _item(responding, item_key)
    form = _form(responding, found, visit.form)
    if not form.validate():
        return _item_page(visit, responding, found, form, status=422)
    revisions = form.revisions()
    attempts = [Attempt(key, given, revisions[key]) for key, given in form.answers().items()]
    return _save(visit, responding, found, attempts)


@room.post(f"{OF_RESPONSE}/items/<item_key>/settle", permission=WRITE)
@with_draft
def settle_item(visit: Visit, responding: Responding, item_key: str) -> Reply:
    """Take what somebody decided where the same answer was changed in two places."""
    found = _item(responding, item_key)
    settled = clash_pages.read_settlement(found, visit.form)
    form = _settled_form(responding, found, settled)
    if settled.undecided or not form.validate():
        problems = settled.problems + clash_pages.problems_of(form)
        return _clash_page(visit, responding, found, settled.clashes, problems, settled, status=422)
    return _save(visit, responding, found, settled.attempts)


def _save(
    visit: Visit, responding: Responding, item: Item, attempts: list[Attempt] | tuple[Attempt, ...]
) -> Reply:
    clashes = services.save_answers(
        visit.session,
        consultation_id=responding.consultation.id,
        token=responding.token,
        asking=responding.asking,
        item_key=item.key,
        attempts=attempts,
        now=visit.now,
    )
    if clashes:
        # What did not clash is saved all the same.
        return replace(_clash_page(visit, responding, item, clashes), keep=True)
    slug = responding.consultation.slug
    wanted = visit.form.get("then", "list")
    if wanted == "next":
        after = find_responding(visit, responding.consultation) or responding
        following = next_unanswered(pages.draft_steps(after.asking, after.draft), item.key)
        if following:
            return SeeOther.to("consultations.item", slug=slug, item_key=following.key)
    if wanted == "check":
        return SeeOther.to("consultations.check", slug=slug)
    return SeeOther.to("consultations.task_list", slug=slug, saved="yes")


def _item(responding: Responding, item_key: str) -> Item:
    draft = responding.draft
    asked = responding.asking.items_for(draft.chosen, draft.respondent.positions)
    for each in asked:
        if each.key == item_key:
            return each
    raise NotFound


def _form(
    responding: Responding, item: Item, posted: MultiDict[str, str] | None = None
) -> AnswerForm:
    draft = responding.draft
    saved = {key: each for key, each in draft.by_key.items() if key.item == item.key}
    return answer_form(
        responding.asking.questions_of(item, draft.respondent.positions),
        {key: each.given for key, each in saved.items()},
        posted,
        {key: each.revision for key, each in saved.items()},
    )


def _settled_form(
    responding: Responding, item: Item, settled: clash_pages.Settlement
) -> AnswerForm:
    given: dict[AnswerKey, Given] = {each.key: each.given for each in settled.attempts}
    return answer_form([item.by_key[key] for key in given], given)


def _item_page(
    visit: Visit, responding: Responding, item: Item, form: AnswerForm, status: int = 200
) -> Page:
    return Page.of(
        "consultations/item.html",
        status=status,
        consultation=responding.consultation,
        page=pages.item_page(responding.asking, responding.draft, item),
        form=form,
        back="check" if visit.query.get("back") == "check" else "",
    )


def _clash_page(
    visit: Visit,
    responding: Responding,
    item: Item,
    clashes: tuple[Clash, ...],
    problems: tuple[clash_pages.Problem, ...] = (),
    settled: clash_pages.Settlement | None = None,
    status: int = 409,
) -> Page:
    return Page.of(
        "consultations/clash.html",
        status=status,
        consultation=responding.consultation,
        item=item,
        clashes=clash_pages.clash_fields(item, clashes, problems, settled),
        then=visit.form.get("then", "list"),
    )
