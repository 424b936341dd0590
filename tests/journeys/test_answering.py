"""Answering the questions about one item: every way of saving, and what meets there."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.factories.together import a_team
from tests.factories.writing import SPEAKING
from tests.pages.client import Screen, filled_in
from tests.pages.respondent import Respondent
from tests.pages.responses import a_writer, open_a_consultation, remember
from tests.program import Program

COMMENT, WORDING, ACTION = (f"{SPEAKING}:{each}" for each in ("comment", "wording", "action"))
STATUS = "[data-autosave-status]"

# What the two databases do differently is tested with the services; most pages need one of them.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def person(program: Program) -> Respondent:
    """Somebody on the page of one competency, of which nothing is answered."""
    person = a_writer(program, open_a_consultation(program), "")
    person.open_item(SPEAKING)
    return person


def typed(screen: Screen, name: str) -> str:
    """Return what stands in a field."""
    field = screen.soup.select_one(f'textarea[name="{name}"]:not([hidden])')
    assert field is not None
    return field.get_text().strip()


def everything(person: Respondent, **changes: str) -> dict[str, str]:
    """Return what the present page would send, with some of it changed."""
    form = person.browser.screen.form("Save and return to list")
    sent = {str(each["name"]): str(each.get("value", "")) for each in form.select("[type=hidden]")}
    for each in form.select("textarea:not([hidden])"):
        sent[str(each["name"])] = each.get_text().strip()
    return sent | changes


def stay(person: Respondent, **changes: str) -> Screen:
    """Save as the script does, and stay on the page."""
    body = everything(person, then="stay", **changes)
    return person.browser.post(f"{person.response}/items/{SPEAKING}", body)


class TestSaving:
    def test_the_page_says_until_when_and_when_it_was_saved(
        self, program: Program, person: Respondent
    ) -> None:
        screen = person.browser.screen
        assert "change your answers until 5 February 2027, 5pm GMT" in screen.text
        assert screen.soup.select(STATUS)[0].get_text() == ""
        person.save({COMMENT: "Say who listens."})
        screen = person.open_item(SPEAKING)
        assert screen.soup.select(STATUS)[0].get_text() == "Saved at 9:30am GMT"
        program.clock.move(days=30)
        screen = person.open_item(SPEAKING)
        assert screen.soup.select(STATUS)[0].get_text() == "Saved on 23 November 2026, 9:30am GMT"

    def test_to_come_back_later_saves_and_leads_to_the_code_for_this_place(
        self, person: Respondent
    ) -> None:
        screen = person.save({COMMENT: "Half a"}, button="Save and come back later")
        assert "at=culture.speaking-up" in screen.path
        assert "Half a" in person.check().text

    def test_the_place_is_the_answer_that_somebody_was_at(self, person: Respondent) -> None:
        body = everything(person, then="later", at=COMMENT)
        screen = person.browser.post(f"{person.response}/items/{SPEAKING}", body)
        assert f"at={COMMENT}" in screen.path.replace("%3A", ":")
        body["at"] = "somewhere:else"
        screen = person.browser.post(f"{person.response}/items/{SPEAKING}", body)
        assert "somewhere" not in screen.path

    def test_a_script_that_stays_gets_the_page_with_new_revisions(self, person: Respondent) -> None:
        screen = stay(person, **{COMMENT: "First"})
        assert typed(screen, COMMENT) == "First"
        assert screen.soup.select(STATUS)[0].get_text() == "Saved at 9:30am GMT"
        screen = stay(person, **{COMMENT: "Second"})
        assert typed(screen, COMMENT) == "Second"

    def test_a_script_that_stays_is_told_of_a_clash_and_all_else_is_saved(
        self, person: Respondent
    ) -> None:
        old = everything(person)
        stay(person, **{COMMENT: "From elsewhere"})
        body = old | {"then": "stay", COMMENT: "Mine", ACTION: "keep"}
        screen = person.browser.post(f"{person.response}/items/{SPEAKING}", body, status=409)
        assert screen.soup.select_one("form[data-autosave-clash]")
        revisions = {
            str(each["name"]): each["value"] for each in screen.soup.select('[name^="revision:"]')
        }
        assert revisions[f"revision:{COMMENT}"] == "0", "that one is not decided"
        assert revisions[f"revision:{ACTION}"] == "1"
        assert typed(screen, COMMENT) == "Mine"
        assert "Keep it as it is" in person.check().text


class TestAWording:
    def test_it_is_shown_against_the_present_words_where_somebody_asks(
        self, person: Respondent
    ) -> None:
        present = typed(person.browser.screen, WORDING)
        words = present.replace("I ", "We ", 1)
        screen = person.save({WORDING: words}, button="Show my change")
        change = screen.soup.select_one(".bm-change")
        assert change is not None
        assert [each.get_text() for each in change.select("del")] == [
            "removed: I, end of what is removed."
        ]
        assert [each.get_text() for each in change.select("ins")] == [
            "added: We, end of what is added."
        ]
        texts = [" ".join(each.get_text(" ").split()) for each in change.select(".bm-change__body")]
        assert texts[:2] == [present, words], "both stand there in full"
        listed = change.select_one("dl")
        assert listed is not None
        assert listed.get_text(" ", strip=True) == "Removed “I” Added “We”"

    def test_it_is_on_the_check_page_and_on_the_receipt(self, person: Respondent) -> None:
        words = typed(person.browser.screen, WORDING).replace("I ", "We ", 1)
        person.save({WORDING: words})
        assert person.check().soup.select(".bm-change ins")
        person.send()
        screen = person.browser.follow("See exactly what you sent")
        assert screen.soup.select("ins")

    def test_starting_again_gives_it_up_and_it_can_be_put_back(self, person: Respondent) -> None:
        present = typed(person.browser.screen, WORDING)
        person.save({WORDING: "I listen.\r\n\r\nAlways."}, button="Show my change")
        screen = person.save({}, button="Start again from the present wording")
        assert typed(screen, WORDING) == present
        assert "I listen." in screen.text
        assert "I listen." not in person.check().text
        person.open_item(SPEAKING)
        person.save({WORDING: "I listen."}, button="Show my change")
        person.save({}, button="Start again from the present wording")
        screen = person.save({}, button="Put it back")
        assert typed(screen, WORDING) == "I listen."
        assert "I listen." in person.check().text

    def test_unchanged_it_shows_no_change_and_nothing_to_give_up(self, person: Respondent) -> None:
        screen = person.save({}, button="Show my change")
        assert not screen.soup.select(".bm-change")
        assert "Start again" not in screen.text

    def test_two_wordings_that_clash_are_each_shown_against_the_present_one(
        self, person: Respondent
    ) -> None:
        old = everything(person)
        person.save({WORDING: "I listen.", COMMENT: "One"})
        body = old | {WORDING: "We listen.", COMMENT: "Two"}
        screen = person.browser.post(f"{person.response}/items/{SPEAKING}", body, status=409)
        for words in ("I listen.", "We listen.", "One", "Two", "What the saved one changes"):
            assert words in screen.text
        assert "Saved on 23 November 2026, 9:30am GMT" in screen.text
        keep = {f"keep:{WORDING}": "both", f"both:{WORDING}": "We all listen."}
        person.browser.press("Save these answers", keep | {f"keep:{COMMENT}": "sent"})
        text = person.check().text
        assert "We all listen." in text
        assert "Two" in text

    def test_the_present_wording_can_win_over_somebody_elses(self, person: Respondent) -> None:
        person.save({WORDING: "I listen."})
        person.open_item(SPEAKING)
        old = everything(person)
        present = person.browser.screen.soup.select_one(".bm-statement")
        assert present is not None
        person.save({WORDING: "I hear."})
        body = old | {WORDING: present.get_text().strip()}
        screen = person.browser.post(f"{person.response}/items/{SPEAKING}", body, status=409)
        assert "The present wording" in screen.text
        person.browser.press("Save these answers", {f"keep:{WORDING}": "sent"})
        assert "I hear." not in person.check().text


class TestWithoutAScript:
    """Every page that stands in the way keeps what was typed."""

    def test_an_error_in_one_answer_keeps_all_others(self, person: Respondent) -> None:
        screen = person.save({COMMENT: "x" * 4001, WORDING: "I listen."}, status=422)
        assert typed(screen, WORDING) == "I listen."
        person.save({COMMENT: "x" * 4000})
        assert "I listen." in person.check().text

    def test_a_page_that_was_open_too_long_is_sent_again(self, person: Respondent) -> None:
        body = everything(person, **{COMMENT: "Thought about for a day", "csrf_token": "old"})
        path, browser = f"{person.response}/items/{SPEAKING}", person.browser
        refused = browser.flask.post(path, data=body, headers={"Sec-Fetch-Site": "same-origin"})
        assert refused.status_code == 400
        form = BeautifulSoup(refused.text, "lxml").select_one("main form")
        assert form is not None
        browser.post(path, filled_in(form))
        assert "Thought about for a day" in person.check().text

    def test_closing_shows_what_was_typed(self, program: Program, person: Respondent) -> None:
        program.clock.move(days=75)
        screen = person.save({COMMENT: "Too late, but here"}, status=410)
        assert "Too late, but here" in screen.text


class TestColleagues:
    @pytest.fixture
    def two(self, program: Program) -> list[Respondent]:
        """Asha, who leads, and Ben, both on the page of one competency."""
        consultation = open_a_consultation(program)
        with program.database.writing() as session:
            holders = a_team(session, consultation, ("Ben Hall",), program.clock())
        people = [Respondent(program.browser()) for _ in holders]
        for person, holder in zip(people, holders, strict=True):
            remember(person.browser, holder.token)
            person.open_item(SPEAKING)
        return people

    def test_the_clash_page_names_who_saved_the_other_answers(self, two: list[Respondent]) -> None:
        asha, ben = two
        ben.save({COMMENT: "From Ben", ACTION: "keep", WORDING: "I listen."})
        screen = asha.save({COMMENT: "From Asha", ACTION: "remove"}, status=409)
        assert "Saved by Ben Hall on 23 November 2026, 9:30am GMT" in screen.text
        assert "The answer that Ben Hall saved" in screen.text
        assert "I listen." not in screen.text, "who left the wording alone says nothing about it"
        screen = asha.browser.press("Save these answers", {f"keep:{ACTION}": "sent"}, status=422)
        assert screen.errors == ["Select which answer to keep"]
        assert "Saved by Ben Hall" in screen.text
        asha.browser.press("Save these answers", {f"keep:{COMMENT}": "both"})
        text = asha.check().text
        for words in ("From Ben", "From Asha", "Remove it", "I listen."):
            assert words in text

    def test_a_colleague_reads_that_the_lead_sent_it(self, two: list[Respondent]) -> None:
        asha, ben = two
        ben.save({COMMENT: "From Ben"})
        assert ben.check().heading == "Everything that is written so far"
        asha.send()
        text = ben.open_list().text
        assert "has been sent" in text
        assert "ask who sent it" in text
        assert "could not find a response" not in text

    def test_somebody_with_two_tabs_is_not_told_that_it_was_a_colleague(
        self, two: list[Respondent]
    ) -> None:
        asha, _ = two
        old = everything(asha)
        asha.save({COMMENT: "From one tab"})
        path, body = f"{asha.response}/items/{SPEAKING}", old | {COMMENT: "From another"}
        screen = asha.browser.post(path, body, status=409)
        assert "it was open in two tabs" in screen.text
        assert "Asha Rao" not in screen.text
