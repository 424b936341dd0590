"""Forms made from posted values: lines, dates and what is said to be wrong."""

from __future__ import annotations

import datetime as dt

import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired, Optional

from webapp.web.days import DayField, read_day
from webapp.web.forms import Form, problems

SPRING_DAY = dt.date(2026, 3, 7)


class VisitForm(Form):
    """A form as rooms write them."""

    name = wtforms.StringField("Name", [InputRequired("Enter a name")])
    notes = wtforms.TextAreaField("Notes")
    on = DayField("Date", [InputRequired("Enter the date")])
    until = DayField("Until", [Optional()])


def posted(**values: str) -> VisitForm:
    names = {name.replace("_", "-"): value for name, value in values.items()}
    form: VisitForm = VisitForm.posted(MultiDict(names))
    return form


def a_day(day: str, month: str, year: str) -> VisitForm:
    return posted(name="Jo", on_day=day, on_month=month, on_year=year)


def test_a_line_has_no_blank_ends_and_no_line_breaks() -> None:
    form = posted(name=" Jo\r\nBcc: everyone ", notes=" one\n\n two ")
    assert form.name.data == "Jo Bcc: everyone"
    assert form.notes.data == " one\n\n two "


def test_a_name_of_blanks_alone_is_kept_out_of_rows() -> None:
    assert posted(name="  \n ").name.data == ""


def test_three_parts_make_a_date() -> None:
    form = a_day("7", "3", "2026")
    assert form.validate()
    assert form.on.data == SPRING_DAY


def test_a_missing_date_has_the_words_of_its_form() -> None:
    form = a_day("", " ", "")
    assert not form.validate()
    assert form.on.errors == ["Enter the date"]


@pytest.mark.parametrize(
    "parts", [("31", "2", "2026"), ("7", "3", "26"), ("7", "3", "9" * 400), ("7", "\u0663", "2026")]
)
def test_what_is_no_date_is_kept_and_refused(parts: tuple[str, str, str]) -> None:
    form = a_day(*parts)
    assert not form.validate()
    assert form.on.errors == ["Enter a real date, such as 27 3 2026"]
    assert tuple(typed for _, typed in form.on.parts()) == parts
    assert form.on.data is None


def test_an_optional_date_may_be_blank_but_not_wrong() -> None:
    assert not posted(until_day="1", until_month="13", until_year="2026").validate()
    blank = posted(name="Jo", on_day="1", on_month="1", on_year="2026", until_day="")
    assert blank.validate()


def test_a_stored_date_is_shown_in_its_parts() -> None:
    form = VisitForm(data={"on": SPRING_DAY})
    assert form.on.parts() == (("day", "7"), ("month", "3"), ("year", "2026"))


def test_posted_parts_win_over_the_stored_date() -> None:
    form = VisitForm(MultiDict({"on-day": "", "on-month": "", "on-year": ""}), on=SPRING_DAY)
    assert form.on.data is None
    assert form.on.parts() == (("day", ""), ("month", ""), ("year", ""))


@pytest.mark.parametrize("month", ["3", "03", "mar", "March"])
def test_a_month_is_a_number_or_a_name(month: str) -> None:
    assert read_day(("7", month, "2026")) == SPRING_DAY


def test_the_summary_has_every_message_in_the_order_of_the_page() -> None:
    form = a_day("31", "2", "2026")
    form.name.errors = ["First", "Second"]
    form.on.errors = ["Third"]
    assert problems(form) == (("name", "First"), ("name", "Second"), ("on", "Third"))
