"""The journeys of a review, without a browser: through pages, links in mails, and a real file."""

from __future__ import annotations

import io

import pypdf
import pytest

from tests.factories.reviews import write_what_signing_needs
from tests.pages.client import filled_in
from tests.pages.review import ReviewPages
from tests.program import Program
from webapp.security import Role

CHAIR = "Chair of an NHS provider"
CHIEF_EXECUTIVE = "Chief executive of an NHS provider"
APPRAISEE, SIGNATORY = "jo.hall@example.org", "sam.reed@example.org"
APPRAISER = "appraiser@meadowbank.example"
SECRETARY = "board-secretary@meadowbank.example"
SQLITE_ONLY = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def an_appraiser(program: Program) -> ReviewPages:
    return ReviewPages(program.staff(Role.APPRAISER))


def started(program: Program, position: str = CHIEF_EXECUTIVE) -> ReviewPages:
    pages = an_appraiser(program)
    pages.start(position)
    return pages


def shared(program: Program, position: str = CHIEF_EXECUTIVE) -> tuple[ReviewPages, ReviewPages]:
    """Share a review that lacks nothing; return it in the browsers of both."""
    appraiser = started(program, position)
    with program.database.writing() as session:
        write_what_signing_needs(session, program.library, appraiser.path, program.clock())
    appraiser.press("Share with Jo Hall")
    return appraiser, ReviewPages(program.join(APPRAISEE), appraiser.path)


def finished(program: Program, position: str = CHIEF_EXECUTIVE) -> tuple[ReviewPages, ReviewPages]:
    appraiser, appraisee = shared(program, position)
    appraiser.press("Finish revision 1")
    return appraiser, appraisee


def signed(program: Program) -> tuple[ReviewPages, ReviewPages]:
    appraiser, appraisee = finished(program)
    appraisee.sign()
    appraiser.sign()
    return appraiser, appraisee


