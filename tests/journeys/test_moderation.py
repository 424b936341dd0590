"""Two moderators decide what is published, and everybody reads that and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from frameworks.questions import Given
from tests.factories.writing import ACTION, COMMENT, SPEAKING, Writer
from tests.pages.client import Screen
from tests.pages.lead import Lead
from tests.pages.moderator import Moderator
from tests.pages.responses import SLUG, open_a_consultation
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.respondents import Publish
from webapp.security import Role

MARK = "[taken out: personal details]"


@pytest.fixture
def consultation(program: Program) -> Consultation:
    return open_a_consultation(program)


@pytest.fixture
def ann(program: Program, consultation: Consultation) -> Moderator:
    return Moderator(program.staff(Role.MODERATOR, "ann@meadowbank.example"))


@pytest.fixture
def bob(program: Program, consultation: Consultation) -> Moderator:
    return Moderator(program.staff(Role.CONSULTATION_LEAD, "bob@meadowbank.example"))


def sent(
    program: Program,
    consultation: Consultation,
    words: str = "Say who listens.",
    **about: object,
) -> tuple[str, str]:
    """Send a response with one comment and return its reference and its private code."""
    secrets = program.settings.secret_keys
    with program.database.writing() as session:
        writer = Writer(session, consultation, program.clock())
        writer.introduce(**about)
        writer.choose(SPEAKING)
        writer.answer(COMMENT, Given(text=words))
        writer.answer(ACTION, Given(choices=("reword",)))
        key = services.submission_key(secrets[0], writer.draft.id)
        receipt = writer.send(key=key, secrets=secrets)
    program.clock.move(minutes=1)
    return receipt.reference, receipt.code


def title(moderator: Moderator) -> str:
    """Return the heading of the passage of the comment."""
    heading = [
        each.get_text()
        for each in moderator.browser.screen.soup.select("[id^=passage-]")
        if len(str(each["id"])) > 32
    ]
    return heading[0]


def published(program: Program, *path: str, status: int = 200) -> Screen:
    """Return what somebody reads who comes when the consultation has closed."""
    now, program.clock.now = program.clock.now, dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
    screen = program.browser().open(
        "/".join((f"/consultations/{SLUG}/responses", *path)), status=status
    )
    program.clock.now = now
    return screen


class TestTwoPeople:
    def test_a_response_goes_from_the_queue_to_everybody(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation, "Ask Jo Bloggs on 020 7946 0018.")
        ann.browser.open(Lead(ann.browser).one())
        assert "Moderate responses for publication : 1 waits for you" in ann.browser.screen.text
        assert ann.queue() == [reference]
        assert "1" in ann.browser.screen.text
        ann.open(reference)
        screen = ann.take_out("jo  bloggs", title(ann), "somebody-else")
        assert "Ask [taken out: about somebody else] on 020 7946 0018." in screen.text
        screen = ann.browser.press("Propose this ruling", {"outcome": "publish"}, status=422)
        assert screen.errors == ["Say whether to take out what may be a telephone number"]
        screen = ann.propose(values={name_of_suggestion(screen): "take"})
        assert "Your ruling is proposed" in screen.text
        assert "somebody else looks at it" in screen.text
        assert "1 of 1 taken up" in screen.text
        assert ann.queue() == []
        assert bob.second_looks() == [reference]
        screen = bob.open(reference)
        assert "Ask Jo Bloggs on 020 7946 0018." in " ".join(screen.text.split()).replace(
            "taken out: Jo Bloggs , end of what is taken out.", "Jo Bloggs"
        ).replace("taken out: 020 7946 0018 , end of what is taken out. .", "020 7946 0018.")
        screen = bob.look(reference)
        assert "The ruling is approved" in screen.text
        assert "Published" in screen.text
        text = published(program, reference).text
        assert f"Ask [taken out: about somebody else] on {MARK}." in text
        assert "Sam Okafor" in text
        assert "Jo Bloggs" not in text

    def test_nobody_looks_at_their_own_ruling_also_by_a_direct_post(
        self, program: Program, consultation: Consultation, ann: Moderator
    ) -> None:
        reference, _ = sent(program, consultation)
        screen = ann.rule(reference)
        with pytest.raises(AssertionError, match="no form with the button"):
            screen.form("Record this decision")
        screen = ann.browser.post(
            f"{ann.one(reference)}/second-look",
            {"csrf_token": ann.browser.proof(), "verdict": "approved", "number": "1"},
            status=403,
        )
        assert "somebody else looks at it" in screen.text
        assert "Waits for a second person" in ann.open(reference).text
        published(program, reference, status=404)

    def test_what_is_sent_back_waits_again_with_the_reason_and_its_marks(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation, "Jo Bloggs shouts.")
        ann.open(reference)
        ann.take_out("Jo Bloggs", title(ann))
        ann.propose()
        screen = bob.look(reference, "sent-back", status=422)
        assert screen.errors == ["Enter why you send it back"]
        screen = bob.look(reference, "sent-back", "The verb is needed too.")
        assert "The ruling is sent back" in screen.text
        assert ann.queue() == [reference]
        assert "Sent back" in ann.browser.screen.text
        screen = ann.open(reference)
        assert "The verb is needed too." in screen.text
        assert f"{MARK} shouts." in screen.text
        # What protects somebody stays until a ruling is approved.
        assert (
            "Jo Bloggs"
            not in bob.browser.open(f"{Lead(bob.browser).one()}/responses/{reference}").text
        )

    def test_withholding_needs_a_reason_and_two_people_too(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation)
        ann.open(reference)
        screen = ann.propose("withhold", status=422)
        assert screen.errors == ["Enter why nothing of it is to be published"]
        ann.propose("withhold", "All of it is about one patient.")
        screen = bob.look(reference)
        assert "Withheld" in screen.text
        published(program, reference, status=404)


class TestWhatIsRead:
    def test_words_are_gone_for_the_team_from_the_moment_of_the_proposal(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, code = sent(program, consultation, "Jo Bloggs shouts.")
        ann.open(reference)
        ann.take_out("Jo Bloggs", title(ann))
        ann.propose()
        screen = bob.browser.open(f"{Lead(bob.browser).one()}/responses/{reference}")
        assert f"{MARK} shouts." in screen.text
        assert "Jo Bloggs shouts." in program.browser().open(f"/receipts/{code}").text

    def test_what_was_taken_out_comes_back_only_once_somebody_else_agrees(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation, "Jo Bloggs shouts.")
        ann.open(reference)
        ann.take_out("Jo Bloggs", title(ann))
        ann.propose()
        bob.look(reference)
        screen = bob.open(reference)
        assert "Jo Bloggs" not in screen.text
        screen = bob.open_original("", status=422)
        assert screen.errors == ["Enter why you need to read it"]
        screen = bob.open_original("Jo Bloggs agreed to be named.")
        assert "Jo Bloggs" in screen.text
        bob.propose(values={"mark": []})
        assert MARK in published(program, reference).text
        ann.look(reference)
        assert "Jo Bloggs agreed to be named." in ann.open(reference).text
        assert "Jo Bloggs shouts." in published(program, reference).text

    def test_withholding_later_takes_a_response_down_at_once(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation)
        ann.rule(reference)
        bob.look(reference)
        bob.open(reference)
        bob.open_original("A solicitor wrote to us.")
        bob.propose("withhold", "It may be defamatory.")
        published(program, reference, status=404)

    def test_a_text_about_the_sender_is_taken_out_too(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation, role="Chair of Jo Bloggs House")
        ann.open(reference)
        ann.take_out("Jo Bloggs", "Role")
        ann.propose()
        bob.look(reference)
        screen = published(program, reference)
        assert f"Chair of {MARK} House" in screen.text
        assert "Words were taken out of this response" in screen.text


class TestTogether:
    def test_of_two_moderators_at_once_nobody_loses_anything(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation, "Jo Bloggs shouts at Kim.")
        ann.open(reference)
        bob.open(reference)
        ann.take_out("Kim", title(ann), note="Not a public person")
        bob.take_out("Jo Bloggs", title(bob), "defamatory")
        bob.propose(note="One name.")
        screen = ann.propose("withhold", "Two names.", status=409)
        assert "Somebody else ruled on this response" in screen.text
        assert "One name." in screen.text
        assert "Two names." in screen.response.text
        assert "“Kim”" in screen.text
        assert "Not a public person" in screen.text
        # Sent again, now that both are known.
        ann.propose("withhold", "Two names.")
        assert "Ruling 2: withhold" in ann.open(reference).text
        lead = bob.browser.open(f"{Lead(bob.browser).one()}/responses/{reference}").text
        assert f"[taken out: may be defamatory] shouts at {MARK}." in lead

    def test_two_second_looks_are_one(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation)
        cem = Moderator(program.staff(Role.MODERATOR, "cem@meadowbank.example"))
        ann.rule(reference)
        bob.open(reference)
        cem.look(reference, "sent-back", "Look again.")
        screen = bob.browser.press(
            "Record this decision", {"verdict": "approved", "reason": "Fine."}, status=409
        )
        assert "Nothing was recorded" in screen.text
        assert "Fine." in screen.text
        assert "Look again." in screen.text
        published(program, reference, status=404)

    def test_what_is_withdrawn_in_between_is_not_ruled_on(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, code = sent(program, consultation, "Most private.")
        other, other_code = sent(program, consultation, "Most private too.")
        ann.open(reference)
        bob.rule(other)
        with program.database.writing() as session:
            for each in (code, other_code):
                services.withdraw_response(session, code=each, now=program.clock())
        screen = ann.propose("withhold", "My reason.", status=409)
        assert "My reason." in screen.text
        assert "Most private" not in screen.response.text
        assert ann.queue() == []
        assert ann.second_looks() == []
        ann.browser.post(
            f"{ann.one(other)}/second-look",
            {"csrf_token": ann.browser.proof(), "verdict": "approved", "number": "1"},
            status=409,
        )

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_a_page_that_was_open_all_the_while_is_recorded_as_reading(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation)
        cem = Moderator(program.staff(Role.MODERATOR, "cem@meadowbank.example"))
        cem.open(reference)
        ann.rule(reference)
        bob.look(reference)
        cem.propose(status=409)
        assert "The page was still open" in ann.open(reference).text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestMarking:
    def test_words_that_are_not_there_are_said_to_be_and_stay_typed(
        self, program: Program, consultation: Consultation, ann: Moderator
    ) -> None:
        reference, _ = sent(program, consultation, "Kim met Kim.")
        ann.open(reference)
        screen = ann.take_out("Tim", title(ann), "", note="A note", status=422)
        assert screen.errors == [
            "These words do not stand in this text. Copy them from it exactly",
            "Select why the words are taken out",
        ]
        assert "Tim" in screen.response.text
        assert "A note" in screen.response.text
        screen = ann.take_out("Kim", title(ann), which="3", status=422)
        assert screen.errors == [
            "These words stand in this text 2 times: enter a number from 1 to 2"
        ]
        screen = ann.take_out("Kim", title(ann), which="2")
        assert f"Kim met {MARK}." in screen.text

    def test_a_number_of_thousands_of_figures_is_none(
        self, program: Program, consultation: Consultation, ann: Moderator
    ) -> None:
        reference, _ = sent(program, consultation, "Jo Bloggs shouts.")
        ann.open(reference)
        screen = ann.take_out("Jo Bloggs", title(ann), which="9" * 5000, status=422)
        assert screen.errors == ["These words stand in this text once"]

    def test_a_mark_that_is_unticked_is_put_back(
        self, program: Program, consultation: Consultation, ann: Moderator
    ) -> None:
        reference, _ = sent(program, consultation, "Kim met Kim.")
        ann.open(reference)
        screen = ann.take_out("Kim", title(ann))
        assert f"{MARK} met {MARK}." in screen.text
        screen = ann.browser.press("Show how it will read", {"mark": []})
        assert MARK not in screen.text.partition("Your ruling")[0]

    def test_a_note_must_not_repeat_what_was_taken_out(
        self, program: Program, consultation: Consultation, ann: Moderator
    ) -> None:
        reference, _ = sent(program, consultation, "Jo Bloggs shouts.")
        ann.open(reference)
        ann.take_out("Jo Bloggs", title(ann))
        screen = ann.propose(note="Who is jo bloggs?", status=422)
        assert screen.errors == [
            "A reason or a note repeats words that are taken out. Describe them instead"
        ]
        assert "Who is jo bloggs?" in screen.response.text

    def test_nor_must_the_reason_of_the_second_person(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation, "Jo Bloggs shouts.")
        ann.open(reference)
        ann.take_out("Jo Bloggs", title(ann))
        ann.propose()
        screen = bob.look(reference, "sent-back", "But jo bloggs is the chair.", status=422)
        assert screen.errors == [
            "The reason repeats words that are taken out. Describe them instead"
        ]
        assert "But jo bloggs is the chair." in screen.response.text
        assert bob.second_looks() == [reference]

    def test_the_sender_of_an_unnamed_response_is_suggested(
        self, program: Program, consultation: Consultation, ann: Moderator
    ) -> None:
        reference, _ = sent(
            program,
            consultation,
            "We at Meadow Trust agree.",
            responds_as="organisation",
            respondent_class="acute",
            organisation_name="Meadow Trust",
            publish=Publish.UNNAMED,
            name="",
        )
        screen = ann.open(reference)
        assert "It may be the sender, who is not to be named" in screen.text


class TestWhatChanges:
    def test_a_changed_permission_needs_another_ruling(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, code = sent(program, consultation)
        never, _ = sent(program, consultation, publish=Publish.NOT_AT_ALL, name="")
        assert ann.queue() == [reference]
        ann.rule(reference)
        bob.look(reference)

        def permit(publish: Publish, name: str = "") -> None:
            with program.database.writing() as session:
                services.change_permission(
                    session, code=code, publish=publish, name=name, now=program.clock()
                )

        permit(Publish.UNNAMED)
        assert ann.queue() == [reference]
        permit(Publish.NOT_AT_ALL)
        assert ann.queue() == []
        assert "does not want any of it to be published" in ann.open(reference).text
        assert "Say who listens." not in ann.open(never).text
        permit(Publish.NAMED, "Rude Name")
        assert ann.queue() == [reference]
        published(program, reference, status=404)
        published(program, never, status=404)
        ann.rule(reference)
        bob.look(reference)
        assert "Rude Name" in published(program, reference).text

    def test_what_is_removed_drops_out_by_itself(
        self, program: Program, consultation: Consultation, ann: Moderator, bob: Moderator
    ) -> None:
        reference, _ = sent(program, consultation)
        ann.rule(reference)
        bob.look(reference)
        bob.browser.open(f"{Lead(bob.browser).one()}/responses/{reference}")
        bob.browser.press("Record this decision", {"decision": "remove", "reason": "Wrong."})
        published(program, reference, status=404)
        assert "does not count" in ann.open(reference).text


def name_of_suggestion(screen: Screen) -> str:
    found = screen.soup.select_one("input[name^=suggestion-]")
    assert found is not None
    return str(found["name"])
