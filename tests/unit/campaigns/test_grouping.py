"""What is a set text, what is a campaign, and what is neither."""

from __future__ import annotations

import random
import time
import uuid

import pytest

from tests.factories.letters import LETTER, Writers
from webapp.campaigns.grouping import LEAST_RESPONSES, Kind, Texts
from webapp.campaigns.rollup import Campaign, campaigns_of, numbered

WHOLE = "\n\n".join(LETTER)
TWELVE = "Keep the competency on speaking up essential for everybody who sits here"
ELEVEN = "Keep the competency on speaking up essential for everybody who sits"


def number(of: int) -> uuid.UUID:
    """Return an id for a number."""
    return uuid.UUID(int=of)


def find(*responses: tuple[str, ...], quoted: tuple[str, ...] = ()) -> tuple[Campaign, ...]:
    """Return the campaigns in responses that are numbered from 0, each with its texts."""
    texts = Texts(quoted)
    for place, said in enumerate(responses):
        for answer, text in enumerate(said):
            texts.add(number(1000 * (place + 1) + answer), number(place), text)
    return campaigns_of(texts.set_texts())


def members(campaign: Campaign) -> set[int]:
    """Return the numbers of the responses in a campaign."""
    return {each.int for each in campaign.responses}


class TestSetTexts:
    def test_the_same_words_in_another_dress_are_identical(self) -> None:
        shouted, spaced = WHOLE.upper(), WHOLE.replace(" ", "  \n").replace(",", " -")
        (found,) = find((WHOLE,), (shouted,), (spaced,))
        assert found.kind is Kind.IDENTICAL
        assert members(found) == {0, 1, 2}

    def test_a_changed_word_makes_it_nearly_identical(self) -> None:
        (found,) = find((WHOLE,), (WHOLE,), (WHOLE.replace("newspaper", "friend"),))
        assert found.kind is Kind.NEAR

    def test_two_people_are_no_campaign_and_three_are(self) -> None:
        assert LEAST_RESPONSES == 3
        assert not find((WHOLE,), (WHOLE,))
        assert find((WHOLE,), (WHOLE,), (WHOLE,))

    def test_one_person_who_repeats_a_text_is_no_campaign(self) -> None:
        assert not find((WHOLE,) * 10, ("Something else.",))
        texts = Texts()
        for place in range(10):
            texts.add(number(place), number(1), WHOLE)
        assert texts.set_texts() == ()

    @pytest.mark.parametrize(
        "text",
        [
            "I agree.",
            "No comment",
            "",
            "   ",
            "👍👍👍",
            "?!",
            ELEVEN,
            "very " * 500,
            "\u200b\u0301",
        ],
    )
    def test_what_many_people_say_by_themselves_is_no_campaign(self, text: str) -> None:
        assert not find(*[(text,)] * 50)

    def test_twelve_words_are_enough(self) -> None:
        assert find(*[(TWELVE,)] * 3)

    def test_quoting_what_was_consulted_on_is_no_campaign(self) -> None:
        statement = (
            "I make sure that concerns are heard early, that people are thanked for raising them, "
            "and that nobody suffers for it afterwards in their work."
        )
        said = (
            f"“{statement}” I would leave this out altogether.",
            f"{statement} This is the sentence that matters most to me.",
            f"Please keep: {statement}",
        )
        assert find(*((each,) for each in said))
        assert not find(*((each,) for each in said), quoted=(statement,))

    @pytest.mark.parametrize(
        "text",
        [
            "请保留关于敢于发言的能力要求因为许多员工仍然害怕表达他们的担忧",
            "Cadwch y cymhwysedd ar godi llais yn hanfodol i bob aelod o’r bwrdd os gwelwch yn dda",
            "अच्छे बोर्ड को बोलने वाले कर्मचारियों की रक्षा करनी चाहिए और हर महीने जवाब देना चाहिए कि क्या हुआ",
            "من فضلك احتفظ بهذه الكفاءة ضرورية لكل عضو في مجلس الإدارة لأن الناس يخافون الكلام",
        ],
    )
    def test_any_language_can_have_a_campaign(self, text: str) -> None:
        (found,) = find((text,), (text,), (f"{text} — Ἄ λ",))
        assert members(found) == {0, 1, 2}

    def test_composed_and_decomposed_letters_are_the_same(self) -> None:
        composed = TWELVE.replace("everybody", "à René Müller")
        decomposed = composed.replace("à", "à").replace("é", "é").replace("ü", "ü")
        (found,) = find((composed,), (composed,), (decomposed,))
        assert found.kind is Kind.IDENTICAL

    def test_a_letter_with_much_added_is_found(self) -> None:
        writers = Writers(2)
        said = [(writers.lengthened(LETTER, 14),) for _ in range(20)]
        (found,) = find((WHOLE,), *said)
        assert members(found) == set(range(21))

    def test_the_order_in_which_texts_are_read_makes_no_difference(self) -> None:
        writers = Writers(4)
        sent = [*writers.honest(100), *writers.campaign(LETTER, "1 word in 10 replaced", 150)]

        def found() -> tuple[Campaign, ...]:
            texts = Texts()
            for each in sent:
                texts.add(each.answer_id, each.response_id, each.text)
            return campaigns_of(texts.set_texts())

        first = found()
        for seed in range(3):
            random.Random(seed).shuffle(sent)  # noqa: S311  # The same every time.
            assert found() == first


