"""What a page shows and what comes back from it are the same answers."""

from __future__ import annotations

import datetime as dt

import jinja2
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from frameworks.questions import (
    AnswerKey,
    Day,
    Given,
    LongText,
    OneOf,
    Option,
    Question,
    Rewording,
    ShortText,
    SomeOf,
)
from tests.pages.client import filled_in
from webapp.web.fields import AnswerForm
from webapp.web.layout import register_layout

PAGE = """
{% from "macros/questions.html" import questions %}
<form method="post">{{ questions(form) }}</form>
"""

OPTIONS = tuple(Option(key=key, label=key.title()) for key in ("essential", "useful", "neither"))
keys = st.builds(
    AnswerKey,
    item=st.from_regex(r"[a-z]{1,4}(-[a-z]{1,3})?\.[a-z]{1,4}", fullmatch=True),
    question=st.sampled_from(["clear", "necessary", "wording"]),
    position=st.sampled_from(["", "provider-chair"]),
)
# What a browser can send and a stripped text can hold.
characters = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n<>&\"'{}%")
texts = st.text(characters, max_size=30).map(str.strip)
lines = texts.map(lambda text: " ".join(text.split()))
days = st.dates(min_value=dt.date(1900, 1, 1))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, Given]:
    key, text = draw(keys), draw(lines.filter(bool))
    kind = draw(st.sampled_from([OneOf, SomeOf, ShortText, LongText, Rewording, Day]))
    if kind is OneOf:
        chosen = draw(st.lists(st.sampled_from([each.key for each in OPTIONS]), max_size=1))
        return OneOf(key=key, text=text, options=OPTIONS), Given(choices=tuple(chosen))
    if kind is SomeOf:
        ticked = draw(st.sets(st.sampled_from([each.key for each in OPTIONS])))
        in_order = tuple(each.key for each in OPTIONS if each.key in ticked)
        return SomeOf(key=key, text=text, options=OPTIONS), Given(choices=in_order)
    if kind is ShortText:
        return ShortText(key=key, text=text), Given(text=draw(lines))
    if kind is LongText:
        return LongText(key=key, text=text), Given(text=draw(texts))
    if kind is Rewording:
        # An empty one starts from the present wording, which is never blank.
        return Rewording(key=key, text=text, present="Now"), Given(text=draw(texts.filter(bool)))
    return Day(key=key, text=text), Given(text=draw(st.just("") | days.map(str)))


def shown(form: AnswerForm) -> MultiDict[str, str]:
    """Return what a browser sends for the questions as the macros show them."""
    page = BeautifulSoup(TEMPLATES.from_string(PAGE).render(form=form), "lxml")
    sent = filled_in(page)
    return MultiDict((name, value) for name, values in sent.items() for value in values)


def the_templates() -> jinja2.Environment:
    app = Flask("webapp.web")
    register_layout(app)
    return app.jinja_env


TEMPLATES = the_templates()


@given(st.lists(answered(), max_size=6, unique_by=lambda pair: pair[0].key))
def test_a_page_sent_back_untouched_holds_what_it_showed(
    asked: list[tuple[Question, Given]],
) -> None:
    questions = [question for question, _ in asked]
    stored = {question.key: each for question, each in asked}
    form = AnswerForm(questions, stored, None, dict.fromkeys(stored, 4))
    sent = shown(form)

    again = AnswerForm(questions, {}, sent)
    assert again.answers() == stored
    assert again.revisions() == dict.fromkeys(stored, 4)
    assert again.validate()


@given(st.lists(answered(), min_size=1, max_size=6, unique_by=lambda pair: pair[0].key))
def test_nothing_that_was_typed_is_lost_where_something_else_is_wrong(
    asked: list[tuple[Question, Given]],
) -> None:
    wrong = ShortText(key=AnswerKey("zz", "long"), text="Short", max_length=3)
    questions = [*(question for question, _ in asked), wrong]
    stored = {question.key: each for question, each in asked}
    first = AnswerForm(questions, {**stored, wrong.key: Given(text="abcd")})
    refused = AnswerForm(questions, {}, shown(first))
    assert not refused.validate()

    assert AnswerForm(questions, {}, shown(refused)).answers() == first.answers()
