"""Every way to break a framework file is told on its line, with what to do about it."""

from dataclasses import dataclass

import pytest

from frameworks.problems import Problem, Unreadable
from frameworks.reader import read_framework
from frameworks.writer import write_framework
from tests.factories.frameworks import a_framework

GOOD = write_framework(
    a_framework(
        withdrawn=(
            {
                "key": "culture.lost",
                "last_version": "1.0.0-alpha.1",
                "reason": "merged",
                "replaced_by": ("culture.listening",),
            },
        ),
        stages=({"key": "board", "title": "On the board"},),
    )
)
SPEAKING_UP = "- key: culture.speaking-up\n"
REQUIREMENT = "- {competency: culture.speaking-up, essential: true, weight: 10,"


@dataclass(frozen=True)
class Break:
    """What to write instead of what, the line that is then to blame, and part of the message."""

    old: str
    new: str
    at: str
    message: str


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(Unreadable) as caught:
        read_framework(text, "board.yaml")
    return caught.value.problems


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


SYNTAX = {
    "bad indent": Break(
        "    title: How often\n", "   title: How often\n", "   title: How often", "not in line with"
    ),
    "tab": Break(
        "    title: How often\n", "\ttitle: How often\n", "\ttitle", "a tab: indent with spaces"
    ),
    "tab after a space": Break(
        "stages:\n  - key", "stages:\n\t- key", "\t- key: board", "a tab: indent with spaces"
    ),
    "quote never closed": Break(
        'last_version: "1.0.0-alpha.1"',
        'last_version: "1.0.0-alpha.1',
        "last_version:",
        "a quote that is opened here is never closed",
    ),
    "colon in text": Break(
        "title: Board example competencies",
        "title: Board: example",
        "title: Board:",
        "text with a colon and a space needs quotes",
    ),
    "text that begins with a percent sign": Break(
        "owner: Example", "owner: %Example", "owner: %", "needs quotes"
    ),
    "backslash in quotes": Break(
        'code: "1.1"', r'code: "1\q"', 'code: "1\\q"', "a backslash within double quotes"
    ),
    "bracket not closed": Break(
        "[chair, non-executive-director, executive-director]",
        "[chair, non-executive-director",
        "effective_from",
        "a bracket that was opened before this line is not closed",
    ),
    "control character": Break(
        "owner: Example", "owner: Exam\x07ple", "owner:", "holds a control character: delete it"
    ),
    "too deep": Break(
        "sources: []", f"sources: {'[' * 60}{']' * 60}", "sources:", "nested more than 40 deep"
    ),
}

REFUSED = {
    "duplicate key": Break(
        "owner: Example commissioning body\n",
        "owner: Example commissioning body\nowner: Another body\n",
        "owner: Another",
        "key “owner” stands here a second time: keep one",
    ),
    "anchor": Break(
        "owner: Example", "owner: &body Example", "owner:", "anchor &body: take it away"
    ),
    "tag": Break(
        "owner: Example", "owner: !!str Example", "owner:", "tag tag:yaml.org,2002:str: take it"
    ),
    "tag on a list": Break("sources: []", "sources: !!set []", "sources:", "take it away"),
    "merge key": Break(
        "licence:\n", "licence:\n  <<: {name: x}\n", "  <<:", "merge key <<: write the keys out"
    ),
    "key that is a list": Break("sources: []", "sources: []\n? [a]\n: b", "? [a]", "a key is text"),
    "second document": Break(
        "\nscales:", "\n---\nscales:", "---", "a second document begins here; a file holds one"
    ),
}

