"""A variant shows other words for the same keys, and never for words it does not stand for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frameworks.digest import competency_digest, framework_digest
from frameworks.model import Framework
from frameworks.problems import Unreadable
from frameworks.questionnaire import Questionnaire
from frameworks.reader import read_file, read_variant
from frameworks.variant_draft import draft_variant
from frameworks.variant_rules import check_against, check_variant, coverage
from frameworks.variants import (
    Source,
    Variant,
    framework_in_language,
    questionnaire_in_language,
    source_texts,
    spoken,
)
from frameworks.writer import write_variant
from tests.factories.frameworks import a_framework, a_questionnaire
from tests.factories.variants import a_variant, in_welsh
from tests.unit.frameworks.generated import frameworks, prose

FRAMEWORK = a_framework()
QUESTIONNAIRE = a_questionnaire()


def keys_of(framework: Framework) -> list[str]:
    return [
        key
        for domain in framework.all_domains()
        for key in (
            domain.key,
            *(each.key for each in domain.competencies),
            *(i.key for each in domain.competencies for i in each.indicators),
            *(q.key for each in domain.competencies for q in each.questions),
        )
    ]


@st.composite
def variants(draw: st.DrawFn, source: Source) -> Variant:
    """Draw a variant with any texts for some items, whole or not, of these words or others."""
    texts: dict[str, dict[str, Any]] = {}
    for item in source_texts(source):
        if draw(st.booleans()):
            fields = {name: draw(prose).replace("\n", " ")[:290] for name, _ in item.fields}
            fields = {name: text.replace("\t", " ") for name, text in fields.items()}
            plain = {name: text for name, text in fields.items() if "." not in name}
            kept = draw(st.sampled_from(["all", "one", "none"]))
            dropped = [] if kept == "all" else list(plain)[1 if kept == "one" else 0 :]
            texts[item.key] = {name: t for name, t in plain.items() if name not in dropped}
            if draw(st.integers(0, 9)) == 0:
                texts[item.key]["source"] = f"sha256:{'0' * 64}"
    if not texts:
        first = source_texts(source)[0]
        texts[first.key] = {}
    return a_variant(source, texts)


class TestOverlay:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_keys_stay_and_each_text_is_the_variants_or_the_sources(self, data: Any) -> None:
        framework = data.draw(frameworks())
        variant = data.draw(variants(framework))
        before = framework_digest(framework)

        shown = framework_in_language(framework, variant)

        assert framework_digest(framework) == before
        assert keys_of(shown) == keys_of(framework)
        assert [each.key for each in shown.profiles] == [each.key for each in framework.profiles]
        there = spoken(variant, framework)
        texts = {each.key: dict(each.fields) for each in source_texts(framework)}
        for item in source_texts(shown):
            expected = there[item.key].given if item.key in there else texts[item.key]
            assert dict(item.fields) == expected

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_everything_but_texts_stays(self, data: Any) -> None:
        framework = data.draw(frameworks())
        shown = framework_in_language(framework, data.draw(variants(framework)))

        def bare(value: Any) -> Any:
            if isinstance(value, dict):
                texts = {"title", "summary", "statement", "looks_like", "text"}
                return {key: bare(each) for key, each in value.items() if key not in texts}
            if isinstance(value, list | tuple):
                return [bare(each) for each in value]
            return value

        assert bare(shown.model_dump()) == bare(framework.model_dump())

    def test_a_whole_item_is_shown_and_half_an_item_is_not(self) -> None:
        key = next(FRAMEWORK.all_competencies()).key
        half = a_variant(FRAMEWORK, {key: {"title": "Teitl"}})
        whole = a_variant(FRAMEWORK, {key: {"title": "Teitl", "statement": "Datganiad"}})

        assert framework_in_language(FRAMEWORK, half).competency(key) == FRAMEWORK.competency(key)
        assert framework_in_language(FRAMEWORK, whole).competency(key).title == "Teitl"
        assert framework_in_language(FRAMEWORK, whole).competency(key).statement == "Datganiad"

    def test_words_that_stand_for_others_are_never_shown(self) -> None:
        variant = in_welsh(FRAMEWORK)
        competency = next(FRAMEWORK.all_competencies())
        domain = FRAMEWORK.domain_of(competency.key)
        reworded = competency.model_copy(update={"statement": "Another statement."})
        others = tuple(each for each in domain.competencies if each.key != competency.key)
        changed = FRAMEWORK.model_copy(
            update={"domains": (domain.model_copy(update={"competencies": (reworded, *others)}),)}
        )

        shown = framework_in_language(changed, variant)

        assert shown.competency(competency.key).statement == "Another statement."
        assert all(shown.competency(each.key).title.startswith("Cy: ") for each in others)

    def test_a_citation_keeps_the_digest_of_the_source(self) -> None:
        shown = framework_in_language(FRAMEWORK, in_welsh(FRAMEWORK))
        key = next(FRAMEWORK.all_competencies()).key

        # The words differ, so whoever cites takes the digest of the framework itself.
        assert competency_digest(shown.competency(key)) != competency_digest(
            FRAMEWORK.competency(key)
        )
        assert shown.reference == FRAMEWORK.reference

    def test_a_question_is_shown_with_its_hint_and_all_its_options(self) -> None:
        shown = questionnaire_in_language(QUESTIONNAIRE, in_welsh(QUESTIONNAIRE, "necessity"))

        asked, untouched = shown.questions[0], shown.questions[1:]
        assert asked.key == "necessity"
        assert asked.text.startswith("Cy: ")
        assert all(each.label.startswith("Cy: ") for each in asked.options)
        assert untouched == QUESTIONNAIRE.questions[1:]


class TestFile:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_what_is_written_is_read_back(self, data: Any) -> None:
        variant = data.draw(variants(data.draw(frameworks())))
        if variant.written():
            assert read_variant(write_variant(variant)) == variant
        else:
            with pytest.raises(Unreadable, match="no item has a text yet"):
                read_variant(write_variant(variant))

    def test_a_file_is_known_for_what_it_is(self) -> None:
        for variant in (in_welsh(FRAMEWORK), in_welsh(QUESTIONNAIRE)):
            assert read_file(write_variant(variant), "x.yaml") == variant

    @pytest.mark.parametrize("source", [FRAMEWORK, QUESTIONNAIRE])
    def test_a_draft_lacks_nothing_but_what_a_translator_writes(self, source: Source) -> None:
        text = draft_variant(source, "cy", in_welsh(source))
        for field in ("made_by", "checked"):
            text = text.replace(f'{field}: ""', f"{field}: Somebody", 1)

        variant = read_variant(text)

        assert check_against(variant, source) == []
        assert coverage(variant, source).is_whole
        assert variant.written() == in_welsh(source).written()

    def test_a_draft_leaves_out_what_stands_for_other_words(self) -> None:
        before = in_welsh(FRAMEWORK)
        stale = before.texts[0].model_copy(update={"source": f"sha256:{'0' * 64}"})
        before = before.model_copy(update={"texts": (stale, *before.texts[1:])})

        text = draft_variant(FRAMEWORK, "cy", before)

        assert f'  - key: {stale.key}\n    source: "{source_texts(FRAMEWORK)[0].digest}"' in text
        assert stale.title not in text
        assert before.texts[1].title in text


def complaints(variant: Variant, source: Framework | Questionnaire) -> list[str]:
    return [each.message for each in check_against(variant, source)]


class TestRules:
    def test_a_whole_variant_has_nothing_to_tell(self) -> None:
        for source in (FRAMEWORK, QUESTIONNAIRE):
            assert check_variant(in_welsh(source)) == []
            assert check_against(in_welsh(source), source) == []

    def test_an_item_that_is_not_there_is_told_with_what_is_near(self) -> None:
        key = next(FRAMEWORK.all_competencies()).key
        variant = in_welsh(FRAMEWORK, key)
        misspelt = variant.texts[0].model_copy(update={"key": f"{key}s"})
        told = complaints(variant.model_copy(update={"texts": (misspelt,)}), FRAMEWORK)
        assert told == [
            f"{FRAMEWORK.reference} has no “{key}s” to put into words; did you mean “{key}”?"
        ]

    def test_other_words_are_told_with_the_right_digest(self) -> None:
        key = next(FRAMEWORK.all_competencies()).key
        variant = a_variant(FRAMEWORK, {key: {"title": "T", "statement": "S"}})
        other = FRAMEWORK.model_copy(update={"domains": ()})
        stale = variant.texts[0].model_copy(update={"source": f"sha256:{'1' * 64}"})
        told = complaints(variant.model_copy(update={"texts": (stale,)}), FRAMEWORK)
        assert len(told) == 1
        assert told[0].endswith(f"then write source: {variant.texts[0].source}")
        assert "has no" in complaints(variant, other)[0]

    def test_half_an_item_is_told_with_what_is_missing(self) -> None:
        key = next(FRAMEWORK.all_competencies()).key
        assert complaints(a_variant(FRAMEWORK, {key: {"title": "T"}}), FRAMEWORK) == [
            f"“{key}” is not whole: statement missing"
        ]
        label = {"text": "T {item} {position}", "options": [{"key": "essential", "label": "H"}]}
        told = complaints(a_variant(QUESTIONNAIRE, {"necessity": label}), QUESTIONNAIRE)
        assert any("is not whole" in each and "option useful" in each for each in told)

    def test_a_text_that_the_item_has_no_place_for_is_told(self) -> None:
        key = next(FRAMEWORK.all_competencies()).key
        texts = {key: {"title": "T", "statement": "S", "hint": "H"}}
        assert complaints(a_variant(FRAMEWORK, texts), FRAMEWORK) == [
            f"the competency “{key}” has no hint to put into words"
        ]

    def test_a_question_fills_in_what_its_source_does(self) -> None:
        variant = in_welsh(QUESTIONNAIRE, "necessity")
        without = variant.texts[0].model_copy(update={"text": "Dim enw"})
        told = complaints(variant.model_copy(update={"texts": (without,)}), QUESTIONNAIRE)
        assert told == [
            "the text of “necessity” fills in {item} and {position}, as its source does"
        ]

    def test_a_variant_of_something_else_is_told_once(self) -> None:
        told = complaints(in_welsh(FRAMEWORK), QUESTIONNAIRE)
        assert told == [f"{QUESTIONNAIRE.reference} is a questionnaire, not a framework"]

    def test_a_variant_is_in_another_language(self) -> None:
        variant = in_welsh(FRAMEWORK).model_copy(update={"language": "en-GB"})
        assert complaints(variant, FRAMEWORK) == [
            f"{FRAMEWORK.reference} is in en-GB itself: name another language"
        ]

    def test_an_item_stands_once(self) -> None:
        texts = in_welsh(FRAMEWORK).texts[0]
        twice = in_welsh(FRAMEWORK).model_copy(update={"texts": (texts, texts)})
        assert [each.message for each in check_variant(twice)] == [
            f"item “{texts.key}” stands here twice"
        ]

    def test_the_same_words_as_the_source_are_counted_and_allowed(self) -> None:
        domain = FRAMEWORK.domains[0]
        texts = {domain.key: {"title": domain.title, "looks_like": domain.looks_like}}
        variant = a_variant(FRAMEWORK, texts)
        assert check_against(variant, FRAMEWORK) == []
        assert coverage(variant, FRAMEWORK).same == (domain.key,)


BREAKS = {
    "language": ("language: cy", "language: Welsh", "“language” is “Welsh”, not a language such"),
    "spelling of a language": ("language: cy", "language: CY", "not a language such as cy"),
    "two lines in a title": (
        "title: Cymwyseddau",
        'title: "a\\nb"',
        "“title” must be one line",
    ),
    "two lines in an item": (
        "    title: Teitl",
        '    title: "a\\nb"',
        "“title” of “culture” must be one line",
    ),
    "unknown field": ("    title: Teitl", "    titles: Teitl", "did you mean “title”?"),
    "no digest": ('    source: "sha256:', '    source: "sha1:', "is “sha1:"),
    "duplicate": ("    title: Teitl", "    title: Teitl\n    title: Arall", "a second time: keep"),
    "alias": ("    title: Teitl", "    title: *x", "alias"),
    "tag": ("    title: Teitl", "    title: !!python/name:os.system x", "tag"),
    "number": ("    title: Teitl", "    title: 7", "must be text: put it in quotes"),
    "control": ("    title: Teitl", '    title: "\\x1b[31m"', "control character"),
    "revision": ("revision: 1", "revision: 0", "“revision” must be at least 1, not 0"),
    "kind": ("variant_of: framework", "variant_of: book", "is “book”, not one of framework"),
    "no texts": ("    title: Teitl\n    looks_like: Edrych\n", "", "no item has a text yet"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_file_is_told_on_its_line(name: str) -> None:
    old, new, message = BREAKS[name]
    texts = {"culture": {"title": "Teitl", "looks_like": "Edrych"}}
    text = write_variant(a_variant(FRAMEWORK, texts))
    assert old in text
    broken = text.replace(old, new, 1)

    with pytest.raises(Unreadable) as caught:
        read_file(broken, "x.yaml")

    found = [each for each in caught.value.problems if message in each.message]
    assert found, caught.value.problems
    if name != "no texts":
        line = broken[: broken.index(new)].count("\n") + 1
        assert found[0].line in (line, line + 1)
