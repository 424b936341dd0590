"""What changed between two versions, told item by item."""

import datetime as dt

from hypothesis import HealthCheck, given, settings

from frameworks.comparison import (
    Added,
    Changed,
    Fate,
    Kind,
    Moved,
    Place,
    Removed,
    Reordered,
    Reworded,
    compare,
    compare_texts,
)
from frameworks.model import (
    Anchor,
    AssessAt,
    Framework,
    Indicator,
    Polarity,
    Tombstone,
    Use,
    WithdrawalReason,
)
from tests.factories.frameworks import (
    a_competency,
    a_framework,
    a_profile,
    a_requirement,
    agreement_scale,
    an_accountability,
    culture,
    evidence_scale,
    frequency_scale,
    governance,
)
from tests.unit.frameworks.generated import frameworks

SPEAKING_UP = Place(Kind.COMPETENCY, "culture.speaking-up")


def with_speaking_up(**changes: object) -> Framework:
    changed = culture().competencies[0].model_copy(update=changes)
    return a_framework(
        domains=(culture(competencies=(changed, culture().competencies[1])), governance())
    )


def with_chair(**changes: object) -> Framework:
    chair, *others = a_framework().profiles
    return a_framework(profiles=(chair.model_copy(update=changes), *others))


def test_two_equal_versions_have_no_changes() -> None:
    assert compare(a_framework(), a_framework()).changes == ()


def test_a_reworded_statement_is_told_in_full_and_in_words() -> None:
    after = with_speaking_up(statement="I show it each day: makes it safe to speak up.")

    (change,) = compare(a_framework(), after).changes

    assert isinstance(change, Reworded)
    assert (change.place, change.field) == (SPEAKING_UP, "statement")
    assert change.text.before == "I show it every day: makes it safe to speak up."
    assert change.text.after == "I show it each day: makes it safe to speak up."
    assert change.text.removed == ("every",)
    assert change.text.added == ("each",)


def test_an_indicator_added_is_told_with_its_place_and_position() -> None:
    added = Indicator(key="culture.speaking-up.thanks", polarity=Polarity.EFFECTIVE, text="Thanks.")
    before = culture().competencies[0].indicators

    changes = compare(a_framework(), with_speaking_up(indicators=(before[0], added, *before[1:])))

    place = Place(Kind.INDICATOR, added.key, "culture.speaking-up")
    assert changes.changes == (Added(place, added, "culture.speaking-up", 1),)


def test_an_indicator_removed_is_told_whole() -> None:
    kept = culture().competencies[0].indicators[1:]
    gone = culture().competencies[0].indicators[0]

    changes = compare(a_framework(), with_speaking_up(indicators=kept)).changes

    place = Place(Kind.INDICATOR, gone.key, "culture.speaking-up")
    assert changes == (Removed(place, gone, "culture.speaking-up"),)


def test_an_indicator_of_the_other_polarity_is_told() -> None:
    first, *others = culture().competencies[0].indicators
    turned = first.model_copy(update={"polarity": Polarity.INEFFECTIVE})

    changes = compare(a_framework(), with_speaking_up(indicators=(turned, *others))).changes

    place = Place(Kind.INDICATOR, first.key, "culture.speaking-up")
    assert changes == (Changed(place, "polarity", Polarity.EFFECTIVE, Polarity.INEFFECTIVE),)


def test_an_anchor_and_a_question_changed_are_told_by_level_and_key() -> None:
    competency = culture().competencies[0]
    anchor = Anchor(scale="evidence", level="4", text="Many examples.")
    question = competency.questions_for(Use.INTERVIEW)[0]
    reworded = question.model_copy(update={"text": "And what then?"})

    changes = compare(
        a_framework(),
        with_speaking_up(
            anchors=(competency.anchors[0], anchor),
            questions=tuple(
                reworded if each == question else each for each in competency.questions
            ),
        ),
    ).changes

    assert [(each.place.kind, each.place.key, each.place.owner) for each in changes] == [
        (Kind.ANCHOR, "evidence/4", "culture.speaking-up"),
        (Kind.QUESTION, question.key, "culture.speaking-up"),
    ]
    assert all(isinstance(each, Reworded) for each in changes)


def test_a_competency_that_moves_is_told_once_with_both_domains() -> None:
    stays, moves = culture().competencies
    after = a_framework(
        domains=(
            culture(competencies=(stays,)),
            governance(competencies=(*governance().competencies, moves)),
        )
    )

    changes = compare(a_framework(), after).changes

    assert changes == (
        Moved(Place(Kind.COMPETENCY, "culture.listening"), "culture", "governance", 1),
    )


def test_a_new_competency_is_told_whole_and_not_part_by_part() -> None:
    new = a_competency("culture.new", "Something new")
    after = a_framework(
        domains=(culture(competencies=(new, *culture().competencies)), governance())
    )

    changes = compare(a_framework(), after).changes

    assert changes == (Added(Place(Kind.COMPETENCY, "culture.new"), new, "culture", 0),)


def test_a_domain_that_goes_takes_nothing_along_in_silence() -> None:
    comparison = compare(a_framework(), a_framework(domains=(culture(),), profiles=()))

    gone = [each.place.key for each in comparison.at(Kind.DOMAIN, Kind.COMPETENCY)]
    assert gone == [
        "governance",
        "governance.challenge",
        "governance.resources",
        "governance.risk",
        "governance.money",
    ]


