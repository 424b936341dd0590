"""What a version says of its history is checked against the texts before it."""

import dataclasses

import pytest

from frameworks.model import (
    ChangeKind,
    Competency,
    Derivation,
    Framework,
    Indicator,
    Polarity,
    Tombstone,
    WithdrawalReason,
)
from frameworks.rules import check_framework, check_step
from tests.factories.frameworks import a_competency, a_framework, culture, governance

SAME = Derivation(change=ChangeKind.UNCHANGED)


def unchanged(competency: Competency, **changes: object) -> Competency:
    return competency.model_copy(update={"derivation": SAME} | changes)


def derived(change: ChangeKind, *sources: str) -> Derivation:
    return Derivation(change=change, from_keys=sources)


def a_tombstone(**changes: object) -> Tombstone:
    tombstone = Tombstone(
        key="culture.listening",
        last_version="1.0.0-beta.1",
        reason=WithdrawalReason.WITHDRAWN,
    )
    return tombstone.model_copy(update=changes)


SPEAKING_UP, LISTENING = culture().competencies
SPEAKING_UP_AGAIN, LISTENING_AGAIN = unchanged(SPEAKING_UP), unchanged(LISTENING)


@dataclasses.dataclass(frozen=True)
class Next:
    """The version after `a_framework()`, nothing changed but what is given."""

    speaking_up: Competency | None = SPEAKING_UP_AGAIN
    listening: Competency | None = LISTENING_AGAIN
    more: tuple[Competency, ...] = ()
    in_governance: tuple[Competency, ...] = ()
    withdrawn: tuple[Tombstone, ...] = ()

    def framework(self) -> Framework:
        held = [each for each in (self.speaking_up, self.listening) if each is not None]
        (resources,) = governance().domains
        below = resources.model_copy(
            update={"competencies": tuple(unchanged(each) for each in resources.competencies)}
        )
        kept = tuple(unchanged(each) for each in governance().competencies)
        return a_framework(
            version="1.0.0-beta.2",
            domains=(
                culture(competencies=(*held, *self.more)),
                governance(competencies=(*kept, *self.in_governance), domains=(below,)),
            ),
            profiles=(),
            withdrawn=self.withdrawn,
        )


HALF = a_competency(
    "culture.half", "Half of it", derivation=derived(ChangeKind.SPLIT, "culture.listening")
)
BOTH = a_competency(
    "culture.both",
    "Both of them",
    derivation=derived(ChangeKind.MERGED, "culture.listening", "culture.speaking-up"),
)
REPLACED = {"reason": WithdrawalReason.SPLIT, "replaced_by": ("culture.half",)}
MERGED = {"reason": WithdrawalReason.MERGED, "replaced_by": ("culture.both",)}

