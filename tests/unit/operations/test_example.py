from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from exports.worker import Press
from frameworks.library import Library
from frameworks.model import AssessAt
from frameworks.review import missing_before_signing, review_form
from tests.program import START, Clock, Program
from webapp.accounts.services import list_accounts, list_organisations
from webapp.appraisals.services import list_drafts, list_reviews, list_revisions
from webapp.appraisals.states import ReviewState
from webapp.consultations.opening import Phase
from webapp.consultations.services import (
    find_consultation,
    list_public_consultations,
    list_waiting,
    totals_of,
)
from webapp.operations.example import STAFF, has_data, load_example
from webapp.operations.example.changes import LATER_VERSION, NOTICE, WHY_LONGER
from webapp.operations.example.people import CHAIR, LEAD, SECRETARY
from webapp.operations.example.responses import RESPONSES
from webapp.persistence import Database
from webapp.recruitment.services import list_plans, list_vacancies
from webapp.security import Identity, Membership, Role

FEW = 12
"""How many respond to the closed consultation where that makes no difference."""


@pytest.fixture
def example(database: Database, tmp_path: Path) -> Program:
    """An installation with the example in it."""
    program = Program(database, tmp_path, Press(processes=1), demo=True)
    with database.writing() as session:
        assert not has_data(session)
        load_example(session, program.library, program.settings, START, responses=FEW)
        assert has_data(session)
    return program


class TestExample:
    def test_there_is_somebody_in_every_role(self, example: Program) -> None:
        with example.database.reading() as session:
            listed = list_accounts(session)
        assert {each.account.email for each in listed} == {staff.email for staff in STAFF}
        assert {held.role for each in listed for held in each.held} == set(Role)

    def test_a_consultation_is_open_with_responses_and_a_draft(self, example: Program) -> None:
        with example.database.reading() as session:
            public, closed = list_public_consultations(session, START)
            assert (public.phase, closed.phase) == (Phase.OPEN, Phase.CLOSED)
            found = find_consultation(session, public.slug)
            assert found is not None
            totals = totals_of(session, found.id)
        sent = sum(response.is_sent for response in RESPONSES)
        # With one that changed its permission, and one that took the place of another.
        assert (totals.submitted, totals.drafts) == (sent + 2, len(RESPONSES) - sent)

    def test_the_open_consultation_was_put_right_and_runs_longer(self, example: Program) -> None:
        with example.database.reading() as session:
            public, closed = list_public_consultations(session, START)
            found, earlier = (find_consultation(session, each.slug) for each in (public, closed))
        assert found is not None
        assert earlier is not None
        assert (found.edition, found.details.questionnaire_version) == (2, LATER_VERSION)
        assert found.ends_at > found.details.period.opens_at + dt.timedelta(days=60)
        screen = example.browser().open(f"/consultations/{public.slug}")
        assert NOTICE in screen.text
        assert WHY_LONGER in example.browser().open(f"/consultations/{public.slug}/log").text
        assert (earlier.edition, earlier.details.questionnaire_version) == (1, "1.0.0")

    def test_some_responses_wait_for_a_decision(self, example: Program) -> None:
        with example.database.reading() as session:
            public, closed = (
                find_consultation(session, each.slug)
                for each in list_public_consultations(session, START)
            )
            assert public is not None
            assert closed is not None
            held, late = list_waiting(session, public.id), list_waiting(session, closed.id)
        assert (held.held_number, held.surge_number, held.late_number) == (4, 3, 0)
        assert (late.held_number, late.late_number) == (0, 1)

    def test_a_vacancy_has_its_interview_planned(self, example: Program) -> None:
        with example.database.reading() as session:
            organisations = {each.slug: each for each in list_organisations(session)}
            (vacancy,) = list_vacancies(session, organisations["northmoor"].id)
            plans = list_plans(session, vacancy.id)
        assert len(plans[AssessAt.INTERVIEW].questions) == 7

    def test_reviews_stand_at_three_stages(self, example: Program) -> None:
        with example.database.reading() as session:
            organisations = {each.slug: each for each in list_organisations(session)}
            northmoor = organisations["northmoor"].id
            secretary = Identity(
                memberships=frozenset({Membership(northmoor, Role.BOARD_SECRETARY)})
            )
            reviews = {each.state: each for each in list_reviews(session, northmoor, secretary)}
            assert set(reviews) == {
                ReviewState.SHARED,
                ReviewState.PREPARED,
                ReviewState.SIGNED,
            }
            signed = list_revisions(session, reviews[ReviewState.SIGNED])[-1].frozen
            assert len(signed.signatures) == 2
            shared = reviews[ReviewState.SHARED]
            answers = {key: draft.given for key, draft in list_drafts(session, shared.id).items()}
        form = review_form(
            example.library.get(shared.reference).framework, shared.profile_key, START.date()
        )
        assert missing_before_signing(form, answers)

    def test_everybody_who_was_invited_gets_a_mail(self, example: Program) -> None:
        example.deliver_mail()
        mailed = {each.mail.to for each in example.outbox.list_mails()}
        assert {CHAIR, "joseph.lindqvist@example.org"} <= mailed

    def test_the_staff_can_sign_in_and_see_their_work(self, example: Program) -> None:
        for email in (LEAD, CHAIR, SECRETARY):
            screen = example.sign_in(email).open("/staff")
            assert screen.status == 200


class TestAnyDay:
    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    @pytest.mark.parametrize(
        "day", [(2027, 1, 1), (2027, 3, 28), (2027, 4, 1), (2027, 10, 31), (2028, 2, 29)]
    )
    def test_it_can_be_loaded_on_any_day(
        self, database: Database, tmp_path: Path, day: tuple[int, int, int]
    ) -> None:
        now = dt.datetime(*day, 0, 30, tzinfo=dt.UTC)
        program = Program(database, tmp_path, Press(processes=1), clock=Clock(now))
        library = Library.shipped()
        with database.writing() as session:
            load_example(session, library, program.settings, now, responses=FEW)
