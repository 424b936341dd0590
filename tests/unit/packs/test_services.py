from __future__ import annotations

import datetime as dt
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import text

from exports.packs.people import PackForm, Person
from frameworks.library import Library, Published
from frameworks.model import AssessAt, Reference
from tests.factories.accounts import NOW, add_noise, add_organisation, add_person
from webapp.packs import services
from webapp.packs.pack import KEPT, Made, NotAsPinned, Pack, PackChanged, PackState, Part
from webapp.persistence import Database, IntegrityError, Session, violated
from webapp.security import Role

PEOPLE = (
    Person(2, "provider-chair", (("name", "Zoë “Z” Köster"), ("role", "Chair"))),
    Person(3, "provider-chair", (("name", "Jo"),)),
)
ARCHIVE = Made("a" * 64, "b" * 64, 5_000_000_000)


@pytest.fixture(scope="module")
def published() -> Published:
    return Library.shipped().get(Reference.parse("board-leadership@1.0.0"))


@dataclass
class Desk:
    """An organisation that makes packs, with noise beside it."""

    session: Session
    published: Published
    organisation_id: uuid.UUID = field(init=False)
    account_id: uuid.UUID = field(init=False)

    def __post_init__(self) -> None:
        add_noise(self.session)
        self.organisation_id = add_organisation(self.session).id
        self.account_id = add_person(self.session, Role.APPRAISER).id

    def check(self, **changes: Any) -> Pack:
        values: dict[str, Any] = {
            "organisation_id": self.organisation_id,
            "form": PackForm.APPRAISAL,
            "stage": None,
            "vacancy": "",
            "created_by": self.account_id,
            "today": NOW.date(),
            "now": NOW,
        }
        return services.check_pack(self.session, self.published, PEOPLE, **(values | changes))

    def now(self, pack: Pack) -> Pack:
        self.session.expire_all()
        found = services.find_pack(self.session, pack.id)
        assert found is not None
        return found

    def make(self, pack: Pack, first: int, until: int) -> None:
        services.add_part(self.session, pack.id, Part(first, until, f"{first:064}", 10), NOW)


@pytest.fixture
def desk(session: Session, published: Published) -> Desk:
    return Desk(session, published)


class TestAPack:
    def test_it_is_kept_as_it_was_checked(self, desk: Desk) -> None:
        pack = desk.check(form=PackForm.SCORECARD, stage=AssessAt.INTERVIEW, vacancy="Chair")
        assert desk.now(pack) == pack
        assert (pack.state, pack.total, pack.made) == (PackState.CHECKED, 2, 0)
        assert services.list_people(desk.session, pack.id) == PEOPLE

    def test_a_list_is_of_one_organisation_and_form_newest_first(self, desk: Desk) -> None:
        other = add_organisation(desk.session, slug="east", name="East Trust").id
        first = desk.check()
        second = desk.check(now=NOW + dt.timedelta(minutes=1))
        desk.check(organisation_id=other)
        desk.check(form=PackForm.SCORECARD, stage=AssessAt.INTERVIEW)
        services.delete_pack(desk.session, desk.check().id, NOW)
        found = services.list_packs(desk.session, desk.organisation_id, PackForm.APPRAISAL)
        assert found == (second, first)

    def test_it_is_made_part_by_part(self, desk: Desk) -> None:
        pack = desk.check()
        services.start_pack(desk.session, pack.id, NOW)
        desk.make(pack, 0, 1)
        assert desk.now(pack).made == 1
        desk.make(pack, 1, 2)
        services.finish_pack(desk.session, pack.id, ARCHIVE, NOW)
        assert desk.now(pack).finished == ARCHIVE
        assert desk.now(pack).state is PackState.FINISHED

    def test_what_is_to_be_made_is_found_only_at_its_turn(self, desk: Desk) -> None:
        pack = desk.check()
        assert services.find_work(desk.session, pack.id, 0) is None
        services.start_pack(desk.session, pack.id, NOW)
        work = services.find_work(desk.session, pack.id, 0)
        assert work is not None
        assert (work.people, work.parts, work.organisation) == (PEOPLE, (), "North Trust")
        assert services.find_work(desk.session, pack.id, 1) is None
        assert services.find_work(desk.session, uuid.uuid4(), 0) is None

    def test_a_version_that_is_gone_or_differs_is_noticed(
        self, desk: Desk, published: Published
    ) -> None:
        pack = desk.check()
        assert services.get_published(Library.shipped(), pack).reference == published.reference
        with pytest.raises(NotAsPinned, match="is not what the forms"):
            services.get_published(Library(), pack)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestSteps:
    """Which step leads from where; every other is refused."""

    @pytest.mark.parametrize("state", [each for each in PackState if each is not PackState.CHECKED])
    def test_only_a_checked_pack_is_started(self, desk: Desk, state: PackState) -> None:
        pack = self.standing(desk, state)
        with pytest.raises(PackChanged):
            services.start_pack(desk.session, pack.id, NOW)

    @pytest.mark.parametrize("state", list(PackState))
    def test_what_has_not_ended_can_be_cancelled(self, desk: Desk, state: PackState) -> None:
        pack = self.standing(desk, state)
        if state in (PackState.CHECKED, PackState.WAITING, PackState.MAKING):
            services.cancel_pack(desk.session, pack.id, NOW)
            assert desk.now(pack).state is PackState.CANCELLED
            assert services.list_people(desk.session, pack.id) == ()
        else:
            with pytest.raises(PackChanged):
                services.cancel_pack(desk.session, pack.id, NOW)

    @pytest.mark.parametrize("state", list(PackState))
    def test_what_is_not_under_way_can_be_deleted(self, desk: Desk, state: PackState) -> None:
        pack = self.standing(desk, state)
        if state in (PackState.WAITING, PackState.MAKING, PackState.DELETED):
            with pytest.raises(PackChanged):
                services.delete_pack(desk.session, pack.id, NOW)
        else:
            services.delete_pack(desk.session, pack.id, NOW)
            assert desk.now(pack).state is PackState.DELETED
            assert desk.now(pack).finished is None
            assert services.list_people(desk.session, pack.id) == ()

    @pytest.mark.parametrize("state", list(PackState))
    def test_a_slice_is_for_a_pack_under_way_and_for_its_turn(
        self, desk: Desk, state: PackState
    ) -> None:
        pack = self.standing(desk, state)
        turn = desk.now(pack).made
        if state not in (PackState.WAITING, PackState.MAKING):
            with pytest.raises(PackChanged):
                desk.make(pack, turn, 2)
            return
        with pytest.raises(PackChanged):
            desk.make(pack, turn + 1, 2) if turn == 0 else desk.make(pack, 0, 1)
        desk.make(pack, turn, 2)
        with pytest.raises(PackChanged):
            desk.make(pack, turn, 2)

    def standing(self, desk: Desk, state: PackState) -> Pack:
        """Return a pack that came to a state by its steps."""
        session, pack = desk.session, desk.check()
        if state in (PackState.MAKING, PackState.FINISHED, PackState.FAILED, PackState.WAITING):
            services.start_pack(session, pack.id, NOW)
        if state in (PackState.MAKING, PackState.FINISHED):
            desk.make(pack, 0, 1)
        match state:
            case PackState.FINISHED:
                desk.make(pack, 1, 2)
                services.finish_pack(session, pack.id, ARCHIVE, NOW)
            case PackState.FAILED:
                services.fail_pack(session, pack.id, "Planted.", NOW)
            case PackState.CANCELLED:
                services.cancel_pack(session, pack.id, NOW)
            case PackState.DELETED:
                services.delete_pack(session, pack.id, NOW)
            case _:
                pass
        assert desk.now(pack).state is state
        return pack


