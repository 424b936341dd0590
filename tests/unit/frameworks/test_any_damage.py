"""However a file is damaged, the reader answers with problems on its lines and never breaks."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from frameworks.problems import Problem, Unreadable
from frameworks.reader import read_file
from frameworks.writer import write_framework, write_questionnaire, write_variant
from tests.factories.frameworks import a_framework, a_questionnaire
from tests.factories.variants import in_welsh

FRAMEWORK = write_framework(a_framework()).splitlines()
QUESTIONNAIRE = write_questionnaire(a_questionnaire()).splitlines()
VARIANT = write_variant(in_welsh(a_questionnaire())).splitlines()
NASTY = (
    *(
        "",
        "-",
        "- ",
        "  - []",
        "? [x]",
        "<<: *a",
        "key: &a",
        "&a",
        "*a",
        "!!x y",
        "---",
        "...",
        "{",
    ),
    *(
        "]",
        '"',
        "'",
        "|",
        ">",
        "\t",
        "key: null",
        "key: []",
        "key: {}",
        "key: 1",
        "key: x",
        "%",
        "@",
    ),
    *("        anchors: []", "        anchors: {x: y}", "        stages: 3", "uses: []", "uses: 1"),
    *("domains: {}", "domains: [x]", "domains: [{competencies: [1, {anchors: {a: {b: {}}}}]}]"),
    *("profiles: [[]]", "questions: 1", "questions: [{}]", "schema: 2", "withdrawn: {a: b}"),
)
damages = st.lists(
    st.tuples(
        st.sampled_from(["cut", "double", "indent", "outdent", "nasty", "swap"]),
        st.integers(0, 10_000),
        st.sampled_from(NASTY) | st.text(max_size=8),
    ),
    min_size=1,
    max_size=4,
)


def damaged(lines: list[str], damage: list[tuple[str, int, str]]) -> str:
    lines = list(lines)
    for kind, number, text in damage:
        at = number % len(lines)
        match kind:
            case "cut":
                lines[at] = lines[at][: number % (len(lines[at]) + 1)]
            case "double":
                lines.insert(at, lines[at])
            case "indent":
                lines[at] = f"  {lines[at]}"
            case "outdent":
                lines[at] = lines[at].removeprefix("  ")
            case "nasty":
                lines[at] = text
            case _:
                key, colon, _ = lines[at].partition(":")
                lines[at] = f"{key}{colon} {text}"
    return "\n".join(lines) + "\n"


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        read_file(text, "x.yaml")
    except Unreadable as unreadable:
        return unreadable.problems
    return ()


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([FRAMEWORK, QUESTIONNAIRE, VARIANT]), damages)
@example(FRAMEWORK, [("nasty", 30, "domains: {}")])
@example(FRAMEWORK, [("nasty", 60, NASTY[-9])])
def test_a_damaged_file_is_read_or_told(
    lines: list[str], damage: list[tuple[str, int, str]]
) -> None:
    text = damaged(lines, damage)

    problems = problems_of(text)

    # YAML knows three more ways to end a line, so there may be more than editors count.
    assert all(1 <= each.line <= len(text.splitlines()) + 1 for each in problems)
    assert all(each.message and "\n" not in each.message for each in problems)
    assert list(problems) == sorted(problems, key=lambda each: each.line)
