"""What people see when something goes wrong, and what becomes of what they typed."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages.client import filled_in
from tests.pages.contract import check_page
from tests.program import Program
from tests.unit.web.planted import FAILURES
from webapp.accounts.services import find_organisation
from webapp.web.headers import HEADERS

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"name": "Ada <b>& Co", "notes": "\n first\n\nsecond </textarea>"}


@pytest.fixture
def client(program: Program) -> FlaskClient:
    return program.app.test_client()


def page_of(response: TestResponse) -> BeautifulSoup:
    soup = BeautifulSoup(response.text, "lxml")
    check_page(response, soup, response.request.path)
    return soup


def kept(response: TestResponse) -> dict[str, str]:
    """Return what the page offers to send again."""
    form = page_of(response).select_one("main form")
    found = filled_in(form) if form else {}
    return {name: values[0] for name, values in found.items() if name != "csrf_token"}


def proof(client: FlaskClient) -> str:
    page = BeautifulSoup(client.get("/sign-in").text, "lxml")
    return filled_in(page)["csrf_token"][0]


class TestEveryErrorPage:
    @pytest.mark.parametrize("how", FAILURES)
    def test_keeps_the_contract_of_pages_and_its_status(
        self, client: FlaskClient, how: str
    ) -> None:
        response = client.get(f"/planted/fail/{how}")
        assert response.status_code == FAILURES[how][1]
        page_of(response)

    @pytest.mark.parametrize("path", [*(f"/planted/fail/{how}" for how in FAILURES), "/nowhere"])
    def test_has_every_header_and_stays_out_of_caches(self, client: FlaskClient, path: str) -> None:
        response = client.get(path)
        for name, value in HEADERS.items():
            assert response.headers[name] == value
        assert response.headers["Cache-Control"] == "no-store"

    def test_a_defect_is_logged_with_its_place_and_nobodys_words(
        self, client: FlaskClient, caplog: pytest.LogCaptureFixture
    ) -> None:
        client.get("/planted/fail/defect")
        logged = caplog.text
        assert "unforeseen failure: builtins.ZeroDivisionError" in logged
        assert "planted.py" in logged
        assert "ZeroDivisionError: planted" not in logged

    def test_says_what_the_program_says(self, client: FlaskClient) -> None:
        assert "Jo Hall saved this first." in client.get("/planted/fail/conflict").text

    @pytest.mark.parametrize("how", ["defect", "unprinted"])
    def test_tells_nothing_of_a_defect(self, client: FlaskClient, how: str) -> None:
        response = client.get(f"/planted/fail/{how}")
        assert "planted" not in response.text.replace("/planted/", "")
        assert "Traceback" not in response.text

    @pytest.mark.parametrize("how", ["locked", "queued"])
    def test_says_when_to_try_again_where_that_helps(self, client: FlaskClient, how: str) -> None:
        assert client.get(f"/planted/fail/{how}").headers["Retry-After"] == "30"

    @pytest.mark.parametrize("path", ["/nowhere", "/planted/fail/%00", "/frameworks/a%1fb"])
    def test_of_an_address_that_is_nowhere_is_a_page(self, client: FlaskClient, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 404
        assert page_of(response).h1 is not None

    def test_of_a_method_that_is_not_served_says_which_are(self, client: FlaskClient) -> None:
        response = client.delete("/sign-in")
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]


class TestAPostWithoutProof:
    def test_keeps_what_was_typed_and_sends_it_again(
        self, client: FlaskClient, program: Program
    ) -> None:
        refused = client.post("/planted/add/well", data=TYPED, headers=SAME_SITE)
        assert refused.status_code == 400
        assert kept(refused) == TYPED

        form = page_of(refused).select_one("main form")
        assert form is not None
        again = client.post("/planted/add/well", data=filled_in(form), headers=SAME_SITE)
        assert again.status_code == 303
        with program.database.reading() as session:
            found = find_organisation(session, "planted")
        assert found is not None
        assert found.name == TYPED["name"]

    def test_from_an_old_browser_of_this_site_keeps_it_too(self, client: FlaskClient) -> None:
        headers = {"Origin": "http://localhost"}
        assert kept(client.post("/planted/add/well", data=TYPED, headers=headers)) == TYPED

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none", "Origin": "http://localhost"},
            {"Origin": "http://evil.example"},
            {"Origin": "http://localhost:81"},
            {"Origin": "null"},
        ],
    )
    def test_from_elsewhere_is_not_offered_under_our_name(
        self, client: FlaskClient, headers: dict[str, str]
    ) -> None:
        refused = client.post("/planted/add/well", data=TYPED, headers=headers)
        assert refused.status_code == 400
        assert kept(refused) == {}
        assert "Ada" not in refused.text

    def test_writes_nothing(self, client: FlaskClient, program: Program) -> None:
        client.post("/planted/add/well", data=TYPED)
        with program.database.reading() as session:
            assert find_organisation(session, "planted") is None

    def test_with_the_proof_of_another_browser_is_refused(
        self, client: FlaskClient, program: Program
    ) -> None:
        theirs = proof(program.app.test_client())
        client.get("/sign-in")
        assert client.post("/planted/add/well", data={"csrf_token": theirs}).status_code == 400


class TestAPostAfterTheSessionEnded:
    def test_keeps_what_was_typed_until_somebody_is_signed_in(self, client: FlaskClient) -> None:
        data = {**TYPED, "csrf_token": proof(client)}
        refused = client.post("/planted/hidden", data=data, headers=SAME_SITE)
        assert refused.status_code == 401
        assert kept(refused) == TYPED
        assert page_of(refused).select_one("main a[target=_blank][href='/sign-in']")

    def test_does_not_offer_what_another_site_sent(self, client: FlaskClient) -> None:
        data = {**TYPED, "csrf_token": proof(client)}
        headers = {"Sec-Fetch-Site": "cross-site"}
        assert kept(client.post("/planted/hidden", data=data, headers=headers)) == {}


class TestLimits:
    def test_a_body_over_the_limit_gets_a_page(self, client: FlaskClient, program: Program) -> None:
        data = {"name": "x" * (program.settings.max_body + 1)}
        response = client.post("/planted/add/well", data=data, headers=SAME_SITE)
        assert response.status_code == 413
        assert "what you typed is still there" in page_of(response).get_text()

    def test_a_form_of_too_many_parts_gets_a_page(
        self, client: FlaskClient, program: Program
    ) -> None:
        data = {f"f{number}": "x" for number in range(program.settings.max_form_parts + 1)}
        response = client.post(
            "/planted/add/well", data=data, content_type="multipart/form-data", headers=SAME_SITE
        )
        assert response.status_code == 413
        page_of(response)


class TestAnAddressThatIsNotOurs:
    @pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:80"])
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_is_refused_without_a_page_and_with_the_headers(
        self, client: FlaskClient, host: str, method: str
    ) -> None:
        response = client.open("/sign-in", method=method, headers={"Host": host})
        assert response.status_code == 400
        assert host not in response.text
        assert response.mimetype == "text/plain"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
