"""Looks for what Boardmark needs from the system and installs what is missing.

    python3 setup/system.py program     what running needs
    python3 setup/system.py test        what running and testing need

It looks for the library or the command itself, so that one from elsewhere counts too. What is
missing is installed with apt-get when this may be done without a password; otherwise the one
command to type is printed and the exit status is 1. Standard library only: it runs before the
virtual environment exists.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Need(NamedTuple):
    """Something that has to be there, how to see whether it is, and Debian's package with it."""

    what: str
    package: str
    is_there: Callable[[], bool]


def library(name: str) -> Callable[[], bool]:
    """Return a check that the shared library of that file name can be loaded."""

    def is_there() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return is_there


def command(*names: str) -> Callable[[], bool]:
    """Return a check that one of the commands is on the path."""
    return lambda: any(shutil.which(name) for name in names)


def file(path: str) -> Callable[[], bool]:
    """Return a check that the file is there."""
    return Path(path).is_file


def module(name: str) -> Callable[[], bool]:
    """Return a check that this Python has the module."""
    return lambda: importlib.util.find_spec(name) is not None


def faketime_library() -> Path | None:
    """Return the library that gives a process another clock, or None."""
    return next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)


# Debian ships Python without the part that makes virtual environments.
PROGRAM = (
    Need("Python's venv", "python3-venv", module("ensurepip")),
    Need("Pango", "libpango-1.0-0", library("libpango-1.0.so.0")),
    Need("Pango for FreeType", "libpangoft2-1.0-0", library("libpangoft2-1.0.so.0")),
    Need("HarfBuzz subsetting", "libharfbuzz-subset0", library("libharfbuzz-subset.so.0")),
)
TEST = (
    *PROGRAM,
    Need("the browser Chromium", "chromium", command("chromium")),
    Need("a Java compiler", "default-jdk-headless", command("javac")),
    Need("JAXB for veraPDF", "libjaxb-java", file("/usr/share/java/jaxb-impl.jar")),
    Need("Poppler's commands", "poppler-utils", command("pdftotext")),
    Need("another clock for a process", "libfaketime", lambda: faketime_library() is not None),
)
NEEDS = {"program": PROGRAM, "test": TEST}


def missing(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """Return the needs that this system does not meet, in order."""
    return tuple(need for need in needs if not need.is_there())


def privilege() -> list[str] | None:
    """Return what to put before a command so that it runs as root, None if that needs a person."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def install(prefix: list[str], packages: list[str]) -> bool:
    """Install Debian packages without a question; return whether it worked."""
    quiet_apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*quiet_apt, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            print(done.stdout, file=sys.stderr)
            return False
    return True


def main(arguments: list[str]) -> int:
    """Install what is missing for the named purpose; return the exit status."""
    if len(arguments) != 1 or arguments[0] not in NEEDS:
        print("usage: python3 setup/system.py program|test", file=sys.stderr)
        return 2
    needs = NEEDS[arguments[0]]
    absent = missing(needs)
    if not absent:
        return 0
    print("Missing on this system: " + ", ".join(need.what for need in absent))
    packages = [need.package for need in absent]
    by_hand = "apt-get install " + " ".join(packages)
    prefix = privilege() if shutil.which("apt-get") else None
    if prefix is None:
        print(f"Please install them, then start again: sudo {by_hand}", file=sys.stderr)
        return 1
    print(f"Installing Debian packages: {' '.join(packages)}")
    # A second look, because a package may not hold what its name promises.
    if not install(prefix, packages) or (absent := missing(needs)):
        names = ", ".join(need.what for need in absent)
        print(f"Still missing: {names}. Please install them: sudo {by_hand}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
