"""A team records who was told about a consultation, and sees who has not answered."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.pages.client import Client
from tests.pages.lead import Lead
from tests.pages.outreach import LIST, LOG, TOLD, OutreachLog
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.security import Role

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def lead(program: Program) -> Client:
    """The lead of a consultation that is open."""
    browser = program.staff(Role.CONSULTATION_LEAD)
    Lead(browser).create_open()
    return browser


@pytest.fixture
def log(program: Program, lead: Client) -> OutreachLog:
    """An officer who keeps its log."""
    return OutreachLog(program.staff(Role.CONSULTATION_OFFICER))


def respond_for(program: Program, name: str, kind: str = "acute") -> None:
    """Send a response for an organisation."""
    person = Respondent(program.browser())
    press = person.browser.press
    person.start()
    press("Save and continue", {"responds_as": "organisation"})
    press("Save and continue", {"respondent_class": kind, "organisation_name": name})
    press("Save and continue", {"region": "midlands"})
    press("Save and continue", {"interest": "none"})
    press("Save and continue", {"publish": "unnamed"})
    press("Save and continue", {"positions": []})
    person.choose("culture.speaking-up")
    person.open_item("culture.speaking-up")
    person.save({"culture.speaking-up:comment": "Say who listens."})
    person.send()


class TestAnEntry:
    def test_is_added_and_listed(self, log: OutreachLog) -> None:
        screen = log.add()
        assert "The entry is added." in screen.text
        assert log.row("Riverside") == (
            "Acute trust or foundation trust | By letter | 20 November 2026 | 1"
        )
        assert "Addressed to the chair." in log.open_entry().text

    def test_is_reached_from_the_page_of_the_consultation(
        self, lead: Client, log: OutreachLog
    ) -> None:
        for browser in (lead, log.browser):
            browser.open(Lead(browser).one())
            assert browser.follow("Record who was told").heading == "Who was told"

    def test_is_kept_for_a_consultation_that_is_prepared_or_closed(
        self, lead: Client, log: OutreachLog
    ) -> None:
        Lead(lead).create(slug="not-yet")
        prepared = OutreachLog(lead, LOG.replace("example-region", "not-yet"))
        assert "The entry is added." in prepared.add().text
        assert "Told and not answered yet" in prepared.open("/classes").text
        Lead(lead).close("It was announced by mistake.")
        assert "The entry is added." in log.add().text

    def test_is_added_once_however_often_it_is_sent(self, log: OutreachLog) -> None:
        log.open("/new")
        form = log.browser.screen.form("Add the entry")
        hidden = {
            str(each["name"]): str(each["value"]) for each in form.select("input[type=hidden]")
        }
        for _ in range(2):
            log.browser.post(f"{LOG}/new", {**TOLD, **hidden})
        assert "1 entry" in log.open().text

    def test_says_what_is_wrong_and_loses_nothing(self, log: OutreachLog) -> None:
        wrong: tuple[tuple[dict[str, Any], str], ...] = (
            ({"audience": " "}, "Enter who was told"),
            ({"audience": "—"}, "Enter a name or a description in words"),
            ({"audience": "x" * 201}, "Shorten this to 200 characters or fewer"),
            ({"audience_class": ""}, "Choose what describes them best"),
            ({"audience_class": "governor"}, "Choose what kind of organisation it is"),
            ({"audience_class": "everybody"}, "Choose what kind of organisation it is"),
            ({"told_on-day": "24"}, "The day must be today or in the past"),
            ({"told_on-month": "13"}, "Enter a real date, such as 27 3 2026"),
            ({"told_on-day": ""}, "Enter a real date, such as 27 3 2026"),
            ({"reached": "many"}, "Enter a whole number, such as 250"),
            ({"reached": "0"}, "Enter a whole number, such as 250"),
            ({"reached": "9" * 400}, "Enter a whole number, such as 250"),
            ({"way": "pigeon"}, "Not a valid choice."),
            ({"note": "x" * 2001}, "Shorten this to 2,000 characters or fewer"),
        )
        for changes, message in wrong:
            screen = log.add(status=422, **changes)
            assert screen.errors == [message]
            note = changes.get("note", TOLD["note"])
            assert screen.soup.select_one("#note").get_text().strip() == note  # type: ignore[union-attr]
        assert "Nothing is recorded yet." in log.open().text

    def test_may_be_of_today_and_of_before_the_opening(self, log: OutreachLog) -> None:
        today: dict[str, Any] = {"told_on-day": "23"}
        last_year: dict[str, Any] = {"told_on-year": "2025", "reached": "1,200"}
        log.add(**today)
        log.add(**last_year)
        assert log.row("Riverside").endswith("23 November 2026 | 1")
        assert "20 November 2025" in log.browser.screen.text
        assert "1,200" in log.browser.screen.text

    def test_shows_mark_up_as_words(self, log: OutreachLog) -> None:
        hostile = "<script>alert(1)</script> & Sons"
        log.add(audience=hostile, note=hostile)
        assert hostile in log.open().text
        assert hostile in log.open_entry("alert(1)").text
        assert hostile in log.open("/organisations").text

    def test_of_another_consultation_is_not_found(self, lead: Client, log: OutreachLog) -> None:
        log.add()
        entry = log.open_entry().path
        Lead(lead).create(slug="not-yet")
        for part in ("", "/correct", "/strike-out"):
            log.browser.open(entry.replace("example-region", "not-yet") + part, status=404)


class TestAnAttachment:
    def test_is_kept_as_it_was_sent(self, log: OutreachLog) -> None:
        log.add(file=(io.BytesIO(PDF), "Letter to trusts.pdf"))
        screen = log.open_entry()
        address = screen.link("Letter to trusts.pdf")
        answer = log.browser.flask.get(address)
        assert answer.data == PDF
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment")

    def test_is_told_by_its_content(self, log: OutreachLog) -> None:
        for content, name, message in (
            (b"MZ\x90\x00", "letter.exe", "The file must be a PDF"),
            (b"MZ\x90\x00", "letter.pdf", "The file must be a PDF"),
            (PDF, "letter.docx", "The content of the file is PDF"),
            (PDF, "letter.png", "The name of the file does not fit what is in it"),
            (b"", "letter.pdf", "The file is empty"),
            (b"%PDF-" + b"x" * 10_500_000, "letter.pdf", "The file must be smaller than 10 MB"),
        ):
            screen = log.add(status=422, file=(io.BytesIO(content), name))
            assert screen.errors[0].startswith(message), (name, screen.errors)

    def test_is_asked_for_again_where_something_else_is_wrong(self, log: OutreachLog) -> None:
        screen = log.add(status=422, audience="", file=(io.BytesIO(PDF), "letter.pdf"))
        assert screen.errors[-1].startswith("Choose the file again")

    def test_stays_with_the_version_that_had_it(self, log: OutreachLog) -> None:
        log.add(file=(io.BytesIO(PDF), "letter.pdf"))
        log.correct("Riverside NHS Trust", note="By hand.")
        first = log.browser.screen.path.partition("?")[0]
        assert log.browser.flask.get(f"{first}/versions/2/file").data == PDF
        log.correct("Riverside NHS Trust", detach="y")
        assert log.browser.flask.get(f"{first}/versions/3/file").status_code == 404
        assert log.browser.flask.get(f"{first}/versions/1/file").data == PDF


class TestACorrection:
    def test_keeps_what_was_said_before(self, log: OutreachLog) -> None:
        log.add()
        screen = log.correct("Riverside NHS Trust", audience="Riverside Mental Health Trust")
        assert screen.heading == "Riverside Mental Health Trust"
        assert "The name was misspelt." in screen.text
        assert "Riverside NHS Trust" in screen.text
        assert "Corrected" in log.open().text

    def test_needs_a_reason(self, log: OutreachLog) -> None:
        log.add()
        screen = log.correct("Riverside NHS Trust", reason="", note="Typed", status=422)
        assert screen.errors == ["Enter why it is corrected"]
        assert "Typed" in str(screen.soup.select_one("#note"))

    def test_shows_what_somebody_else_saved_meanwhile(self, lead: Client, log: OutreachLog) -> None:
        log.add()
        log.open_entry()
        log.browser.follow("Correct it")
        other = OutreachLog(lead)
        other.correct("Riverside NHS Trust", note="Read out at their board.")
        mine = {"note": "By hand.", "reason": "It was brought over."}
        screen = log.browser.press("Save the correction", mine, status=409)
        assert "Read out at their board." in screen.text
        assert "By hand." in str(screen.soup.select_one("#note"))
        screen = log.browser.press("Save the correction")
        assert "The correction is saved." in screen.text
        assert len(screen.soup.select("ol > li")) >= 3

    def test_of_what_was_struck_out_meanwhile_is_not_saved(
        self, lead: Client, log: OutreachLog
    ) -> None:
        log.add()
        log.open_entry()
        log.browser.follow("Correct it")
        OutreachLog(lead).strike("Riverside NHS Trust", "It never went out.")
        mine = {"note": "By hand.", "reason": "It was brought over."}
        screen = log.browser.press("Save the correction", mine, status=409)
        assert "By hand." in str(screen.soup.select_one("#note"))
        assert "can no longer be corrected" in screen.text


class TestStrikingOut:
    def test_keeps_the_entry_and_counts_it_no_more(self, log: OutreachLog) -> None:
        log.add()
        screen = log.strike("Riverside NHS Trust", "It never went out.")
        assert "Struck out" in screen.text
        assert "It never went out." in screen.text
        assert "Correct it" not in screen.text
        assert "Struck out" in log.open().text
        assert "No organisation is recorded by its name yet." in log.open("/organisations").text
        log.open("/classes")
        assert log.row("Acute").startswith("Neither told nor answered | 0")

    def test_needs_a_reason(self, log: OutreachLog) -> None:
        log.add()
        assert log.strike("Riverside NHS Trust", " ", status=422).errors == [
            "Enter why it is struck out"
        ]

    def test_happens_once(self, lead: Client, log: OutreachLog) -> None:
        log.add()
        log.open_entry()
        log.browser.follow("Strike it out")
        OutreachLog(lead).strike("Riverside NHS Trust", "It never went out.")
        screen = log.browser.press("Strike it out", {"reason": "A mistake."}, status=409)
        assert "Somebody else struck this entry out meanwhile." in screen.text
        assert "It never went out." in log.open_entry().text


class TestAPastedList:
    def test_is_shown_before_it_is_added(self, log: OutreachLog) -> None:
        screen = log.paste("Riverside NHS Trust", "", "  Hillside  NHS Trust\tcolumn two")
        assert "To be added 2" in screen.text
        assert "Nothing is recorded yet." in log.open().text
        log.paste("Riverside NHS Trust", "Hillside NHS Trust")
        screen = log.browser.press("Add them")
        assert "The organisations are added." in screen.text
        assert "2 entries" in screen.text
        assert log.row("Hillside NHS Trust").endswith("20 November 2026 | 1")

    def test_points_out_what_is_twice_or_was_told_before(self, log: OutreachLog) -> None:
        log.add()
        screen = log.paste("RIVERSIDE NHS TRUST.", "Hillside", "The Hillside", "Valley")
        assert "To be added 2" in screen.text
        assert "Recorded before 1" in screen.text
        assert "Twice in the list 1" in screen.text
        screen = log.browser.press("Add them")
        assert "3 entries" in screen.text

    def test_adds_again_what_is_ticked(self, log: OutreachLog) -> None:
        log.add()
        log.paste("Riverside NHS Trust")
        screen = log.browser.press("Add them", status=422)
        assert screen.errors[0].startswith("Tick an organisation")
        log.browser.press("Add them", {"again": ["Riverside NHS Trust"]})
        log.open("/organisations")
        assert "(2 times in all)" in log.row("Riverside NHS Trust")

    def test_is_added_once_however_often_it_is_sent(self, log: OutreachLog) -> None:
        log.paste("Riverside", "Hillside")
        form = log.browser.screen.form("Add them")
        hidden = {
            str(each["name"]): str(each["value"]) for each in form.select("input[type=hidden]")
        }
        for _ in range(2):
            log.browser.post(f"{LOG}/list/add", hidden)
        assert "2 entries" in log.open().text

    def test_can_be_changed_after_it_was_shown(self, log: OutreachLog) -> None:
        log.paste("Riverside", "Hillside", note="About the dates.")
        screen = log.browser.press("Change the list")
        assert "Hillside" in str(screen.soup.select_one("#names"))
        assert "About the dates." in str(screen.soup.select_one("#note"))
        assert screen.soup.select_one("#way-2[checked]") is not None

    def test_says_what_is_wrong(self, log: OutreachLog) -> None:
        for names, message in (
            ((), "Enter the organisations, one a line"),
            (("Riverside", "—"), "Line 2 has no letters or figures: “—”"),
            (("x" * 201,), "Line 1 is longer than 200 characters"),
            (tuple(f"Trust {n}" for n in range(1001)), "The list has more than 1,000 names"),
        ):
            screen = log.paste(*names, status=422)
            assert screen.errors[0].startswith(message)
        tomorrow: dict[str, Any] = {"told_on-day": "30"}
        screen = log.paste("Riverside", status=422, **tomorrow)
        assert screen.errors == ["The day must be today or in the past"]
        assert "Riverside" in str(screen.soup.select_one("#names"))

    def test_of_a_thousand_is_added(self, log: OutreachLog) -> None:
        log.paste(*(f"Trust number {n}" for n in range(1000)))
        assert "1,000 entries, page 1 of 20" in log.browser.press("Add them").text
        assert log.browser.follow("Next").path.endswith("page=2")
        log.open("/organisations?show=waiting&page=10")
        assert "page 10 of 10" in log.browser.screen.text


class TestWhoAnswered:
    def test_a_class_is_told_answered_or_neither(self, program: Program, log: OutreachLog) -> None:
        log.add()
        log.add(audience="Union of Ward Clerks", audience_class="union", reached="")
        log.add(kind="group", audience="Our website", audience_class="everybody", reached="5000")
        respond_for(program, "Riverside NHS Trust")
        respond_for(program, "Valley Care Board", "icb")
        log.open("/classes")
        assert log.row("Acute") == "Told and answered | 1 | 1 | 20 November 2026 | 1"
        assert log.row("Trade union") == (
            "Told and not answered yet | 1 | Not known | 20 November 2026 | 0"
        )
        assert log.row("Regulator") == "Neither told nor answered | 0 | Nobody | Never | 0"
        assert log.row("Integrated care board").startswith("Answered, with nothing recorded")
        assert "About how many reached: 5,000" in log.browser.screen.text

    def test_an_organisation_answered_perhaps_or_not_yet(
        self, program: Program, log: OutreachLog
    ) -> None:
        names = ("Riverside NHS Trust", "Hillside NHS Trust", "Royal College of Ward Clerks")
        log.paste(*names, "Valley Ambulance")
        log.browser.press("Add them")
        respond_for(program, "riverside nhs trust")
        respond_for(program, "Hillside NHS Foundation Trust")
        respond_for(program, "RCWC", "union")
        log.open("/organisations")
        assert log.row("Riverside NHS Trust").endswith("| Yes")
        assert log.row("Hillside").endswith("| Perhaps Hillside NHS Foundation Trust")
        assert log.row("Royal College").endswith("| Perhaps RCWC")
        assert log.row("Valley").endswith("| Not yet")
        screen = log.browser.follow("Not answered yet: 3")
        assert "Riverside" not in screen.text
        assert "Valley Ambulance" in screen.text

    def test_downloads_are_tables_without_formulas(
        self, program: Program, log: OutreachLog
    ) -> None:
        log.add(audience="=cmd|' /C calc'!A0")
        log.add()
        log.strike("Riverside NHS Trust", "It never went out.")
        tables = {}
        for name in (".csv", "/classes.csv", "/organisations.csv"):
            answer = log.browser.flask.get(f"{LOG}{name}")
            assert answer.mimetype == "text/csv"
            tables[name] = list(csv.DictReader(io.StringIO(answer.text)))
        struck = {row["audience"]: row["struck_out"] for row in tables[".csv"]}
        assert struck == {"Riverside NHS Trust": "yes", "'=cmd|' /C calc'!A0": "no"}
        assert tables["/organisations.csv"][0]["response_in_this_name"] == "Not yet"
        states = {row["class"]: row["state"] for row in tables["/classes.csv"]}
        assert states["Acute trust or foundation trust"] == "Told and not answered yet"


class TestOthers:
    def test_a_moderator_and_another_organisation_see_nothing(
        self, program: Program, log: OutreachLog
    ) -> None:
        log.add()
        far = program.add_organisation("elsewhere", "Elsewhere NHS Trust")
        for browser in (
            program.staff(Role.MODERATOR),
            program.staff(Role.CONSULTATION_LEAD, "far@elsewhere.example", far),
        ):
            for view in ("", "/new", "/list", "/classes", "/organisations", ".csv"):
                browser.open(f"{LOG}{view}", status=403)
            browser.post(f"{LOG}/new", {**TOLD, "csrf_token": browser.proof()}, status=403)
            data = {**LIST, "names": "Planted", "csrf_token": browser.proof()}
            browser.post(f"{LOG}/list/add", data, status=403)
        assert "1 entry" in log.open().text
