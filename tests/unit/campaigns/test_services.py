"""Groups that stay under their numbers, decisions that last, and results with and without."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import delete

from tests.factories.campaigns import (
    NECESSITY,
    WHOLE,
    context,
    search,
    send_campaign,
    send_text,
    work,
)
from tests.factories.consultations import AFTER, DURING, a_lead
from tests.factories.letters import ANOTHER_LETTER
from tests.factories.writing import COMMENT, an_open_consultation, asking_of
from webapp.campaigns import services
from webapp.campaigns.campaign import Campaign, Decided, DecisionKind, Verdict
from webapp.campaigns.errors import CampaignUnknown, DecidedMeanwhile, NothingToDecide
from webapp.campaigns.finding import find_campaigns
from webapp.campaigns.results import Row, Table
from webapp.consultations.models import AnswerTextRow
from webapp.consultations.respondents import Publish
from webapp.consultations.services import (
    change_permission,
    count_responses,
    decide,
    find_response,
    withdraw_response,
)
from webapp.consultations.submissions import Decision
from webapp.persistence import Database, Session, new_id

BY = a_lead()


class Installation:
    """An open consultation to which a campaign was sent, beside another with the same letter."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database, self.home = database, home
        with database.writing() as session:
            noise = an_open_consultation(session, "another")
            send_campaign(session, noise, 4)
            self.consultation = an_open_consultation(session)
            self.references = send_campaign(session, self.consultation)
            self.honest = [
                send_text(session, self.consultation, text, choice="useful")
                for text in ("I agree.", "I agree.", "I agree.", "Say who listens to night staff.")
            ]
        search(database, home, noise)

    def search(self) -> None:
        search(self.database, self.home, self.consultation, BY)

    def groups(self) -> tuple[Campaign, ...]:
        with self.database.reading() as session:
            return services.list_campaigns(session, self.consultation.id)

    @property
    def group(self) -> Campaign:
        (found,) = self.groups()
        return found

    def decide(self, kind: DecisionKind, *, name: str = "", revision: int | None = None) -> None:
        group = self.group
        seen = group.revision if revision is None else revision
        with self.database.writing() as session:
            decided = Decided(kind, seen, "We looked.", name)
            services.decide(session, group, decided, by=BY, now=DURING)

    def move(self, reference: str, kind: DecisionKind = DecisionKind.MOVED_OUT) -> None:
        group = self.group
        with self.database.writing() as session:
            member = services.get_member(session, group, reference)
            decided = Decided(kind, group.revision, "She wrote it first.")
            services.move(session, group, member, decided, by=BY, now=DURING)

    def known(self) -> tuple[object, ...]:
        """Return the groups, and all that the record says of them."""
        with self.database.reading() as session:
            return self.groups(), services.evidence(session, self.consultation.id)

    def counted(self, **options: bool) -> Table:
        with self.database.reading() as session:
            asking = asking_of(self.consultation)
            return services.count_with_and_without(
                session, self.consultation.id, asking, **options
            )[0]


@pytest.fixture
def here(database: Database, tmp_path: Path) -> Installation:
    """What most tests begin with."""
    return Installation(database, tmp_path)


