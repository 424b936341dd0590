"""Checks that no tracked file names a package registry's host or a path of somebody's machine.

Such a name would make the locks useless elsewhere, and says more about a machine than it should.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Written so that this file does not match itself.
HOSTS = (r"pypi[.]org", r"pythonhosted[.]org", r"npmjs[.](org|com)", r"yarnpkg[.]com")
FOLDERS = (r"/work/(main|shared|[.]library)", r"/root[/]", r"/home/[a-z]", r"/Users/[A-Za-z]")
UNWANTED = re.compile("|".join((*HOSTS, *(rf"(?<![\w.]){folder}" for folder in FOLDERS))))


def tracked_files() -> list[Path]:
    """Return the files of the checkout that git knows, without what is deleted."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def unwanted(path: Path) -> list[str]:
    """Return `file:line: message` for each line that names what it must not."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
    return [
        f"{path.relative_to(ROOT)}:{number}: names {found[0]}"
        for number, line in enumerate(lines, start=1)
        if (found := UNWANTED.search(line))
    ]


def main() -> int:
    """Print what is found; return the exit status."""
    problems = [problem for path in tracked_files() for problem in unwanted(path)]
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
