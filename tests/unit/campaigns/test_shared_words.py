"""The template of a set text, and what each person added to it or left out."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.factories.letters import LETTER
from webapp.campaigns.shared_words import compare, template_of
from webapp.campaigns.words import words_in, words_of

WHOLE = "\n\n".join(LETTER)
OPENING = "My sister is a nurse and asked me to write to you."
CLOSING = "I shall look out for your answer in the spring."

TEXTS = st.text(max_size=300) | st.lists(
    st.sampled_from([*WHOLE.split(), ",", ".", "\n", "’", "é", "語", "👍"]), max_size=80
).map(" ".join)


class TestTemplate:
    def test_it_has_what_all_share(self) -> None:
        others = [f"{OPENING} {WHOLE}", f"{WHOLE}\n\n{CLOSING}", WHOLE]
        assert template_of(f"Hello! {WHOLE} Jo.", others).text == WHOLE

    def test_it_keeps_the_words_as_they_were_written(self) -> None:
        template = template_of(WHOLE, [WHOLE.upper()])
        assert template.text == WHOLE

    def test_a_gap_stands_where_people_differ(self) -> None:
        one, two, *_ = LETTER
        others = [f"{one} {own} {two}" for own in (OPENING, CLOSING)]
        central = f"{one} We work in hospital kitchens. {two}"
        assert template_of(central, others).text == f"{one} […] {two}"

    def test_one_text_alone_is_its_own_template(self) -> None:
        assert template_of(WHOLE, []).text == WHOLE


class TestBesideIt:
    def test_additions_stand_apart(self) -> None:
        personal = compare(template_of(WHOLE, [WHOLE]), f"{OPENING} {WHOLE} {CLOSING}")
        assert personal.own == (OPENING, CLOSING)
        assert personal.left_out == ()

    def test_what_was_left_out_is_said(self) -> None:
        one, two, three, four = LETTER
        personal = compare(template_of(WHOLE, [WHOLE]), "\n\n".join((one, two, four)))
        assert personal.own == ()
        assert personal.left_out == (three,)

    def test_a_replaced_word_is_both(self) -> None:
        personal = compare(template_of(WHOLE, [WHOLE]), WHOLE.replace("a newspaper", "my aunt"))
        assert (personal.own, personal.left_out) == (("my aunt",), ("a newspaper",))

    def test_a_word_goes_with_its_own_sentence(self) -> None:
        # ‘We’ stands in what was left out as well, further away.
        unpaid = "Unpaid carers save more than any plan, and boards hardly know that we exist."
        ask = "We ask that each board names carers first, and shows what they changed."
        template = template_of(f"{unpaid} {ask}", [f"{unpaid} {ask}"])
        personal = compare(template, f"{OPENING} {ask} {CLOSING}")
        assert personal.own == (OPENING, CLOSING)
        assert personal.left_out == (unpaid,)

    def test_the_template_itself_is_the_same(self) -> None:
        assert compare(template_of(WHOLE, [WHOLE]), WHOLE.lower()).is_same

    @given(TEXTS, TEXTS)
    def test_the_pieces_are_the_whole_text(self, central: str, text: str) -> None:
        personal = compare(template_of(central, [central, text]), text)
        assert "".join(each.text for each in personal.pieces) == text

    @given(TEXTS)
    def test_no_text_adds_to_itself(self, text: str) -> None:
        personal = compare(template_of(text, [text]), text)
        assert not any(words_of(each) for each in personal.own)
        assert personal.left_out == ()


class TestWords:
    @given(st.text())
    def test_each_stands_where_it_says(self, text: str) -> None:
        found = words_in(text)
        assert [each.word for each in found] == list(words_of(text))
        assert all(before.end <= after.start for before, after in pairwise(found))

    def test_apostrophes_make_no_difference(self) -> None:
        assert words_of("Chair's CHAIR’S chairs") == ("chairs",) * 3
