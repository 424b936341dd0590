"""Route × role × owner: everyone who may not, may not, also by direct post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from exports.worker import Press
from tests.pages.client import Client
from tests.program import Program
from tests.security.attempts import FORMS, address
from tests.security.routes import routes_of
from tests.security.scene import STATES, Scene, Snapshot
from tests.security.table import EVERYBODY, STAFF_ROUTES, review_routes

PUBLIC = {
    "catalogue:read",
    "health:read",
    "session:start",
    "session:end",
    "consultation:read",
    "consultation:preview",
    "response:write",
    "receipt:read",
    "receipt:change",
    "equality:answer",
    "notices:receive",
}


@dataclass(frozen=True)
class Attempt:
    """One person at one route."""

    scene: Scene
    route: str
    who: str

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    @property
    def rule(self) -> str:
        return self.route.partition(" ")[2]

    def send(self, browser: Client, proof: str) -> TestResponse:
        path = address(self.rule, self.scene.snapshot.addresses)
        if self.method == "GET":
            return browser.flask.get(path)
        return browser.flask.post(path, data={**FORMS.get(self.rule, {}), "csrf_token": proof})

    def outcome(self, response: TestResponse) -> str:
        """Return `in`, `out`, or the status where it is neither."""
        status, to = response.status_code, response.headers.get("Location", "")
        is_sent_to_sign_in = status == 303 and to.startswith("/sign-in?next=")
        if self.who == "public":
            out = is_sent_to_sign_in if self.method == "GET" else status == 401
        else:
            out = status == 403
        if out:
            return "out"
        let_in = status in (200, 303, 404, 409, 410, 422) and not is_sent_to_sign_in
        return "in" if let_in else str(status)


@pytest.fixture
def scene(
    request: pytest.FixtureRequest, snapshots: dict[str, Snapshot], tmp_path: Path, press: Press
) -> Iterator[Scene]:
    with snapshots[request.param].opened(tmp_path, press) as scene:
        yield scene


def try_everything(scene: Scene, table: Mapping[str, frozenset[str]]) -> list[str]:
    """Try every route as everybody, first those who may not; return what went otherwise."""
    wrong = []
    known = EVERYBODY & ({"public"} | scene.snapshot.cookies.keys())
    browsers = {who: scene.browser(who) for who in known}
    proofs = {who: browser.proof() for who, browser in browsers.items()}
    before = scene.rows()
    for route, allowed in table.items():
        for who in sorted(known - allowed):
            attempt = Attempt(scene, route, who)
            response = attempt.send(browsers[who], proofs[who])
            if attempt.outcome(response) != "out":
                wrong.append(f"{route} as {who}: {response.status}, should be refused")
    if scene.rows() != before:
        wrong.append("somebody who was refused changed a row")
    for route, allowed in table.items():
        for who in sorted(known & allowed):
            attempt = Attempt(scene, route, who)
            response = attempt.send(browsers[who], proofs[who])
            if attempt.outcome(response) != "in":
                wrong.append(f"{route} as {who}: {response.status}, should be let in")
            if attempt.method == "POST":
                scene.put_back()
    return wrong


@pytest.mark.parametrize("scene", ["signed"], indirect=True)
def test_staff_pages_are_for_those_of_the_role_in_the_organisation(scene: Scene) -> None:
    assert try_everything(scene, STAFF_ROUTES) == []


@pytest.mark.parametrize("scene", STATES, indirect=True)
def test_a_review_is_for_those_whom_it_concerns_when_it_concerns_them(scene: Scene) -> None:
    state = scene.snapshot.path.stem
    assert try_everything(scene, review_routes(state)) == []


@pytest.mark.parametrize("scene", ["signed"], indirect=True)
def test_the_attempts_would_do_something_if_they_were_let_through(scene: Scene) -> None:
    """A refusal proves little where the post was malformed anyway."""
    proofs = {"lead": "", "recruiter": "", "administrator": "", "appraiser": ""}
    idle = []
    for route, allowed in STAFF_ROUTES.items():
        who = next(iter(sorted(allowed & proofs.keys())), None)
        if not route.startswith("POST") or who is None:
            continue
        browser = scene.browser(who)
        before = scene.rows()
        Attempt(scene, route, who).send(browser, browser.proof())
        if scene.rows() == before:
            idle.append(f"{route} as {who}")
        scene.put_back()
    # An open consultation is neither edited nor opened again, a preview or a check only shows, and
    # what needs a file comes without one; nor are stored files with a copy of the rows.
    harmless = (
        *("/edit", "/documents", "/preview-links", "/open"),
        *("/notices/new", "/outreach/list", "/revise as", "/imports/new", "/sources as"),
        "/<uuid:intake_id>/original as",
    )
    assert [each for each in idle if not any(part in each for part in harmless)] == []


@pytest.mark.parametrize("scene", ["shared"], indirect=True)
def test_a_post_without_proof_of_origin_is_refused_everywhere(scene: Scene) -> None:
    table = {**STAFF_ROUTES, **review_routes("shared")}
    wrong = []
    before = scene.rows()
    for route in routes_of(scene.program.app):
        if route.method != "POST":
            continue
        allowed = table.get(route.name, frozenset({"public"}))
        who = min(allowed & ({"public"} | scene.snapshot.cookies.keys()))
        for proof in ("", "planted", scene.browser("public").proof()):
            response = Attempt(scene, route.name, who).send(scene.browser(who), proof)
            if response.status_code != 400:
                wrong.append(f"{route.name} as {who}: {response.status}")
    if scene.rows() != before:
        wrong.append("a post without proof changed a row")
    assert wrong == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_tables_name_every_route_that_is_not_public(program: Program) -> None:
    named = STAFF_ROUTES.keys() | review_routes("draft").keys()
    guarded = {
        route.name
        for route in routes_of(program.app)
        if route.declared is not None and route.declared.permission.value not in PUBLIC
    }
    assert guarded == named


@pytest.mark.parametrize("scene", ["signed"], indirect=True)
def test_every_public_address_answers_everybody(scene: Scene) -> None:
    wrong = []
    for who in ("public", "recruiter", "its appraisee"):
        browser = scene.browser(who)
        for route in routes_of(scene.program.app):
            public = route.declared is not None and route.declared.permission.value in PUBLIC
            if public and route.method == "GET":
                response = browser.flask.get(address(route.rule, scene.snapshot.addresses))
                if response.status_code not in (200, 303, 404, 410):
                    wrong.append(f"{route.name} as {who}: {response.status}")
    assert wrong == []


@pytest.mark.parametrize("scene", ["signed"], indirect=True)
def test_what_is_not_there_is_refused_like_what_is_not_theirs(scene: Scene) -> None:
    nobodys = "00000000-0000-4000-8000-000000000000"
    for path in (f"/reviews/{nobodys}", f"/vacancies/{nobodys}", "/organisations/nowhere"):
        response = scene.browser("public").flask.get(path)
        assert response.status_code == 303
        assert response.location.startswith("/sign-in?next=")
        assert scene.browser("recruiter").flask.get(path).status_code == 404


@pytest.mark.parametrize("scene", ["signed"], indirect=True)
def test_a_consultation_is_not_reached_through_another_organisation(scene: Scene) -> None:
    far = scene.browser("far lead")
    far.open("/organisations/elsewhere/consultations/example-region", status=404)
    far.open("/organisations/elsewhere/consultations/not-yet", status=404)
    # Nor does its address tell the public that a draft is being written.
    scene.browser("public").open("/consultations/not-yet", status=404)
