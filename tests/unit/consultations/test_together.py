"""The rules by which several colleagues write one response."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.factories.consultations import a_respondent, an_asking
from webapp.consultations.forms.together import MemberForm
from webapp.consultations.progress import steps_of
from webapp.consultations.respondents import RespondsAs
from webapp.consultations.response import Member
from webapp.consultations.together import (
    Wish,
    can_be_shared,
    may_leave,
    may_remove,
    same_name,
    settle,
    shares,
)

LEAD = Member(uuid.uuid4(), "Asha Rao", is_lead=True)
BEN = Member(uuid.uuid4(), "Ben Hall", is_lead=False)
CAT = Member(uuid.uuid4(), "Cat Ng", is_lead=False)
PEOPLE = st.sampled_from([None, LEAD.id, BEN.id, CAT.id])


class TestWhoMayDoWhat:
    def test_only_an_organisation_that_has_a_name_is_written_for_together(self) -> None:
        named = {"responds_as": RespondsAs.ORGANISATION, "organisation_name": "A union"}
        assert can_be_shared(a_respondent(**named))
        assert not can_be_shared(a_respondent(**(named | {"organisation_name": ""})))
        assert not can_be_shared(a_respondent(responds_as=RespondsAs.INDIVIDUAL))
        assert not can_be_shared(a_respondent(responds_as=None, organisation_name="A union"))

    def test_the_lead_takes_others_off_and_nobody_the_lead(self) -> None:
        assert may_remove(LEAD, BEN)
        assert not may_remove(LEAD, LEAD)
        assert not may_remove(BEN, CAT)
        assert not may_remove(BEN, LEAD)
        assert not may_remove(BEN, BEN), "to leave is another thing"

    def test_everybody_may_leave_but_the_lead(self) -> None:
        assert may_leave(BEN)
        assert not may_leave(LEAD)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ben", "ben", True),
        ("Ben Hall", " ben   HALL ", True),
        ("Straße", "STRASSE", True),
        ("\uff22en", "Ben", True),
        ("Zoë", "Zoe\u0308", True),
        ("Ben", "\u200bBe\u00adn\u2060", True),
        ("Ben", "Ben H", False),
        ("Zoë", "Zoe", False),
    ],
)
def test_names_that_people_would_take_for_one_are_the_same(
    one: str, other: str, same: bool
) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize("name", ["\u200b", "\u2060\u00ad", "\u202eneB", "Ben\u2066"])
def test_a_name_that_nobody_can_read_as_it_is_shown_is_refused(name: str) -> None:
    form = MemberForm.posted(MultiDict({"name": name}))
    assert not form.validate()
    assert form.name.errors == ["Enter your name in letters that your colleagues can see"]


@pytest.mark.parametrize("name", ["Ben", "ශ්\u200dරී", "Zoë O’Neil"])
def test_names_of_any_script_are_taken(name: str) -> None:
    assert MemberForm.posted(MultiDict({"name": name})).validate()


class TestSharingOut:
    def test_what_was_not_changed_on_the_page_says_nothing(self) -> None:
        settled = settle({"a": CAT.id}, [Wish("a", was=BEN.id, wanted=BEN.id)])
        assert (settled.changes, settled.clashes) == ({}, ())

    def test_a_change_is_made_and_nobody_is_a_choice_too(self) -> None:
        wishes = [Wish("a", None, BEN.id), Wish("b", BEN.id, None), Wish("c", BEN.id, CAT.id)]
        settled = settle({"b": BEN.id, "c": BEN.id}, wishes)
        assert settled.changes == {"a": BEN.id, "b": None, "c": CAT.id}
        assert settled.clashes == ()

    def test_two_that_changed_the_same_item_differently_clash(self) -> None:
        settled = settle({"a": CAT.id}, [Wish("a", was=None, wanted=BEN.id)])
        assert settled.clashes == ("a",)
        assert settled.changes == {}

    def test_two_that_changed_it_alike_agree(self) -> None:
        settled = settle({"a": BEN.id}, [Wish("a", was=None, wanted=BEN.id)])
        assert (settled.changes, settled.clashes) == ({}, ())

    @given(now=PEOPLE, was=PEOPLE, wanted=PEOPLE)
    def test_nothing_that_somebody_chose_is_ever_dropped_in_silence(
        self, now: uuid.UUID | None, was: uuid.UUID | None, wanted: uuid.UUID | None
    ) -> None:
        present = {"a": now} if now else {}
        settled = settle(present, [Wish("a", was, wanted)])
        after = settled.changes.get("a", now)
        assert after == wanted or "a" in settled.clashes or wanted == was
        assert after == now or now == was, "what somebody else chose is not overwritten unseen"

    def test_each_has_a_share_in_the_order_of_the_list_and_the_rest_has_nobody(self) -> None:
        asking = an_asking()
        steps = steps_of(asking, asking.competency_keys, (), {})
        first, second, *rest = (step.item.key for step in steps)
        found = shares((LEAD, BEN), {first: BEN, second: BEN}, steps)
        assert [share.member for share in found] == [LEAD, BEN, None]
        assert [step.item.key for step in found[1].steps] == [first, second]
        assert [step.item.key for step in found[2].steps] == rest
        assert found[0].steps == ()
        assert found[1].answered == 0

    def test_nobodys_share_is_left_out_where_everything_has_somebody(self) -> None:
        steps = steps_of(an_asking(), (), (), {})
        found = shares((LEAD,), {step.item.key: LEAD for step in steps}, steps)
        assert [share.member for share in found] == [LEAD]