WRONG = {
    "unchanged, but the text differs": (
        Next(listening=unchanged(LISTENING, statement="I hear.")),
        "says unchanged, but it differs from 1.0.0-beta.1 in statement: say reworded",
    ),
    "unchanged, but a question more": (
        Next(listening=unchanged(LISTENING, questions=LISTENING.questions[1:])),
        "differs from 1.0.0-beta.1 in questions: say reworded",
    ),
    "reworded, but the same": (
        Next(listening=unchanged(LISTENING, derivation=derived(ChangeKind.REWORDED))),
        "“culture.listening” says reworded, but it reads as in 1.0.0-beta.1",
    ),
    "unchanged, but moved": (
        Next(listening=None, in_governance=(unchanged(LISTENING),)),
        "it was moved from “culture” to “governance”: say moved",
    ),
    "moved, but still there": (
        Next(listening=unchanged(LISTENING, derivation=derived(ChangeKind.MOVED))),
        "“culture.listening” says moved, but it stands in “culture” as before",
    ),
    "new, but there before": (
        Next(listening=LISTENING),
        "“culture.listening” says new, but it was in 1.0.0-beta.1 already",
    ),
    "unchanged, but not there before": (
        Next(
            more=(unchanged(a_competency("culture.lissening", "Hears")),),
            listening=None,
            withdrawn=(a_tombstone(),),
        ),
        "but it is not in 1.0.0-beta.1; did you mean “culture.listening”?",
    ),
    "missing tombstone": (
        Next(listening=None),
        "“culture.listening” of 1.0.0-beta.1 has gone: give it a tombstone here",
    ),
    "tombstone with the wrong version": (
        Next(listening=None, withdrawn=(a_tombstone(last_version="1.0.0-alpha.1"),)),
        "the last version of “culture.listening” was 1.0.0-beta.1",
    ),
    "split from nothing": (
        Next(more=(HALF.model_copy(update={"derivation": derived(ChangeKind.SPLIT, "x")}),)),
        "“culture.half” says split, but 1.0.0-beta.1 has no “x”",
    ),
    "split, but the tombstone says withdrawn": (
        Next(listening=None, more=(HALF,), withdrawn=(a_tombstone(),)),
        "the tombstone of “culture.listening” says withdrawn",
    ),
    "split, but the tombstone names another": (
        Next(
            listening=None,
            more=(HALF,),
            withdrawn=(a_tombstone(**REPLACED | {"replaced_by": ("culture.speaking-up",)}),),
        ),
        "the tombstone of “culture.listening” does not name it in replaced_by",
    ),
    "replaced by one that does not know": (
        Next(
            listening=None,
            more=(a_competency("culture.half", "Half"),),
            withdrawn=(a_tombstone(**REPLACED),),
        ),
        "“culture.half” replaces “culture.listening” but does not say that it comes from it",
    ),
    "split, but there before": (
        Next(
            speaking_up=unchanged(
                SPEAKING_UP, derivation=derived(ChangeKind.SPLIT, "culture.listening")
            )
        ),
        "“culture.speaking-up” says split, but it was in 1.0.0-beta.1 already: name it among",
    ),
    "a key of another kind": (
        Next(
            more=(
                a_competency(
                    "culture.new",
                    "New",
                    indicators=(
                        Indicator(
                            key="culture.listening.for-interview",
                            polarity=Polarity.EFFECTIVE,
                            text="Asks.",
                        ),
                    ),
                ),
            ),
            listening=unchanged(LISTENING, questions=(), derivation=derived(ChangeKind.REWORDED)),
        ),
        "key “culture.listening.for-interview” of this indicator was in use (question)",
    ),
}

RIGHT = {
    "nothing changed": Next(),
    "reworded": Next(
        listening=unchanged(LISTENING, statement="I hear.", derivation=derived(ChangeKind.REWORDED))
    ),
    "reworded and moved": Next(
        listening=None,
        in_governance=(
            unchanged(LISTENING, statement="I hear.", derivation=derived(ChangeKind.REWORDED)),
        ),
    ),
    "moved": Next(
        listening=None,
        in_governance=(unchanged(LISTENING, derivation=derived(ChangeKind.MOVED)),),
    ),
    "renumbered": Next(listening=unchanged(LISTENING, code="7")),
    "new": Next(more=(a_competency("culture.new", "New"),)),
    "withdrawn": Next(listening=None, withdrawn=(a_tombstone(),)),
    "split": Next(listening=None, more=(HALF,), withdrawn=(a_tombstone(**REPLACED),)),
    "split off, and the rest stays": Next(
        more=(HALF,),
        listening=unchanged(
            LISTENING,
            statement="The rest.",
            derivation=derived(ChangeKind.SPLIT, "culture.listening"),
        ),
    ),
    "merged": Next(
        listening=None,
        speaking_up=None,
        more=(BOTH,),
        withdrawn=(
            a_tombstone(**MERGED),
            a_tombstone(key="culture.speaking-up", **MERGED),
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_history_that_is_not_true_is_told(name: str) -> None:
    after, message = WRONG[name]

    findings = check_step(a_framework(), after.framework())

    assert [each for each in findings if message in each.message], findings


@pytest.mark.parametrize("name", RIGHT)
def test_a_true_history_is_accepted(name: str) -> None:
    framework = RIGHT[name].framework()

    assert check_step(a_framework(), framework) == []
    only_for = [
        each for each in check_framework(framework) if "unknown profile" not in each.message
    ]
    assert only_for == []


def test_a_key_that_was_withdrawn_is_never_used_again() -> None:
    before = Next(listening=None, withdrawn=(a_tombstone(),)).framework()
    after = Next().framework().model_copy(update={"version": "1.0.0-beta.3"})

    messages = [each.message for each in check_step(before, after)]

    assert "key “culture.listening” was withdrawn before: choose another" in messages


def test_a_tombstone_stays_for_ever() -> None:
    before = Next(listening=None, withdrawn=(a_tombstone(),)).framework()
    after = before.model_copy(update={"version": "1.0.0-beta.3", "withdrawn": ()})

    (finding,) = check_step(before, after)

    assert (
        finding.message == "“culture.listening” of 1.0.0-beta.2 has gone: give it a tombstone here"
    )