class TestTheDatabaseItself:
    @pytest.mark.parametrize(
        ("change", "constraint"),
        [
            ("state = 'lost'", "ck_pack__state"),
            ("form = 'letter'", "ck_pack__form"),
            ("state = 'finished'", "ck_pack__finished"),
            ("archive = 'x', manifest = 'x', size = 1", "ck_pack__finished"),
            ("state = 'making', made = 3", "ck_pack__count"),
            ("size = 1", "ck_pack__outcome"),
            (
                "state = 'finished', archive = 'x', manifest = 'x', size = 1, made = 1",
                "ck_pack__whole",
            ),
            ("made = 1", "ck_pack__begun"),
        ],
    )
    def test_it_refuses_a_pack_that_cannot_be(
        self, desk: Desk, change: str, constraint: str
    ) -> None:
        desk.check()
        desk.session.flush()
        with pytest.raises(IntegrityError) as refused, desk.session.begin_nested():
            desk.session.execute(text(f"UPDATE pack SET {change}"))  # noqa: S608  # Our own words.
        assert violated(refused.value) == constraint

    def test_of_two_workers_with_the_same_slice_one_is_let_in(
        self, database: Database, published: Published
    ) -> None:
        with database.writing() as session:
            pack = Desk(session, published).check()
            services.start_pack(session, pack.id, NOW)
        outcomes: list[str] = []

        def add() -> None:
            try:
                with database.writing() as session:
                    services.add_part(session, pack.id, Part(0, 2, "c" * 64, 1), NOW)
                outcomes.append("in")
            except PackChanged:
                outcomes.append("late")

        threads = [threading.Thread(target=add) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert sorted(outcomes) == ["in", "late"]


class TestForgetting:
    def test_a_pack_is_deleted_after_a_week_and_not_before(self, desk: Desk) -> None:
        pack = desk.check()
        services.forget_old_packs(desk.session, NOW + KEPT)
        assert desk.now(pack).state is PackState.CHECKED
        services.forget_old_packs(desk.session, NOW + KEPT + dt.timedelta(seconds=1))
        assert desk.now(pack).state is PackState.DELETED
        assert services.list_people(desk.session, pack.id) == ()

    def test_a_pack_that_hangs_is_given_up_and_in_the_end_deleted(self, desk: Desk) -> None:
        pack = desk.check()
        services.start_pack(desk.session, pack.id, NOW)
        services.forget_old_packs(desk.session, NOW + dt.timedelta(days=1, seconds=1))
        assert desk.now(pack).state is PackState.FAILED
        services.forget_old_packs(desk.session, NOW + dt.timedelta(days=8))
        assert desk.now(pack).state is PackState.DELETED

    def test_many_are_forgotten_in_several_turns(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(services, "MOST_AT_ONCE", 2)
        for _ in range(3):
            desk.check()
        later = NOW + dt.timedelta(days=8)
        assert services.forget_old_packs(desk.session, later)
        assert not services.forget_old_packs(desk.session, later)
