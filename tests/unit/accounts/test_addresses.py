"""Addresses, names and slugs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.accounts.addresses import (
    checked_slug,
    mailbox_of,
    one_line,
    person_name,
    same_email,
)
from webapp.accounts.errors import NotValid
from webapp.jobs import Mail


@pytest.mark.parametrize(
    "typed",
    ["Sam.Hill@Example.org", " sam.hill@example.org ", "SAM.HILL@EXAMPLE.ORG"],
)
def test_an_address_is_the_same_however_it_is_written(typed: str) -> None:
    assert same_email(typed) == "sam.hill@example.org"


@pytest.mark.parametrize(
    "typed", ["Sam@example.org", "sam+trust@example.org", "sam+a+b@EXAMPLE.org"]
)
def test_whatever_follows_a_plus_lies_in_the_same_mailbox(typed: str) -> None:
    assert mailbox_of(typed) == "sam@example.org"


def test_what_begins_with_a_plus_is_a_mailbox_of_its_own() -> None:
    assert mailbox_of("+sam@example.org") == "+sam@example.org"


@pytest.mark.parametrize("typed", ["o'neil+x@a-b.example.nhs.uk", "root@localhost", "a@1.org"])
def test_unusual_addresses_are_taken(typed: str) -> None:
    assert same_email(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "sam",
        "@example.org",
        "sam@",
        "sam@@example.org",
        "sam hill@example.org",
        "sam@example..org",
        "sam@-example.org",
        "sam@example.org.",
        ".sam@example.org",
        "sam@example.org\nBcc: all@example.org",
        "sam@example.org, jo@example.org",
        "<sam@example.org>",
        "sam\x00@example.org",
        "säm@example.org",
        f"{'s' * 250}@example.org",
    ],
)
def test_what_no_mail_can_reach_is_refused(typed: str) -> None:
    with pytest.raises(NotValid, match="Enter an email address"):
        same_email(typed)


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_address_that_is_taken_can_be_mailed_to(local: str, host: str) -> None:
    try:
        email = same_email(f"{local}@{host}")
    except NotValid:
        return
    assert same_email(email) == email
    assert Mail(email, "Subject", "Body").to == email


def test_a_name_loses_blanks_that_nobody_sees() -> None:
    assert person_name("  Sam \t Hill ") == "Sam Hill"


@pytest.mark.parametrize("typed", ["", "   ", "x" * 121, "Sam\x07Hill"])
def test_a_name_that_cannot_be_shown_is_refused(typed: str) -> None:
    with pytest.raises(NotValid, match="Enter a name"):
        person_name(typed)


@pytest.mark.parametrize("typed", ["", "North", "north trust", "-north", "north--trust", "x" * 61])
def test_a_slug_that_cannot_stand_in_an_address_is_refused(typed: str) -> None:
    with pytest.raises(NotValid, match="cannot stand in an address"):
        checked_slug(typed)


@given(st.text())
def test_one_line_can_always_be_the_subject_of_a_mail(typed: str) -> None:
    assert Mail("sam@example.org", one_line(typed), "Body").subject == one_line(typed)