class TestCampaigns:
    def test_texts_that_the_same_people_have_are_one_campaign(self) -> None:
        (found,) = find(*[LETTER] * 5, *[LETTER[:2]] * 2)
        assert len(found.texts) == 4
        assert members(found) == set(range(7))

    def test_texts_that_different_people_have_are_campaigns_of_their_own(self) -> None:
        one, other, *_ = LETTER
        found = find(*[(one,)] * 6, *[(other,)] * 5, (one, other))
        # The last has one text of each and is in the larger.
        assert [members(each) for each in found] == [{0, 1, 2, 3, 4, 5, 11}, {6, 7, 8, 9, 10}]

    def test_nobody_is_in_two_campaigns(self) -> None:
        first, second, third, fourth = LETTER
        found = find(*[(first, second)] * 5, *[(third, fourth)] * 4, *[(first, third, fourth)] * 2)
        assert [members(each) for each in found] == [{4, 3, 2, 1, 0}, {5, 6, 7, 8, 9, 10}][::-1]


class TestNumbers:
    def campaign(self, *responses: int) -> Campaign:
        return Campaign((), frozenset(map(number, responses)))

    def test_a_campaign_keeps_its_number_when_more_join(self) -> None:
        known = {1: {number(1), number(2), number(3)}, 2: {number(7), number(8), number(9)}}
        grown = self.campaign(7, 8, 9, 10, 11, 12, 13)
        assert numbered([grown, self.campaign(1, 2, 3)], known) == (2, 1)

    def test_a_new_one_gets_a_number_that_was_never_given(self) -> None:
        assert numbered([self.campaign(4, 5, 6)], {1: set(), 2: {number(9)}}) == (3,)

    def test_of_two_parts_the_larger_keeps_the_number(self) -> None:
        known = {1: {number(each) for each in range(10)}}
        parts = [self.campaign(0, 1, 2), self.campaign(3, 4, 5, 6, 7, 8)]
        assert numbered(parts, known) == (2, 1)


class TestHostile:
    def test_ten_thousand_identical_texts(self) -> None:
        began = time.process_time()
        (found,) = find(*[(WHOLE,)] * 10_000)
        assert len(found.responses) == 10_000
        assert time.process_time() - began < 10

    def test_ten_thousand_nearly_identical_texts(self) -> None:
        writers = Writers(6)
        began = time.process_time()
        (found,) = find(*((writers.reworded(LETTER, 0.1),) for _ in range(10_000)))
        assert len(found.responses) >= 9_950
        assert time.process_time() - began < 60

    def test_a_text_of_20_000_characters(self) -> None:
        long = Writers(9).own_words(400)[:20_000]
        began = time.process_time()
        (found,) = find((long,), (long,), (f"{long[:19_000]} And more.",), ("x" * 20_000,))
        assert members(found) == {0, 1, 2}
        assert time.process_time() - began < 5
