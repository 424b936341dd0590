"""The program `boardmark`: one line on standard error says what is wrong, and nothing half-done."""

from __future__ import annotations

from webapp.cli.program import program


def main() -> None:
    """Run the program; exit 0, 1 for what is wrong, 2 for wrong usage."""
    program(prog_name="boardmark")


__all__ = ["main", "program"]
