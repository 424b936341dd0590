"""What Alembic runs: the tables of every room, on the connection that it is handed."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from webapp.migrations.models import METADATA
from webapp.persistence import UtcDateTime

TESTS_OWN = "test_"


def is_ours(_object: Any, name: str | None, *_rest: Any) -> bool:
    """Leave out the tables that only tests have."""
    return not (name or "").startswith(TESTS_OWN)


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own type as SQLAlchemy's, so that a migration stays true when ours changes."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    include_object=is_ours,
    render_item=plain_type,
    # SQLite changes a table by rebuilding it; the very first tables need none of that.
    render_as_batch=not context.config.attributes.get("first", False),
    # SQLite can take back a change of tables when the transaction is begun by hand, as ours is.
    transactional_ddl=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