class TestASearch:
    def test_groups_what_says_the_same(self, here: Installation) -> None:
        here.search()
        group = here.group
        assert (group.number, group.responses, group.verdict) == (1, 5, Verdict.UNDECIDED)
        with here.database.reading() as session:
            members = services.list_members(session, group)
            templates = services.templates_of(session, group)
        assert [each.reference for each in members if each.is_same] == [here.references[0]]
        assert {each.reference for each in members} == set(here.references)
        assert [each.text for each in templates.values()] == [WHOLE]

    def test_changes_no_response(self, here: Installation) -> None:
        def everything(session: Session) -> list[object]:
            asking = asking_of(here.consultation)
            return [
                count_responses(session, here.consultation.id, asking),
                *(find_response(session, here.consultation.id, each) for each in here.references),
            ]

        with here.database.reading() as session:
            before = everything(session)
        here.search()
        here.decide(DecisionKind.CAMPAIGN)
        here.move(here.references[1])
        with here.database.reading() as session:
            assert everything(session) == before

    def test_is_written_down_with_its_rules(self, here: Installation) -> None:
        here.search()
        with here.database.reading() as session:
            last = services.last_search(session, here.consultation.id)
        assert last is not None
        assert (last.by, last.responses, last.texts, last.found) == (BY.name, 9, 9, 1)
        assert last.rules["least words of a text"] == 12

    def test_is_made_once_however_often_it_is_asked_for(self, here: Installation) -> None:
        with here.database.writing() as session:
            for _ in range(3):
                services.plan_search(session, here.consultation.id, by=BY, now=DURING)
            assert services.is_searching(session, here.consultation.id)
        work(here.database, here.home)
        with here.database.reading() as session:
            assert not services.is_searching(session, here.consultation.id)
            (entry,) = services.evidence(session, here.consultation.id)
        assert (entry.kind, entry.by) == ("campaigns.searched", BY.name)

    def test_may_be_repeated_by_a_worker_that_was_killed(self, here: Installation) -> None:
        here.search()
        here.decide(DecisionKind.NAMED, name="Speaking up")
        before = here.known()
        payload = {"consultation": str(here.consultation.id), "search": "1"}
        find_campaigns(context(here.database, here.home, AFTER), payload)
        assert here.known() == before

    def test_reads_what_everybody_reads_of_responses_that_count(self, here: Installation) -> None:
        with here.database.writing() as session:
            for reference in here.references[:3]:
                decide(
                    session,
                    consultation_id=here.consultation.id,
                    reference=reference,
                    decision=Decision.REMOVE,
                    reason="Sent by a machine.",
                    by=BY,
                    now=DURING,
                )
        here.search()
        assert here.groups() == ()

    def test_what_stops_counting_is_no_longer_counted_in_its_group(
        self, here: Installation
    ) -> None:
        with here.database.writing() as session:
            late = send_text(session, here.consultation, WHOLE)
        here.search()
        assert here.group.responses == 6
        with here.database.writing() as session:
            withdraw_response(session, code=late.code, now=DURING)
        assert here.group.responses == 5
        here.search()
        assert here.group.responses == 5


class TestAnotherSearch:
    def test_keeps_numbers_names_and_decisions(self, here: Installation) -> None:
        here.search()
        here.decide(DecisionKind.NAMED, name="Speaking up")
        here.decide(DecisionKind.CAMPAIGN)
        with here.database.writing() as session:
            for _ in range(9):
                send_text(session, here.consultation, " ".join(ANOTHER_LETTER))
            send_text(session, here.consultation, WHOLE)
        here.search()
        larger, known = here.groups()
        assert (larger.number, larger.verdict, larger.responses) == (2, Verdict.UNDECIDED, 9)
        assert (known.number, known.name, known.verdict) == (1, "Speaking up", Verdict.CAMPAIGN)
        assert (known.responses, known.revision) == (6, 2)

    def test_leaves_out_who_was_moved_out(self, here: Installation) -> None:
        here.search()
        here.move(here.references[0])
        here.search()
        group = here.group
        assert group.responses == 4
        with here.database.reading() as session:
            assert services.get_member(session, group, here.references[0]).is_out
        here.move(here.references[0], DecisionKind.PUT_BACK)
        here.search()
        assert here.group.responses == 5

    def test_keeps_what_was_decided_about_a_group_it_does_not_find(
        self, here: Installation
    ) -> None:
        here.search()
        here.decide(DecisionKind.CAMPAIGN)
        with here.database.writing() as session:
            for reference in here.references:
                decide(
                    session,
                    consultation_id=here.consultation.id,
                    reference=reference,
                    decision=Decision.REMOVE,
                    reason="Sent by a machine.",
                    by=BY,
                    now=DURING,
                )
        here.search()
        gone = here.group
        assert (gone.is_current, gone.responses, gone.verdict) == (False, 0, Verdict.CAMPAIGN)
        with here.database.reading() as session:
            assert services.count_undecided(session, here.consultation.id) == 0

    def test_is_planned_once_a_consultation_is_closed(self, here: Installation) -> None:
        def planned(now: dt.datetime) -> bool:
            with here.database.writing() as session:
                services.plan_searches(session, now)
                return services.is_searching(session, here.consultation.id)

        assert not planned(DURING)
        assert planned(AFTER)
        work(here.database, here.home, AFTER)
        assert here.group.responses == 5
        assert not planned(AFTER)
        with here.database.writing() as session:
            decide(
                session,
                consultation_id=here.consultation.id,
                reference=here.references[0],
                decision=Decision.REMOVE,
                reason="Sent by a machine.",
                by=BY,
                now=AFTER,
            )
        assert planned(AFTER)


