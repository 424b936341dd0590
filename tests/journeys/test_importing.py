"""One officer uploads a table of responses, another takes it in; once."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories.answer_tables import a_row, as_csv, as_xlsx, some_responses
from tests.pages.client import Client
from tests.pages.intake import Officer
from tests.pages.responses import open_a_consultation
from tests.program import Program
from webapp.consultations.consultation import Consultation
from webapp.consultations.services import totals_of
from webapp.intake import services
from webapp.operations.routines import ROUTINES
from webapp.security import Role


@pytest.fixture
def consultation(program: Program) -> Consultation:
    return open_a_consultation(program)


def officer(program: Program, name: str = "ola") -> Officer[Client]:
    return Officer(program.staff(Role.CONSULTATION_OFFICER, f"{name}@meadowbank.example"))


def counted(program: Program, consultation: Consultation) -> int:
    with program.database.reading() as session:
        return totals_of(session, consultation.id).submitted


class TestATable:
    def test_with_mistakes_nothing_is_kept_then_it_is_right_and_taken_in_once(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, cas = officer(program), officer(program, "cas")
        wrong = [a_row(of="governoor"), a_row(key="L-2", question="kommentt", text="x")]
        screen = ola.upload(as_csv(wrong), status=422)
        assert screen.errors == [
            "The table has 2 mistakes: they are listed below, and nothing was kept"
        ]
        assert "Row 2, class: there is no “governoor” to choose here; did you mean “governor”?" in (
            screen.text
        )
        assert "Row 3, question: there is no question “kommentt”" in screen.text
        assert "Nothing was imported." in ola.open_list().text
        rows = [
            a_row(key="L-1", text="First line\n\nSecond line"),
            a_row(key="L-1", question="clarity", text="", answer="Very clear"),
            a_row(key="L-2", publish="named", name="Sam Okafor"),
        ]
        screen = ola.upload(as_csv(rows))
        assert "waits for a second person" in screen.text
        assert "Responses 2 Answers 3 New 2" in screen.text
        assert "somebody else looks at it and takes it in" in screen.text
        found = screen.path.partition("?")[0]
        ola.browser.post(f"{found}/take", {"csrf_token": ola.browser.proof()}, status=403)
        assert counted(program, consultation) == 0
        # The second person sees the same, and what each response says.
        cas.open_list()
        cas.browser.follow("Import 1")
        cas.browser.follow("L-1")
        assert "Second line" in cas.browser.screen.text
        assert "Very clear" in cas.browser.screen.text
        cas.browser.open(found)
        screen = cas.browser.press("It is right: take them in")
        assert "The table is taken in" in screen.text
        assert "Added 2 of 2" in screen.text
        assert counted(program, consultation) == 2
        cas.browser.post(f"{found}/take", {"csrf_token": cas.browser.proof()}, status=409)
        # The same table again adds nothing, and what differs under a key is shown and stays.
        again = ola.upload(as_csv([*rows, a_row(key="L-3")]))
        assert "New 1 Taken in already 2 Different under the same key 0" in again.text
        other = cas.upload(as_csv([*rows[:2], a_row(key="L-2", text="Other words")]))
        assert "New 0 Taken in already 1 Different under the same key 1" in other.text
        ola.browser.open(other.path.partition("?")[0])
        assert "Nothing in this table is new" in ola.browser.screen.text
        assert counted(program, consultation) == 2

    def test_a_workbook_with_dates_and_numbers_is_read_as_it_looks(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, cas = officer(program), officer(program, "cas")
        row = a_row() | {"key": 17, "received_on": dt.date(2026, 11, 23)}
        screen = ola.upload(as_xlsx([row]), "from a meeting.xlsx")
        cas.browser.open(screen.path)
        assert "17 Received 23 November 2026" in cas.browser.screen.text
        cas.browser.press("It is right: take it in")
        assert counted(program, consultation) == 1

    def test_a_large_one_is_taken_in_by_the_worker_and_the_page_says_how_far(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola, cas = officer(program), officer(program, "cas")
        screen = ola.upload(as_csv(some_responses(services.AT_ONCE + 5)))
        cas.browser.open(screen.path)
        screen = cas.browser.press("take them in")
        assert "0 of 55 are looked at." in screen.text
        assert counted(program, consultation) == 0
        program.deliver_mail()
        screen = cas.browser.open(screen.path)
        assert "Added 55 of 55" in screen.text
        assert counted(program, consultation) == 55
        program.deliver_mail()
        assert counted(program, consultation) == 55


class TestWhatIsNotTakenIn:
    def test_it_is_thrown_away_with_a_reason_and_erased(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola = officer(program)
        screen = ola.upload(as_csv([a_row()]))
        ola.browser.open(screen.path)
        screen = ola.browser.press("Throw it away", {"reason": ""}, status=422)
        assert screen.errors == ["Enter the reason"]
        screen = ola.browser.press("Throw it away", {"reason": "The wrong file."})
        assert "The wrong file." in screen.text
        assert "What was read from the table is erased." in screen.text
        path = screen.path.partition("?")[0]
        assert ola.browser.open(f"{path}/responses/1").heading == "Import 1"

    def test_what_nobody_took_in_for_thirty_days_is_erased(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola = officer(program)
        path = ola.upload(as_csv([a_row()])).path
        program.clock.move(days=31)
        assert services.forget_imports in ROUTINES
        with program.database.writing() as session:
            services.forget_imports(session, program.clock())
        ola = Officer(program.sign_in("ola@meadowbank.example"))
        text = ola.browser.open(path).text
        assert "Thrown away" in text
        assert "Nobody took it in within 30 days." in text

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"PK\x03\x04nonsense", "This spreadsheet is damaged: save it again and send that."),
            (b"", "Choose the table to import"),
            (b"key;text\n\xff\xfe", "letters of this file cannot be told"),
        ],
    )
    def test_what_is_no_table_is_refused(
        self, program: Program, consultation: Consultation, content: bytes, message: str
    ) -> None:
        screen = officer(program).upload(content, "x.csv" if content else "", status=422)
        assert message in screen.errors[0]


class TestHelp:
    def test_the_template_and_the_codes_are_handed_out(
        self, program: Program, consultation: Consultation
    ) -> None:
        ola = officer(program)
        ola.browser.open(f"{ola.all}/imports/new")
        assert "Codes of question" in ola.browser.screen.text
        template = ola.browser.flask.get(f"{ola.all}/imports/template.xlsx")
        assert template.data.startswith(b"PK")
        codes = ola.browser.flask.get(f"{ola.all}/imports/codes.csv").text
        assert "question,clarity" in codes
        assert "answer,very-clear,Very clear,clarity" in codes
        # An empty template says what is missing, and nothing worse.
        screen = ola.upload(template.data, "template.xlsx", status=422)
        assert "there is no row below the headings" in screen.errors[0]
