"""What an earlier version of the program wrote is there after the tables have changed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from alembic import command
from sqlalchemy import Connection, Uuid, column, insert, table

from tests.factories.consultations import CLOSES, DURING, OPENS
from webapp.consultations.store import drafts, submissions
from webapp.migrations import upgrade
from webapp.migrations.upgrading import alembic_config, changing_tables
from webapp.persistence import Database

DIGEST = "sha256:" + "0" * 64
IDS = {name: uuid.uuid4() for name in ("organisation", "consultation", "draft", "sent", "answer")}

ABOUT = {
    "responds_as": "individual",
    "respondent_class": "governor",
    "region": "midlands",
    "publish": "unnamed",
}
ANSWER: dict[str, Any] = {
    "item_key": "culture.speaking-up",
    "question_key": "comment",
    "position": "",
    "item_digest": DIGEST,
    "choice": "",
    "text_digest": "",
}
ROWS: dict[str, dict[str, Any]] = {
    "organisation": {
        "id": IDS["organisation"],
        "slug": "example-icb",
        "name": "Example ICB",
        "kind": "icb",
        "added_at": DURING,
    },
    "consultation": {
        "id": IDS["consultation"],
        "organisation_id": IDS["organisation"],
        "slug": "example-region",
        **dict.fromkeys(
            ("title", "purpose", "open_to_change", "not_open_to_change", "use_of_answers"), "x"
        ),
        "contact": "x",
        "framework_slug": "board-example",
        "framework_version": "1.0.0-beta.1",
        "framework_digest": DIGEST,
        "questionnaire_slug": "example-consultation",
        "questionnaire_version": "1.0.0",
        "questionnaire_digest": DIGEST,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "state": "opened",
        "revision": 1,
    },
    "draft": {
        "id": IDS["draft"],
        "consultation_id": IDS["consultation"],
        "token_hash": "the hash in a cookie",
        "started_at": DURING,
        "changed_at": DURING,
        **ABOUT,
        **dict.fromkeys(("name", "organisation_name", "gathered", "positions"), ""),
        "chosen": "culture.speaking-up",
    },
    "draft_answer": {
        "draft_id": IDS["draft"],
        **ANSWER,
        "answer_id": uuid.uuid4(),
        "text": "Half a thought",
        "salt": "salt",
        "revision": 3,
        "changed_at": DURING,
    },
    "submission": {
        "id": IDS["sent"],
        "consultation_id": IDS["consultation"],
        "key_hash": "key",
        "code_hash": "code",
        "reference": "BM-1",
        "submitted_at": DURING,
        "submitted_on": DURING.date(),
        **ABOUT,
    },
    "submission_person": {
        "submission_id": IDS["sent"],
        "name": "Sam Okafor",
        "organisation_name": "",
        "gathered": "",
    },
    "answer": {
        "id": IDS["answer"],
        "submission_id": IDS["sent"],
        **ANSWER,
        "questionnaire_version": "1.0.0",
    },
    "answer_text": {"answer_id": IDS["answer"], "text": "A whole thought", "salt": "salt"},
}


def add(connection: Connection, name: str, values: dict[str, Any]) -> None:
    kinds: dict[type, Any] = {uuid.UUID: Uuid()}
    columns: list[Any] = [column(key, kinds.get(type(value))) for key, value in values.items()]
    connection.execute(insert(table(name, *columns)).values(values))


def at_revision(database: Database, revision: str) -> None:
    with changing_tables(database) as connection:
        command.upgrade(alembic_config(connection), revision)


class TestPassesToDrafts:
    def test_what_was_begun_and_what_was_sent_is_still_there(self, bare_database: Database) -> None:
        at_revision(bare_database, "0004")
        with bare_database.writing() as session:
            for name, values in ROWS.items():
                add(session.connection(), name, _plain(values, bare_database.is_sqlite))
        upgrade(bare_database)
        with bare_database.reading() as session:
            draft = drafts.find_draft(session, IDS["consultation"], "the hash in a cookie")
            sent = submissions.find_submission(session, "code")
        assert draft is not None
        assert (draft.id, draft.is_led) == (IDS["draft"], True)
        assert [(each.given.text, each.revision) for each in draft.saved] == [("Half a thought", 3)]
        assert sent is not None
        assert sent.respondent.name == "Sam Okafor"
        assert [each.given.text for each in sent.answers] == ["A whole thought"]


def _plain(values: dict[str, Any], is_sqlite: bool) -> dict[str, Any]:
    # Without the models' types SQLite's driver would write times in a form of its own.
    if not is_sqlite:
        return values
    return {
        key: value.strftime("%Y-%m-%d %H:%M:%S.%f")
        if isinstance(value, dt.datetime)
        else value.isoformat()
        if isinstance(value, dt.date)
        else value
        for key, value in values.items()
    }
