from __future__ import annotations

import pytest

from tests.unit.cli.conftest import Terminal

ANN = "ann@example.org"


@pytest.fixture
def northmoor(terminal: Terminal) -> Terminal:
    """A terminal with an organisation to work in."""
    terminal.ok("db", "upgrade")
    terminal.ok("users", "organisation", "northmoor", "Northmoor NHS Trust")
    return terminal


class TestUsers:
    def test_somebody_is_added_with_a_role_and_listed(self, northmoor: Terminal) -> None:
        role = ("--organisation", "northmoor", "--role", "recruiter")
        assert northmoor.ok("users", "add", ANN, "--name", "Ann Bell", *role) == f"Added {ANN}.\n"
        assert northmoor.ok("users", "list") == f"{ANN}  Ann Bell  recruiter at northmoor\n"

    def test_a_role_is_granted_once_and_taken_away_once(self, northmoor: Terminal) -> None:
        northmoor.ok("users", "add", ANN, "--name", "Ann Bell")
        words = (ANN, "board-secretary", "--organisation", "northmoor")
        assert "is now board-secretary" in northmoor.ok("users", "grant", *words)
        assert "was already board-secretary" in northmoor.ok("users", "grant", *words)
        assert "is no longer board-secretary" in northmoor.ok("users", "revoke", *words)
        assert "was not board-secretary" in northmoor.ok("users", "revoke", *words)
        assert northmoor.ok("users", "list") == f"{ANN}  Ann Bell  no role\n"

    def test_somebody_is_disabled_and_enabled_again(self, northmoor: Terminal) -> None:
        northmoor.ok("users", "add", ANN, "--name", "Ann Bell")
        assert northmoor.ok("users", "disable", ANN) == f"{ANN} can no longer sign in.\n"
        assert northmoor.ok("users", "disable", ANN) == f"{ANN} could already not sign in.\n"
        assert northmoor.ok("users", "list").endswith("no role  disabled\n")
        assert northmoor.ok("users", "enable", ANN) == f"{ANN} can sign in again.\n"
        assert northmoor.ok("users", "enable", ANN) == f"{ANN} could already sign in.\n"

    def test_a_role_without_its_organisation_adds_nobody(self, northmoor: Terminal) -> None:
        result = northmoor.run("users", "add", ANN, "--name", "Ann", "--role", "recruiter")
        assert result.exit_code == 2
        assert northmoor.ok("users", "list") == ""

    def test_an_organisation_that_is_not_there_adds_nobody(self, northmoor: Terminal) -> None:
        role = ("--organisation", "southmoor", "--role", "recruiter")
        assert "southmoor" in northmoor.wrong("users", "add", ANN, "--name", "Ann Bell", *role)
        assert northmoor.ok("users", "list") == ""

    def test_somebody_is_added_once(self, northmoor: Terminal) -> None:
        northmoor.ok("users", "add", ANN, "--name", "Ann Bell")
        assert ANN in northmoor.wrong("users", "add", "Ann@Example.org", "--name", "Ann")

    def test_nobody_of_that_address_is_said(self, northmoor: Terminal) -> None:
        assert ANN in northmoor.wrong("users", "disable", ANN)
