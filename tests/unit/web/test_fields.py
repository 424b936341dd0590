"""Questions as fields: what was posted, what is kept, what is said to be wrong."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from frameworks.questions import (
    AnswerKey,
    Day,
    Given,
    LongText,
    OneOf,
    Option,
    Question,
    Rewording,
    ShortText,
    SomeOf,
    is_an_answer,
)
from webapp.web.days import PARTS
from webapp.web.fields import AnswerForm, answer_form, in_words

KEY = AnswerKey("culture.listening", "clear")
NAME = str(KEY)
OPTIONS = (Option(key="yes", label="Yes"), Option(key="no", label="No"))
PRESENT = "I listen before I decide."

ONE = OneOf(key=KEY, text="Is it clear?", options=OPTIONS)
SOME = SomeOf(key=KEY, text="What is unclear?", options=OPTIONS)
SHORT = ShortText(key=KEY, text="In a few words", max_length=10)
LONG = LongText(key=KEY, text="Comments", max_length=20)
WORDING = Rewording(key=KEY, text="Suggest a wording", present=PRESENT, max_length=60)
DAY = Day(key=KEY, text="Confirmed on")


def posted(*pairs: tuple[str, str]) -> MultiDict[str, str]:
    return MultiDict(pairs)


def form_of(question: Question, *pairs: tuple[str, str], given: Given | None = None) -> AnswerForm:
    stored = {} if given is None else {KEY: given}
    return AnswerForm([question], stored, posted(*pairs) if pairs else None)


def day(*parts: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"{NAME}-{part}", typed) for part, typed in zip(PARTS, parts, strict=True))


class TestAFirstVisit:
    def test_shows_what_is_stored(self) -> None:
        assert form_of(ONE, given=Given(choices=("no",)))[KEY].given == Given(choices=("no",))

    def test_shows_a_stored_date_in_its_parts(self) -> None:
        assert form_of(DAY, given=Given(text="2026-03-07"))[KEY].parts == ("7", "3", "2026")

    def test_starts_a_suggested_wording_from_the_present_one(self) -> None:
        bound = form_of(WORDING)[KEY]
        assert bound.given.text == PRESENT
        assert not is_an_answer(WORDING, bound.given)

    def test_goes_on_with_a_suggested_wording_that_was_begun(self) -> None:
        begun = Given(text="I listen, then I decide.")
        assert form_of(WORDING, given=begun)[KEY].given == begun

    def test_is_one_without_posted_values(self) -> None:
        form = answer_form([ONE], {KEY: Given(choices=("yes",))}, posted())
        assert form.answers() == {KEY: Given(choices=("yes",))}


class TestWhatWasPosted:
    def test_wins_over_what_is_stored(self) -> None:
        form = form_of(ONE, (NAME, "yes"), given=Given(choices=("no",)))
        assert form.answers() == {KEY: Given(choices=("yes",))}

    def test_of_another_page_leaves_this_one_as_it_is_stored(self) -> None:
        kept = Given(choices=("no",))
        assert form_of(ONE, ("other:clear", "yes"), given=kept).answers() == {KEY: kept}

    @pytest.mark.parametrize("question", [ONE, SOME])
    def test_takes_an_answer_away_where_nothing_is_ticked_any_more(
        self, question: Question
    ) -> None:
        # No control of the group is sent then: only the revision says that it was on the page.
        form = form_of(question, (f"revision:{NAME}", "3"), given=Given(choices=("no",)))
        assert form.answers() == {KEY: Given()}

    def test_takes_a_radio_away_by_its_empty_option(self) -> None:
        form = form_of(ONE, (f"revision:{NAME}", "3"), (NAME, ""), given=Given(choices=("no",)))
        assert form.answers() == {KEY: Given()}
        assert form.validate()

    def test_counts_a_box_that_is_sent_twice_once(self) -> None:
        form = form_of(SOME, (NAME, "no"), (NAME, "yes"), (NAME, "no"))
        assert form.answers() == {KEY: Given(choices=("no", "yes"))}

    def test_has_plain_line_breaks_and_no_blank_ends(self) -> None:
        assert form_of(LONG, (NAME, "  one\r\n\r\ntwo \r\n"))[KEY].given.text == "one\n\ntwo"
        assert form_of(SHORT, (NAME, "  one "))[KEY].given.text == "one"

    def test_of_a_date_becomes_one_day(self) -> None:
        form = form_of(DAY, *day("7", " 03 ", "2026"))
        assert form.validate()
        assert form.answers() == {KEY: Given(text="2026-03-07")}

    @pytest.mark.parametrize("month", ["march", "Mar", "MARCH"])
    def test_may_name_the_month(self, month: str) -> None:
        assert form_of(DAY, *day("7", month, "2026"))[KEY].given.text == "2026-03-07"

    def test_of_an_emptied_date_is_blank(self) -> None:
        form = form_of(DAY, *day("", "", ""), given=Given(text="2026-03-07"))
        assert form.validate()
        assert form.answers() == {KEY: Given()}


class TestWhatIsWrong:
    @pytest.mark.parametrize("question", [ONE, SOME])
    def test_an_option_that_is_not_shown_is_refused(self, question: Question) -> None:
        form = form_of(question, (NAME, "perhaps"))
        assert not form.validate()
        assert form[KEY].errors == [f"Choose one of the answers shown: {question.text}"]

    @pytest.mark.parametrize("question", [SHORT, LONG, WORDING])
    def test_a_text_that_is_too_long_is_kept_and_says_by_how_much(
        self, question: ShortText | LongText | Rewording
    ) -> None:
        typed = "x" * (question.max_length + 2)
        form = form_of(question, (NAME, typed))
        assert not form.validate()
        assert form[KEY].given.text == typed
        assert form[KEY].errors[0].startswith("Shorten this by 2 characters, to ")

    def test_a_line_break_counts_as_one_character_whatever_the_browser_sends(self) -> None:
        assert form_of(LONG, (NAME, "123456789\r\n1234567890")).validate()

    @pytest.mark.parametrize(
        "parts",
        [
            ("31", "2", "2026"),
            ("7", "", "2026"),
            ("7", "3", "26"),
            ("7", "3", "1066"),
            ("7", "ma", "2026"),
            ("-7", "3", "2026"),
            ("7", "3", "2_026"),
            ("7", "3", "9" * 30),
            ("seven", "<b>", "2026"),
        ],
    )
    def test_parts_that_make_no_date_are_kept_as_typed(self, parts: tuple[str, str, str]) -> None:
        form = form_of(DAY, *day(*parts))
        assert not form.validate()
        assert form[KEY].parts == parts
        assert form[KEY].errors == ["Enter a real date, such as 27 3 2026: Confirmed on"]

    @pytest.mark.parametrize(
        ("question", "pairs"),
        [
            (ONE, ((f"revision:{NAME}", "0"),)),
            (LONG, ((NAME, "  "),)),
            (DAY, day("", "", "")),
        ],
    )
    def test_a_required_answer_may_not_be_blank(
        self, question: Question, pairs: tuple[tuple[str, str], ...]
    ) -> None:
        form = form_of(question.model_copy(update={"required": True}), *pairs)
        assert not form.validate()
        assert form[KEY].errors == [f"Answer this: {question.text}"]

    def test_a_required_date_that_is_wrong_has_one_message(self) -> None:
        form = form_of(DAY.model_copy(update={"required": True}), *day("31", "2", "2026"))
        assert not form.validate()
        assert len(form[KEY].errors) == 1


class TestRevisions:
    def test_are_those_of_the_page_that_was_opened(self) -> None:
        pairs = posted((f"revision:{NAME}", "3"), (NAME, "new"))
        assert AnswerForm([LONG], {}, pairs, {KEY: 5}).revisions() == {KEY: 3}

    @pytest.mark.parametrize("typed", ["", "-1", "x", "1" * 10, "3;4"])
    def test_that_were_tampered_with_are_those_of_the_store(self, typed: str) -> None:
        pairs = posted((f"revision:{NAME}", typed), (NAME, "new"))
        assert AnswerForm([LONG], {}, pairs, {KEY: 5}).revisions() == {KEY: 5}


class TestAStaleSave:
    def form(self, question: Question, mine: MultiDict[str, str], theirs: Given) -> AnswerForm:
        form = AnswerForm([question], {}, mine, {KEY: 5})
        form.show_conflicts({KEY: (theirs, 6)})
        return form

    def test_shows_both_texts_and_goes_on_from_the_newest(self) -> None:
        form = self.form(LONG, posted((NAME, "mine")), Given(text="theirs"))
        bound = form[KEY]
        assert bound.given.text == "mine"
        assert bound.meanwhile_text == "theirs"
        assert bound.revision == 6
        assert bound.errors == ["Somebody else changed this while you were writing: Comments"]

    def test_says_what_is_different_in_words(self) -> None:
        bound = self.form(LONG, posted((NAME, "ask twice")), Given(text="ask once"))[KEY]
        assert bound.meanwhile_change.removed == ("once",)
        assert bound.meanwhile_change.added == ("twice",)

    def test_names_the_options_that_were_chosen(self) -> None:
        bound = self.form(SOME, posted((NAME, "no")), Given(choices=("yes", "no")))[KEY]
        assert bound.meanwhile_text == "Yes, No"

    def test_shows_a_wording_taken_back_as_the_present_one(self) -> None:
        bound = self.form(WORDING, posted((NAME, "mine")), Given())[KEY]
        assert bound.meanwhile_text == PRESENT

    def test_of_another_question_is_a_defect(self) -> None:
        form = AnswerForm([LONG], {})
        with pytest.raises(KeyError):
            form.show_conflicts({AnswerKey("other", "clear"): (Given(), 1)})


class TestInWords:
    @pytest.mark.parametrize(
        ("question", "given", "words"),
        [
            (ONE, Given(choices=("yes",)), "Yes"),
            (SOME, Given(choices=("yes", "no")), "Yes, No"),
            (SOME, Given(choices=("gone",)), "gone"),
            (LONG, Given(text="one\ntwo"), "one\ntwo"),
            (WORDING, Given(text=PRESENT), PRESENT),
            (DAY, Given(text="2026-03-07"), "7 March 2026"),
            (DAY, Given(), ""),
        ],
    )
    def test_an_answer_reads_as_a_person_would_say_it(
        self, question: Question, given: Given, words: str
    ) -> None:
        assert in_words(question, given) == words


def test_an_id_leads_to_the_first_control() -> None:
    assert form_of(LONG)[KEY].id == "culture-listening-clear"
    assert form_of(DAY)[KEY].id == "culture-listening-clear-day"
