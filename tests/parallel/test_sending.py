"""However often and however fast somebody presses the button, one response is sent."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages.client import filled_in
from tests.pages.respondent import Respondent
from tests.program import Program

TIMES = 50


def at_once(presses: list[Callable[[], TestResponse]]) -> list[TestResponse]:
    """Do everything in the same moment, each in a thread of its own."""
    together = threading.Barrier(len(presses))
    answers: list[TestResponse] = []

    def do(press: Callable[[], TestResponse]) -> None:
        together.wait()
        answers.append(press())

    threads = [threading.Thread(target=do, args=(press,)) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def tabs(program: Program, person: Respondent, number: int) -> list[FlaskClient]:
    """Return so many tabs of one person's browser, which have the same cookies."""
    name = program.app.config["SESSION_COOKIE_NAME"]
    cookie = person.browser.flask.get_cookie(name)
    assert cookie is not None
    found = [program.app.test_client() for _ in range(number)]
    for tab in found:
        tab.set_cookie(name, cookie.value)
    return found


def presses(program: Program, person: Respondent, number: int) -> list[Callable[[], TestResponse]]:
    """Return so many presses of the button that sends, each in a tab of its own."""
    screen = person.check()
    form = screen.form("Send your response")
    path, data = str(form["action"]), filled_in(form)

    def press_in(tab: FlaskClient) -> Callable[[], TestResponse]:
        return lambda: tab.post(path, data=data)

    return [press_in(tab) for tab in tabs(program, person, number)]


def counted(program: Program) -> dict[str, int]:
    """Return how many rows there are of everything that is sent."""
    with program.database.engine.connect() as connection:
        return {
            table: int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608  Ours.
            for table in ("submission", "submission_person", "answer", "answer_text")
        }


def test_fifty_presses_at_once_send_one_response_and_show_one_receipt(program: Program) -> None:
    person = Respondent(program.browser())
    person.write("Say who listens.")
    answers = at_once(presses(program, person, TIMES))
    assert [each.status_code for each in answers] == [303] * TIMES
    receipts = {each.headers["Location"] for each in answers}
    assert len(receipts) == 1
    assert counted(program) == {
        "submission": 1,
        "submission_person": 1,
        "answer": 1,
        "answer_text": 1,
    }
    assert program.browser().open(receipts.pop()).status == 200


def test_double_clicks_of_many_people_send_each_response_once(program: Program) -> None:
    people = [Respondent(program.browser()) for _ in range(8)]
    both: list[Callable[[], TestResponse]] = []
    for number, person in enumerate(people):
        person.write(f"From person {number}.")
        both += presses(program, person, 2)
    answers = at_once(both)
    assert {each.status_code for each in answers} == {303}
    assert len({each.headers["Location"] for each in answers}) == len(people)
    assert counted(program)["submission"] == len(people)


def test_a_save_and_a_send_at_once_lose_no_words(program: Program) -> None:
    """Whichever comes first: what was saved is sent, or the page shows it to its writer."""
    for _ in range(5):
        person = Respondent(program.browser())
        person.write("The first words.")
        send = presses(program, person, 1)[0]
        screen = person.open_item("culture.speaking-up")
        form = filled_in(screen.form("Save"))
        form["culture.speaking-up:comment"] = ["The second words."]
        path = screen.path
        tab = tabs(program, person, 1)[0]

        def save(
            tab: FlaskClient = tab, path: str = path, form: dict[str, list[str]] = form
        ) -> TestResponse:
            return tab.post(path, data=form)

        answers = at_once([send, save])
        receipt = next(each for each in answers if "/receipts/" in each.headers.get("Location", ""))
        saved = next(each for each in answers if each is not receipt)
        code = receipt.headers["Location"].split("/")[2]
        sent = program.browser().open(f"/receipts/{code}").text
        if saved.status_code == 303:
            assert "The second words." in sent
        else:
            assert saved.status_code == 410
            assert "The first words." in sent
            assert "The second words." in saved.text
