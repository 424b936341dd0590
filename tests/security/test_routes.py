"""Every route is known, declares who may, and is in the golden file."""

from __future__ import annotations

from pathlib import Path

from tests.program import Program
from tests.security.routes import golden_lines, routes_of

GOLDEN = Path(__file__).parents[1] / "golden/routes.txt"


def test_the_golden_file_lists_every_route_with_what_it_demands(program: Program) -> None:
    made = golden_lines(program.app)
    assert made == GOLDEN.read_text("utf-8"), (
        "The routes changed. If that is meant, write the golden file again: "
        "python -m tests.security.routes > tests/golden/routes.txt"
    )


def test_no_route_is_unguarded(program: Program) -> None:
    assert [str(route) for route in routes_of(program.app) if route.declared is None] == []


def test_a_route_about_one_thing_asks_whose_it_is(program: Program) -> None:
    # A public page shows what anybody may see, and the secret in the address is the proof there.
    public = {
        "catalogue:read",
        "consultation:read",
        "consultation:preview",
        "response:write",
        "receipt:read",
        "receipt:change",
        "session:start",
        "equality:answer",
        "notices:receive",
    }
    blind = [
        str(route)
        for route in routes_of(program.app)
        if "<" in route.rule
        and route.declared is not None
        and route.declared.subject is None
        and route.declared.permission.value not in public
    ]
    assert blind == []
