"""How big a step each change asks for."""

import datetime as dt

import pytest

from frameworks.comparison import compare, compare_texts
from frameworks.model import (
    ChangeKind,
    Competency,
    Derivation,
    Framework,
    Requirement,
    ScaleUse,
    Stage,
    StageDescriptor,
    Tombstone,
    Use,
    WithdrawalReason,
)
from frameworks.steps import Step, is_typo, least_step, step_between
from tests.factories.frameworks import (
    a_competency,
    a_framework,
    a_profile,
    a_requirement,
    an_accountability,
    culture,
    frequency_scale,
    governance,
)


def of_competency(**changes: object) -> Framework:
    first, other = culture().competencies
    changed = first.model_copy(update=changes)
    return a_framework(domains=(culture(competencies=(changed, other)), governance()))


def of_chair(**changes: object) -> Framework:
    chair, *others = a_framework().profiles
    return a_framework(profiles=(chair.model_copy(update=changes), *others))


def of_requirement(**changes: object) -> Framework:
    first, *others = a_profile().requirements
    return of_chair(requirements=(first.model_copy(update=changes), *others))


def of_level(**changes: object) -> Framework:
    frequency, *others = a_framework().scales
    level, *levels = frequency.levels
    levels = [level.model_copy(update=changes), *levels]
    return a_framework(scales=(frequency.model_copy(update={"levels": tuple(levels)}), *others))


FIRST = culture().competencies[0]
STAGES = (Stage(key="board", title="Board"),)

NONE = {
    "another version": a_framework(version="1.0.0-beta.2"),
    "another start": a_framework(effective_from=dt.date(2027, 4, 1)),
    "other release notes": a_framework(release_notes="Something else altogether."),
    "a derivation": of_competency(derivation=Derivation(rationale="Asked for.")),
}
PATCH = {
    "a code": of_competency(code="9.9"),
    "a suggestion for development": of_competency(development=()),
    "a slip in a statement": of_competency(statement=FIRST.statement.replace("every", "evrey")),
    "an order": a_framework(domains=(governance(), culture())),
    "a slip in the words of a level": of_level(label="Almozt always"),
}
MINOR = {
    "a statement": of_competency(statement="I let people speak."),
    "a title": a_framework(title="Other title"),
    "an indicator less": of_competency(indicators=FIRST.indicators[1:]),
    "a question less": of_competency(questions=FIRST.questions[1:]),
    "an anchor less": of_competency(anchors=FIRST.anchors[1:]),
    "only for some": of_competency(only_for=("provider-chair",)),
    "a stage of assessment": of_requirement(assess_at=()),
    "a move": a_framework(
        domains=(
            culture(competencies=(FIRST,)),
            governance(competencies=(*governance().competencies, culture().competencies[1])),
        )
    ),
    "a position more": a_framework(
        profiles=(*a_framework().profiles, a_profile(key="vice", title="Vice-chair"))
    ),
    "a scale more": a_framework(
        scales=(*a_framework().scales, frequency_scale().model_copy(update={"key": "other"}))
    ),
    "a use more": a_framework(
        uses=(*a_framework().uses, ScaleUse(use=Use.STAKEHOLDER, scale="agreement"))
    ),
    "who appraises": of_chair(accountability=(an_accountability(appraised_by="Somebody new"),)),
}
MAJOR = {
    "a new competency": a_framework(
        domains=(
            culture(competencies=(*culture().competencies, a_competency("culture.new", "New"))),
            governance(),
        )
    ),
    "a competency less": a_framework(
        domains=(culture(competencies=(FIRST,)), governance()),
        withdrawn=(
            Tombstone(
                key="culture.listening",
                last_version="1.0.0-beta.1",
                reason=WithdrawalReason.WITHDRAWN,
            ),
        ),
    ),
    "a weight": of_requirement(weight=11),
    "no longer essential": of_requirement(essential=False),
    "a requirement less": of_chair(requirements=a_profile().requirements[1:]),
    "a requirement more": of_chair(
        requirements=(*a_profile().requirements, a_requirement("governance.risk"))
    ),
    "a position less": a_framework(profiles=a_framework().profiles[1:]),
    "a level’s value": of_level(value=9),
    "a level’s words": of_level(label="Without fail"),
    "a scale less": a_framework(scales=a_framework().scales[:2]),
    "another scale for a use": a_framework(
        uses=(
            a_framework().uses[0].model_copy(update={"scale": "evidence"}),
            *a_framework().uses[1:],
        )
    ),
    "a stage": a_framework(stages=STAGES),
}
CASES = [
    (step, name, after)
    for step, cases in (
        (Step.NONE, NONE),
        (Step.PATCH, PATCH),
        (Step.MINOR, MINOR),
        (Step.MAJOR, MAJOR),
    )
    for name, after in cases.items()
]


