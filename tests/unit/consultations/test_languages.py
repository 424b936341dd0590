"""What is asked in another language: the same keys and digests, one language an item."""

from __future__ import annotations

import datetime as dt

import pytest

from frameworks.digest import content_digest
from frameworks.library import PublishedVariant
from frameworks.questionnaire import CONSULTATION_ITEM, profile_item
from frameworks.questions import AnswerKey, Given, Question, Rewording
from frameworks.variants import Source, Variant
from tests.factories.consultations import an_asking
from tests.factories.frameworks import a_framework, a_questionnaire
from tests.factories.variants import a_variant, in_welsh
from webapp.consultations.asking import Asking, Variants

FRAMEWORK = a_framework()
QUESTIONNAIRE = a_questionnaire()
KEY = next(FRAMEWORK.all_competencies()).key
OTHER = tuple(FRAMEWORK.all_competencies())[1].key
ON = dt.date(2026, 1, 5)


def asking_with(*framework: PublishedVariant, questionnaire: Variant | None = None) -> Asking:
    own = an_asking(FRAMEWORK, QUESTIONNAIRE)
    asked = (published(questionnaire),) if questionnaire else ()
    return Asking(
        own.framework,
        own.questionnaire,
        own.framework_digest,
        own.questionnaire_digest,
        Variants(framework, asked),
    )


def published(variant: Variant, withdrawn_on: dt.date | None = None) -> PublishedVariant:
    return PublishedVariant(variant, content_digest(variant), ON, withdrawn_on)


def everything_in_welsh() -> Asking:
    return asking_with(published(in_welsh(FRAMEWORK)), questionnaire=in_welsh(QUESTIONNAIRE))


def wording(asking: Asking, key: str = KEY) -> Rewording:
    return next(each for each in asking.items[key].questions if isinstance(each, Rewording))


def question(asking: Asking, key: str, name: str) -> Question:
    return next(each for each in asking.items[key].questions if each.key.question == name)


class TestItems:
    def test_keys_and_digests_are_those_of_the_version_in_every_language(self) -> None:
        own = everything_in_welsh()
        welsh = own.in_language("cy")

        assert list(welsh.items) == list(own.items)
        for key, item in own.items.items():
            shown = welsh.items[key]
            assert shown.digest == item.digest
            assert [each.key for each in shown.questions] == [each.key for each in item.questions]
        assert welsh.framework_digest == own.framework_digest
        assert welsh.questionnaire_digest == own.questionnaire_digest
        assert welsh.competency_keys == own.competency_keys

    def test_an_item_is_in_the_language_that_it_says(self) -> None:
        welsh = asking_with(published(in_welsh(FRAMEWORK, KEY))).in_language("cy")

        assert welsh.items[KEY].language == "cy"
        assert welsh.items[KEY].title.startswith("Cy: ")
        assert welsh.items[OTHER].language == ""
        assert not welsh.items[OTHER].title.startswith("Cy: ")
        assert welsh.language_of(KEY) == "cy"
        assert welsh.language_of(OTHER) == ""

    def test_each_question_is_in_one_language_with_the_names_in_it(self) -> None:
        variant = in_welsh(FRAMEWORK, KEY)
        welsh = asking_with(published(variant), questionnaire=in_welsh(QUESTIONNAIRE))
        shown = welsh.in_language("cy")

        # No position has a Welsh title, so the question that names one is not in Welsh either.
        for key in (KEY, OTHER):
            for each in shown.items[key].questions:
                in_it = key == KEY and not each.key.position
                assert each.language == ("cy" if in_it else "")
                assert each.text.startswith("Cy: ") == in_it
                assert ("Cy: " in each.text) == in_it

    def test_the_consultation_as_a_whole_names_nothing(self) -> None:
        welsh = asking_with(questionnaire=in_welsh(QUESTIONNAIRE)).in_language("cy")
        assert {each.language for each in welsh.items[CONSULTATION_ITEM].questions} == {"cy"}

    def test_a_position_is_named_in_the_language_of_its_title(self) -> None:
        profile = FRAMEWORK.profiles[0].key
        everything = everything_in_welsh().in_language("cy")
        assert everything.items[profile_item(profile)].language == "cy"
        assert everything.position_titles[profile].startswith("Cy: ")
        asked = [each for each in everything.items[KEY].questions if each.key.position == profile]
        assert {each.language for each in asked} == {"cy"}

    def test_a_wording_starts_from_the_statement_that_is_shown(self) -> None:
        competency = FRAMEWORK.competency(KEY)
        welsh = asking_with(published(in_welsh(FRAMEWORK, KEY))).in_language("cy")

        # The question is in English, since nobody translated it; what it rewords is in Welsh.
        assert wording(welsh).present == f"Cy: {competency.statement}"
        assert (wording(welsh).present_language, wording(welsh).language) == ("cy", "")
        assert wording(welsh, OTHER).present_language == ""

    def test_a_language_that_nothing_is_in_is_the_frameworks_own(self) -> None:
        own = everything_in_welsh()
        for language in ("", "fr", "cy.9", "nonsense"):
            assert own.in_language(language) is own
        assert own.in_language("cy").in_language("") is own
        assert own.in_language("cy") is own.in_language("cy").in_language("cy")


