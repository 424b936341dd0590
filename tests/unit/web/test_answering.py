"""One request, one transaction, one guard."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO

import pytest
from flask.testing import EnvironBuilder, FlaskClient

from tests.program import Program
from tests.unit.web.test_errors import proof
from webapp.accounts.services import find_organisation
from webapp.security import POLICY, Identity, Permission, Role, Subject, permits
from webapp.web.headers import HEADERS
from webapp.web.room import Room


@pytest.fixture
def client(program: Program) -> FlaskClient:
    return program.app.test_client()


def is_added(program: Program) -> bool:
    with program.database.reading() as session:
        return find_organisation(session, "planted") is not None


class TestAPost:
    @pytest.mark.parametrize(
        ("how", "status", "stays"),
        [
            ("well", 303, True),
            ("refused", 422, False),
            ("conflict", 409, False),
            ("defect", 500, False),
            # The transaction is over before a page is made.
            ("unrenderable", 500, True),
        ],
    )
    def test_keeps_its_writes_only_where_it_went_well(
        self, client: FlaskClient, program: Program, how: str, status: int, stays: bool
    ) -> None:
        response = client.post(f"/planted/add/{how}", data={"csrf_token": proof(client)})
        assert response.status_code == status
        assert is_added(program) is stays

    def test_loses_the_characters_that_nobody_types(
        self, client: FlaskClient, program: Program
    ) -> None:
        data = {"csrf_token": proof(client), "name": "A\x00da\x1b\x7f"}
        client.post("/planted/add/well", data=data)
        with program.database.reading() as session:
            found = find_organisation(session, "planted")
        assert found is not None
        assert found.name == "Ada"


class TestAFile:
    """A form with a file is looked at before the database is written to."""

    def send(self, client: FlaskClient, address: str, content: bytes, name: str = "a.pdf") -> str:
        data = {"csrf_token": proof(client), "file": (BytesIO(content), name)}
        builder = EnvironBuilder(client.application, address, method="POST", data=data)
        environ = builder.get_environ()
        # A large body is in a file of its own, which is ours to close.
        with closing(builder), environ["wsgi.input"]:
            return client.open(environ).get_data(True)

    def test_may_be_larger_than_a_form_without_one(self, client: FlaskClient) -> None:
        assert "a.pdf: 10000000 bytes." in self.send(client, "/planted/file", b"x" * 10_000_000)

    def test_may_not_be_larger_than_anything_we_take(self, client: FlaskClient) -> None:
        page = self.send(client, "/planted/file", b"x" * 11_100_000)
        assert "The file is too large" in page
        assert "A file may have 10 MB." in page

    def test_does_not_make_other_forms_larger(self, client: FlaskClient) -> None:
        page = self.send(client, "/planted/add/well", b"x" * 2_000_000)
        assert "The file is too large" in page

    def test_that_was_not_chosen_is_none(self, client: FlaskClient) -> None:
        assert "No file." in self.send(client, "/planted/file", b"", name="")

    def test_of_somebody_who_may_not_send_it_is_not_looked_at(self, client: FlaskClient) -> None:
        assert "Sign in" in self.send(client, "/planted/hidden-file", b"x")


class TestAGet:
    def test_cannot_write(self, client: FlaskClient, program: Program) -> None:
        assert client.get("/planted/write").status_code == 500
        assert not is_added(program)

    def test_of_what_is_not_open_looks_the_same_whether_or_not_it_exists(
        self, client: FlaskClient
    ) -> None:
        there, not_there = (client.get(f"/planted/hidden/{number}") for number in (3, 4))
        assert there.status_code == not_there.status_code == 303
        assert there.location.replace("3", "4") == not_there.location
        assert "/sign-in?next=" in there.location

    def test_by_somebody_signed_in_tells_what_is_not_theirs_from_what_is_not(
        self, program: Program
    ) -> None:
        browser = program.staff(Role.RECRUITER)
        browser.open("/planted/hidden/3", status=403)
        browser.open("/planted/hidden/4", status=404)


class TestASession:
    def test_that_is_used_goes_on(self, program: Program) -> None:
        browser = program.staff(Role.RECRUITER)
        for _ in range(4):
            program.clock.move(hours=1, minutes=50)
            assert browser.open("/staff").path == "/staff"

    def test_that_was_idle_is_over(self, program: Program) -> None:
        browser = program.staff(Role.RECRUITER)
        program.clock.move(hours=2, minutes=1)
        assert browser.open("/staff").path.startswith("/sign-in")
        # Nor does any other page claim that somebody is signed in.
        assert "Sign out" not in browser.open("/").response.text


class TestTheCookie:
    def test_is_out_of_reach_of_scripts_and_other_sites(self, client: FlaskClient) -> None:
        cookie = client.get("/sign-in").headers["Set-Cookie"]
        assert cookie.startswith("boardmark=")
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie

    def test_is_bound_to_the_host_and_to_tls_where_there_is_tls(self, program: Program) -> None:
        secure = Program(
            program.database, program.home, program.press, url="https://boards.example"
        )
        response = secure.app.test_client().get("/sign-in", base_url=secure.url)
        cookie = response.headers["Set-Cookie"]
        assert cookie.startswith("__Host-boardmark=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert "max-age" in response.headers["Strict-Transport-Security"]

    def test_is_not_set_for_reading(self, client: FlaskClient) -> None:
        assert "Set-Cookie" not in client.get("/").headers


class TestAView:
    def test_that_declares_no_permission_cannot_be_registered(self) -> None:
        room = Room("bare", "tests.bare")
        for declare in (room.get, room.post):
            with pytest.raises(TypeError, match="permission"):
                declare("/bare")  # type: ignore[call-arg]  # what this is about

    def test_cannot_be_registered_past_the_guard(self) -> None:
        room = Room("bare", "tests.bare")
        for declare in (room.route, room.put, room.patch, room.delete):
            with pytest.raises(TypeError, match="permission"):
                declare("/bare")

    def test_with_a_permission_that_the_policy_lacks_is_denied_to_everyone(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert permits(Identity(), Permission.CATALOGUE_READ, Subject())
        monkeypatch.setattr("webapp.security.policy.POLICY", {})
        assert not permits(Identity(), Permission.CATALOGUE_READ, Subject())

    def test_finds_every_permission_in_the_policy(self) -> None:
        assert set(POLICY) == set(Permission)


@pytest.mark.parametrize("path", ["/static/css/boardmark.css", "/static/vendor/nhsuk.js"])
def test_a_static_file_is_only_what_it_says(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        assert response.status_code == 200
        for name, value in HEADERS.items():
            assert response.headers[name] == value
        assert "Access-Control-Allow-Origin" not in response.headers
        assert "max-age" in response.headers["Cache-Control"]
