"""Vacancies and plans as rows, with other people's rows beside them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from dataclasses import dataclass

import pytest

from frameworks.interview import ChosenQuestion
from frameworks.model import AssessAt, Reference
from webapp.accounts import services as accounts
from webapp.persistence import Session, new_id
from webapp.recruitment import store
from webapp.recruitment.errors import NumberTaken, PlanChanged, VacancyUnknown
from webapp.recruitment.vacancy import StagePlan, Vacancy

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
QUESTION = ChosenQuestion("What did you change? £ “quotes” 漢", ("culture.speaking-up",))


@dataclass
class Scene:
    """Two organisations, one account, and a vacancy of each."""

    session: Session
    account: uuid.UUID
    vacancy: Vacancy
    other: Vacancy


@pytest.fixture
def scene(session: Session) -> Scene:
    account = accounts.add_account(session, email="r@example.org", name="R", now=NOW)
    vacancies = []
    for slug in ("meadowbank", "elsewhere"):
        organisation = accounts.add_organisation(
            session, slug=slug, name=slug, kind="nhs-provider", now=NOW
        )
        vacancy = Vacancy(
            id=new_id(),
            organisation_id=organisation.id,
            title="Chair",
            number="V1",
            profile_key="provider-chair",
            reference=Reference(slug="board-leadership", version="1.0.0"),
            framework_digest="sha256:" + "0" * 64,
            created_at=NOW,
        )
        store.add_vacancy(session, vacancy, created_by=account.id)
        vacancies.append(vacancy)
    return Scene(session, account.id, *vacancies)


class TestVacancies:
    def test_an_organisation_sees_its_own_only(self, scene: Scene) -> None:
        found = store.list_vacancies(scene.session, scene.vacancy.organisation_id)
        assert found == (scene.vacancy,)

    def test_a_number_is_used_once_in_an_organisation(self, scene: Scene) -> None:
        twin = dataclasses.replace(scene.vacancy, id=new_id())
        with pytest.raises(NumberTaken):
            store.add_vacancy(scene.session, twin, created_by=scene.account)
        # The refusal leaves the transaction usable.
        assert store.get_vacancy(scene.session, scene.vacancy.id) == scene.vacancy

    def test_an_unknown_vacancy_is_said_to_be_unknown(self, scene: Scene) -> None:
        assert store.find_vacancy(scene.session, new_id()) is None
        with pytest.raises(VacancyUnknown):
            store.get_vacancy(scene.session, new_id())


class TestPlans:
    stage = AssessAt.INTERVIEW

    def save(self, scene: Scene, vacancy: Vacancy, plan: StagePlan) -> None:
        store.save_plan(scene.session, vacancy.id, plan, saved_by=scene.account, now=NOW)

    def test_a_plan_comes_back_as_it_was_saved(self, scene: Scene) -> None:
        self.save(scene, scene.other, StagePlan(self.stage))
        self.save(scene, scene.vacancy, StagePlan(AssessAt.PRESENTATION))
        self.save(scene, scene.vacancy, StagePlan(self.stage, (QUESTION,)))
        found = store.get_plan(scene.session, scene.vacancy.id, self.stage)
        assert found == StagePlan(self.stage, (QUESTION,), revision=1)
        assert set(store.list_plans(scene.session, scene.vacancy.id)) == {
            self.stage,
            AssessAt.PRESENTATION,
        }

    def test_a_second_first_save_is_told_that_it_came_second(self, scene: Scene) -> None:
        self.save(scene, scene.vacancy, StagePlan(self.stage, (QUESTION,)))
        with pytest.raises(PlanChanged):
            self.save(scene, scene.vacancy, StagePlan(self.stage))
        assert store.get_plan(scene.session, scene.vacancy.id, self.stage).questions == (QUESTION,)

    def test_a_save_over_an_older_revision_changes_nothing(self, scene: Scene) -> None:
        self.save(scene, scene.vacancy, StagePlan(self.stage, (QUESTION,)))
        self.save(scene, scene.vacancy, StagePlan(self.stage, (), revision=1))
        with pytest.raises(PlanChanged):
            self.save(scene, scene.vacancy, StagePlan(self.stage, (QUESTION,), revision=1))
        assert store.get_plan(scene.session, scene.vacancy.id, self.stage).revision == 2