def text_of(file: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


class TestFromStartToFile:
    def test_an_appraiser_takes_a_review_to_three_signatures_and_a_file(
        self, program: Program
    ) -> None:
        appraiser = started(program, CHAIR)
        appraiser.write_everything()
        appraiser.press("Share with Jo Hall")
        appraisee = ReviewPages(program.join(APPRAISEE), appraiser.path)
        appraisee.browser.follow("Comments of the person appraised")
        screen = appraisee.browser.press(
            "Save",
            {
                "comments:agreement": "partly",
                "comments:appraisee": "The third paragraph is not how I remember it.",
            },
        )
        assert "Shared with the person appraised" in screen.text

        screen = appraiser.press("Finish revision 1")
        assert "Ready to sign" in screen.text
        assert "Waiting for Jo Hall to sign it" in screen.text

        screen = appraisee.sign(remark="I signed, and I still see the third paragraph otherwise.")
        assert "Waiting for Appraiser to sign it" in screen.text
        appraiser.sign()
        signatory = ReviewPages(program.join(SIGNATORY), appraiser.path)
        screen = signatory.sign()
        assert "State Signed" in screen.text
        assert (
            "The regional director of NHS England: Sam Reed, signed on 23 November" in screen.text
        )

        file = signatory.download()
        words = text_of(file)
        for expected in (
            "FINAL",
            "Jo Hall",
            "The third paragraph is not how I remember it.",
            "I signed, and I still see the third paragraph otherwise.",
            "Halve the gap in appointments from shortlisting.",
            "the assessment in it is mine",
            "Sam Reed",
        ):
            assert expected in words, expected

    @SQLITE_ONLY
    def test_the_page_of_a_revision_says_what_its_file_says(self, program: Program) -> None:
        appraiser, _ = signed(program)
        screen = appraiser.open("/revisions/1")

        assert screen.heading == "Revision 1 of the review of Jo Hall"
        assert "Halve the gap in appointments from shortlisting." in screen.text
        assert "Name Jo Hall" in screen.text

    @SQLITE_ONLY
    def test_a_file_is_not_to_be_had_without_its_record(self, program: Program) -> None:
        appraiser, _ = signed(program)
        appraiser.open("/revisions/1/record.pdf", status=405)
        assert "downloaded revision 1" not in appraiser.open().text

        appraiser.download()

        assert "Appraiser, appraiser, downloaded revision 1" in appraiser.open().text

    def test_whoever_is_asked_finds_the_review_by_the_link_in_the_mail(
        self, program: Program
    ) -> None:
        appraiser, _ = shared(program)
        program.clock.move(minutes=5)
        appraiser.press("Finish revision 1")
        browser = program.join(APPRAISEE)

        assert browser.screen.heading == "Review of Jo Hall"
        assert "It is your turn to sign this review." in browser.screen.text

    @SQLITE_ONLY
    def test_what_is_missing_is_listed_and_nothing_can_be_finished(self, program: Program) -> None:
        appraiser = started(program)
        screen = appraiser.press("Share with Jo Hall")

        assert "at least one objective" in screen.text
        assert "Finish revision" not in screen.text
        screen = appraiser.browser.post(
            f"{appraiser.path}/finish", {"csrf_token": appraiser.browser.proof()}, status=409
        )
        assert "at least one objective" in screen.text

    @SQLITE_ONLY
    def test_a_finished_review_is_opened_again_until_somebody_signs(self, program: Program) -> None:
        appraiser, appraisee = finished(program)
        assert "Shared" in appraiser.press("Open it again").text
        appraiser.press("Finish revision 1")
        appraisee.sign()

        proof = {"csrf_token": appraiser.browser.proof()}
        appraiser.browser.post(f"{appraiser.path}/reopen", proof, status=409)
        assert "Being signed" in appraiser.open().text

    @SQLITE_ONLY
    def test_a_signature_needs_the_box_ticked(self, program: Program) -> None:
        _, appraisee = finished(program)
        appraisee.open()
        appraisee.browser.follow("Read and sign")
        screen = appraisee.browser.press("Sign", {"remark": "A remark to keep."}, status=422)

        assert screen.errors == ["Tick the box to show that you have read the review and sign it"]
        assert "A remark to keep." in screen.response.text

    def test_a_second_click_on_sign_is_one_signature(self, program: Program) -> None:
        _, appraisee = finished(program)
        appraisee.open("/sign")
        form = filled_in(appraisee.browser.screen.form("Sign")) | {"agreed": ["y"]}
        for _ in range(2):
            screen = appraisee.browser.post(f"{appraisee.path}/sign", form)

        assert screen.heading == "Review of Jo Hall"
        assert screen.text.count("signed revision 1") == 1

    @SQLITE_ONLY
    def test_what_was_opened_again_meanwhile_is_not_signed(self, program: Program) -> None:
        appraiser, appraisee = finished(program)
        appraisee.open("/sign")
        form = filled_in(appraisee.browser.screen.form("Sign")) | {"agreed": ["y"]}
        appraiser.press("Open it again")
        appraiser.press("Finish revision 1")

        screen = appraisee.browser.post(f"{appraisee.path}/sign", form, status=409)
        assert "Read it again before you sign" in screen.text

    @SQLITE_ONLY
    def test_levels_are_counted_and_no_chance_apart(self, program: Program) -> None:
        appraiser = started(program)
        appraiser.open()
        appraiser.browser.follow("Safe care and better outcomes")
        radios = appraiser.browser.screen.soup.select("input[type=radio]")
        first, second = sorted({str(each["name"]) for each in radios})[:2]
        screen = appraiser.browser.press(
            "Save and go back", {first: "frequently", second: "no-chance"}
        )

        assert "Frequently: 1" in screen.text
        assert "No chance to demonstrate: 1 (outside the scale, counted apart)" in screen.text
        assert "total" not in screen.text.replace("There is no total and no pass mark", "")

    @SQLITE_ONLY
    def test_a_review_started_by_mistake_is_withdrawn(self, program: Program) -> None:
        appraiser = started(program)
        appraiser.browser.follow("Withdraw this review")
        appraiser.browser.press("Withdraw the review", {"reason": " "}, status=422)
        screen = appraiser.browser.press("Withdraw the review", {"reason": "The wrong person."})

        assert "State Withdrawn" in screen.text
        assert "The wrong person." in screen.text
        appraiser.open("/sections/feedback")
        assert appraiser.browser.screen.heading == "Review of Jo Hall"


@SQLITE_ONLY
class TestStarting:
    def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(
        self, program: Program
    ) -> None:
        browser = program.staff(Role.APPRAISER)
        browser.open("/organisations/meadowbank/reviews/start")
        browser.follow(CHAIR)
        screen = browser.press(
            "Start the review",
            {
                "appraisee_name": "Jo Hall",
                "appraisee_email": "not an address",
                "from_on-day": "31",
                "from_on-month": "2",
                "from_on-year": "2026",
            },
            status=422,
        )

        assert screen.errors == [
            "Enter an email address in the correct format, such as name@example.org",
            "Enter a real date, such as 27 3 2026",
            "Enter the last day of the period",
            "Enter who signs as “The regional director of NHS England”",
            "Enter the email address of whoever signs as “The regional director of NHS England”",
        ]
        assert "not an address" in screen.response.text

    def test_the_third_signer_is_a_third_person(self, program: Program) -> None:
        browser = program.staff(Role.APPRAISER)
        pages = ReviewPages(browser)
        browser.open("/organisations/meadowbank/reviews/start")
        browser.follow(CHAIR)
        details = {
            "appraisee_name": "Jo Hall",
            "appraisee_email": APPRAISEE,
            **{f"from_on-{part}": value for part, value in zip_day(1, 4, 2026)},
            **{f"until_on-{part}": value for part, value in zip_day(31, 3, 2027)},
            "signatory-regional-director-name": "Jo Again",
            "signatory-regional-director-email": APPRAISEE,
        }
        screen = pages.browser.press("Start the review", details, status=422)

        (error,) = screen.errors
        assert error.startswith("Enter somebody for “The regional director of NHS England” who")

    def test_only_final_versions_are_offered(self, program: Program) -> None:
        browser = program.staff(Role.APPRAISER)
        for query in ("board-leadership@1.1.0-beta.1", "board-leadership@9.9.9", "nonsense"):
            browser.open(
                f"/organisations/meadowbank/reviews/start?framework={query}"
                "&position=provider-chair",
                status=404,
            )

    def test_who_is_appraiser_and_secretary_says_which(self, program: Program) -> None:
        email = "both@meadowbank.example"
        program.add_staff(email, Role.APPRAISER, Role.BOARD_SECRETARY)
        pages = ReviewPages(program.sign_in(email))
        screen = pages.start(CHIEF_EXECUTIVE, appraiser_is="me")
        assert "State Draft" in screen.text

        screen = pages.start(
            CHIEF_EXECUTIVE,
            appraiser_is="other",
            appraiser_name="Bea Lead",
            appraiser_email="bea.lead@example.org",
        )
        assert "Waiting for the appraiser’s approval" in screen.text

    def test_the_blank_form_of_a_position_is_a_page_and_a_file(self, program: Program) -> None:
        browser = program.staff(Role.BOARD_SECRETARY)
        browser.open("/organisations/meadowbank/reviews")
        browser.follow("Get a blank review form")
        browser.follow(CHAIR)
        assert browser.screen.heading == f"Blank review form: {CHAIR}"
        browser.follow("Download this form (PDF)")
        file = browser.screen.response.data
        words = text_of(file)

        # The name stands in a field, where somebody can still change it.
        written = pypdf.PdfReader(io.BytesIO(file)).get_form_text_fields()
        assert written["about:organisation"] == "Meadowbank NHS Trust"
        assert "The regional director of NHS England" in words


def zip_day(day: int, month: int, year: int) -> list[tuple[str, str]]:
    return [("day", str(day)), ("month", str(month)), ("year", str(year))]


class TestPreparedByASecretary:
    def test_a_secretary_prepares_and_the_appraiser_approves_both_recorded(
        self, program: Program
    ) -> None:
        program.add_staff(APPRAISER, Role.APPRAISER)
        secretary = ReviewPages(program.staff(Role.BOARD_SECRETARY))
        secretary.start(CHIEF_EXECUTIVE, appraiser_name="Bea Lead", appraiser_email=APPRAISER)
        secretary.write("Feedback", {"feedback:summary": "Prepared from last year’s papers."})
        secretary.open("/sections/feedback")

        # The appraiser has an account: the review is there after signing in, too.
        appraiser = ReviewPages(program.sign_in(APPRAISER), secretary.path)
        screen = appraiser.open()
        assert "A board secretary prepared this review for you." in screen.text
        screen = appraiser.press("Approve and take over")
        assert "State Draft" in screen.text
        assert "Board-Secretary, board secretary, prepared the review" in screen.text
        assert "Bea Lead, appraiser, approved what was prepared" in screen.text
        assert "Prepared from last year’s papers." in appraiser.open("/draft").text

        assert "Prepared by Board-Secretary" in appraiser.open("/draft").text
        screen = secretary.open()
        assert "Waiting for Bea Lead to share it" in screen.text
        assert "Read all that is written" not in screen.text
        for tail in ("/draft", "/sections/feedback"):
            secretary.open(tail, status=403)

    def test_a_secretary_sees_whose_signature_is_missing_and_no_content(
        self, program: Program
    ) -> None:
        finished(program)
        secretary = program.staff(Role.BOARD_SECRETARY)
        screen = secretary.open("/organisations/meadowbank/reviews")
        assert "Jo Hall to sign it" in screen.text
        secretary.follow("Jo Hall")

        assert "The chief executive: Jo Hall – asked to sign now" in secretary.screen.text
        assert "Halve the gap" not in secretary.screen.text
        path = secretary.screen.path
        for tail in ("/revisions/1", "/draft", "/comments", "/sections/feedback", "/sign"):
            secretary.open(path + tail, status=403)

    def test_a_secretary_reads_while_the_appraiser_lets_them_and_it_is_recorded(
        self, program: Program
    ) -> None:
        appraiser, appraisee = finished(program)
        secretary = ReviewPages(program.staff(Role.BOARD_SECRETARY), appraiser.path)
        screen = appraiser.press("Let the board secretaries read it")
        assert "let the board secretaries read the review" in screen.text
        assert "because the appraiser lets them" in appraisee.open().text

        assert "Halve the gap" in secretary.open("/revisions/1").text
        appraiser.press("Stop letting them read it")
        secretary.open("/revisions/1", status=403)


class TestReachingPeople:
    def test_a_link_that_was_lost_is_sent_again(self, program: Program) -> None:
        appraiser, _ = shared(program)
        program.clock.move(minutes=5)
        appraiser.browser.open(f"{appraiser.path}/people")
        assert "First came in on 23 November 2026" in appraiser.browser.screen.text
        appraiser.browser.press("Send Jo Hall a new link")

        assert program.join(APPRAISEE).screen.heading == "Review of Jo Hall"
        assert "Appraiser, appraiser, sent a new link to Jo Hall" in appraiser.open().text

    def test_a_wrong_address_is_put_right_and_its_link_stops(self, program: Program) -> None:
        appraiser, wrong = shared(program)
        program.clock.move(minutes=5)
        appraiser.browser.open(f"{appraiser.path}/people")
        (name,) = [
            str(each["name"])
            for each in appraiser.browser.screen.form("Send Jo Hall").find_all("input")
            if str(each["name"]).endswith("-email")
        ]
        screen = appraiser.browser.press("Send Jo Hall", {name: APPRAISER}, status=422)
        assert screen.errors == ["Somebody else in this review has this address"]
        appraiser.browser.press("Send Jo Hall", {name: "jo@right.example"})

        assert wrong.open("/draft").path.startswith("/sign-in")
        right = program.join("jo@right.example")
        right.open(f"{appraiser.path}/draft")
        assert "changed the address of Jo Hall" in appraiser.open().text


@SQLITE_ONLY
class TestWriting:
    def test_saving_leads_on_section_by_section(self, program: Program) -> None:
        appraiser = started(program)
        appraiser.browser.follow("Feedback")
        screen = appraiser.browser.press(
            "Save and continue", {"feedback:summary": "Nine were asked."}
        )
        assert screen.heading == "Objectives for the coming year"
        screen = appraiser.open("/sections/feedback")
        assert "Nine were asked." in screen.response.text
        assert "Saved at 9:30am GMT by the appraiser" in screen.text

    def test_a_late_save_shows_both_texts_and_loses_neither(self, program: Program) -> None:
        appraiser = started(program)
        program.clock.move(minutes=5)
        other = ReviewPages(program.sign_in(APPRAISER), appraiser.path)
        for pages in (appraiser, other):
            pages.open("/sections/feedback")
        appraiser.browser.press("Save", {"feedback:summary": "Nine were asked."})

        screen = other.browser.press("Save", {"feedback:summary": "Ten were asked."}, status=409)
        assert screen.errors == [
            "Somebody else changed this while you were writing: Summary of feedback from others"
        ]
        assert "Nine were asked." in screen.text
        assert "Ten were asked." in screen.response.text

        other.browser.press("Save", {"feedback:summary": "Nine, then ten were asked."})
        page = appraiser.open("/sections/feedback").response.text
        assert "Nine, then ten were asked." in page

    def test_what_is_not_stale_on_a_late_page_is_saved(self, program: Program) -> None:
        appraiser = started(program)
        program.clock.move(minutes=5)
        other = ReviewPages(program.sign_in(APPRAISER), appraiser.path)
        for pages in (appraiser, other):
            pages.open("/sections/last-year")
        appraiser.browser.press("Save", {"last-year.1:objective": "Mine."})
        values = {"last-year.1:objective": "Theirs.", "last-year.1:outcome": "Done."}
        other.browser.press("Save", values, status=409)

        page = appraiser.open("/sections/last-year").response.text
        assert "Mine." in page
        assert "Theirs." not in page
        assert "Done." in page

    def test_a_wrong_date_is_shown_again_and_the_rest_is_saved(self, program: Program) -> None:
        appraiser = started(program)
        appraiser.open("/sections/objectives")
        values = {
            "objectives.1:objective": "Halve the gap.",
            "objectives.1:by-day": "31",
            "objectives.1:by-month": "2",
            "objectives.1:by-year": "2027",
        }
        screen = appraiser.browser.press("Save", values, status=422)

        assert "Enter a real date" in screen.errors[0]
        assert 'value="31"' in screen.response.text
        assert "Halve the gap." in appraiser.open("/sections/objectives").response.text

    def test_text_that_comes_too_late_is_shown_to_be_copied(self, program: Program) -> None:
        appraiser, appraisee = shared(program)
        appraisee.open("/comments")
        appraiser.press("Finish revision 1")
        screen = appraisee.browser.press(
            "Save", {"comments:appraisee": "One more thing to say."}, status=409
        )

        assert screen.heading == "What you typed was not saved"
        assert "One more thing to say." in screen.text

    def test_what_the_script_sends_comes_back_to_the_same_page_with_new_revisions(
        self, program: Program
    ) -> None:
        appraiser = started(program)
        screen = appraiser.open("/sections/feedback")
        assert screen.soup.select_one("form[data-autosave] [data-autosave-status]")
        screen = appraiser.browser.press(
            "Save and continue", {"feedback:summary": "Nine", "then": "stay"}
        )

        assert screen.path.endswith("/sections/feedback")
        revision = screen.soup.find("input", attrs={"name": "revision:feedback:summary"})
        assert revision is not None
        assert revision["value"] == "1"

    def test_the_person_appraised_sees_nothing_before_it_is_shared(self, program: Program) -> None:
        appraiser = started(program)
        program.deliver_mail()
        assert not [each for each in program.outbox.list_mails() if each.mail.to == APPRAISEE]
        appraiser.press("Share with Jo Hall")

        appraisee = ReviewPages(program.join(APPRAISEE), appraiser.path)
        assert "Read all that is written so far" in appraisee.open().text
        assert appraisee.open("/sections/feedback").path.endswith("/draft")


class TestAmending:
    def test_an_amendment_is_signed_again_and_the_first_stays_superseded(
        self, program: Program
    ) -> None:
        appraiser, appraisee = signed(program)
        before = appraiser.open("/revisions/1").text
        appraiser.open()
        appraiser.browser.follow("Amend this review")
        appraiser.browser.press("Start revision 2", {"reason": ""}, status=422)
        screen = appraiser.browser.press("Start revision 2", {"reason": "A wrong number."})
        assert "State Being amended" in screen.text
        assert appraiser.open("/revisions/1").text == before

        appraiser.write("Feedback", {"feedback:summary": "Nine were asked, eight answered."})
        appraiser.press("Finish revision 2")
        appraisee.sign()
        screen = appraiser.sign()

        assert "Revision 2, to read or download : signed by everybody" in screen.text
        assert "Revision 1, to read or download : superseded by a later revision" in screen.text
        assert "A wrong number." in appraiser.open("/revisions/2").text
        assert "eight answered" in appraiser.open("/revisions/2").text
        first, second = text_of(appraiser.download(1)), text_of(appraiser.download(2))
        assert "SUPERSEDED" in first
        assert "seven answered" in first
        assert "FINAL" in second
        assert "A wrong number." in second


POSTS = (
    "/sections/feedback",
    "/comments",
    "/approve",
    "/share",
    "/finish",
    "/reopen",
    "/reading",
    "/amend",
    "/withdraw",
    "/sign",
    "/revisions/1/record.pdf",
    "/people/00000000-0000-4000-8000-000000000000",
)
NOT_WRITING = {"/comments", "/amend", "/reading", "/revisions/1/record.pdf", POSTS[-1]}
"""What the appraiser of a signed review may do, or what is not theirs at all."""


@SQLITE_ONLY
class TestWhoMayNot:
    """Beside tests/security, which tries every route as everybody."""

    def test_a_signatory_reads_what_is_finished_and_signs_and_no_more(
        self, program: Program
    ) -> None:
        appraiser, appraisee = finished(program, CHAIR)
        appraisee.sign()
        appraiser.sign()
        signatory = ReviewPages(program.join(SIGNATORY), appraiser.path)
        assert "Halve the gap" in signatory.open("/revisions/1").text

        proof = {"csrf_token": signatory.browser.proof(), "reason": "No"}
        for tail in set(POSTS) - {"/sign", "/revisions/1/record.pdf"}:
            signatory.browser.post(signatory.path + tail, proof, status=403)

    def test_a_signatory_does_not_read_an_amendment_in_the_making(self, program: Program) -> None:
        appraiser, appraisee = finished(program, CHAIR)
        appraisee.sign()
        appraiser.sign()
        signatory = ReviewPages(program.join(SIGNATORY), appraiser.path)
        signatory.sign()
        appraiser.open("/amend")
        appraiser.browser.press("Start revision 2", {"reason": "A slip."})
        appraiser.write("Feedback", {"feedback:summary": "Not for the region yet."})

        signatory.open("/draft", status=403)
        signatory.open("/sections/feedback", status=403)
        assert "Nine were asked" in signatory.open("/revisions/1").text

    def test_the_person_appraised_comments_and_signs_and_no_more(self, program: Program) -> None:
        _, appraisee = shared(program)
        proof = {"csrf_token": appraisee.browser.proof(), "reason": "No", "granted": "yes"}
        allowed = {"/comments", "/sign", "/revisions/1/record.pdf"}
        for tail in set(POSTS) - allowed:
            appraisee.browser.post(appraisee.path + tail, proof, status=403)

    def test_nobody_signs_for_somebody_else_by_a_direct_post(self, program: Program) -> None:
        appraiser, appraisee = finished(program)
        appraisee.open("/sign")
        digest = appraisee.browser.screen.form("Sign").find("input", attrs={"name": "digest"})
        assert digest is not None
        values = {"digest": digest["value"], "agreed": "y"}
        appraiser.browser.post(
            f"{appraiser.path}/sign",
            values | {"step": "appraisee", "csrf_token": appraiser.browser.proof()},
            status=403,
        )
        appraiser.browser.post(
            f"{appraiser.path}/sign",
            values | {"step": "appraiser", "csrf_token": appraiser.browser.proof()},
            status=409,
        )
        assert "not signed yet" in appraiser.open().text

    def test_a_signed_review_refuses_every_direct_post(self, program: Program) -> None:
        appraiser, appraisee = signed(program)
        before = appraiser.open("/revisions/1").text
        values = {"feedback:summary": "Later.", "comments:appraisee": "Later.", "reason": "x"}
        for who, tails in (
            (appraiser, set(POSTS) - NOT_WRITING),
            (appraisee, {"/comments", "/sign"}),
        ):
            proof = {"csrf_token": who.browser.proof()}
            for tail in sorted(tails):
                who.browser.post(who.path + tail, values | proof, status=409)

        assert appraiser.open("/revisions/1").text == before

    def test_a_review_that_does_not_exist(self, program: Program) -> None:
        browser = program.staff(Role.APPRAISER)
        nowhere = "/reviews/00000000-0000-4000-8000-000000000000"
        browser.open(nowhere, status=404)
        browser.open("/organisations/nowhere/reviews", status=404)