@pytest.mark.parametrize(
    ("step", "name", "after"), CASES, ids=[f"{step.name} {name}" for step, name, _ in CASES]
)
def test_a_change_asks_for_its_step(step: Step, name: str, after: Framework) -> None:
    comparison = compare(a_framework(), after)

    assert comparison.changes, name
    assert least_step(comparison) is step


def test_describing_a_stage_is_a_small_step() -> None:
    described = FIRST.model_copy(update={"stages": (StageDescriptor(stage="board", text="Text"),)})
    after = a_framework(
        stages=STAGES,
        domains=(culture(competencies=(described, culture().competencies[1])), governance()),
    )

    assert least_step(compare(a_framework(stages=STAGES), after)) is Step.MINOR


def a_split(weights: tuple[int, int], *, essential: tuple[bool, bool] = (True, True)) -> Framework:
    """Split `culture.speaking-up`, weight 10 and essential for the chair, in two."""
    halves = [f"culture.half-{number}" for number in (1, 2)]
    split = Derivation(change=ChangeKind.SPLIT, from_keys=("culture.speaking-up",))
    parts = [a_competency(key, f"Part {key}", derivation=split) for key in halves]
    return _replaced(
        "culture.speaking-up",
        parts,
        [
            a_requirement(key, weight=weight, essential=needed)
            for key, weight, needed in zip(halves, weights, essential, strict=True)
        ],
    )


def _replaced(gone: str, parts: list[Competency], needed: list[Requirement]) -> Framework:
    chair, nonexecutive, _ = a_framework().profiles
    kept = tuple(each for each in chair.requirements if each.competency != gone)
    return a_framework(
        domains=(culture(competencies=(*parts, culture().competencies[1])), governance()),
        profiles=(chair.model_copy(update={"requirements": (*needed, *kept)}), nonexecutive),
        withdrawn=(
            Tombstone(
                key=gone,
                last_version="1.0.0-beta.1",
                reason=WithdrawalReason.SPLIT,
                replaced_by=tuple(each.key for each in parts),
            ),
        ),
    )


def without_finance_director() -> Framework:
    return a_framework(profiles=a_framework().profiles[:2])


def test_a_split_that_shares_out_its_weight_is_a_small_step() -> None:
    assert least_step(compare(without_finance_director(), a_split((4, 6)))) is Step.MINOR


def test_a_split_that_weighs_more_than_before_is_a_big_step() -> None:
    assert least_step(compare(without_finance_director(), a_split((5, 6)))) is Step.MAJOR


def test_a_split_that_makes_half_of_it_desirable_is_a_big_step() -> None:
    after = a_split((4, 6), essential=(True, False))

    assert least_step(compare(without_finance_director(), after)) is Step.MAJOR


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        ("1.0.0", "2.0.0", Step.MAJOR),
        ("1.0.0", "2.0.0-alpha.1", Step.MAJOR),
        ("1.0.0", "1.1.0-beta.1", Step.MINOR),
        ("1.0.0", "1.0.1", Step.PATCH),
        ("1.0.0-beta.1", "1.0.0", Step.NONE),
    ],
)
def test_the_step_of_a_number_is_its_first_part_that_grows(
    before: str, after: str, step: Step
) -> None:
    assert step_between(before, after) is step


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I lead well", "I lead well."),
        ("I lead  well", "I lead\nwell"),
        ("a well led board", "a well-led board"),
        ("the commmittee", "the committee"),
        ("the committee", "the comnittee"),
        ("their behavioyr", "their behaviour"),
        ("I rceeive", "I receive"),
        ("I organiise", "I organise"),
        ("well being", "wellbeing"),
    ],
)
def test_a_letter_here_and_there_is_a_slip(before: str, after: str) -> None:
    assert is_typo(compare_texts(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I can", "I cannot"),
        ("I may", "I must"),
        ("it is legal", "it is illegal"),
        ("a moral choice", "an amoral choice"),
        ("likely", "unlikely"),
        ("I now act", "I not act"),
        ("I act", "I act at once"),
        ("two of them", "ten of them"),
        ("the board", "the boards decide"),
    ],
)
def test_another_meaning_is_no_slip(before: str, after: str) -> None:
    assert not is_typo(compare_texts(before, after))