SHAPE = {
    "unknown key": Break(
        "owner: Example", "ovner: Example", "ovner", "unknown key “ovner”; did you mean “owner”?"
    ),
    "unknown key far down": Break(
        "            polarity: effective\n",
        "            polarty: effective\n",
        "polarty",
        "unknown key “polarty” of “culture.speaking-up.asks”; did you mean “polarity”?",
    ),
    "missing title": Break(
        "        title: Makes it safe to speak up\n",
        "",
        SPEAKING_UP,
        "“title” of “culture.speaking-up” is missing",
    ),
    "number where text belongs": Break(
        'code: "1.1"', "code: 1.1", "code: 1.1", "“code” of “culture.speaking-up” must be text: put"
    ),
    "whole number where text belongs": Break(
        "title: Board example competencies", "title: 2026", "title: 2026", "put it in quotes"
    ),
    "truth value where text belongs": Break(
        "owner: Example commissioning body", "owner: true", "owner:", "put it in quotes"
    ),
    "nothing where text belongs": Break(
        "owner: Example commissioning body", "owner:", "owner:", "“owner” is empty: write its text"
    ),
    "blank where text belongs": Break(
        "owner: Example commissioning body", 'owner: "  "', "owner:", "“owner” is blank"
    ),
    "list where text belongs": Break(
        "owner: Example commissioning body", "owner: [a]", "owner:", "must be one text, not a list"
    ),
    "line break in a title": Break(
        "owner: Example commissioning body", 'owner: "a\\nb"', "owner:", "must be one line"
    ),
    "escaped control character": Break(
        "owner: Example commissioning body", 'owner: "a\\eb"', "owner:", "a control character"
    ),
    "too long a title": Break(
        "owner: Example commissioning body",
        f"owner: {'long ' * 70}",
        "owner:",
        "has 349 characters; 300 are allowed",
    ),
    "version in two parts": Break(
        'version: "1.0.0-beta.1"', 'version: "1.0"', "version:", "is “1.0”, not a version such as"
    ),
    "version with an unknown stage": Break(
        'version: "1.0.0-beta.1"', "version: 1.0.0-gamma.1", "version:", "not a version such as"
    ),
    "key in capitals": Break(
        SPEAKING_UP, "- key: Culture.Speaking\n", "Culture.Speaking", "not a key such as"
    ),
    "weight in words": Break(
        f"{REQUIREMENT} assess_at",
        f"{REQUIREMENT.replace('10', 'heavy')} assess_at",
        "weight: heavy",
        "“weight” of “culture.speaking-up” must be a whole number without quotes, not “heavy”",
    ),
    "weight a decimal": Break("weight: 10,", "weight: 9.5,", "weight: 9.5", "not “9.5”"),
    "weight in quotes": Break("weight: 10,", 'weight: "10",', 'weight: "10"', "without quotes"),
    "weight of nothing": Break("weight: 10,", "weight: 0,", "weight: 0", "must be at least 1, not"),
    "weight too heavy": Break("weight: 10,", "weight: 101,", "weight: 101", "at most 100, not 101"),
    "yes for true": Break(
        f"{REQUIREMENT}",
        REQUIREMENT.replace("true", "yes"),
        "essential: yes",
        "must be true or false, not “yes”",
    ),
    "unknown polarity": Break(
        "polarity: ineffective",
        "polarity: inefective",
        "inefective",
        "is “inefective”, not one of effective, ineffective; did you mean “ineffective”?",
    ),
    "unknown place of assessment": Break(
        "assess_at: [application, interview, reference]}",
        "assess_at: [application, intervew, reference]}",
        "intervew",
        "item 2 of “assess_at” of “culture.speaking-up” is “intervew”, not one of",
    ),
    "unknown use of a scale": Break(
        "  self_assessment: frequency\n", "  own: frequency\n", "  own:", "is “own”, not one of"
    ),
    "a day that is none": Break(
        'from: "2026-04-01"', 'from: "2026-04-31"', "2026-04-31", "not a day of the calendar"
    ),
    "a date in words": Break(
        'from: "2026-04-01"', "from: 1 April 2026", "1 April", "not a date such as 2026-04-01"
    ),
    "anchors as a list": Break(
        "        anchors:\n          evidence:\n",
        "        anchors:\n        - evidence:\n",
        "anchors:",
        "“anchors” holds a key, a colon and a value a line",
    ),
    "mapping where a list belongs": Break(
        "sources: []", "sources: {title: x}", "sources:", "“sources” must be a list: each of its"
    ),
    "a scale of one level": Break(
        "      - {key: agree, label: Agree, value: 3}\n"
        "      - {key: disagree, label: Disagree, value: 2}\n"
        "      - {key: strongly-disagree, label: Strongly disagree, value: 1}\n"
        "      - {key: cannot-say, label: I cannot say, value: null}\n",
        "",
        "    levels:\n      - {key: strongly-agree",
        "“levels” of “agreement” needs at least 2",
    ),
    "address without https": Break(
        '"https://creativecommons', '"creativecommons', "url:", "not an address that begins"
    ),
}

