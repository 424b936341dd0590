"""Who is responding and what they answer about, also where two pages were open at once."""

from __future__ import annotations

import pytest

from tests.pages.client import Client
from tests.pages.respondent import Respondent
from tests.pages.responses import a_writer, open_a_consultation
from tests.program import Program

# What the two databases do differently is tested with the services.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CLASH = "This was changed in two places"
SAVE = "Save and continue"


@pytest.fixture
def tabs(program: Program) -> tuple[Respondent, Client]:
    """Two tabs of one browser, in which an individual has written a response."""
    person = a_writer(program, open_a_consultation(program))
    second = Client(program.app)
    second.flask = person.browser.flask
    return person, second


def both_open(tabs: tuple[Respondent, Client], step: str) -> tuple[Client, Client]:
    """Open a page about the respondent in both tabs."""
    person, second = tabs
    for each in (person.browser, second):
        each.open(f"{person.response}/about-you/{step}")
    return person.browser, second


def summary(person: Respondent) -> str:
    """Return everything that the check page says."""
    return person.check().text


class TestOnePage:
    def test_a_role_is_kept_and_never_asked_for(self, tabs: tuple[Respondent, Client]) -> None:
        person, _ = tabs
        person.browser.open(f"{person.response}/about-you/who")
        person.browser.press(SAVE, {"role": "Staff <b>governor</b>"})
        assert "Staff <b>governor</b>" in summary(person)
        person.browser.open(f"{person.response}/about-you/who")
        person.browser.press(SAVE, {"role": ""})
        assert "governor</b>" not in summary(person)

    def test_what_each_choice_means_and_what_nobody_can_promise_stand_together(
        self, tabs: tuple[Respondent, Client]
    ) -> None:
        person, _ = tabs
        text = person.browser.open(f"{person.response}/about-you/publishing").text
        for part in (
            "may be published with your name",
            "neither the name nor your role",
            "none of your words are published",
            "Freedom of Information Act 2000",
            "data protection law",
            "nobody can promise that a response stays confidential",
        ):
            assert part in text

    def test_an_organisation_sees_its_name_beside_the_choice(
        self, tabs: tuple[Respondent, Client]
    ) -> None:
        person, _ = tabs
        browser = person.browser
        browser.open(f"{person.response}/about-you/responding-as")
        browser.press(SAVE, {"responds_as": "organisation"})
        browser.press(SAVE, {"organisation_name": "Northmoor", "respondent_class": "union"})
        assert person.statuses()["Publishing"] == "Needed", "leave was given for another name"
        screen = browser.open(f"{person.response}/about-you/publishing")
        assert "with the name of the organisation, Northmoor" in screen.text
        assert screen.soup.find("input", attrs={"name": "name"}) is None

    def test_what_only_an_organisation_says_goes_when_it_was_none(
        self, tabs: tuple[Respondent, Client]
    ) -> None:
        person, _ = tabs
        browser = person.browser
        browser.open(f"{person.response}/about-you/responding-as")
        browser.press(SAVE, {"responds_as": "organisation"})
        browser.press(
            SAVE,
            {
                "organisation_name": "Northmoor",
                "respondent_class": "union",
                "gathered": "By a survey",
            },
        )
        browser.open(f"{person.response}/about-you/responding-as")
        browser.press(SAVE, {"responds_as": "individual"})
        browser.press(SAVE, {"respondent_class": "governor"})
        browser.open(f"{person.response}/about-you/responding-as")
        browser.press(SAVE, {"responds_as": "organisation"})
        assert "By a survey" not in browser.screen.response.text