class TestADecision:
    def test_is_kept_with_its_reason(self, here: Installation) -> None:
        here.search()
        here.decide(DecisionKind.NOT_A_CAMPAIGN)
        here.decide(DecisionKind.CAMPAIGN)
        here.move(here.references[2])
        with here.database.reading() as session:
            (group,) = services.list_campaigns(session, here.consultation.id)
            decisions = services.list_decisions(session, group)
            entries = services.evidence(session, here.consultation.id)
        assert group.verdict is Verdict.CAMPAIGN
        assert [(each.number, each.kind, each.by, each.reason) for each in decisions] == [
            (1, DecisionKind.NOT_A_CAMPAIGN, BY.name, "We looked."),
            (2, DecisionKind.CAMPAIGN, BY.name, "We looked."),
            (3, DecisionKind.MOVED_OUT, BY.name, "She wrote it first."),
        ]
        assert decisions[2].reference == here.references[2]
        assert {(each.kind, each.by, each.why) for each in entries if each.why} == {
            ("campaigns.not-a-campaign", BY.name, "We looked."),
            ("campaigns.campaign", BY.name, "We looked."),
            ("campaigns.moved-out", BY.name, "She wrote it first."),
        }

    def test_is_refused_where_somebody_else_decided_meanwhile(self, here: Installation) -> None:
        here.search()
        here.decide(DecisionKind.CAMPAIGN)
        with pytest.raises(DecidedMeanwhile):
            here.decide(DecisionKind.NOT_A_CAMPAIGN, revision=0)
        assert here.group.verdict is Verdict.CAMPAIGN

    def test_needs_something_to_decide(self, here: Installation) -> None:
        here.search()
        here.decide(DecisionKind.CAMPAIGN)
        with pytest.raises(NothingToDecide):
            here.decide(DecisionKind.CAMPAIGN)
        with pytest.raises(NothingToDecide):
            here.move(here.references[0], DecisionKind.PUT_BACK)

    def test_is_about_a_group_of_its_own_consultation(self, here: Installation) -> None:
        here.search()
        with here.database.reading() as session, pytest.raises(CampaignUnknown):
            services.get_campaign(session, here.consultation.id, 2)
        with here.database.reading() as session, pytest.raises(CampaignUnknown):
            services.get_campaign(session, new_id(), 1)


class TestMembership:
    def test_says_for_each_response_in_which_campaign_it_is(self, here: Installation) -> None:
        here.search()
        here.decide(DecisionKind.NAMED, name="Speaking up")
        here.move(here.references[0])
        with here.database.reading() as session:
            found = services.membership(session, here.consultation.id)
        assert len(found) == 4
        assert {(each.number, each.name, each.is_confirmed) for each in found.values()} == {
            (1, "Speaking up", False)
        }
        here.decide(DecisionKind.CAMPAIGN)
        with here.database.reading() as session:
            found = services.membership(session, here.consultation.id)
        assert all(each.is_confirmed for each in found.values())


class TestResults:
    def test_leave_out_what_was_said_to_be_a_campaign(self, here: Installation) -> None:
        here.search()
        assert (here.counted().base_with, here.counted().base_without) == (9, 9)
        assert here.counted(undecided=True).base_without == 4
        here.decide(DecisionKind.CAMPAIGN)
        assert (here.counted().base_with, here.counted().base_without) == (9, 4)
        here.move(here.references[0])
        assert here.counted().base_without == 5
        here.decide(DecisionKind.NOT_A_CAMPAIGN)
        assert here.counted(undecided=True).base_without == 9

    def test_tally_choices_with_campaigns_and_without(self, here: Installation) -> None:
        here.search()
        here.decide(DecisionKind.CAMPAIGN)
        with here.database.reading() as session:
            (table,) = services.tally_with_and_without(
                session, here.consultation.id, asking_of(here.consultation), NECESSITY.item
            )
        assert (table.base_with, table.base_without) == (9, 4)
        assert table.rows[:2] == (Row("Essential", 5, 0), Row("Useful, not essential", 4, 4))

    def test_count_what_is_said_about_each_item(self, here: Installation) -> None:
        here.search()
        here.decide(DecisionKind.CAMPAIGN)
        with here.database.reading() as session:
            tables = services.count_with_and_without(
                session, here.consultation.id, asking_of(here.consultation)
            )
        rows = {row.item_key: row for table in tables[1:] for row in table.rows}
        assert (rows[COMMENT.item].with_all, rows[COMMENT.item].without) == (9, 4)
        assert sum(row.with_all for row in rows.values()) == 9
        assert {(each.base_with, each.base_without) for each in tables} == {(9, 4)}


class TestWords:
    def test_of_erased_texts_nothing_is_left(self, here: Installation) -> None:
        here.search()
        with here.database.writing() as session:
            session.execute(delete(AnswerTextRow))
        with here.database.reading() as session:
            assert services.templates_of(session, here.group) == {}

    def test_a_permission_makes_no_difference_to_a_group(self, here: Installation) -> None:
        with here.database.writing() as session:
            sent = send_text(session, here.consultation, WHOLE)
            change_permission(session, code=sent.code, publish=Publish.NOT_AT_ALL, now=DURING)
        here.search()
        assert here.group.responses == 6
