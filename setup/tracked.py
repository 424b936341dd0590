"""Checks that no tracked file names a package index or a path of somebody's machine.

Such a name would make the locks useless elsewhere, and says more about a machine than it should.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What says where packages come from may hold no address at all.
SOURCES = re.compile(
    r"(^|/)(requirements/.*|package(-lock)?\.json|pyproject\.toml|setup\.cfg|\..*rc)$"
)
ADDRESS = re.compile(r"https?://[^\s\"']+")
INDEX = re.compile(r"(?<![\w-])--(extra-)?index-url\b|\"resolved\":")
HOMES = re.compile(r"(?<![\w./])/(home|Users)/[A-Za-z][^\s\"']*")


def tracked_files() -> list[Path]:
    """Return the files of the checkout that git knows, without what is deleted."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def unwanted(path: Path) -> list[str]:
    """Return `file:line: message` for each line that names what it must not."""
    name = path.relative_to(ROOT).as_posix()
    patterns = [INDEX, HOMES, _this_machine()]
    if SOURCES.search(name):
        patterns.append(ADDRESS)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
    return [
        f"{name}:{number}: names {found[0]}"
        for number, line in enumerate(lines, start=1)
        for pattern in patterns
        if (found := pattern.search(line))
    ]


def _this_machine() -> re.Pattern[str]:
    # The folders of whoever runs this: their names are nowhere in the project.
    folders = {str(ROOT), str(Path.home())} - {"/"}
    return re.compile(
        "|".join(rf"(?<![\w.]){re.escape(folder)}(?=/)" for folder in sorted(folders))
    )


def main() -> int:
    """Print what is found; return the exit status."""
    problems = [problem for path in tracked_files() for problem in unwanted(path)]
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
