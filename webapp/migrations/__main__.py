"""Write the next migration from what the models say: `python -m webapp.migrations MESSAGE`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from webapp.migrations.upgrading import alembic_config, changing_tables, upgrade
from webapp.persistence import Database


def write_revision(message: str) -> None:
    """Compare the models with the tables that the migrations so far make."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'tables.sqlite3'}")
        head = ScriptDirectory.from_config(alembic_config(None)).get_current_head()
        if head is not None:
            upgrade(database)
        with changing_tables(database) as connection:
            number = f"{int(head or 0) + 1:04}"
            config = alembic_config(connection)
            config.attributes["first"] = head is None
            command.revision(config, message, autogenerate=True, rev_id=number)
        database.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m webapp.migrations MESSAGE")
    write_revision(sys.argv[1])
