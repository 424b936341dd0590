"""What a framework says twice or in vain, also where no file could say it."""

import pytest

from frameworks.model import (
    Anchor,
    ChangeKind,
    Competency,
    Derivation,
    Framework,
    Level,
    Scale,
    Stage,
    StageDescriptor,
    Tombstone,
    WithdrawalReason,
)
from frameworks.problems import Finding
from frameworks.rules import check_framework
from tests.factories.frameworks import (
    a_competency,
    a_framework,
    a_profile,
    a_requirement,
    culture,
    governance,
)

SPEAKING_UP = ("domains", 0, "competencies", 0)


def with_speaking_up(**changes: object) -> Framework:
    first, second = culture().competencies
    changed = first.model_copy(update=changes)
    return a_framework(domains=(culture(competencies=(changed, second)), governance()))


def derived(change: ChangeKind, *sources: str) -> dict[str, Derivation]:
    return {"derivation": Derivation(change=change, from_keys=sources)}


def anchors(*levels: tuple[str, str]) -> tuple[Anchor, ...]:
    return tuple(Anchor(scale=scale, level=level, text="Text.") for scale, level in levels)


CASES: dict[str, tuple[Framework, Finding]] = {
    "a level described twice": (
        with_speaking_up(anchors=anchors(("evidence", "0"), ("evidence", "0"))),
        Finding(
            (*SPEAKING_UP, "anchors", 1),
            "an anchor of “culture.speaking-up” describes level “0” twice",
        ),
    ),
    "anchors of one scale apart": (
        with_speaking_up(
            anchors=anchors(("evidence", "0"), ("frequency", "frequently"), ("evidence", "4"))
        ),
        Finding(
            (*SPEAKING_UP, "anchors", 2),
            "the anchors of “culture.speaking-up” on one scale stand apart",
        ),
    ),
    "a stage described twice": (
        with_speaking_up(
            stages=(StageDescriptor(stage="a", text="A"), StageDescriptor(stage="a", text="B"))
        ).model_copy(update={"stages": (Stage(key="a", title="A"),)}),
        Finding(
            (*SPEAKING_UP, "stages", 1, "stage"),
            "stage of “culture.speaking-up” “a” stands here twice",
        ),
    ),
    "a position named twice": (
        with_speaking_up(only_for=("provider-chair", "commissioner-finance-director") * 2),
        Finding((*SPEAKING_UP, "only_for", 2), "profile “provider-chair” stands here twice"),
    ),
    "split from two": (
        with_speaking_up(**derived(ChangeKind.SPLIT, "a", "b")),
        Finding(
            (*SPEAKING_UP, "derivation", "from"),
            "“culture.speaking-up” is split off: name the one key it comes from",
        ),
    ),
    "merged from the same twice": (
        with_speaking_up(**derived(ChangeKind.MERGED, "a", "a")),
        Finding((*SPEAKING_UP, "derivation", "from"), "“culture.speaking-up” names a source twice"),
    ),
    "assessed at one stage twice": (
        a_framework(
            profiles=(
                a_profile(
                    requirements=(
                        a_requirement("culture.listening", assess_at=("interview", "interview")),
                    ),
                ),
                *a_framework().profiles[1:],
            )
        ),
        Finding(
            ("profiles", 0, "requirements", 0, "assess_at"),
            "“culture.listening” names a stage of assessment twice",
        ),
    ),
    "a scale with one value": (
        a_framework(
            scales=(
                *a_framework().scales,
                Scale(
                    key="met",
                    title="Met",
                    levels=(
                        Level(key="yes", label="Met", value=1),
                        Level(key="unsure", label="Unsure"),
                    ),
                ),
            )
        ),
        Finding(("scales", 3, "levels"), "scale “met” needs at least two levels with a value"),
    ),
    "a key that replaces itself": (
        a_framework(
            withdrawn=(
                Tombstone(
                    key="culture.lost",
                    last_version="0.1.0",
                    reason=WithdrawalReason.MERGED,
                    replaced_by=("culture.lost",),
                ),
            )
        ),
        Finding(("withdrawn", 0, "replaced_by", 0), "“culture.lost” cannot replace itself"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_found_where_it_is(name: str) -> None:
    framework, finding = CASES[name]

    assert finding in check_framework(framework)


def test_the_framework_of_these_tests_is_whole() -> None:
    assert check_framework(a_framework()) == []


def test_a_split_off_part_may_name_the_one_it_comes_from() -> None:
    assert check_framework(with_speaking_up(**derived(ChangeKind.SPLIT, "culture.old"))) == []


def test_a_replacement_may_itself_have_been_withdrawn_later() -> None:
    first = Tombstone(
        key="culture.old",
        last_version="0.1.0",
        reason=WithdrawalReason.MERGED,
        replaced_by=("culture.lost",),
    )
    then = Tombstone(key="culture.lost", last_version="0.2.0", reason=WithdrawalReason.WITHDRAWN)

    assert check_framework(a_framework(withdrawn=(first, then))) == []


def test_a_competency_for_some_positions_may_be_required_of_those() -> None:
    finance: Competency = a_competency("culture.x", "X", only_for=("provider-chair",))
    framework = a_framework(
        domains=(culture(competencies=(*culture().competencies, finance)), governance()),
        profiles=(
            a_profile(requirements=(a_requirement("culture.x"),)),
            *a_framework().profiles[1:],
        ),
    )

    assert check_framework(framework) == []
