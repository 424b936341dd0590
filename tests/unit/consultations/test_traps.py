from __future__ import annotations

from pathlib import Path

import jinja2
from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import MultiDict

import webapp.consultations
from tests.pages.client import filled_in
from webapp.consultations.traps import FIELD, FILLED_IN, caught

TEMPLATES = Path(webapp.consultations.__file__).parent / "templates"
PAGE = '{% from "consultations/traps.html" import trap %}<form>{{ trap() }}</form>'


def trap_of() -> Tag:
    """Return the form with the trap alone."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True)
    form = BeautifulSoup(environment.from_string(PAGE).render(), "lxml").form
    assert form is not None
    return form


def test_a_person_who_leaves_it_as_it_is_is_not_caught() -> None:
    assert caught(MultiDict(filled_in(trap_of()))) == ()


def test_a_program_that_fills_every_field_is_caught() -> None:
    filled = {name: ["https://example.org"] for name in filled_in(trap_of())}
    assert caught(MultiDict(filled)) == (FILLED_IN,)


def test_neither_eyes_nor_keys_nor_screen_readers_come_upon_it() -> None:
    form = trap_of()
    field = form.find("input", attrs={"name": FIELD})
    assert isinstance(field, Tag)
    assert field["tabindex"] == "-1"
    assert field["autocomplete"] == "off"
    hidden = field.find_parent(attrs={"aria-hidden": "true"})
    assert isinstance(hidden, Tag)
    assert "nhsuk-u-visually-hidden" in hidden["class"]
    label = form.find("label", attrs={"for": field["id"]})
    assert isinstance(label, Tag)
    assert label.get_text() == "Leave this empty"


def test_a_form_without_the_field_and_one_with_blanks_are_not_caught() -> None:
    assert caught(MultiDict()) == ()
    assert caught(MultiDict({FIELD: " \t"})) == ()


def test_a_second_value_is_caught_as_well() -> None:
    assert caught(MultiDict([(FIELD, ""), (FIELD, "x")])) == (FILLED_IN,)
