"""A respondent reads and answers in Welsh, changes the language, and loses nothing by it."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import Tag

from tests.factories.consultations import create_and_open, shipped_details
from tests.pages.client import Client, Screen
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.consultation import Actor
from webapp.consultations.opening import Period
from webapp.persistence import new_id

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

WAITING = "quality.waiting"
SPEAKING = "culture.speaking-up"
CLOSES = dt.datetime(2027, 2, 5, 17, tzinfo=dt.UTC)
WELSH_TITLE = "Yn gweithredu ar amseroedd aros hir"
WELSH_START = "Rwy’n trin arhosiad hir fel risg i’r claf"
ENGLISH_START = "I treat a long wait as a risk to the patient"


@pytest.fixture
def person(program: Program) -> Respondent[Client]:
    period = Period(program.clock() - dt.timedelta(minutes=30), CLOSES)
    by, organisation = Actor(new_id(), "Ada Lindqvist"), program.organisation
    with program.database.writing() as session:
        create_and_open(
            session,
            organisation_id=organisation.id,
            details=shipped_details(period=period),
            library=program.library,
            by=by,
            now=program.clock(),
        )
    return Respondent(program.browser())


def in_language(screen: Screen, tag: str) -> str:
    """Return every text of a page that says it is in a language."""
    return " ".join(each.get_text(" ", strip=True) for each in screen.soup.find_all(lang=tag))


def wording(screen: Screen, key: str = WAITING) -> Tag:
    area = screen.soup.find("textarea", attrs={"name": f"{key}:wording"})
    assert isinstance(area, Tag)
    return area


def answers_of(program: Program, code: str) -> dict[str, tuple[str, str]]:
    """Return what was sent, as text or choice and language, by question."""
    with program.database.reading() as session:
        submission = services.find_receipt(session, code)
    assert submission is not None
    return {
        each.key.question: (each.given.text or each.given.choices[0], each.language)
        for each in submission.answers
    }


class TestChoosing:
    def test_languages_are_offered_by_their_own_names(self, person: Respondent[Client]) -> None:
        screen = person.browser.open(person.page)
        offered = screen.soup.select(".bm-languages [lang]")
        assert [(each.get_text(strip=True), each["lang"]) for each in offered] == [
            ("English", "en-GB"),
            ("Cymraeg", "cy"),
            ("Easy Read", "en-GB-x-easyread"),
        ]
        assert offered[0]["aria-current"] == "true"

    def test_the_page_says_what_is_translated_and_how_it_was_checked(
        self, person: Respondent[Client]
    ) -> None:
        assert "professional translator" not in person.browser.open(person.page).text
        screen = person.browser.press("Cymraeg")
        assert screen.path == person.page
        assert "8 of the 46 competencies are in Cymraeg" in screen.text
        assert "the rest of this site, is in English" in screen.text
        assert "You may write your answers in either language." in screen.text
        assert "No professional translator has checked it." in screen.text

    def test_easy_read_asks_for_ones_own_words(self, person: Respondent[Client]) -> None:
        person.browser.open(person.page)
        screen = person.browser.press("Easy Read")
        assert "Please answer in your own words." in screen.text
        assert "either language" not in screen.text

    def test_a_language_that_is_not_there_is_not_found(self, person: Respondent[Client]) -> None:
        person.browser.open(person.page)
        for language in ("fr", "cy.2", "../x", "CY"):
            values = {"language": language, "csrf_token": person.browser.proof()}
            person.browser.post(f"{person.page}/language", values, status=404)

    def test_a_choice_never_leads_off_the_site(self, person: Respondent[Client]) -> None:
        person.browser.open(person.page)
        for at in ("//example.org", "https://example.org/", "../../x"):
            values = {"language": "cy", "at": at, "csrf_token": person.browser.proof()}
            response = person.browser.flask.post(f"{person.page}/language", data=values)
            assert response.status_code == 303
            assert response.headers["Location"].startswith(f"{person.response}/items/")


class TestAnswering:
    def test_what_is_chosen_before_starting_holds_for_every_page(
        self, person: Respondent[Client]
    ) -> None:
        person.browser.open(person.page)
        person.browser.press("Cymraeg")
        person.introduce()
        chosen = person.browser.open(f"{person.response}/choose")
        assert WELSH_TITLE in in_language(chosen, "cy")
        assert "Makes it safe to speak up" not in in_language(chosen, "cy")

        listed = person.choose(WAITING, SPEAKING)
        assert "Gofal diogel a chanlyniadau gwell" in in_language(listed, "cy")
        assert WELSH_TITLE in in_language(listed, "cy")

        screen = person.open_item(WAITING)
        assert screen.soup.h1 is not None
        assert screen.soup.h1.get_text() == WELSH_TITLE
        assert screen.soup.h1["lang"] == "cy"
        welsh = in_language(screen, "cy")
        assert WELSH_START in welsh
        assert f"Beth ddylai ddigwydd i ‘{WELSH_TITLE}’?" in welsh
        assert "Ei gadw fel y mae" in welsh
        assert wording(screen)["lang"] == "cy"
        assert wording(screen).get_text().strip().startswith(WELSH_START)
        # The behaviours are not in Welsh yet, and do not say that they are.
        details = screen.soup.find("details")
        assert isinstance(details, Tag)
        assert not details.find_all(lang=True)

    def test_what_is_not_translated_is_in_english_and_does_not_say_otherwise(
        self, person: Respondent[Client]
    ) -> None:
        person.browser.open(person.page)
        person.browser.press("Cymraeg")
        person.introduce()
        person.choose(SPEAKING)
        screen = person.open_item(SPEAKING)
        main = screen.soup.find("main")
        assert isinstance(main, Tag)
        for part in main.select(".bm-languages, .bm-translated"):
            part.decompose()
        tagged = main.find_all(lang=True)
        assert tagged == []
        assert "What should happen to ‘Makes it safe to speak up’?" in screen.text

    def test_answers_stay_whichever_language_is_chosen(self, person: Respondent[Client]) -> None:
        person.introduce()
        person.choose(WAITING)
        person.open_item(WAITING)
        comment = f"{WAITING}:comment"
        action = f"{WAITING}:action"

        # The button saves what is typed and shows it again in the other language.
        screen = person.browser.press("Cymraeg", {comment: "Good, but long.", action: "reword"})
        assert WELSH_START in screen.text
        assert "Good, but long." in screen.text
        screen = person.browser.press("Easy Read", {comment: "Da, ond yn hir."})
        assert "Waiting too long can harm people." in screen.text
        assert "Da, ond yn hir." in screen.text
        screen = person.browser.press("English")
        assert ENGLISH_START in screen.text
        assert "Da, ond yn hir." in screen.text
        ticked = screen.soup.find("input", attrs={"name": action, "checked": True})
        assert isinstance(ticked, Tag)
        assert ticked["value"] == "reword"

    def test_a_statement_that_nobody_changed_is_no_answer_in_any_language(
        self, program: Program, person: Respondent[Client]
    ) -> None:
        person.introduce()
        person.choose(WAITING)
        english = str(wording(person.open_item(WAITING)).get_text()).strip()
        welsh = str(wording(person.browser.press("Cymraeg")).get_text()).strip()
        assert english != welsh
        # A page from before the change comes in late: it still holds the English statement.
        person.save({f"{WAITING}:wording": english})
        person.open_item(WAITING)
        screen = person.save({f"{WAITING}:wording": welsh, f"{WAITING}:action": "keep"})
        screen = person.browser.open(f"{person.response}/check")
        assert "Ei gadw fel y mae" in screen.text
        assert english not in screen.text
        assert welsh not in screen.text

    def test_the_receipt_says_in_which_language_and_in_which_words(
        self, program: Program, person: Respondent[Client]
    ) -> None:
        person.introduce()
        person.choose(WAITING)
        person.open_item(WAITING)
        person.browser.press("Cymraeg", {f"{WAITING}:comment": "In English."})
        welsh = str(wording(person.browser.screen).get_text()).strip()
        better = welsh.replace("fel risg", "fel perygl", 1)
        person.save({f"{WAITING}:wording": better, f"{WAITING}:action": "reword"})

        check = person.check()
        assert "Ei aileirio" in in_language(check, "cy")
        assert "A fyddech chi’n geirio datganiad" in in_language(check, "cy")
        # What somebody wrote may be in any language, so it says none.
        (removed,) = check.soup.find_all("del")
        assert "risg" in removed.get_text()
        assert "perygl" not in removed.get_text()

        person.browser.press("Send your response")
        code = person.code()
        receipt = person.browser.open(f"/receipts/{code}")
        body = receipt.soup.find(class_="bm-document")
        assert isinstance(body, Tag)
        text = body.get_text(" ", strip=True)
        assert "Language English, Cymraeg" in text
        assert "Ei aileirio" in text
        assert ENGLISH_START in text
        assert [each.get_text(strip=True) for each in body.find_all("del")] == ["risg"]
        assert answers_of(program, code) == {
            "comment": ("In English.", ""),
            "action": ("reword", "cy"),
            "wording": (better, "cy"),
        }

    def test_the_language_is_remembered_with_the_response(
        self, program: Program, person: Respondent[Client]
    ) -> None:
        person.introduce()
        person.choose(WAITING)
        person.open_list()
        person.browser.press("Cymraeg")
        with person.browser.flask.session_transaction() as cookie:
            token = str(cookie[f"begun:{person.slug}"])
        with program.database.reading() as session:
            found = services.find_consultation(session, person.slug)
            assert found is not None
            draft = services.find_draft(session, consultation_id=found.id, token=token)
        assert draft is not None
        assert draft.language == "cy"
