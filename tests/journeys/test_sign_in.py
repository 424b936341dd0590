"""Signing in, coming in by a personal link, and what staff see then."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from tests.pages.client import Client
from tests.pages.sign_in import Members, SignIn, code_in
from tests.program import Program
from webapp.accounts import services
from webapp.accounts.people import ParticipantValue
from webapp.persistence import new_id
from webapp.security import Relation, Role
from webapp.web.visit import IDLE_LIMIT, SESSION_COOKIE

EMAIL = "sam.hill@meadowbank.example"


@pytest.fixture
def sam(program: Program) -> SignIn:
    """A recruiter who is about to sign in."""
    program.add_staff(EMAIL, Role.RECRUITER)
    return SignIn(program.browser())


def token_of(browser: Client) -> str:
    with browser.flask.session_transaction() as cookie:
        return str(cookie.get(SESSION_COOKIE, ""))


def set_cookie_header(response: TestResponse) -> str:
    return "; ".join(response.headers.getlist("Set-Cookie"))


class TestSigningInByLink:
    def test_leads_to_the_tasks_of_ones_own_organisation(
        self, program: Program, sam: SignIn
    ) -> None:
        sam.ask(EMAIL)
        screen = sam.use_link(program.link_to(EMAIL))
        assert screen.heading == "Your work"
        assert "You are signed in as Sam Hill" in screen.text
        assert "You are signed in as Sam Hill" in sam.browser.open("/sign-in").text
        assert "Meadowbank NHS Trust" in screen.text
        assert "You are here as: Recruiter." in screen.text

    def test_is_not_spent_by_a_scanner_that_opens_it(self, program: Program, sam: SignIn) -> None:
        sam.ask(EMAIL)
        path = program.link_to(EMAIL)
        for _ in range(3):
            assert program.browser().open(path).heading == "Sign in as Sam Hill"
        assert sam.use_link(path).heading == "Your work"

    def test_works_in_another_browser_too(self, program: Program, sam: SignIn) -> None:
        sam.ask(EMAIL, wanted="/organisations/meadowbank")
        phone = SignIn(program.browser())
        assert phone.use_link(program.link_to(EMAIL)).heading == "Meadowbank NHS Trust"

    def test_works_once(self, program: Program, sam: SignIn) -> None:
        sam.ask(EMAIL)
        path = program.link_to(EMAIL)
        thief = program.browser()
        thief.open(path)
        sam.use_link(path)
        assert thief.press("Sign in", status=410).heading == "This sign-in is over"
        assert thief.open(path, status=410).heading == "This sign-in is over"
        assert not SignIn(thief).is_signed_in

    def test_is_over_after_a_quarter_of_an_hour(self, program: Program, sam: SignIn) -> None:
        sam.ask(EMAIL)
        path = program.link_to(EMAIL)
        program.clock.move(minutes=15)
        assert sam.browser.open(path, status=410).heading == "This sign-in is over"
        assert sam.browser.follow("Ask for a new email").heading == "Sign in"

    def test_says_that_somebody_else_is_signed_in(self, program: Program, sam: SignIn) -> None:
        sam.ask(EMAIL)
        path = program.link_to(EMAIL)
        other = program.staff(Role.APPRAISER)
        before = token_of(other)
        assert "You are signed in as Appraiser at present" in other.open(path).text
        assert "You are signed in as Sam Hill" in other.press("Sign in").text
        assert token_of(other) != before


class TestSigningInByCode:
    def test_works_however_it_is_typed(self, program: Program, sam: SignIn) -> None:
        sam.ask(EMAIL)
        code = code_in(program.newest_mail_to(EMAIL).mail.body)
        assert sam.type_code(f" {code.lower()} ").heading == "Your work"

    def test_works_only_in_the_browser_where_it_began(self, program: Program, sam: SignIn) -> None:
        sam.ask(EMAIL)
        code = code_in(program.newest_mail_to(EMAIL).mail.body)
        stranger = SignIn(program.browser())
        assert stranger.browser.open("/sign-in/code").heading == "Sign in"
        proof = stranger.browser.proof()
        stranger.browser.post("/sign-in/code", {"code": code, "csrf_token": proof})
        assert not stranger.is_signed_in

    def test_takes_five_tries_and_keeps_count(self, program: Program, sam: SignIn) -> None:
        sam.ask(EMAIL)
        code = code_in(program.newest_mail_to(EMAIL).mail.body)
        for left in ("4 more tries", "3 more tries", "2 more tries", "1 more try"):
            (message,) = sam.type_code("0000-0000", status=422).errors
            assert left in message
        (message,) = sam.type_code("0000-0000", status=422).errors
        assert "it was the last try" in message
        assert sam.type_code(code, status=410).heading == "This sign-in is over"
        assert not sam.is_signed_in

    def test_that_cannot_be_one_costs_no_try(self, program: Program, sam: SignIn) -> None:
        sam.ask(EMAIL)
        code = code_in(program.newest_mail_to(EMAIL).mail.body)
        for typed in ("", "1234", "not a code!", "UUUU-UUUU", "1" * 5000) * 2:
            assert sam.type_code(typed, status=422).errors
        assert sam.type_code(code).heading == "Your work"


class TestWhoeverAsks:
    def test_sees_the_same_page(self, program: Program, sam: SignIn) -> None:
        program.add_staff("gone@meadowbank.example", Role.RECRUITER)
        with program.database.writing() as session:
            services.disable_account(session, email="gone@meadowbank.example", now=program.clock())
        pages = set()
        for email in (EMAIL, "nobody@meadowbank.example", "gone@meadowbank.example"):
            screen = SignIn(program.browser()).ask(email)
            assert screen.path == "/sign-in/code"
            pages.add(screen.text.replace(email, "…"))
        assert len(pages) == 1
        program.deliver_mail()
        assert [mail.mail.to for mail in program.outbox.list_mails()] == [EMAIL]

    def test_is_refused_alike_with_a_made_up_code(self, program: Program, sam: SignIn) -> None:
        answers = set()
        for email in (EMAIL, "nobody@meadowbank.example"):
            asking = SignIn(program.browser())
            asking.ask(email)
            program.deliver_mail()
            screen = asking.type_code("0000-0000", status=422)
            answers.add(screen.text.replace(email, "…"))
        assert len(answers) == 1

    @pytest.mark.parametrize("email", [EMAIL, "nobody@meadowbank.example"])
    def test_too_often_has_to_wait(self, program: Program, sam: SignIn, email: str) -> None:
        for _ in range(5):
            sam.ask(email)
        (message,) = sam.ask(email, status=429).errors
        assert "You have asked for several emails" in message
        program.clock.move(minutes=15)
        assert sam.ask(email).heading == "Check your email"

    def test_is_told_what_is_wrong_with_an_address(self, program: Program, sam: SignIn) -> None:
        (message,) = sam.ask("sam", status=422).errors
        assert message.startswith("Enter an email address in the correct format")
        assert sam.browser.screen.soup.select_one("input[value=sam]"), "what was typed is kept"
        assert sam.ask("", status=422).errors == ["Enter your email address"]


class TestTheSession:
    def test_has_a_new_token_after_signing_in(self, program: Program, sam: SignIn) -> None:
        first = program.sign_in(EMAIL)
        with sam.browser.flask.session_transaction() as cookie:
            # What somebody planted in the browser before is worth nothing after.
            cookie[SESSION_COOKIE] = token_of(first)
            cookie["planted"] = "by somebody else"
        program.clock.move(minutes=1)
        SignIn(program.browser()).ask(EMAIL)
        sam.use_link(program.link_to(EMAIL))
        with sam.browser.flask.session_transaction() as cookie:
            assert cookie[SESSION_COOKIE] != token_of(first)
            assert "planted" not in cookie
        assert not SignIn(first).is_signed_in, "the session before it ended"

    def test_ends_in_the_database_at_sign_out(self, program: Program, sam: SignIn) -> None:
        browser = program.sign_in(EMAIL)
        kept = token_of(browser)
        assert SignIn(browser).sign_out().heading == "You have signed out"
        assert token_of(browser) == ""
        with browser.flask.session_transaction() as cookie:
            cookie[SESSION_COOKIE] = kept
        assert not SignIn(browser).is_signed_in

    def test_ends_when_nobody_uses_it(self, program: Program, sam: SignIn) -> None:
        browser = SignIn(program.sign_in(EMAIL))
        for _ in range(3):
            program.clock.now += IDLE_LIMIT - dt.timedelta(minutes=2)
            assert browser.is_signed_in
        program.clock.now += IDLE_LIMIT + dt.timedelta(minutes=2)
        assert not browser.is_signed_in
        program.clock.now -= dt.timedelta(minutes=30)
        assert not browser.is_signed_in, "what was idle does not come back"

    def test_ends_after_twelve_hours_of_work(self, program: Program, sam: SignIn) -> None:
        browser = SignIn(program.sign_in(EMAIL))
        for _ in range(11):
            program.clock.move(hours=1)
            assert browser.is_signed_in
        program.clock.move(hours=1)
        assert not browser.is_signed_in

    def test_ends_when_the_account_is_disabled(self, program: Program, sam: SignIn) -> None:
        browser = SignIn(program.sign_in(EMAIL))
        with program.database.writing() as session:
            services.disable_account(session, email=EMAIL, now=program.clock())
        assert not browser.is_signed_in

    def test_is_in_a_cookie_that_scripts_and_other_sites_do_not_get(
        self, program: Program, sam: SignIn
    ) -> None:
        response = sam.browser.flask.get("/sign-in")
        header = set_cookie_header(response)
        assert "HttpOnly" in header
        assert "SameSite=Lax" in header
        assert "Path=/" in header
        assert "Domain" not in header

    def test_is_sent_over_tls_alone_where_there_is_tls(self, program: Program) -> None:
        program.url = "https://localhost"
        response = program.app.test_client().get("/sign-in", base_url="https://localhost")
        header = set_cookie_header(response)
        assert header.startswith("__Host-")
        assert "Secure" in header

    def test_needs_a_proof_of_origin_to_begin_and_to_end(
        self, program: Program, sam: SignIn
    ) -> None:
        browser = program.sign_in(EMAIL)
        browser.post("/sign-out", {}, status=400)
        assert SignIn(browser).is_signed_in
        stranger = program.browser()
        SignIn(program.browser()).ask(EMAIL)
        stranger.post(program.link_to(EMAIL), {}, status=400)
        assert not SignIn(stranger).is_signed_in


class TestGoingOn:
    def test_leads_back_to_the_page_that_was_wanted(self, program: Program, sam: SignIn) -> None:
        screen = sam.browser.open("/organisations/meadowbank?view=all")
        assert screen.heading == "Sign in"
        sam.browser.press("Send me an email", {"email": EMAIL})
        assert sam.use_link(program.link_to(EMAIL)).path == "/organisations/meadowbank?view=all"

    @pytest.mark.parametrize(
        "wanted",
        [
            "https://example.org/",
            "//example.org/",
            "/\\example.org/",
            "\\\\example.org",
            "/\t/example.org",
            "javascript:alert(1)",
            "/" + "x" * 600,
        ],
    )
    def test_never_leads_to_another_site(self, program: Program, sam: SignIn, wanted: str) -> None:
        sam.ask(EMAIL, wanted=quote(wanted))
        assert sam.use_link(program.link_to(EMAIL)).path == "/staff"
        assert sam.browser.open(f"/sign-in?next={quote(wanted)}").path == "/staff"

    def test_is_checked_again_when_it_is_posted(self, program: Program, sam: SignIn) -> None:
        sam.browser.open("/sign-in")
        values = {"email": EMAIL, "next": "https://example.org/"}
        sam.browser.press("Send me an email", values)
        assert sam.use_link(program.link_to(EMAIL)).path == "/staff"


class TestAPersonalLink:
    @staticmethod
    def invite(program: Program, email: str = "jo@example.org") -> ParticipantValue:
        organisation = program.organisation
        with program.database.writing() as session:
            return services.invite_participant(
                session,
                organisation_id=organisation.id,
                subject_id=new_id(),
                relation=Relation.SIGNATORY,
                name="Jo Hall",
                email=email,
                purpose="sign the review of Ade Cole",
                destination="/staff",
                invited_by="Sam Hill",
                now=program.clock(),
            )

    def test_says_who_asks_for_what_before_it_lets_anybody_in(self, program: Program) -> None:
        self.invite(program)
        browser = program.browser()
        screen = browser.open(program.link_to("jo@example.org"))
        assert screen.heading == "You are asked to sign the review of Ade Cole"
        for words in ("Sam Hill", "Meadowbank NHS Trust", "Jo Hall (jo@example.org)"):
            assert words in screen.text
        assert not SignIn(browser).is_signed_in

    def test_lets_in_again_and_again(self, program: Program) -> None:
        self.invite(program)
        for _ in range(2):
            screen = program.join("jo@example.org").screen
            assert "You are signed in as Jo Hall" in screen.text
            assert "Sign the review of Ade Cole" in screen.text
        program.clock.move(days=89)
        assert program.join("jo@example.org").screen.heading == "Your work"

    def test_adds_to_what_one_is_signed_in_to(self, program: Program, sam: SignIn) -> None:
        self.invite(program)
        browser = program.sign_in(EMAIL)
        before = token_of(browser)
        screen = program.join("jo@example.org", browser).screen
        assert "You are signed in as Sam Hill" in screen.text
        assert "Sign the review of Ade Cole" in screen.text
        assert token_of(browser) != before

    def test_ends_when_it_is_withdrawn_wherever_it_is_open(self, program: Program) -> None:
        participant = self.invite(program)
        browser = program.join("jo@example.org")
        with program.database.writing() as session:
            services.revoke_participant(session, participant.id, program.clock())
        assert not SignIn(browser).is_signed_in
        screen = browser.open(program.link_to("jo@example.org"), status=410)
        assert screen.heading == "This link does not work any more"
        proof = browser.proof()
        browser.post(program.link_to("jo@example.org"), {"csrf_token": proof}, status=410)
        assert not SignIn(browser).is_signed_in

    def test_opens_no_organisation(self, program: Program) -> None:
        self.invite(program)
        browser = program.join("jo@example.org")
        browser.open("/organisations/meadowbank", status=403)
        browser.open("/organisations/meadowbank/members", status=403)


class TestAnOrganisation:
    def test_is_closed_to_people_of_another(self, program: Program) -> None:
        other = program.add_organisation("brookside", "Brookside NHS Trust")
        stranger = program.staff(Role.ADMINISTRATOR, "x@brookside.example", other)
        stranger.open("/organisations/brookside/members")
        program.add_staff("other@meadowbank.example", Role.RECRUITER)
        for path in ("/organisations/meadowbank", "/organisations/meadowbank/members"):
            stranger.open(path, status=403)

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_shows_its_members_to_administrators_alone(self, program: Program, role: Role) -> None:
        browser = program.staff(role)
        account_id = program.add_staff(EMAIL, Role.RECRUITER)
        assert "People and roles" not in browser.open("/organisations/meadowbank").text
        members = Members(browser, "meadowbank")
        members.open(status=403)
        values = {
            "csrf_token": browser.proof(),
            "email": "x@example.org",
            "name": "X",
            "role": "administrator",
        }
        browser.post(members.path, values, status=403)
        browser.post(f"{members.path}/{account_id}/remove", values, status=403)
        with program.database.reading() as session:
            assert services.find_account(session, "x@example.org") is None
            assert len(services.list_members(session, program.organisation.id)) == 2

    def test_that_is_not_there_looks_to_strangers_like_one_that_is(self, program: Program) -> None:
        program.add_staff("other@meadowbank.example", Role.RECRUITER)
        for slug in ("meadowbank", "nowhere"):
            assert program.browser().open(f"/organisations/{slug}").heading == "Sign in"
        program.staff(Role.RECRUITER).open("/organisations/nowhere", status=404)


class TestAnAdministrator:
    @pytest.fixture
    def members(self, program: Program) -> Members:
        browser = program.staff(Role.ADMINISTRATOR, "ada@meadowbank.example")
        return Members(browser, "meadowbank")

    def test_gives_a_new_person_a_role_with_which_they_sign_in(
        self, program: Program, members: Members
    ) -> None:
        screen = members.add("Jo.Hall@example.org", "Jo Hall", "recruiter")
        assert "The person has the role" in screen.text
        assert program.link_to("jo.hall@example.org") == "/sign-in"
        program.clock.move(minutes=1)
        newcomer = program.sign_in("jo.hall@example.org")
        assert "You are here as: Recruiter." in newcomer.screen.text
        assert members.rows() == [
            ["Ada", "ada@meadowbank.example", "Administrator"],
            ["Jo Hall", "jo.hall@example.org", "Recruiter"],
        ]

    def test_takes_a_role_away_at_once(self, program: Program, members: Members) -> None:
        browser = program.staff(Role.RECRUITER)
        assert "no longer" not in members.remove("Recruiter", "Recruiter").text
        browser.open("/organisations/meadowbank", status=403)
        assert members.rows() == [["Ada", "ada@meadowbank.example", "Administrator"]]

    def test_cannot_leave_the_organisation_without_one(self, members: Members) -> None:
        (message,) = members.remove("Administrator", "Ada", status=409).errors
        assert message == "Ada is the only administrator. Make somebody else one first"
        members.add("jo@example.org", "Jo Hall", "administrator")
        assert members.remove("Administrator", "Ada").heading == "Your work"
        members.open(status=403)

    def test_is_told_what_is_missing_and_loses_nothing(self, members: Members) -> None:
        screen = members.add("jo", "", "", status=422)
        assert len(screen.errors) == 3
        assert screen.soup.select_one("input[value=jo]")
        members.add("jo@example.org", "Jo", "emperor", status=422)
        assert len(members.rows()) == 1

    def test_cannot_reach_members_of_another_organisation(
        self, program: Program, members: Members
    ) -> None:
        other = program.add_organisation("brookside", "Brookside NHS Trust")
        account_id = program.add_staff("x@example.org", Role.RECRUITER, organisation=other)
        values = {"csrf_token": members.browser.proof(), "role": "recruiter"}
        members.browser.post(f"{members.path}/{account_id}/remove", values)
        members.browser.post(
            f"/organisations/brookside/members/{account_id}/remove", values, status=403
        )
        with program.database.reading() as session:
            assert len(services.list_members(session, other.id)) == 1

    def test_meets_no_role_that_does_not_exist(self, program: Program, members: Members) -> None:
        account_id = program.add_staff(EMAIL, Role.RECRUITER)
        values = {"csrf_token": members.browser.proof(), "role": "emperor"}
        members.browser.post(f"{members.path}/{account_id}/remove", values, status=404)


class TestSentMail:
    def test_can_be_read_and_followed_in_an_example_installation(self, program: Program) -> None:
        program.demo = True
        program.add_staff(EMAIL, Role.RECRUITER)
        browser = program.browser()
        assert (
            f"{EMAIL} – Sam Hill, recruiter at Meadowbank NHS Trust"
            in browser.open("/sign-in").text
        )
        SignIn(browser).ask(EMAIL)
        program.deliver_mail()
        screen = browser.follow("Sent mail")
        assert "Sign in to Boardmark" in screen.text
        assert browser.follow("/sign-in/link/").heading == "Sign in as Sam Hill"
        assert browser.press("Sign in").heading == "Your work"

    def test_is_empty_at_first(self, program: Program) -> None:
        program.demo = True
        assert "No mail has been sent yet" in program.browser().open("/sent-mail").text

    def test_is_for_this_machine_alone(self, program: Program) -> None:
        program.demo = True
        program.add_staff(EMAIL, Role.RECRUITER)
        away = program.browser()
        away.flask.environ_base["REMOTE_ADDR"] = "192.0.2.7"
        assert away.open("/sent-mail").heading == "Sign in"
        assert EMAIL not in away.screen.text
        assert "Sent mail" not in away.screen.text

    def test_is_not_there_where_the_data_are_real(self, program: Program, sam: SignIn) -> None:
        assert sam.browser.open("/sent-mail").heading == "Sign in"
        assert EMAIL not in sam.browser.screen.text
        program.staff(Role.ADMINISTRATOR).open("/sent-mail", status=403)

    def test_shows_what_people_wrote_as_words(self, program: Program) -> None:
        program.demo = True
        organisation = program.organisation
        with program.database.writing() as session:
            services.add_member(
                session,
                organisation_id=organisation.id,
                email="jo@example.org",
                name="<b>Jo</b>",
                role=Role.RECRUITER,
                now=program.clock(),
            )
        program.deliver_mail()
        screen = program.browser().open("/sent-mail")
        assert "Hello <b>Jo</b>" in screen.text
        assert not screen.soup.select("main b")


def test_a_response_that_was_begun_outlives_signing_in_and_out(program: Program) -> None:
    program.add_staff("jo@meadowbank.example", Role.RECRUITER)
    browser = program.browser()
    with browser.flask.session_transaction() as cookie:
        cookie["begun:a-consultation"] = "its token"
        cookie["other"] = "anything else"
    browser.open("/sign-in")
    browser.press("", {"email": "jo@meadowbank.example"})
    browser.open(program.link_to("jo@meadowbank.example"))
    browser.press("")
    browser.post("/sign-out", {"csrf_token": browser.proof()})
    with browser.flask.session_transaction() as cookie:
        assert cookie["begun:a-consultation"] == "its token"
        assert "other" not in cookie