class TestTwoTabs:
    def test_what_each_changed_on_a_page_of_its_own_is_kept(
        self, tabs: tuple[Respondent, Client]
    ) -> None:
        person, second = tabs
        person.browser.open(f"{person.response}/about-you/region")
        second.open(f"{person.response}/about-you/who")
        person.browser.press(SAVE, {"region": "london"})
        assert second.press(SAVE, {"role": "Governor"}).heading != CLASH
        text = summary(person)
        assert "London" in text
        assert "Governor" in text

    def test_the_same_twice_is_no_clash(self, tabs: tuple[Respondent, Client]) -> None:
        first, second = both_open(tabs, "region")
        first.press(SAVE, {"region": "london"})
        assert second.press(SAVE, {"region": "london"}).heading != CLASH

    def test_an_old_page_that_changes_nothing_undoes_nothing(
        self, tabs: tuple[Respondent, Client]
    ) -> None:
        first, second = both_open(tabs, "region")
        first.press(SAVE, {"region": "london"})
        second.press(SAVE)
        assert "London" in summary(tabs[0])

    @pytest.mark.parametrize(
        ("keep", "kept", "gone"), [("saved", "North", "South"), ("sent", "South", "North")]
    )
    def test_what_both_changed_is_shown_in_full_and_decided(
        self, tabs: tuple[Respondent, Client], keep: str, kept: str, gone: str
    ) -> None:
        first, second = both_open(tabs, "who")
        first.press(SAVE, {"role": "Governor of the North", "respondent_class": "public"})
        screen = second.press(SAVE, {"role": "Governor of the South"}, status=409)
        assert screen.heading == CLASH
        assert "Governor of the North" in screen.text
        assert "Governor of the South" in screen.text
        screen = second.press(SAVE, status=422)
        assert screen.errors == ["Select which to keep"]
        assert "Governor of the South" in screen.text
        second.press(SAVE, {"keep:role": keep})
        text = summary(tabs[0])
        assert f"Governor of the {kept}" in text
        assert f"Governor of the {gone}" not in text
        assert "Member of the public" in text, "what only one of them changed stands"

    def test_what_does_not_clash_is_saved_before_anything_is_decided(
        self, tabs: tuple[Respondent, Client]
    ) -> None:
        first, second = both_open(tabs, "who")
        first.press(SAVE, {"role": "One"})
        second.press(SAVE, {"role": "Two", "respondent_class": "patient"}, status=409)
        text = summary(tabs[0])
        assert "Patient, service user or carer" in text
        assert "One" in text

    def test_a_permission_is_never_mixed_with_another_name(
        self, tabs: tuple[Respondent, Client]
    ) -> None:
        first, second = both_open(tabs, "publishing")
        first.press(SAVE, {"publish": "unnamed"})
        screen = second.press(SAVE, {"publish": "named", "name": "S. Okafor"}, status=409)
        assert "Yes, without the name" in screen.text
        assert "S. Okafor" in screen.text
        second.press(SAVE, {"keep:publish": "sent"})
        assert "S. Okafor" in summary(tabs[0])

    def test_a_page_for_an_organisation_that_has_become_an_individual_loses_nothing(
        self, tabs: tuple[Respondent, Client]
    ) -> None:
        person, second = tabs
        browser = person.browser
        browser.open(f"{person.response}/about-you/responding-as")
        browser.press(SAVE, {"responds_as": "organisation"})
        second.open(f"{person.response}/about-you/who")
        browser.open(f"{person.response}/about-you/responding-as")
        browser.press(SAVE, {"responds_as": "individual"})
        typed = {
            "organisation_name": "Northmoor NHS Trust",
            "respondent_class": "acute",
            "gathered": "At a meeting\r\n\r\nof the board",
        }
        screen = second.press(SAVE, typed, status=409)
        assert "Northmoor NHS Trust" in screen.text
        assert "of the board" in screen.text
        second.press(SAVE, {"keep:responds_as": "sent"})
        text = summary(person)
        for part in ("On behalf of an organisation", "Northmoor NHS Trust", "of the board"):
            assert part in text

    def test_a_third_change_is_asked_about_again(self, tabs: tuple[Respondent, Client]) -> None:
        first, second = both_open(tabs, "region")
        first.press(SAVE, {"region": "london"})
        second.press(SAVE, {"region": "south-west"}, status=409)
        first.open(f"{tabs[0].response}/about-you/region")
        first.press(SAVE, {"region": "midlands"})
        screen = second.press(SAVE, {"keep:region": "sent"}, status=409)
        assert "Midlands" in screen.text
        second.press(SAVE, {"keep:region": "sent"})
        assert "South West" in summary(tabs[0])

    def test_choices_of_both_come_together(self, tabs: tuple[Respondent, Client]) -> None:
        person, second = tabs
        for each in (person.browser, second):
            each.open(f"{person.response}/choose")
        person.browser.press(SAVE, {"competency": ["culture.speaking-up", "culture.compassion"]})
        domain = second.screen.soup.select("input[name=domain]")[0]
        second.press(SAVE, {"competency": [], "domain": [str(domain["value"])]})
        numbers = {title.split(" ")[0] for title in person.statuses() if title[0].isdigit()}
        assert "5.2" in numbers, "the first tab added it"
        assert "1.1" in numbers, "the second tab added it"
        assert not {each for each in numbers if each.startswith("5.")} - {"5.2"}, (
            "the second tab took the other one off"
        )
