"""How long an export of very many answers takes, and how much memory at its peak."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from exports.tables.packages import WRITERS, Part, check_package, pack_tables
from exports.tables.writing import Column

TABLE = (*(Column(f"c{number}", f"Column {number}") for number in range(16)),)
TEXT = "We think that the statement should say what a board member does when things go wrong. "


def write_rows(suffix: str, rows: int, folder: Path) -> dict[str, float]:
    """Write, pack and check so many rows in this process; return seconds, megabytes and peak."""
    began = time.perf_counter()
    path = folder / f"table{suffix}"
    writer = WRITERS[suffix](path, title="Comments", scratch=folder)
    writer.open(TABLE)
    common = ["BM-7K3M-9QRT", "2026-12-01 09:30", "As an individual", "Governor", "Midlands"]
    for number in range(rows):
        told = [f"{number:07}", *common, "culture.speaking-up", "Speaking up", "", "Comment"]
        writer.row([*told, TEXT * 3, "", f"={number}", "", "Counts", "1"])
    part = Part(path.name, path, TABLE, writer.close())
    written = time.perf_counter()
    with (folder / "table.zip").open("w+b") as file:
        pack_tables(file, [part], {}, "")
        size = file.tell()
        check_package(file, [part])
    return {
        "rows": rows,
        "write": written - began,
        "check": time.perf_counter() - written,
        "megabytes": size / 1e6,
        "peak": peak(),
    }


def add_answers(responses: int, folder: Path) -> dict[str, float]:
    """Make a SQLite database with so many responses of 100 answers each, in this process."""
    from tests.factories.answers import an_installation_with

    began = time.perf_counter()
    an_installation_with(responses, folder)
    return {"answers": responses * 100, "seconds": time.perf_counter() - began}


def make_export(file_format: str, layout: str, folder: Path) -> dict[str, float]:
    """Make an export from such a database, as the worker does; return seconds and peak."""
    from tests.factories.answers import export_of

    began = time.perf_counter()
    finished = export_of(folder, layout, file_format)
    return {
        "rows": finished.rows,
        "responses": finished.responses,
        "seconds": time.perf_counter() - began,
        "megabytes": finished.size / 1e6,
        "peak": peak(),
    }


def peak() -> float:
    """Return the most memory that this process has used so far, in megabytes."""
    # What getrusage says is at least the size of the process that started this one.
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise LookupError("the system does not say how much memory was used")


def in_a_child(*arguments: str) -> dict[str, float]:
    """Do one of these in a process of its own and return what it measured."""
    command = [sys.executable, "-m", "tests.benchmarks.exporting", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, float] = json.loads(done.stdout)
    return found


def say(what: str, found: dict[str, float]) -> None:
    """Print a line of the table."""
    sys.stdout.write(f"{what:<48}{', '.join(f'{key} {value:g}' for key, value in found.items())}\n")
    sys.stdout.flush()


def main() -> None:
    """Print what a million rows cost in each format, and a million answers from a database."""
    for suffix in WRITERS:
        say(f"a million rows as {suffix}", in_a_child("rows", suffix, "1000000"))
    with tempfile.TemporaryDirectory(prefix="boardmark-answers-") as folder:
        say("a million answers put into SQLite", in_a_child("add", "10000", folder))
        for layout in ("comments", "responses"):
            for file_format in ("csv", "xlsx", "ods"):
                found = in_a_child("make", file_format, layout, folder)
                say(f"a million answers as {layout} in {file_format}", found)


if __name__ == "__main__":
    kind, *rest = sys.argv[1:]
    if kind == "rows":
        with tempfile.TemporaryDirectory(prefix="boardmark-rows-") as name:
            result = write_rows(rest[0], int(rest[1]), Path(name))
    elif kind == "add":
        result = add_answers(int(rest[0]), Path(rest[1]))
    else:
        result = make_export(rest[0], rest[1], Path(rest[2]))
    sys.stdout.write(json.dumps({key: round(value, 1) for key, value in result.items()}))
