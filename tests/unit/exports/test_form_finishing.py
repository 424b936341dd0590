"""The form of a fillable file is what readers and screen readers need, and not WeasyPrint's.

The first class shows each fault in what WeasyPrint makes by itself, so that a release that mends
one is noticed and a mend that is lost as well.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Name
from pypdf import PdfReader

from exports.fields import Field
from exports.forms.form_finishing import MULTILINE, READ_ONLY, FieldsDisagree
from exports.pdf import StyleFetcher, make_pdf
from tests.unit.exports import form_pages
from tests.unit.exports.form_pages import (
    DATE,
    EVENTS,
    EVIDENCE,
    FIELDS,
    IDENTIFIER,
    PERSON,
    RATING,
    SPLIT,
)


@pytest.fixture(scope="module")
def raw_bytes() -> bytes:
    """What the layout library makes of the form by itself."""
    # Not at the top: it takes the typefaces that it finds when it is imported, and exports.pdf
    # sees to it that those are ours.
    from weasyprint import HTML

    page = HTML(string=form_pages.a_form(), url_fetcher=StyleFetcher())
    made: bytes = page.write_pdf(pdf_forms=True, pdf_variant="pdf/ua-1")
    return made


@pytest.fixture(scope="module")
def raw(raw_bytes: bytes) -> Iterator[pikepdf.Pdf]:
    """The same, opened."""
    with pikepdf.open(io.BytesIO(raw_bytes)) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def made_bytes() -> bytes:
    """What we make of it."""
    return make_pdf(form_pages.a_form())


@pytest.fixture(scope="module")
def made(made_bytes: bytes) -> Iterator[pikepdf.Pdf]:
    """The same, opened."""
    with pikepdf.open(io.BytesIO(made_bytes)) as pdf:
        yield pdf


def fields(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(pdf.Root.AcroForm.Fields.as_list())


def named(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    (found,) = (each for each in fields(pdf) if str(each.T) == name)
    return found


def widgets(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [
        annotation
        for page in pdf.pages
        for annotation in page.get(Name.Annots, pikepdf.Array()).as_list()
        if annotation.Subtype == Name.Widget
    ]


def buttons(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [each for each in widgets(pdf) if "/AP" in each and "/Off" in str(each.get("/AS"))]


def first_group(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return next(each for each in fields(pdf) if str(each.T) == name and Name.Kids in each)


class TestFaultsOfTheLayoutLibrary:
    """Each is there without us and gone with us."""

    def test_a_radio_button_is_no_field_beside_its_group(
        self, raw: pikepdf.Pdf, made: pikepdf.Pdf
    ) -> None:
        assert sum(Name.Parent in each for each in fields(raw)) == 2 * len(form_pages.HOW_OFTEN)
        assert not any(Name.Parent in each for each in fields(made))

    def test_a_radio_button_has_no_name_of_its_own(
        self, raw: pikepdf.Pdf, made: pikepdf.Pdf
    ) -> None:
        assert all(Name.T in kid for kid in first_group(raw, RATING.name).Kids.as_list())
        assert not any(Name.T in kid for kid in named(made, RATING.name).Kids.as_list())

    def test_a_group_is_called_by_its_question(self, raw: pikepdf.Pdf, made: pikepdf.Pdf) -> None:
        assert str(first_group(raw, RATING.name).TU) == "Never"
        assert str(named(made, RATING.name).TU) == "How often?"

    def test_a_button_is_called_by_question_and_option(
        self, raw: pikepdf.Pdf, made: pikepdf.Pdf
    ) -> None:
        spoken = [str(kid.TU) for kid in named(made, RATING.name).Kids.as_list()]
        assert spoken == ["How often?: Never", "How often?: Often", "How often?: Not seen"]
        assert "How often?: Never" not in {str(each.get(Name.TU)) for each in widgets(raw)}

    def test_the_state_of_a_radio_button_is_the_key_of_its_option(
        self, raw: pikepdf.Pdf, made: pikepdf.Pdf
    ) -> None:
        def states(pdf: pikepdf.Pdf) -> list[set[str]]:
            kids = first_group(pdf, RATING.name).Kids.as_list()
            return [set(kid.AP.N.keys()) - {"/Off"} for kid in kids]

        assert states(raw) == [{"/0"}, {"/1"}, {"/2"}]
        assert Name.Opt in first_group(raw, RATING.name)
        assert states(made) == [{"/never"}, {"/often"}, {"/not-seen"}]
        assert Name.Opt not in named(made, RATING.name)

    def test_the_state_of_a_check_box_is_the_key_of_its_option(
        self, raw: pikepdf.Pdf, made: pikepdf.Pdf
    ) -> None:
        boxes = [each for each in fields(raw) if str(each.T) == EVENTS.name]
        assert [set(each.AP.N.keys()) for each in boxes] == [{"/on"}, {"/on"}]
        kids = named(made, EVENTS.name).Kids.as_list()
        assert [(str(kid.T), set(kid.AP.N.keys())) for kid in kids] == [
            ("board", {"/Off", "/board"}),
            ("visits", {"/Off", "/visits"}),
        ]

    def test_radio_buttons_stand_in_one_line_with_their_labels(
        self, raw: pikepdf.Pdf, made: pikepdf.Pdf
    ) -> None:
        def heights(pdf: pikepdf.Pdf) -> set[float]:
            kids = first_group(pdf, RATING.name).Kids.as_list()
            return {round(float(kid.Rect[1]), 1) for kid in kids}

        assert len(heights(raw)) == 3
        assert len(heights(made)) == 1

    def test_a_group_over_a_page_break_is_still_one(
        self, raw: pikepdf.Pdf, made: pikepdf.Pdf
    ) -> None:
        groups = [each for each in fields(raw) if str(each.T) == SPLIT.name and Name.Kids in each]
        assert len(groups) == 3
        kids = named(made, SPLIT.name).Kids.as_list()
        assert len({kid.P.objgen for kid in kids}) == 3

    def test_a_box_stands_upright(self, raw: pikepdf.Pdf, made: pikepdf.Pdf) -> None:
        assert all(float(each.Rect[1]) > float(each.Rect[3]) for each in widgets(raw))
        for each in widgets(made):
            left, bottom, right, top = (float(side) for side in each.Rect.as_list())
            assert left < right
            assert bottom < top

    def test_no_reader_has_to_guess_what_a_field_looks_like(
        self, raw: pikepdf.Pdf, made: pikepdf.Pdf
    ) -> None:
        assert raw.Root.AcroForm.NeedAppearances
        assert any(Name.AP not in each for each in widgets(raw))
        assert Name.NeedAppearances not in made.Root.AcroForm
        for each in widgets(made):
            assert each.AP.N

    def test_a_form_lends_its_readers_two_fonts_and_nothing_else(
        self, raw: pikepdf.Pdf, made: pikepdf.Pdf
    ) -> None:
        assert {"/ColorSpace", "/Font"} < set(raw.Root.AcroForm.DR.keys())
        assert set(made.Root.AcroForm.DR.keys()) == {"/Font"}
        assert set(made.Root.AcroForm.DR.Font.keys()) == {"/BmText", "/BmWide"}

    def test_a_button_without_its_mark_has_a_look_as_well(
        self, raw: pikepdf.Pdf, made: pikepdf.Pdf
    ) -> None:
        assert not any(Name.Off in each.AP.N for each in buttons(raw))
        assert len(buttons(made)) == 8
        assert all(Name.Off in each.AP.N for each in buttons(made))

    def test_the_letters_of_a_ligature_can_be_read(
        self, raw_bytes: bytes, made_bytes: bytes
    ) -> None:
        # In the typeface of controls it is embedded whole and so without its ligatures.
        text = PdfReader(io.BytesIO(raw_bytes)).pages[0].extract_text()
        assert "Often" not in text
        assert "Often" in PdfReader(io.BytesIO(made_bytes)).pages[0].extract_text()


class TestTheForm:
    """What stands in it."""

    def test_fields_stand_in_reading_order_under_their_names(self, made: pikepdf.Pdf) -> None:
        assert [str(each.T) for each in fields(made)] == [field.name for field in FIELDS]

    def test_the_order_is_that_of_the_page_and_not_of_the_list(self) -> None:
        backwards = form_pages.the_list((DATE, PERSON))
        page = form_pages.a_page(form_pages.control(PERSON) + form_pages.control(DATE) + backwards)
        with pikepdf.open(io.BytesIO(make_pdf(page))) as pdf:
            assert [str(each.T) for each in fields(pdf)] == [PERSON.name, DATE.name]

    @pytest.mark.parametrize(
        ("field", "flags"),
        [(PERSON, 0), (DATE, 0), (EVIDENCE, MULTILINE), (IDENTIFIER, READ_ONLY)],
    )
    def test_a_text_has_lines_a_lock_and_a_length(
        self, made: pikepdf.Pdf, field: Field, flags: int
    ) -> None:
        found = named(made, field.name)
        assert Name.Tx == found.FT
        assert int(found.Ff) == flags
        assert int(found.get(Name.MaxLen, 0)) == field.max_length
        assert str(found.TU) == field.label
        assert str(found.DA).startswith("/BmText 10 Tf")

    def test_a_mark_can_be_taken_back(self, made: pikepdf.Pdf) -> None:
        no_toggle_to_off = 1 << 14
        assert not int(named(made, RATING.name).Ff) & no_toggle_to_off

    def test_marks_need_no_font_and_stay_in_their_box(self, made: pikepdf.Pdf) -> None:
        for each in buttons(made):
            for name, picture in each.AP.N.items():
                assert not picture.Resources.keys()
                assert bool(picture.read_bytes()) == (name != "/Off")
                left, bottom, right, top = (float(side) for side in each.Rect.as_list())
                for instruction in pikepdf.parse_content_stream(picture):
                    if str(instruction.operator) in {"m", "l", "c"}:
                        numbers = [float(number) for number in instruction.operands]
                        assert all(0 < x < right - left for x in numbers[::2])
                        assert all(0 < y < top - bottom for y in numbers[1::2])

    def test_the_page_draws_the_border_and_no_reader_another(self, made: pikepdf.Pdf) -> None:
        for each in widgets(made):
            assert each.BS.W == 0
            assert Name.BC not in each.get(Name.MK, pikepdf.Dictionary())

    def test_what_a_page_gives_stands_in_the_fields_and_is_drawn(self) -> None:
        given = {
            PERSON.name: "Zoë Łukasik",
            EVIDENCE.name: "One line\nand another",
            RATING.name: "often",
            EVENTS.name: "visits",
        }
        with pikepdf.open(io.BytesIO(make_pdf(form_pages.a_form(given=given)))) as pdf:
            assert str(named(pdf, PERSON.name).V) == "Zoë Łukasik"
            assert str(named(pdf, EVIDENCE.name).V) == "One line\nand another"
            assert named(pdf, RATING.name).V == "/often"
            assert [kid.AS for kid in named(pdf, RATING.name).Kids.as_list()] == [
                "/Off",
                "/often",
                "/Off",
            ]
            assert [kid.V for kid in named(pdf, EVENTS.name).Kids.as_list()] == ["/Off", "/visits"]
            assert b"/BmWide" in named(pdf, PERSON.name).AP.N.read_bytes()

    def test_what_has_no_glyph_in_the_typeface_of_fields_is_drawn_all_the_same(self) -> None:
        given = {PERSON.name: "王小明 שלום"}
        with pikepdf.open(io.BytesIO(make_pdf(form_pages.a_form(given=given)))) as pdf:
            assert str(named(pdf, PERSON.name).V) == "王小明 שלום"
            drawn = named(pdf, PERSON.name).AP.N
            assert b"Tj" in drawn.read_bytes() or b"TJ" in drawn.read_bytes()
            assert "/BmWide" not in drawn.Resources.Font

    def test_no_two_texts_share_what_a_reader_may_write_into(self, made: pikepdf.Pdf) -> None:
        texts = [each for each in widgets(made) if each.get(Name.FT) == Name.Tx]
        assert len({each.AP.N.objgen for each in texts}) == len(texts) == 4


class TestStructure:
    """Where a screen reader finds the fields."""

    def test_every_widget_is_once_in_the_structure_in_an_element_of_a_form(
        self, made: pikepdf.Pdf
    ) -> None:
        elements = [
            (element, kid)
            for element in structure(made)
            for kid in kids_of(element)
            if isinstance(kid, pikepdf.Dictionary) and kid.get(Name.Type) == Name.OBJR
        ]
        found = Counter(kid.Obj.objgen for _, kid in elements)
        assert found == {each.objgen: 1 for each in widgets(made)}
        parents = parents_by_number(made)
        for element, kid in elements:
            assert Name.Form == element.S
            assert len(kids_of(element)) == 1
            assert parents[int(kid.Obj.StructParent)].objgen == element.objgen

    def test_no_element_is_in_the_structure_twice(self, made: pikepdf.Pdf) -> None:
        times = Counter(element.objgen for element in structure(made))
        assert set(times.values()) == {1}

    def test_the_tab_key_follows_the_structure(self, made: pikepdf.Pdf) -> None:
        assert all(page.Tabs == Name.S for page in made.pages)
        # There are readers that go by the order on the page instead, so it is the same.
        read = [kids_of(each)[0].Obj.objgen for each in structure(made) if Name.Form == each.S]
        assert read == [each.objgen for each in widgets(made)]

    def test_nothing_is_left_of_the_list(self, made_bytes: bytes) -> None:
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made_bytes)).pages)
        assert "max_length" not in text


def kids_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get(Name.K)
    if kids is None:
        return []
    return list(kids.as_list()) if isinstance(kids, pikepdf.Array) else [kids]


def structure(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Give every element in the order in which it is read."""
    waiting = kids_of(pdf.Root.StructTreeRoot)[::-1]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary) and Name.S in element:
            yield element
            waiting.extend(reversed(kids_of(element)))


def parents_by_number(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums.as_list()
    return {int(number): parent for number, parent in zip(numbers[::2], numbers[1::2], strict=True)}


class TestListAndControlsThatDisagree:
    """A defect of a template is seen when the page is made, and not when it comes back."""

    @pytest.mark.parametrize(
        ("body", "listed", "complaint"),
        [
            (form_pages.control(PERSON), (PERSON, DATE), "listed and not on the page: about:date"),
            (
                form_pages.control(PERSON) + form_pages.control(DATE),
                (PERSON,),
                "on the page and not listed: about:date",
            ),
            (form_pages.control(PERSON) * 2, (PERSON,), "two controls are called “about:person”"),
            (form_pages.control(PERSON), (PERSON, PERSON), "listed twice: about:person"),
            (
                form_pages.control(RATING).replace('value="often"', 'value="seldom"'),
                (RATING,),
                "listed and not on the page: chair/lead:rating.often",
            ),
        ],
    )
    def test_it_is_refused(self, body: str, listed: tuple[Field, ...], complaint: str) -> None:
        with pytest.raises(FieldsDisagree, match=complaint):
            make_pdf(form_pages.a_page(body + form_pages.the_list(listed)))
