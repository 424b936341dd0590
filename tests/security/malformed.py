"""Ten thousand malformed posts to each public form: `make malformed`.

    python -m tests.security.malformed [POSTS]

Prints a line for each route, and ends with 1 where any was answered with an error of ours.
"""

from __future__ import annotations

import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import make_tables
from tests.program import Program
from tests.security.conftest import BlankPress
from tests.security.hostile import became_markup
from tests.security.mutations import Post, mutated, post_of
from tests.security.public_forms import PublicForm, PublicScene, make_scene, missing
from webapp.persistence import Database

POSTS = 10_000
LOOKED_AT_EVERY = 25
"""Reading a page takes longer than making it."""


def send(scene: PublicScene, form: PublicForm, post: Post) -> tuple[int, str]:
    """Send one post, and return the status with the page; 599 and why where the program failed."""
    client = scene.program.app.test_client()
    scene.program.clock.now = form.now
    if post.cookie:
        client.set_cookie(scene.program.app.config["SESSION_COOKIE_NAME"], post.cookie)
    path, _, query = form.path.partition("?")
    try:
        answer = client.post(
            path,
            data=post.content,
            content_type=post.kind,
            query_string="&".join(each for each in (query, post.query) if each),
            headers=post.headers,
        )
    except Exception:
        return 599, traceback.format_exc(limit=-6)
    with answer:
        return answer.status_code, answer.text if answer.mimetype == "text/html" else ""


def attack(
    scene: PublicScene, rule: str, posts: int, seed: int = 1
) -> tuple[Counter[int], list[str]]:
    """Send so many malformed posts to one route; return the statuses, and what went wrong."""
    chance = random.Random(f"{seed} {rule}")  # noqa: S311  # The same every time.
    statuses: Counter[int] = Counter()
    faults: list[str] = []
    forms = scene.forms[rule]
    scene.put_back()
    for number in range(posts):
        form = forms[number % len(forms)]
        post = mutated(post_of(form.values, form.cookie), chance)
        status, page = send(scene, form, post)
        statuses[status] += 1
        if status < 400:
            # What was taken may have been there once: the next finds it as it was.
            scene.put_back()
        if status >= 500:
            faults.append(f"{form.path}: {status}: {post.kind} {post.content[:300]!r}\n{page}")
        elif number % LOOKED_AT_EVERY == 0 and page and became_markup(page):
            faults.append(f"{form.path}: became mark-up: {post.content[:300]!r}")
    return statuses, faults


def attack_all(scene: PublicScene, posts: int) -> Iterator[tuple[str, Counter[int], list[str]]]:
    """Attack every public form in turn."""
    for rule in sorted(scene.forms):
        yield rule, *attack(scene, rule, posts)


def main(posts: int) -> int:
    """Print what came of it and return the exit status."""
    failed = 0
    # What is undone again and again need not reach a disk.
    memory = Path("/dev/shm")  # noqa: S108  # A folder of its own is made in it.
    where = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="boardmark-malformed-", dir=where) as folder:
        home = Path(folder)
        path = home / "boardmark.sqlite3"
        make_tables(f"sqlite:///{path}")
        press = BlankPress(processes=1)
        program = Program(Database(f"sqlite:///{path}"), home, press)
        scene = make_scene(program, path)
        for rule in missing(program, scene.forms):
            failed += 1
            sys.stdout.write(f"{rule}: its form is on no page that is looked at\n")
        for rule, statuses, faults in attack_all(scene, posts):
            failed += len(faults)
            shown = "  ".join(f"{status}: {n}" for status, n in sorted(statuses.items()))
            sys.stdout.write(f"{rule:<75}{sum(statuses.values()):>7}  {shown}\n")
            sys.stdout.write("".join(f"    {each}\n" for each in faults[:3]))
            sys.stdout.flush()
        press.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else POSTS))
