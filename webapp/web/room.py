"""A blueprint whose pages each declare who may see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint

from webapp.security import Permission, Subject
from webapp.web.answering import answer
from webapp.web.replies import Reply
from webapp.web.tasks import Task
from webapp.web.visit import TakesFile

View = Callable[..., Reply]
SubjectOf = Callable[..., Subject | None]


@dataclass(frozen=True)
class Declared:
    """What a route demands, for the guard and for the golden list of routes."""

    permission: Permission
    subject: SubjectOf | None
    takes_file: bool = False


class Room(Blueprint):
    """One part of the service with its pages and templates."""

    def __init__(self, name: str, import_name: str, *, tasks: tuple[Task, ...] = ()) -> None:
        """Take the room's name, its package and the tasks it offers to staff."""
        package = import_name.rpartition(".")[0] or import_name
        super().__init__(name, package, template_folder="templates")
        self.tasks = tasks
        self.declared: dict[str, Declared] = {}

    def get(  # type: ignore[override]  # Flask's shortcut knows no permissions.
        self, rule: str, *, permission: Permission, subject: SubjectOf | None = None
    ) -> Callable[[View], View]:
        """Serve a page that changes nothing."""
        return self._serve(rule, "GET", permission, subject)

    def post(  # type: ignore[override]  # Flask's shortcut knows no permissions.
        self,
        rule: str,
        *,
        permission: Permission,
        subject: SubjectOf | None = None,
        takes_file: TakesFile | None = None,
    ) -> Callable[[View], View]:
        """Take a form in one writing transaction.

        `takes_file` makes `Visit.sent` of the file in the field `file`, before that transaction
        and only for who may post here; such a form may be as large as `FILE_FORM_BYTES`.
        """
        return self._serve(rule, "POST", permission, subject, takes_file)

    def route(self, rule: str, **options: Any) -> Any:
        """Refuse Flask's own way to add a page, and with it `put`, `patch` and `delete`."""
        raise TypeError("a page declares its permission: use get or post")

    def _serve(
        self,
        rule: str,
        method: str,
        permission: Permission,
        subject: SubjectOf | None,
        takes_file: TakesFile | None = None,
    ) -> Callable[[View], View]:
        def register(view: View) -> View:
            def handle(**view_args: Any) -> Any:
                return answer(view, permission, subject, view_args, takes_file)

            name = view.__name__
            self.declared[f"{self.name}.{name}"] = Declared(
                permission, subject, takes_file is not None
            )
            self.add_url_rule(rule, name, handle, methods=[method])
            return view

        return register
