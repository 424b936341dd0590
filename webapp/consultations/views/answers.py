"""What is asked, one item a page, and what happens when two pages meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from frameworks.questions import AnswerKey, Given
from webapp.consultations import services
from webapp.consultations.asking import Item
from webapp.consultations.pages import answering
from webapp.consultations.pages import clashes as clash_pages
from webapp.consultations.pages import respondent as pages
from webapp.consultations.pages import revising as revising_pages
from webapp.consultations.progress import next_unanswered
from webapp.consultations.response import Attempt, Clash
from webapp.consultations.views.language import remember_language
from webapp.consultations.views.room import (
    OF_RESPONSE,
    WRITE,
    Responding,
    find_responding,
    room,
    with_draft,
)
from webapp.consultations.views.together import beside
from webapp.web.errors import NotFound
from webapp.web.fields import AnswerForm, answer_form
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

STAY = "stay"
"""What a script that saves while somebody types wants next: the same page."""

CHANGE_LANGUAGE = "language:"
"""What begins the value of a button that saves a page and shows it again in another language."""


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
    """Save what was answered, and lead on, back, or to the same page."""
    responding = _as_the_page_was(visit, responding)
    found = _item(responding, item_key)
    form = _form(responding, found, visit.form)
    turned = answering.wording_turned(found, visit.form)
    if turned is not None and turned.key in form.fields:
        answering.turn_wording(form, turned, visit.form)
    if not form.validate():
        return _item_page(visit, responding, found, form, status=422)
    revisions = form.revisions()
    attempts = [Attempt(key, given, revisions[key]) for key, given in form.answers().items()]
    clashes = _write(visit, responding, found, attempts)
    if clashes and visit.form.get("then") == STAY:
        return _page_with_clashes(visit, responding, found, clashes)
    if clashes:
        return _clash_page(visit, responding, found, clashes)
    if turned is not None:
        return _page_as_saved(visit, responding, found, form)
    return _lead_on(visit, responding, found)


@room.post(f"{OF_RESPONSE}/items/<item_key>/settle", permission=WRITE)
@with_draft
def settle_item(visit: Visit, responding: Responding, item_key: str) -> Reply:
    """Take what somebody decided where the same answer was changed in two places."""
    responding = _as_the_page_was(visit, responding)
    found = _item(responding, item_key)
    settled = clash_pages.read_settlement(found, visit.form)
    form = _settled_form(responding, found, settled)
    if settled.undecided or not form.validate():
        problems = settled.problems + clash_pages.problems_of(form)
        clashes = clash_pages.known_again(settled.clashes, responding.draft)
        return _clash_page(visit, responding, found, clashes, problems, settled, status=422)
    clashes = _write(visit, responding, found, settled.attempts)
    if clashes:
        return _clash_page(visit, responding, found, clashes)
    return _lead_on(visit, responding, found)


def _as_the_page_was(visit: Visit, responding: Responding) -> Responding:
    """Return what was asked in the words of the page, whatever was put right or chosen since.

    An answer is to the questionnaire that stood on that page, and a suggested wording is an edit
    of the words in its language. A page that names no version is one of the first edition.
    """
    asking = responding.asking
    version = asking.version_named(visit.form.get("questionnaire", ""))
    shown = asking.in_version(version)
    language = visit.form.get("language", asking.language)
    known = {each.tag for each in shown.languages}
    if shown.questionnaire.version != version or language not in known:
        raise NotFound
    return replace(responding, asking=shown.in_language(language))


def _write(
    visit: Visit, responding: Responding, item: Item, attempts: Sequence[Attempt]
) -> tuple[Clash, ...]:
    return services.save_answers(
        visit.session,
        consultation_id=responding.consultation.id,
        token=responding.token,
        asking=responding.asking,
        item_key=item.key,
        attempts=attempts,
        now=visit.now,
    )


def _lead_on(visit: Visit, responding: Responding, item: Item) -> Reply:
    slug, wanted = responding.consultation.slug, visit.form.get("then", "list")
    shown = visit.form.get("show", "")
    if wanted == STAY:
        return _page_as_saved(visit, responding, item)
    if shown:
        bound = _form(responding, item).find(shown)
        part = f"{bound.id}-change" if bound else ""
        return SeeOther.to("consultations.item", slug=slug, item_key=item.key, _anchor=part)
    if wanted == "notes":
        return SeeOther.to("consultations.notes", slug=slug, item_key=item.key)
    if wanted == "later":
        place = answering.place_of(item, visit.form)
        services.note_place(visit.session, responding.token, place)
        return SeeOther.to("consultations.save_for_later", slug=slug, at=place)
    if wanted.startswith(CHANGE_LANGUAGE):
        same_page = SeeOther.to("consultations.item", slug=slug, item_key=item.key)
        language = wanted.removeprefix(CHANGE_LANGUAGE)
        return remember_language(visit, responding.consultation, language, same_page)
    if wanted == "next":
        after = _read_again(visit, responding)
        following = next_unanswered(pages.draft_steps(after.asking, after.draft), item.key)
        if following:
            return SeeOther.to("consultations.item", slug=slug, item_key=following.key)
    if wanted == "check":
        return SeeOther.to("consultations.check", slug=slug)
    return SeeOther.to("consultations.task_list", slug=slug, saved="yes")


def _read_again(visit: Visit, responding: Responding) -> Responding:
    """Return the draft as it is after something was written, asked in the same language."""
    after = find_responding(visit, responding.consultation) or responding
    return replace(after, asking=responding.asking)


def _page_as_saved(
    visit: Visit, responding: Responding, item: Item, turned: AnswerForm | None = None
) -> Page:
    after = _read_again(visit, responding)
    form = _form(after, item)
    for each in turned or ():
        form[each.question.key].taken_out = each.taken_out
    return _item_page(visit, after, item, form)


def _page_with_clashes(
    visit: Visit, responding: Responding, item: Item, clashes: tuple[Clash, ...]
) -> Page:
    """Return the page as it was sent, with the new revisions of what did not clash.

    A script that saves while somebody types goes on with it; the answers that clash stay as they
    are until somebody decides.
    """
    after = _read_again(visit, responding)
    form = _form(after, item, visit.form)
    clashing = {clash.key for clash in clashes}
    for each in form:
        saved = after.draft.by_key.get(each.question.key)
        if saved and each.question.key not in clashing:
            each.revision = saved.revision
    page = _item_page(visit, after, item, form, status=409, clashes=True)
    # What did not clash is saved all the same.
    return replace(page, keep=True)


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
    visit: Visit,
    responding: Responding,
    item: Item,
    form: AnswerForm,
    status: int = 200,
    *,
    clashes: bool = False,
) -> Page:
    draft, asking = responding.draft, responding.asking
    saved = [each for each in draft.saved if each.key.item == item.key]
    reworded = services.answers_reworded_since(
        visit.session, responding.consultation, asking, saved
    )
    return Page.of(
        "consultations/item.html",
        status=status,
        consultation=responding.consultation,
        asking=asking,
        page=pages.item_page(asking, draft, item),
        reworded=revising_pages.notes_on(reworded),
        form=form,
        back="check" if visit.query.get("back") == "check" else "",
        together=beside(visit, responding, item.key),
        draft_id=draft.id,
        saved=answering.saved_in_words(draft.saved_at, visit.now),
        is_unsaved=status >= 400,
        clashes=clashes,
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
    draft = responding.draft
    names = services.names_of(visit.session, draft.id) if draft.member else {}
    mine = draft.member.id if draft.member else None
    others = {each: name for each, name in names.items() if each != mine}
    page = Page.of(
        "consultations/clash.html",
        status=status,
        consultation=responding.consultation,
        item=item,
        clashes=clash_pages.clash_fields(item, clashes, problems, settled, others),
        language=responding.asking.language,
        questionnaire=responding.asking.questionnaire.version,
        then=visit.form.get("then", "list"),
        draft_id=draft.id,
    )
    # What did not clash is saved all the same.
    return replace(page, keep=status == 409)