def test_what_a_position_needs_is_told_with_the_position() -> None:
    after = with_chair(
        requirements=(
            a_requirement("culture.speaking-up", weight=12),
            a_requirement("culture.listening", weight=5, essential=True),
            a_requirement("governance.challenge", weight=8, assess_at=(AssessAt.INTERVIEW,)),
            a_requirement("governance.risk"),
        )
    )

    changes = compare(a_framework(), after).changes

    def at(key: str) -> Place:
        return Place(Kind.REQUIREMENT, key, "provider-chair")

    stages = (AssessAt.APPLICATION, AssessAt.INTERVIEW, AssessAt.REFERENCE)
    gone = a_requirement("governance.money", weight=2, essential=False)
    assert changes == (
        Changed(at("culture.speaking-up"), "weight", 10, 12),
        Changed(at("culture.listening"), "essential", False, True),
        Changed(at("governance.challenge"), "assess_at", stages, (AssessAt.INTERVIEW,)),
        Added(at("governance.risk"), a_requirement("governance.risk"), "provider-chair", 3),
        Removed(at("governance.money"), gone, "provider-chair"),
    )


def test_positions_added_and_removed_are_told() -> None:
    chair, *others = a_framework().profiles
    vice = a_profile(key="vice-chair", title="Vice-chair")

    changes = compare(a_framework(), a_framework(profiles=(*others, vice))).changes

    assert changes == (
        Added(Place(Kind.PROFILE, "vice-chair"), vice, "", 2),
        Removed(Place(Kind.PROFILE, "provider-chair"), chair, ""),
    )


def test_who_appraises_is_told_by_the_day_on_which_a_rule_begins() -> None:
    rules = (
        an_accountability(until_on=dt.date(2026, 4, 1)),
        an_accountability(from_on=dt.date(2026, 4, 1), appraised_by="Chair of the system"),
    )

    (change,) = compare(a_framework(), with_chair(accountability=rules)).changes

    assert change.place == Place(Kind.ACCOUNTABILITY, "2026-04-01", "provider-chair")
    assert isinstance(change, Reworded)
    assert change.field == "appraised_by"


def test_scales_levels_and_uses_are_told() -> None:
    frequency, evidence = frequency_scale(), evidence_scale()
    renamed = frequency.levels[0].model_copy(update={"label": "Always"})
    shorter = evidence.model_copy(update={"levels": evidence.levels[:-1]})
    after = a_framework(
        scales=(
            frequency.model_copy(update={"levels": (renamed, *frequency.levels[1:])}),
            shorter,
            agreement_scale(),
        ),
        uses=tuple(each for each in a_framework().uses if each.use is not Use.PRESENTATION),
    )

    changes = compare(a_framework(), after).changes

    assert [(type(each).__name__, each.place.kind, each.place.key) for each in changes] == [
        ("Reworded", Kind.LEVEL, "almost-always"),
        ("Removed", Kind.LEVEL, "not-assessed"),
        ("Removed", Kind.USE, "presentation"),
    ]


def test_another_order_is_told_as_an_order_and_not_as_changes() -> None:
    one, other = culture().competencies
    after = a_framework(domains=(culture(competencies=(other, one)), governance()))

    (change,) = compare(a_framework(), after).changes

    keys = ("culture.speaking-up", "culture.listening")
    assert change == Reordered(Place(Kind.DOMAIN, "culture"), "competencies", keys, keys[::-1])


def test_what_is_about_the_version_itself_stands_apart() -> None:
    after = a_framework(version="1.0.0-beta.2", effective_from=dt.date(2026, 4, 1))

    comparison = compare(a_framework(), after)

    assert [each.field for each in comparison.changes if isinstance(each, Changed)] == [
        "version",
        "effective_from",
    ]
    assert comparison.at(Kind.FRAMEWORK) == comparison.changes


def test_every_competency_has_its_fate() -> None:
    kept, reworded = culture().competencies
    new = a_competency("culture.new", "Something new")
    tombstone = Tombstone(
        key="governance.challenge",
        last_version="1.0.0-beta.1",
        reason=WithdrawalReason.WITHDRAWN,
    )
    after = a_framework(
        domains=(
            culture(
                competencies=(kept, reworded.model_copy(update={"title": "Listens first"}), new)
            ),
            governance(competencies=()),
        ),
        withdrawn=(tombstone,),
    )

    fates = {each.key: each for each in compare(a_framework(), after).competencies()}

    assert {key: each.fate for key, each in fates.items()} == {
        "culture.speaking-up": Fate.UNCHANGED,
        "culture.listening": Fate.CHANGED,
        "culture.new": Fate.ADDED,
        "governance.risk": Fate.UNCHANGED,
        "governance.money": Fate.UNCHANGED,
        "governance.challenge": Fate.REMOVED,
    }
    assert fates["governance.challenge"].tombstone == tombstone
    assert fates["culture.new"].after == new
    assert [type(each) for each in fates["culture.listening"].changes] == [Reworded]


def test_a_weight_belongs_to_the_story_of_its_competency() -> None:
    after = with_chair(requirements=(a_requirement("culture.speaking-up", weight=12),))

    (change,) = compare(a_framework(), after).about("culture.speaking-up")

    assert change == Changed(
        Place(Kind.REQUIREMENT, "culture.speaking-up", "provider-chair"), "weight", 10, 12
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frameworks())
def test_no_framework_differs_from_itself(framework: Framework) -> None:
    assert compare(framework, framework).changes == ()


def test_blanks_and_line_breaks_are_no_change_of_words() -> None:
    assert not compare_texts("one two\nthree", "one  two three").is_change


def test_phrases_that_stand_almost_together_are_told_as_one() -> None:
    change = compare_texts(
        "I listen to people before I decide.", "I hear all people before acting."
    )

    assert change.removed == ("listen to", "I decide.")
    assert change.added == ("hear all", "acting.")


def test_a_text_out_of_nothing_is_all_added() -> None:
    change = compare_texts("", "Something new.")

    assert (change.removed, change.added) == ((), ("Something new.",))
