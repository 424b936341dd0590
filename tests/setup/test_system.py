"""What set-up does about something that the system lacks."""

import pytest

from setup import system

ABSENT = system.Need("the browser Netscape", "netscape", lambda: False)


@pytest.fixture(autouse=True)
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(system.NEEDS, "test", (*system.PROGRAM, ABSENT))


def test_without_the_right_to_install_it_says_the_one_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "privilege", lambda: None)

    assert system.main(["test"]) == 1

    said = capsys.readouterr()
    assert said.out == "Missing on this system: the browser Netscape\n"
    assert said.err.endswith("sudo apt-get install netscape\n")


def test_what_is_still_missing_after_installing_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed: list[str] = []

    def install(_prefix: list[str], packages: list[str]) -> bool:
        installed.extend(packages)
        return True

    monkeypatch.setattr(system, "privilege", list)
    monkeypatch.setattr(system, "install", install)

    assert system.main(["test"]) == 1

    assert installed == ["netscape"]
    assert "Still missing: the browser Netscape" in capsys.readouterr().err


def test_nothing_is_said_when_nothing_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert system.main(["program"]) == 0

    assert capsys.readouterr().out == ""


def test_every_check_can_say_no() -> None:
    assert not system.library("libnetscape.so.4")()
    assert not system.command("netscape-navigator", "ncsa-mosaic")()
    assert not system.file("/usr/share/java/netscape.jar")()
    assert not system.module("netscape")()
