"""Who may respond, and what must be known before a response is sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from webapp.consultations.respondents import (
    INDIVIDUAL_CLASSES,
    ORGANISATION_TYPES,
    PUBLISH,
    REGIONS,
    RESPONDS_AS,
    AboutStep,
    Publish,
    Respondent,
    RespondsAs,
    classes_for,
    label_of,
    step_after,
    steps_missing,
)

PERSON = Respondent(
    responds_as=RespondsAs.INDIVIDUAL, respondent_class="governor", publish=Publish.UNNAMED
)
TRUST = Respondent(
    responds_as=RespondsAs.ORGANISATION,
    respondent_class="acute",
    publish=Publish.NAMED,
    organisation_name="Example NHS Trust",
)


def test_every_key_is_used_once_so_that_a_label_can_be_found_by_it() -> None:
    options = [*RESPONDS_AS, *INDIVIDUAL_CLASSES, *ORGANISATION_TYPES, *REGIONS, *PUBLISH]
    keys = [option.key for option in options]
    assert len(set(keys)) == len(keys)
    assert all(label_of(option.key) == option.label for option in options)


def test_a_key_that_is_no_longer_offered_is_shown_as_it_is() -> None:
    assert label_of("abolished-body") == "abolished-body"


def test_an_organisation_chooses_among_types_and_a_person_among_classes() -> None:
    assert classes_for(RespondsAs.ORGANISATION) is ORGANISATION_TYPES
    assert classes_for(RespondsAs.INDIVIDUAL) is INDIVIDUAL_CLASSES


def test_the_pages_follow_each_other_to_the_last() -> None:
    steps = [AboutStep.RESPONDING_AS]
    while (following := step_after(steps[-1])) is not None:
        steps.append(following)
    assert steps == list(AboutStep)


@pytest.mark.parametrize("respondent", [PERSON, TRUST])
def test_region_and_positions_may_be_left_out(respondent: Respondent) -> None:
    assert steps_missing(respondent) == ()


def test_nothing_said_means_three_pages_missing() -> None:
    missing = steps_missing(Respondent())
    assert missing == (AboutStep.RESPONDING_AS, AboutStep.WHO, AboutStep.PUBLISHING)


def test_a_person_who_wants_to_be_named_must_give_a_name() -> None:
    named = replace(PERSON, publish=Publish.NAMED)
    assert steps_missing(named) == (AboutStep.PUBLISHING,)
    assert steps_missing(replace(named, name="Sam Okafor")) == ()


def test_an_organisation_must_be_named_even_if_its_name_is_not_published() -> None:
    nameless = replace(TRUST, organisation_name="", publish=Publish.UNNAMED)
    assert steps_missing(nameless) == (AboutStep.WHO,)


def test_who_turns_from_a_person_into_an_organisation_must_choose_a_type() -> None:
    turned = replace(PERSON, responds_as=RespondsAs.ORGANISATION, organisation_name="A union")
    assert steps_missing(turned) == (AboutStep.WHO,)