RULES = {
    "unknown competency in a profile": Break(
        f"{REQUIREMENT} assess_at",
        f"{REQUIREMENT.replace('speaking', 'speeking')} assess_at",
        "speeking",
        "unknown competency “culture.speeking-up” in profile “provider-chair”; "
        "did you mean “culture.speaking-up”?",
    ),
    "withdrawn competency in a profile": Break(
        f"{REQUIREMENT} assess_at",
        f"{REQUIREMENT.replace('speaking-up', 'lost')} assess_at",
        "{competency: culture.lost",
        "withdrawn competency “culture.lost” in profile “provider-chair”; "
        "it was replaced by culture.listening",
    ),
    "competency required twice": Break(
        "- {competency: culture.listening, essential: false, weight: 5,",
        "- {competency: culture.speaking-up, essential: false, weight: 5,",
        "{competency: culture.speaking-up, essential: false",
        "competency in profile “provider-chair”: “culture.speaking-up” stands here twice",
    ),
    "competency for other positions": Break(
        "- {competency: governance.risk, essential",
        "- {competency: governance.money, essential",
        "{competency: governance.money, essential: false, weight: 5",
        "“governance.money” is only for provider-chair, commissioner-finance-director, not for",
    ),
    "role that the framework is not for": Break(
        "    role: chair\n",
        "    role: chairs\n",
        "role: chairs",
        "role “chairs” of “provider-chair” is not among applies_to.roles; did you mean “chair”?",
    ),
    "organisation that the framework is not for": Break(
        "organisation_types: [nhs-commissioner]",
        "organisation_types: [council]",
        "[council]",
        "organisation type “council” of “commissioner-finance-director” is not among",
    ),
    "reused key": Break(
        "- key: culture.listening\n",
        "- key: culture.speaking-up\n",
        '- key: culture.speaking-up\n        code: "1.2"',
        "key “culture.speaking-up” of this competency is in use (competency): choose another",
    ),
    "key of an indicator for a question": Break(
        "- key: culture.speaking-up.for-interview",
        "- key: culture.speaking-up.asks",
        "- key: culture.speaking-up.asks\n            use: interview",
        "key “culture.speaking-up.asks” of this question is in use (indicator): choose another",
    ),
    "key that a consultation needs": Break(
        "  - key: culture\n", "  - key: consultation\n", "consultation\n", "means something else in"
    ),
    "withdrawn key in use again": Break(
        "- key: culture.lost",
        "- key: culture.listening",
        "- key: culture.listening\n    last",
        "key “culture.listening” was withdrawn and is in use again: choose another key",
    ),
    "tombstone without replacement": Break(
        "    replaced_by: [culture.listening]\n", "", "- key: culture.lost", "say what it is"
    ),
    "tombstone with an unknown replacement": Break(
        "replaced_by: [culture.listening]",
        "replaced_by: [culture.lissening]",
        "lissening",
        "unknown competency “culture.lissening” replaces “culture.lost”; did you mean",
    ),
    "withdrawn yet replaced": Break(
        "reason: merged", "reason: withdrawn", "replaced_by:", "so nothing replaces it"
    ),
    "tombstone of the future": Break(
        'last_version: "1.0.0-alpha.1"',
        'last_version: "1.0.0"',
        "last_version:",
        "last_version 1.0.0 is not before 1.0.0-beta.1",
    ),
    "unknown scale in uses": Break(
        "  interview: evidence\n",
        "  interview: evidense\n",
        "interview: evidense",
        "unknown scale “evidense” for interview; did you mean “evidence”?",
    ),
    "unknown scale in anchors": Break(
        '          evidence:\n            "0": No example',
        '          evidense:\n            "0": No example',
        "evidense:",
        "unknown scale “evidense” in an anchor of “culture.speaking-up”; did you mean “evidence”?",
    ),
    "unknown level in anchors": Break(
        '            "4": Several',
        '            "5": Several',
        '"5": Several',
        "scale “evidence” has no level “5” in an anchor of “culture.speaking-up”",
    ),
    "unknown stage": Break(
        "        questions:\n",
        "        stages: {boart: Text}\n        questions:\n",
        "stages: {boart",
        "unknown stage “boart” in “culture.speaking-up”; did you mean “board”?",
    ),
    "two levels of one value": Break(
        "label: Frequently, value: 3",
        "label: Frequently, value: 4",
        "label: Frequently",
        "levels “almost-always” and “frequently” of scale “frequency” have the same value 4",
    ),
    "two levels of one key": Break(
        "{key: frequently, label",
        "{key: occasionally, label",
        "{key: occasionally, label: Occ",
        "twice",
    ),
    "unknown position in only_for": Break(
        "only_for: [provider-chair, commissioner-finance-director]",
        "only_for: [provider-chair, commissioner-finance]",
        "only_for:",
        "unknown profile “commissioner-finance” in “governance.money”",
    ),
    "empty domain": Break(
        "domains:\n  - key: culture\n",
        "domains:\n  - key: nothing\n    title: Nothing\n  - key: culture\n",
        "  - key: nothing",
        "domain “nothing” is empty: give it a competency",
    ),
    "overlapping accountability": Break(
        'until: "2026-04-01"',
        'until: "2026-04-02"',
        'from: "2026-04-01"',
        "rules of “provider-chair” overlap: one from 2024-04-01 until 2026-04-02, "
        "one from 2026-04-01 until further notice",
    ),
    "accountability that ends before it begins": Break(
        'until: "2026-04-01"', 'until: "2024-04-01"', "until:", "until 2024-04-01 is not after from"
    ),
    "final without a start": Break(
        'version: "1.0.0-beta.1"', 'version: "1.0.0"', "version:", "say from when it holds"
    ),
    "supersedes a later version": Break(
        "supersedes: null",
        f"supersedes: {{version: 1.0.0, digest: 'sha256:{'0' * 64}'}}",
        "supersedes:",
        "1.0.0-beta.1 cannot supersede 1.0.0, which is not before it",
    ),
    "supersedes the draft of another version": Break(
        "supersedes: null",
        f"supersedes: {{version: 0.9.0-rc.1, digest: 'sha256:{'0' * 64}'}}",
        "supersedes:",
        "cannot supersede 0.9.0-rc.1, a draft of another version: name a final one",
    ),
    "new, yet from something": Break(
        "          change: new\n",
        "          change: new\n          from: [culture.lost]\n",
        "from: [culture.lost]",
        "“culture.speaking-up” is new, so it comes from nothing: empty this list",
    ),
    "reworded from something else": Break(
        "          change: new\n",
        "          change: reworded\n          from: [culture.lost]\n",
        "from: [culture.lost]",
        "is reworded, so it comes from itself: from: [culture.speaking-up]",
    ),
    "merged from one": Break(
        "          change: new\n",
        "          change: merged\n          from: [culture.lost]\n",
        "from: [culture.lost]",
        "“culture.speaking-up” is merged: name the keys it comes from",
    ),
    "one suggestion for development twice": Break(
        "            kind: reading\n",
        "            kind: reading\n"
        "          - title: Chairing so that people speak up\n            kind: course\n",
        "- title: Chairing so that people speak up\n            kind: course",
        "title “Chairing so that people speak up” stands here twice",
    ),
}

BREAKS = SYNTAX | REFUSED | SHAPE | RULES
# Where one slip makes something else wrong too.
SEVERAL = {"reused key", "unknown position in only_for"}


def test_the_file_that_is_broken_below_is_good() -> None:
    assert read_framework(GOOD).slug == "board-example"


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_file_is_told_on_its_line(name: str) -> None:
    broken = BREAKS[name]
    assert broken.old in GOOD
    text = GOOD.replace(broken.old, broken.new, 1)

    problems = problems_of(text)

    expected = line_of(text, broken.at)
    told = [problem for problem in problems if problem.line == expected]
    assert any(broken.message in problem.message for problem in told), problems


@pytest.mark.parametrize("name", sorted(BREAKS.keys() - SEVERAL))
def test_one_fault_is_told_once(name: str) -> None:
    broken = BREAKS[name]

    assert len(problems_of(GOOD.replace(broken.old, broken.new, 1))) == 1
