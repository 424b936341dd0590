"""The many people of the example: who they are, what they say, and what became of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.worker import Press
from frameworks.model import Reference
from tests.program import START, Program, shipped_library
from webapp.campaigns.campaign import Verdict
from webapp.campaigns.grouping import Kind
from webapp.campaigns.services import list_campaigns, membership
from webapp.consultations.consultation import Consultation
from webapp.consultations.opening import Phase
from webapp.consultations.respondents import (
    INDIVIDUAL_CLASSES,
    REGIONS,
    Channel,
    RespondsAs,
    steps_missing,
)
from webapp.consultations.services import (
    count_responses,
    find_consultation,
    get_asking,
    list_public_consultations,
    list_waiting,
)
from webapp.operations.example import load_example
from webapp.operations.example.crowd import REMARKS, Fate, Voice, crowd
from webapp.operations.example.voices.people import (
    LEADS_TO_SOMEBODY,
    ORGANISATIONS,
    PERSONAL_DETAILS,
)
from webapp.persistence import Database
from webapp.publication.published import Wanted
from webapp.publication.services import search_published

WHOLE = crowd()
CONSULTED_ON = Reference(slug="board-leadership", version="1.1.0-beta.1")


def texts(voices: tuple[Voice, ...] = WHOLE) -> Iterator[str]:
    """Yield everything that is said in words."""
    for voice in voices:
        yield from (each.text for each in voice.response.said if each.text)


class TestTheCrowd:
    def test_there_are_three_hundred_and_they_are_always_the_same(self) -> None:
        assert len(WHOLE) == 300
        assert crowd() == WHOLE

    @pytest.mark.parametrize("number", [12, 20, 60, 150])
    def test_there_can_be_fewer(self, number: int) -> None:
        assert len(crowd(number)) == number

    def test_all_kinds_of_people_are_among_them(self) -> None:
        respondents = [each.response.respondent for each in WHOLE]
        classes = Counter(each.respondent_class for each in respondents)
        assert {each.key for each in INDIVIDUAL_CLASSES} <= classes.keys()
        assert {each.region for each in respondents} == {each.key for each in REGIONS}
        gathered = [each for each in respondents if each.responds_as is RespondsAs.ORGANISATION]
        assert len(gathered) == len(ORGANISATIONS) >= 5
        assert all(each.gathered and each.organisation_name for each in gathered)
        assert not any(steps_missing(each) for each in respondents)

    def test_every_competency_is_spoken_about(self) -> None:
        asked = shipped_library().get(CONSULTED_ON).framework
        assert {each.key for each in asked.all_competencies()} == REMARKS.keys()
        said = {each.item for voice in WHOLE for each in voice.response.said if each.text}
        assert REMARKS.keys() <= said

    def test_views_differ_and_so_do_competencies(self) -> None:
        actions = {
            item: Counter(
                each.choice
                for voice in WHOLE
                for each in voice.response.said
                if each.item == item and each.question == "action"
            )
            for item in REMARKS
        }
        assert all(len(each) >= 2 for each in actions.values())
        kept = [each["keep"] / each.total() for each in actions.values()]
        assert max(kept) - min(kept) > 0.3

    def test_most_come_at_the_beginning_and_at_the_end(self) -> None:
        days = Counter(int(each.at * 56) for each in WHOLE)
        assert days[0] > 3 * days[20]
        assert days[55] > 3 * days[20]

    def test_paper_came_as_well(self) -> None:
        channels = Counter(each.channel for each in WHOLE)
        assert {Channel.LETTER, Channel.EMAIL, Channel.MEETING} <= channels.keys()

    def test_some_are_late_held_replaced_and_withdrawn(self) -> None:
        assert {each.fate for each in WHOLE} == set(Fate)

    def test_nobody_answers_a_question_twice(self) -> None:
        for voice in WHOLE:
            keys = [(each.item, each.question, each.position) for each in voice.response.said]
            assert len(keys) == len(set(keys))

    def test_personal_details_lead_to_nobody(self) -> None:
        private = [text for _, text in PERSONAL_DETAILS]
        assert all(any(each in said for said in texts()) for each in private)
        numbers = re.findall(r"\d[\d ]{8,}\d", " ".join(texts()))
        allowed = ("07700 900", "020 7946 0", "01632 960", "999 ")
        assert numbers
        assert all(each.startswith(allowed) for each in numbers)
        hosts = set(re.findall(r"@([\w.]+\w)", " ".join(texts())))
        assert hosts == {"example.org", "example.com"}


class TestTheClosedConsultation:
    @pytest.fixture
    def program(self, database: Database, tmp_path: Path) -> Program:
        program = Program(database, tmp_path, Press(processes=1), demo=True)
        with database.writing() as session:
            load_example(session, program.library, program.settings, START)
        return program

    def closed(self, program: Program) -> Consultation:
        with program.database.reading() as session:
            (public,) = (
                each
                for each in list_public_consultations(session, START)
                if each.phase is Phase.CLOSED
            )
            found = find_consultation(session, public.slug)
        assert found is not None
        return found

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_has_enough_to_be_looked_after(self, program: Program) -> None:
        consultation = self.closed(program)
        with program.database.reading() as session:
            asking = get_asking(program.library, consultation)
            counts = count_responses(session, consultation.id, asking)
            waiting = list_waiting(session, consultation.id)
            found = list_campaigns(session, consultation.id)
            members = membership(session, consultation.id)
        assert counts.received >= 300
        assert counts.total >= 290
        assert all(row.n for _, rows in counts.by_domain for row in rows)
        assert waiting.held_number
        assert waiting.late_number
        identical, changed = found
        assert (identical.kind, identical.verdict) == (Kind.IDENTICAL, Verdict.CAMPAIGN)
        assert (changed.kind, changed.verdict) == (Kind.NEAR, Verdict.UNDECIDED)
        assert 30 <= identical.responses <= 35
        assert changed.responses == 25
        # Nobody else’s words make a campaign.
        assert len(members) == identical.responses + changed.responses

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_nothing_that_is_published_leads_to_somebody(self, program: Program) -> None:
        consultation = self.closed(program)
        published = []
        with program.database.reading() as session:
            page, found = 1, search_published(session, consultation.id, Wanted(), 1)
            while found.responses:
                published += [repr(each) for each in found.responses]
                page += 1
                found = search_published(session, consultation.id, Wanted(), page)
        assert len(published) > 20
        private = [words for words, _ in LEADS_TO_SOMEBODY]
        for each in published:
            assert not any(words in each for words in (*private, "ZZ99", "@example", "07700"))
