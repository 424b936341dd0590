"""What two pages say about a respondent: what one changed stands, what both changed is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.consultations import DURING, a_respondent
from tests.factories.writing import SPEAKING, Writer, an_open_consultation
from webapp.consultations import services
from webapp.consultations.about_parts import Part, merged, parts_of
from webapp.consultations.respondents import (
    AboutStep,
    Interest,
    Publish,
    Respondent,
    RespondsAs,
)
from webapp.persistence import Database, Session

ORGANISATION, INDIVIDUAL = RespondsAs.ORGANISATION, RespondsAs.INDIVIDUAL
WORDS = st.sampled_from(["", "one", "two"])
RESPONDENTS = st.builds(
    Respondent,
    responds_as=st.sampled_from([None, *RespondsAs]),
    respondent_class=WORDS,
    region=WORDS,
    publish=st.sampled_from([None, *Publish]),
    name=WORDS,
    organisation_name=WORDS,
    gathered=WORDS,
    positions=st.lists(st.sampled_from(["a", "b"]), unique=True).map(tuple),
    role=WORDS,
    interest=st.sampled_from([None, *Interest]),
    interests=WORDS,
)


@given(RESPONDENTS, RESPONDENTS, RESPONDENTS, st.sampled_from(AboutStep))
def test_nothing_that_a_page_changed_is_lost_and_nothing_that_it_did_not_is_overwritten(
    shown: Respondent, stored: Respondent, sent: Respondent, step: AboutStep
) -> None:
    parts = parts_of(step, sent.responds_as, stored.responds_as)
    marks = {part.name: part.mark(shown) for part in parts}
    result, clashes = merged(stored, sent, parts, marks)
    asked = {clash.part.name for clash in clashes}
    for part in parts:
        was, has, says = part.of(shown), part.of(stored), part.of(sent)
        if part.name in asked:
            assert part.of(result) == has
            assert len({was, has, says}) == 3
        elif says != was:
            assert part.of(result) == says
        else:
            assert part.of(result) == has


@given(RESPONDENTS, RESPONDENTS)
def test_a_page_about_one_thing_changes_nothing_else(stored: Respondent, sent: Respondent) -> None:
    part = Part(("region",))
    result, _ = merged(stored, sent, [part], {"region": part.mark(stored)})
    assert result == replace(stored, region=sent.region)


def test_equal_values_are_no_clash() -> None:
    stored = a_respondent(region="london")
    result, clashes = merged(stored, stored, [Part(("region",))], {"region": "another mark"})
    assert (result, clashes) == (stored, ())


@pytest.mark.parametrize("step", [AboutStep.WHO, AboutStep.PUBLISHING])
def test_a_page_for_another_kind_of_respondent_stands_or_falls_as_a_whole(step: AboutStep) -> None:
    whole = parts_of(step, INDIVIDUAL, ORGANISATION)
    assert [part.name for part in whole] == ["responds_as"]
    assert len(parts_of(AboutStep.WHO, ORGANISATION, ORGANISATION)) == 4


def save(writer: Writer, sent: Respondent, shown: Respondent, step: AboutStep) -> int:
    """Save what a page says that showed something, and return how many parts clash."""
    parts = parts_of(step, sent.responds_as, writer.draft.respondent.responds_as)
    _, clashes = services.save_about(
        writer.session,
        consultation_id=writer.consultation.id,
        token=writer.token,
        asking=writer.asking,
        sent=sent,
        parts=parts,
        shown={part.name: part.mark(shown) for part in parts},
        now=DURING,
    )
    return len(clashes)


class TestSaving:
    def test_what_was_changed_elsewhere_on_another_page_stays(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        noise = Writer(session, consultation)
        writer = Writer(session, consultation)
        for each in (noise, writer):
            each.introduce()
        shown = writer.draft.respondent
        assert save(writer, replace(shown, region="london"), shown, AboutStep.REGION) == 0
        named = replace(shown, publish=Publish.UNNAMED, name="")
        assert save(writer, named, shown, AboutStep.PUBLISHING) == 0
        assert writer.draft.respondent == replace(named, region="london")
        assert noise.draft.respondent == shown

    def test_what_was_changed_in_both_stays_as_stored_until_it_is_decided(
        self, session: Session
    ) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.introduce(region="midlands")
        shown = writer.draft.respondent
        save(writer, replace(shown, region="london"), shown, AboutStep.REGION)
        assert save(writer, replace(shown, region="south-west"), shown, AboutStep.REGION) == 1
        assert writer.draft.respondent.region == "london"

    def test_choices_of_two_pages_come_together(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.choose(SPEAKING, "culture.compassion")

        def choose(*wanted: str) -> None:
            services.change_choices(
                session,
                consultation_id=writer.consultation.id,
                token=writer.token,
                asking=writer.asking,
                shown=[SPEAKING, "culture.compassion"],
                wanted=wanted,
                now=DURING,
            )

        third = writer.asking.competency_keys[0]
        choose(SPEAKING, "culture.compassion", third, "no-such")
        choose(SPEAKING)
        assert set(writer.draft.chosen) == {SPEAKING, third}


def test_a_colleague_who_saves_meanwhile_overwrites_nothing(database: Database) -> None:
    """The page was made before another transaction changed something else."""
    with database.writing() as session:
        writer = Writer(session, an_open_consultation(session))
        writer.introduce()
        shown = writer.draft.respondent
    with database.writing() as session:
        writer.session = session
        save(writer, replace(shown, region="london"), shown, AboutStep.REGION)
    with database.writing() as session:
        writer.session = session
        role = replace(shown, role="Staff governor")
        assert save(writer, role, shown, AboutStep.WHO) == 0
        assert writer.draft.respondent == replace(role, region="london")
