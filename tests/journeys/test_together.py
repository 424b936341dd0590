"""Three colleagues write their organisation's response: join, share out, note, clash, send."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from tests.factories.together import ORGANISATION
from tests.factories.together import a_team as made_without_pages
from tests.journeys.test_respondent import ON_SQLITE, person, totals
from tests.pages.respondent import Respondent
from tests.pages.together import Colleague, a_team
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.views.room import cookie_name
from webapp.persistence import Base

__all__ = ["person"]

SPEAKING, COMPASSION = "culture.speaking-up", "culture.compassion"
COMMENT = f"{SPEAKING}:comment"
CANARY = "CANARY-5519 what do the governors say?"
Team = tuple[Colleague, Colleague, Colleague]


@pytest.fixture
def team(program: Program, person: Respondent) -> Team:
    """Asha, who leads, Ben and Cat, each in a browser that holds their pass."""
    asha, ben, cat = holding(program, person.slug, "Ben Hall", "Cat Ng")
    return asha, ben, cat


def holding(program: Program, slug: str, *names: str) -> list[Colleague]:
    """Return a lead and colleagues who joined without a page; one test goes through the pages."""
    with program.database.writing() as session:
        consultation = services.find_consultation(session, slug)
        assert consultation is not None
        holders = made_without_pages(session, consultation, names, program.clock())
    found = []
    for holder, name in zip(holders, ("Asha Rao", *names), strict=True):
        colleague = Colleague(program.browser(), slug, name)
        with colleague.browser.flask.session_transaction() as cookie:
            cookie[cookie_name(slug)] = holder.token
        found.append(colleague)
    return found


def every_row(program: Program) -> dict[str, str]:
    """Return the rows of each table as text."""
    with program.database.reading() as session:
        return {
            table.name: str([tuple(row) for row in session.execute(select(table))])
            for table in Base.metadata.sorted_tables
        }


class TestTogether:
    def test_three_colleagues_write_share_out_settle_and_the_lead_sends(
        self, program: Program, person: Respondent
    ) -> None:
        asha, ben, cat = a_team(program.browser, "Ben Hall", "Cat Ng", keys=(SPEAKING, COMPASSION))
        asha.give({SPEAKING: "Ben Hall", COMPASSION: "Cat Ng", "consultation": "Asha Rao"})
        ben.open_list()
        assert ben.hints()["5.1 Makes it safe to speak up"] == "You look after this"
        ben.note(SPEAKING, CANARY)
        for each in (ben, cat):
            each.open_item(SPEAKING)
        ben.save({COMMENT: "From Ben", f"{SPEAKING}:action": "keep"})
        screen = cat.save({COMMENT: "From Cat", f"{SPEAKING}:clarity": "very-clear"}, status=409)
        assert "From Ben" in screen.text
        assert "From Cat" in screen.text
        cat.browser.press("Save these answers", {f"keep:{COMMENT}": "both"})
        text = asha.check().text
        for part in ("From Ben", "From Cat", "Very clear", ORGANISATION):
            assert part in text
        screen = asha.send()
        assert screen.heading == "Response sent"
        assert totals(program, asha).submitted == 1
        screen = asha.browser.follow("See exactly what you sent")
        assert ORGANISATION in screen.text
        for name in ("Ben Hall", "Cat Ng", "Asha Rao"):
            assert name not in screen.text, "who wrote it is for the colleagues alone"

    def test_a_note_is_in_nothing_that_is_sent_or_downloaded(
        self, program: Program, team: Team
    ) -> None:
        asha, ben, cat = team
        ben.note(SPEAKING, CANARY)
        assert CANARY in cat.browser.open(f"{cat.response}/notes/{SPEAKING}").text
        ben.open_item(SPEAKING)
        ben.save({COMMENT: "From Ben"})
        assert "CANARY" not in asha.check().response.text
        word = asha.browser.flask.get(f"{asha.response}/word")
        assert b"From Ben" in unzipped(word.data)
        assert b"CANARY" not in unzipped(word.data)
        asha.send()
        asha.browser.follow("See exactly what you sent")
        assert "CANARY" not in asha.browser.screen.response.text
        asha.browser.press("Download as PDF")
        pdf = PdfReader(io.BytesIO(asha.browser.screen.response.data))
        assert "From Ben" in " ".join(page.extract_text() for page in pdf.pages)
        assert "CANARY" not in " ".join(page.extract_text() for page in pdf.pages)
        holding = {name for name, rows in every_row(program).items() if "CANARY" in rows}
        assert holding == {"draft_note"}
        with program.database.writing() as session:
            services.forget_drafts(session, program.clock())
        assert not [name for name, rows in every_row(program).items() if "CANARY" in rows]

    def test_no_row_holds_a_secret_of_anybody(self, program: Program, team: Team) -> None:
        asha, *_ = team
        secrets = [asha.joining_code()]
        for each in team:
            shown = each.browser.open(f"{each.response}/return").soup.select_one("#return-code")
            assert shown is not None
            secrets.append(shown.get_text().strip())
        assert len(set(secrets)) == 4
        rows = str(every_row(program))
        assert "Ben Hall" in rows
        for secret in secrets:
            assert len(secret.replace("-", "")) * 5 >= 128
            assert secret not in rows
            assert secret.replace("-", "") not in rows


def unzipped(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return b"".join(file.read(name) for name in file.namelist())


@ON_SQLITE
class TestStarting:
    def test_an_individual_is_shown_nothing_of_it(self, person: Respondent) -> None:
        person.introduce()
        person.choose(SPEAKING)
        for path in ("", f"/items/{SPEAKING}", "/check"):
            assert "olleague" not in person.browser.open(person.response + path).text
        screen = person.browser.open(f"{person.response}/together")
        assert screen.heading == "Your response"
        person.browser.open(f"{person.response}/notes/{SPEAKING}", status=404)
        person.browser.open(f"{person.response}/together/items", status=404)

    def test_an_organisation_says_its_name_first(
        self, program: Program, person: Respondent
    ) -> None:
        asha = Colleague(program.browser())
        asha.start()
        asha.browser.press("Save and continue", {"responds_as": "organisation"})
        screen = asha.browser.open(asha.team)
        assert "First say which organisation you are responding for" in screen.text
        asha.browser.post(asha.team, {"csrf_token": asha.browser.proof(), "name": "Asha Rao"})
        assert asha.browser.screen.heading == "Work on this with colleagues"

    def test_the_lead_gives_a_name(self, program: Program, person: Respondent) -> None:
        asha = Colleague(program.browser())
        asha.introduce_organisation()
        asha.open_list()
        asha.browser.follow("Work on this with colleagues")
        screen = asha.browser.press("Get a joining code", {"name": " "}, status=422)
        assert screen.errors == ["Enter the name that your colleagues know you by"]
        screen = asha.browser.press("Get a joining code", {"name": "n" * 81}, status=422)
        assert screen.errors == ["Shorten this to 80 characters or fewer"]
        assert asha.lead().heading == "Working with colleagues"


@ON_SQLITE
class TestJoining:
    def test_the_invitation_says_whose_response_it_is_and_nothing_of_it(
        self, program: Program, team: Team
    ) -> None:
        asha, *_ = team
        asha.open_item(SPEAKING)
        asha.save({COMMENT: "Our secret view"})
        dov = Colleague(program.browser(), name="Dov")
        screen = dov.browser.open(f"{dov.page}/join/{asha.joining_code()}")
        assert ORGANISATION in screen.text
        for part in ("Our secret view", "Asha Rao", "Ben Hall"):
            assert part not in screen.response.text

    def test_a_code_is_typed_as_people_type(self, program: Program, team: Team) -> None:
        asha, *_ = team
        dov = Colleague(program.browser(), name="Dov")
        code = asha.joining_code()
        link = str(asha.browser.screen.soup.select_one("#joining-link").get_text())  # type: ignore[union-attr]  # It is there.
        for typed in (f" {code.lower()} ", code.replace("-", " "), link):
            dov.browser.open(f"{dov.page}/join")
            screen = dov.browser.press("Continue", {"code": typed})
            assert ORGANISATION in screen.text
        screen = dov.browser.press("Join", {"name": "Dov", "shared": "yes"})
        assert "You have joined" in screen.text
        cookie = dov.browser.flask.get_cookie("boardmark")
        assert cookie is not None
        assert cookie.expires is None, "what others use too is forgotten with the browser"
        shown = screen.soup.select_one("#return-code")
        assert shown is not None
        elsewhere = program.browser()
        elsewhere.open(f"{dov.page}/return/{shown.get_text().strip()}")
        assert elsewhere.press("Go on with your response").heading

    def test_codes_that_open_nothing_are_said_so(self, program: Program, team: Team) -> None:
        asha, ben, _ = team
        browser = program.browser()
        browser.open(f"{asha.page}/join")
        assert browser.press("Continue", status=422).errors == ["Enter the joining code"]
        screen = browser.press("Continue", {"code": "7K3M-9QRT"}, status=422)
        assert screen.errors[0].startswith("This joining code opens nothing here")
        own = ben.browser.open(f"{ben.response}/return").soup.select_one("#return-code")
        assert own is not None
        screen = browser.press("Continue", {"code": own.get_text().strip()}, status=422)
        assert screen.errors[0].startswith("This is a return code")
        screen = browser.open(f"{asha.page}/join/7K3M-9QRT", status=404)
        assert screen.heading == "This joining code does not work"

    def test_a_name_that_somebody_has_is_told_apart(self, program: Program, team: Team) -> None:
        asha, *_ = team
        dov = Colleague(program.browser(), name="ben  HALL")
        screen = dov.join(asha.joining_code(), status=422)
        assert "is called “ben HALL” already" in screen.errors[0]
        assert screen.soup.select_one("#name")["value"] == "ben HALL"  # type: ignore[index]  # It is there.
        dov.name = "Ben Hall (board office)"
        assert "You have joined" in dov.join(asha.joining_code()).text

    def test_a_second_click_adds_nobody(self, team: Team) -> None:
        asha, ben, _ = team
        code = asha.joining_code()
        for each in (asha, ben):
            screen = each.browser.open(f"{each.page}/join/{code}")
            assert screen.heading == "Your organisation’s response"
            data = {"csrf_token": each.browser.proof(), "name": "Again"}
            each.browser.post(f"{each.page}/join/{code}", data)
        assert "Again" not in asha.browser.open(asha.team).text

    def test_who_writes_another_response_keeps_its_code_first(
        self, program: Program, team: Team
    ) -> None:
        asha, *_ = team
        alone = Respondent(program.browser())
        alone.write("My own view")
        dov = Colleague(alone.browser, name="Dov")
        screen = dov.join(asha.joining_code(), status=422)
        assert screen.errors == ["Keep the code of the other response, then tick the box"]
        shown = screen.soup.select_one("#other-code")
        assert shown is not None
        dov.browser.press("Join", {"instead": "y"})
        assert dov.open_list().heading == "Your organisation’s response"
        elsewhere = Respondent(program.browser())
        elsewhere.browser.open(f"{alone.page}/return/{shown.get_text().strip()}")
        elsewhere.browser.press("Go on with your response")
        assert "My own view" in elsewhere.check().text

    def test_a_new_code_ends_the_old_and_stopping_ends_both(
        self, program: Program, team: Team
    ) -> None:
        asha, *_ = team
        old = asha.joining_code()
        asha.browser.press("Make a new joining code")
        new = asha.joining_code()
        browser = program.browser()
        browser.open(f"{asha.page}/join/{old}", status=404)
        browser.open(f"{asha.page}/join/{new}")
        asha.browser.press("Stop letting people join")
        assert "Nobody can join at the moment" in asha.browser.screen.text
        screen = browser.press("Join", {"name": "Dov"}, status=404)
        assert screen.heading == "This joining code does not work"

    def test_a_code_that_another_browser_made_is_not_shown(
        self, program: Program, team: Team
    ) -> None:
        asha, *_ = team
        asha.browser.open(f"{asha.response}/return")
        asha.browser.press("Make a new code")
        assert asha.joining_code() == ""
        assert "Colleagues can join with the code that you passed on" in asha.browser.screen.text
        asha.browser.press("Make a new joining code")
        assert asha.joining_code()


def refused(screen_text: str) -> bool:
    return "is for the lead among you to decide" in screen_text


@ON_SQLITE
class TestWhoMayDoWhat:
    def test_a_colleague_is_told_who_decides_whatever_they_try(self, team: Team) -> None:
        asha, ben, cat = team
        asha.browser.open(asha.team)
        member = re.search(
            r"/members/([0-9a-f-]{36})/remove", asha.browser.screen.link("Take off Cat Ng")
        )
        assert member
        of_cat = f"{ben.team}/members/{member[1]}"
        proof = {"csrf_token": ben.browser.proof()}
        posts: dict[str, dict[str, str]] = {
            f"{ben.team}/code": {},
            f"{ben.team}/code/stop": {},
            f"{ben.team}/items": {f"who:{SPEAKING}": member[1], f"was:{SPEAKING}": ""},
            f"{of_cat}/remove": {},
            f"{of_cat}/lead": {},
            f"{ben.response}/choose": {"competency": COMPASSION},
            f"{ben.response}/about-you/who": {
                "organisation_name": "A takeover of ours",
                "respondent_class": "union",
            },
        }
        for path, values in posts.items():
            ben.browser.post(path, {**proof, **values}, status=403)
            assert refused(ben.browser.screen.text), path
        assert "A takeover of ours" in ben.browser.screen.text, "what was typed is shown"
        for path in (f"{ben.team}/items", f"{of_cat}/remove", f"{of_cat}/lead"):
            assert refused(ben.browser.open(path, status=403).text)
        assert asha.joining_code()
        assert asha.browser.screen.text.count("Take off") == 2
        assert ORGANISATION in asha.check().text
        assert cat.open_list().heading == "Your organisation’s response"

    def test_a_colleague_cannot_send_even_with_the_key(self, program: Program, team: Team) -> None:
        asha, ben, _ = team
        ben.open_item(SPEAKING)
        ben.save({COMMENT: "From Ben"})
        screen = ben.check()
        assert not screen.soup.find_all("button", string=re.compile("Send"))
        assert "Asha Rao" in screen.text
        asha.check()
        form = asha.browser.screen.form("Send your response")
        key = form.select_one("input[name=key]")
        assert key is not None
        assert str(key["value"]) not in screen.response.text
        data = {"csrf_token": ben.browser.proof(), "key": str(key["value"])}
        ben.browser.post(f"{ben.response}/send", data, status=403)
        assert totals(program, asha).submitted == 0

    def test_nobody_reaches_colleagues_of_another_response(
        self, program: Program, team: Team
    ) -> None:
        asha, ben, _ = team
        asha.browser.open(asha.team)
        paths = [
            asha.browser.screen.link("Take off Ben Hall"),
            asha.browser.screen.link("Hand over the lead to Ben Hall"),
        ]
        ben.note(SPEAKING, "Ours alone")
        form = ben.browser.screen.form("Delete")
        far, _ = holding(program, asha.slug, "Dov")
        proof = {"csrf_token": far.browser.proof()}
        for path in paths:
            far.browser.open(path, status=404)
            far.browser.post(path, proof, status=409)
        far.browser.post(str(form["action"]), proof, status=410)
        screen = far.browser.open(f"{far.response}/notes/{SPEAKING}")
        assert "Ours alone" not in screen.text
        value = {"csrf_token": proof["csrf_token"], f"was:{SPEAKING}": ""}
        wanted = {f"who:{SPEAKING}": paths[0].split("/")[-2]}
        far.browser.post(f"{far.team}/items", value | wanted, status=422)
        assert "Ours alone" in ben.browser.open(f"{ben.response}/notes/{SPEAKING}").text

    def test_who_is_taken_off_is_shown_what_they_had_typed(self, team: Team) -> None:
        asha, ben, cat = team
        ben.open_item(SPEAKING)
        ben.save({COMMENT: "In time"})
        ben.open_item(SPEAKING)
        code = asha.joining_code()
        asha.ask("Take off", "Ben Hall")
        screen = asha.browser.press("Take off")
        assert "Your colleague was taken off" in screen.text
        assert "Ben Hall" not in screen.text
        screen = ben.save({COMMENT: "Too late, but long thought about"}, status=410)
        assert "Too late, but long thought about" in screen.text
        assert "was sent already" not in screen.heading
        screen = ben.open_list()
        assert screen.path.startswith(ben.page)
        assert "/response" not in screen.path.removeprefix(ben.page).partition("?")[0]
        ben.browser.open(f"{ben.page}/join/{code}", status=404)
        assert "In time" in cat.check().text

    def test_the_lead_hands_over_and_can_then_leave(self, team: Team) -> None:
        asha, ben, cat = team
        assert "Hand over the lead first" in asha.browser.open(f"{asha.team}/leave").heading
        asha.browser.post(f"{asha.team}/leave", {"csrf_token": asha.browser.proof()})
        assert asha.browser.screen.heading == "Hand over the lead first"
        asha.ask("Hand over the lead", "Ben Hall")
        screen = asha.browser.press("Hand over the lead")
        assert "Ben Hall leads this response" in screen.text
        assert not asha.joining_code()
        ben.browser.open(ben.team)
        ben.browser.press("Make a joining code")
        assert ben.joining_code()
        asha.browser.open(asha.team)
        asha.browser.follow("Leave this response")
        screen = asha.browser.press("Leave")
        assert screen.path.startswith(asha.page)
        assert "Asha Rao" not in cat.browser.open(cat.team).text
        cat.open_item(SPEAKING)
        cat.save({COMMENT: "From Cat"})
        assert ben.send().heading == "Response sent"


@ON_SQLITE
class TestSharingOut:
    def test_the_list_says_who_and_can_be_narrowed_to_ones_own(self, team: Team) -> None:
        asha, ben, _ = team
        asha.give({SPEAKING: "Ben Hall", "consultation": "Cat Ng"})
        ben.open_list()
        assert ben.hints() == {
            "5.1 Makes it safe to speak up": "You look after this",
            "5.2 Joins kindness with high expectations": "",
            "The domain as a whole: A place where people can do good work": "",
            "The framework as a whole": "Cat Ng looks after this",
        }
        ben.browser.follow("Only the 1 that you look after")
        assert list(ben.hints()) == ["5.1 Makes it safe to speak up"]
        asha.browser.open(f"{asha.response}?only=mine")
        assert "You look after nothing in particular" in asha.browser.screen.text

    def test_two_tabs_of_the_lead_lose_nothing(self, team: Team) -> None:
        asha, *_ = team
        screen = asha.browser.open(f"{asha.team}/items")
        stale = asha.browser.screen
        asha.give({SPEAKING: "Ben Hall"})
        asha.browser.screen = stale
        values = {
            f"who:{SPEAKING}": option_of(screen.response.text, "Cat Ng"),
            f"who:{COMPASSION}": option_of(screen.response.text, "Cat Ng"),
        }
        screen = asha.browser.press("Save", values, status=409)
        assert screen.errors == [
            "This was changed meanwhile, to Ben Hall. Save again to have it as chosen here"
        ]
        assert chosen(screen.response.text) == {SPEAKING: "Cat Ng", COMPASSION: "Cat Ng"}
        asha.browser.press("Save")
        screen = asha.browser.open(f"{asha.team}/items")
        assert chosen(screen.response.text) == {SPEAKING: "Cat Ng", COMPASSION: "Cat Ng"}

    def test_who_left_meanwhile_is_said_beside_the_item(self, team: Team) -> None:
        asha, ben, _ = team
        screen = asha.browser.open(f"{asha.team}/items")
        values = {
            f"who:{SPEAKING}": option_of(screen.response.text, "Ben Hall"),
            f"who:{COMPASSION}": option_of(screen.response.text, "Cat Ng"),
        }
        ben.browser.open(f"{ben.team}/leave")
        ben.browser.press("Leave")
        asha.browser.screen = screen
        screen = asha.browser.press("Save", values, status=422)
        assert screen.errors == ["Choose somebody who is on the list: who was chosen has left"]
        assert chosen(screen.response.text) == {COMPASSION: "Cat Ng"}

    def test_one_item_is_given_from_its_notes(self, team: Team) -> None:
        asha, *_ = team
        asha.browser.open(f"{asha.response}/notes/{SPEAKING}")
        asha.browser.follow("Change who looks after it")
        page = asha.browser.screen.response.text
        screen = asha.browser.press("Save", {f"who:{SPEAKING}": option_of(page, "Cat Ng")})
        assert "Cat Ng looks after this" in screen.text
        asha.browser.open(f"{asha.team}/items?item=nothing", status=404)


def option_of(html: str, name: str) -> str:
    found = re.search(rf'<option value="([0-9a-f-]{{36}})"[^>]*>{name}', html)
    assert found
    return found[1]


def chosen(html: str) -> dict[str, str]:
    """Return who is chosen for each item, without those that have nobody."""
    found = {}
    for key, options in re.findall(
        r'<select[^>]*name="who:([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        name = re.search(r'<option value="[^"]+" selected>([^<]*)', options)
        if name:
            found[key] = name[1]
    return found


@ON_SQLITE
class TestNotes:
    def test_answers_typed_on_the_page_are_saved_before_the_notes_open(self, team: Team) -> None:
        _, ben, _ = team
        ben.open_item(SPEAKING)
        screen = ben.save({COMMENT: "Typed before the note"}, button="Save and write a note")
        assert screen.heading == "Notes on 5.1 Makes it safe to speak up"
        ben.browser.press("Save the note", {"text": "See what I wrote"})
        screen = ben.browser.follow("Back to the questions")
        assert "See what I wrote" in screen.text
        assert "Typed before the note" in screen.response.text

    def test_one_deletes_ones_own_alone(self, team: Team) -> None:
        _, ben, cat = team
        ben.note(SPEAKING, "From Ben")
        cat.note(SPEAKING, "From Cat")
        assert len(cat.browser.screen.soup.find_all("button", string=re.compile("Delete"))) <= 1
        cat.browser.press("Delete")
        text = cat.browser.screen.text
        assert "From Ben" in text
        assert "From Cat" not in text

    def test_an_empty_or_overlong_note_is_said_and_kept(self, team: Team) -> None:
        _, ben, _ = team
        assert ben.note(SPEAKING, " ", status=422).errors == ["Write the note"]
        screen = ben.note(SPEAKING, "x" * 2001, status=422)
        assert screen.errors == ["Shorten this to 2,000 characters or fewer"]
        assert "x" * 2001 in screen.response.text

    def test_a_note_is_shown_as_it_was_typed(self, team: Team) -> None:
        _, ben, _ = team
        screen = ben.note(SPEAKING, "<script>alert(1)</script>\r\n{{ 7*7 }} ŵ 👩🏽‍⚕️")
        assert "<script>alert(1)</script> {{ 7*7 }} ŵ 👩🏽‍⚕️" in screen.text
        assert "<script>alert" not in screen.response.text

    def test_after_closing_notes_are_read_and_no_longer_written(
        self, program: Program, team: Team
    ) -> None:
        asha, ben, _ = team
        ben.note(SPEAKING, "Said in time")
        code = asha.joining_code()
        program.clock.move(days=75)
        screen = ben.browser.press("Save the note", {"text": "Said too late"}, status=410)
        assert "Said too late" in screen.text
        screen = ben.browser.open(f"{ben.response}/notes/{SPEAKING}")
        assert "Said in time" in screen.text
        assert "Save the note" not in screen.text
        assert ben.browser.open(ben.team).path.endswith("/check")
        screen = program.browser().open(f"{asha.page}/join/{code}")
        assert screen.heading == "This consultation is not open"


@ON_SQLITE
class TestSize:
    def test_the_pages_of_fifty_colleagues_on_everything_stay_small(
        self, program: Program, person: Respondent
    ) -> None:
        """Every page that is opened is held to its size."""
        names = [f"{letter} {number}. Colleague" for letter in "ABCDEFG" for number in range(7)]
        asha, *others = holding(program, person.slug, *names)
        screen = asha.browser.open(f"{asha.response}/choose")
        asha.choose(
            domains=tuple(str(each["value"]) for each in screen.soup.select("[name=domain]"))
        )
        code = asha.joining_code()
        last = Colleague(program.browser(), name="Too Many")
        assert "50 people work on this response already" in last.join(code, status=422).errors[0]
        screen = asha.browser.open(f"{asha.team}/items")
        keys = [str(each["name"]).removeprefix("who:") for each in screen.soup.select("select")]
        assert len(keys) > 50
        asha.give({key: names[place % 49] for place, key in enumerate(keys)})
        assert asha.browser.screen.text.count("Take off") == 49
        others[0].browser.open(others[0].team)
        others[0].open_list()
