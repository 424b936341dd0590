"""Hundreds of malformed posts to every public form: none is answered with an error of ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exports.worker import Press
from tests.program import Program
from tests.security.malformed import attack, attack_all
from tests.security.public_forms import PublicScene, make_scene, missing
from webapp.consultations.forms.receipt import ReceiptForm
from webapp.persistence import Database

EACH = 150


@pytest.fixture(scope="module")
def public_scene(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, press: Press
) -> Iterator[PublicScene]:
    """An installation in which every public form is on some page."""
    folder = tmp_path_factory.mktemp("public")
    path = folder / "boardmark.sqlite3"
    shutil.copyfile(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    yield make_scene(Program(database, folder, press), path)
    database.close()


def test_every_public_form_is_found_on_its_page(public_scene: PublicScene) -> None:
    assert missing(public_scene.program, public_scene.forms) == set()


# Werkzeug leaves the files of a body that breaks off in their middle to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_malformed_post_to_a_public_form_is_an_error_of_ours(public_scene: PublicScene) -> None:
    wrong = []
    for rule, statuses, faults in attack_all(public_scene, EACH):
        wrong += faults
        assert sum(statuses.values()) == EACH, rule
        # Enough of them come past the first check.
        assert statuses.total() - statuses[400] >= EACH / 10, rule
    assert wrong == []


def test_a_form_that_cannot_bear_what_is_posted_is_found(
    public_scene: PublicScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def posted(values: Any) -> Any:
        return int(values["code"])

    monkeypatch.setattr(ReceiptForm, "posted", posted)
    statuses, faults = attack(public_scene, "/receipts", 40)
    assert statuses[599] == len(faults) > 5
    assert "invalid literal for int" in faults[0]