class TestChoosing:
    def test_languages_are_named_in_themselves(self) -> None:
        own = asking_with(
            published(in_welsh(FRAMEWORK)),
            published(easy_read(FRAMEWORK)),
        )
        assert [(each.tag, each.code, each.name) for each in own.languages] == [
            ("", "en-GB", "English"),
            ("cy", "cy", "Cymraeg"),
            ("en-GB-x-easyread", "en-GB-x-easyread", "Easy Read"),
        ]

    def test_without_variants_there_is_one_language(self) -> None:
        assert len(an_asking().languages) == 1

    def test_a_withdrawn_variant_is_not_offered_and_still_says_what_was_answered(self) -> None:
        gone = asking_with(published(in_welsh(FRAMEWORK), withdrawn_on=ON))
        assert len(gone.languages) == 1
        assert gone.in_language("cy") is gone
        assert gone.as_answered("cy").items[KEY].language == "cy"

    def test_the_page_is_told_how_what_it_shows_was_checked(self) -> None:
        welsh = everything_in_welsh().in_language("cy")
        assert welsh.shown.notes == ("By nobody. Made by A translator.",)
        assert welsh.own.shown.notes == ()


class TestEditions:
    @pytest.fixture
    def own(self) -> Asking:
        first = in_welsh(FRAMEWORK)
        second = first.model_copy(
            update={
                "revision": 2,
                "texts": tuple(
                    each.model_copy(update={"statement": f"Well: {each.statement}"})
                    if each.statement
                    else each
                    for each in first.texts
                ),
            }
        )
        return asking_with(
            published(first), published(second), questionnaire=in_welsh(QUESTIONNAIRE)
        )

    def test_the_newest_is_shown_and_an_answer_says_which_it_was(self, own: Asking) -> None:
        welsh = own.in_language("cy")
        assert wording(welsh).present.startswith("Well: Cy: ")
        assert welsh.edition_of(wording(welsh)) == "cy.2"
        assert welsh.edition_of(question(welsh, KEY, "necessity")) == "cy"
        assert own.edition_of(wording(own)) == ""

    def test_an_answer_is_shown_with_the_words_that_it_was_about(self, own: Asking) -> None:
        assert wording(own.as_answered("cy")).present.startswith("Cy: ")
        assert wording(own.as_answered("cy.2")).present.startswith("Well: ")
        assert own.as_answered("") is own

    def test_a_wording_is_unchanged_in_whichever_language_the_page_was_opened(
        self, own: Asking
    ) -> None:
        welsh = own.in_language("cy")
        for shown in (own, welsh):
            for asked in (own, welsh):
                text = wording(shown).present.replace(" ", "\r\n", 1)
                assert asked.is_present_text(wording(asked), text)
        assert not welsh.is_present_text(wording(welsh), "Something else.")
        assert not welsh.is_present_text(question(welsh, KEY, "necessity"), "")


def easy_read(source: Source) -> Variant:
    texts = {KEY: {"title": "Easy", "statement": "I say it."}}
    return a_variant(source, texts, "en-GB-x-easyread", language_name="Easy Read")


def test_answers_keep_their_keys_through_languages() -> None:
    own = everything_in_welsh()
    key = AnswerKey(KEY, wording(own).key.question)
    given = {key: Given(text="Fy ngeiriau i.")}
    assert own.in_language("cy").items[KEY].by_key.keys() >= given.keys()
    assert own.items[KEY].by_key.keys() == own.in_language("cy").items[KEY].by_key.keys()
