"""What may be wrong with a post: every way in which somebody or something may get it wrong."""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import quote_plus

from tests.security.hostile import BODIES, VALUES

URLENCODED = "application/x-www-form-urlencoded"
PROOF = "csrf_token"
ODD_BYTES = (
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xed\xb0\x80\xed\xa0\x80",
    b"\xc0\x80",
    b"\xf8\x88",
    b"\x00",
)
"""No UTF-8: a byte order mark, half and swapped surrogates, overlong, five bytes, and a null."""

ODD_TEXTS = (
    *VALUES,
    "x" * 300_000,
    "9" * 5000,
    "1" + "0" * 400,
    "-9223372036854775809",
    "\ud7ff\ue000\U0010ffff",
    "\u0130\u0131\ufb03\u1e9e",
    "\u0623\u0628\u200f\u202b",
    "a" + "\u0301" * 3000,
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\r",
    "\n" * 5000,
    "[object Object]",
    "__proto__",
    "<![CDATA[",
    "${jndi:ldap://localhost/a}",
)
NAMES = (
    "",
    "[]",
    "a[b][c]",
    "=",
    "&",
    "\u2028",
    "self",
    "form",
    "session",
    "x" * 3000,
    "key",
    "at",
)
TYPES = (
    "",
    "text/plain",
    "application/json",
    "application/xml",
    "multipart/form-data",
    "multipart/mixed; boundary=x",
    f"{URLENCODED}; charset=utf-16",
    f"{URLENCODED}; charset=nowhere",
    "application/x-www-form-urlencoded;;;=",
    "\u00e9/\u00e9",
)
QUERIES = ("at", "back", "then", "next", "response", "saved", "language", "done")


@dataclass(frozen=True)
class Post:
    """A post as it goes over the wire."""

    pairs: tuple[tuple[str | bytes, str | bytes], ...]
    cookie: str
    query: str = ""
    kind: str = URLENCODED
    body: bytes | None = None
    """What is sent instead of the pairs."""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """Return the body."""
        if self.body is not None:
            return self.body
        return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in self.pairs).encode()


@functools.lru_cache(1000)
def quoted(text: str | bytes) -> str:
    """Return a text, or bytes that are none, as a form sends it."""
    return quote_plus(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def post_of(values: dict[str, list[str]], cookie: str) -> Post:
    """Return a post with nothing wrong."""
    return Post(tuple((name, each) for name, found in values.items() for each in found), cookie)


Mutation = Callable[[Post, random.Random], Post]


def drop(post: Post, chance: random.Random) -> Post:
    """Leave fields out."""
    return replace(post, pairs=tuple(each for each in post.pairs if is_kept(each, chance)))


def is_kept(pair: tuple[str | bytes, str | bytes], chance: random.Random) -> bool:
    """Keep the proof of origin, and of the others some."""
    return pair[0] == PROOF or chance.random() < 0.6


def double(post: Post, chance: random.Random) -> Post:
    """Send fields twice, or very often, with other values."""
    pairs = list(post.pairs)
    for name, _ in chance.sample(pairs, min(len(pairs), 2)):
        if name != PROOF:
            pairs += [(name, chance.choice(ODD_TEXTS))] * chance.choice((1, 2, 40))
    chance.shuffle(pairs)
    return replace(post, pairs=tuple(pairs))


def change(post: Post, chance: random.Random) -> Post:
    """Send something else in some fields."""
    pairs = [
        (name, chance.choice(ODD_TEXTS) if name != PROOF and chance.random() < 0.5 else value)
        for name, value in post.pairs
    ]
    return replace(post, pairs=tuple(pairs))


def invalid_text(post: Post, chance: random.Random) -> Post:
    """Send bytes that are no text, in a value or in a name."""
    odd = chance.choice(ODD_BYTES)
    pairs: list[tuple[str | bytes, str | bytes]] = [
        (name, odd + quoted(value).encode() if name != PROOF and chance.random() < 0.5 else value)
        for name, value in post.pairs
    ]
    pairs.append((odd, odd))
    return replace(post, pairs=tuple(pairs))


def odd_fields(post: Post, chance: random.Random) -> Post:
    """Send fields that nobody asked for, a few or very many."""
    number = chance.choice((1, 1, 2, 3, 3, 5, 20, 50, 2500))
    more = [(chance.choice(NAMES) + str(n % 7), chance.choice(VALUES)[:50]) for n in range(number)]
    return replace(post, pairs=(*post.pairs, *more))


def odd_type(post: Post, chance: random.Random) -> Post:
    """Say that it is something else than it is, or send something else."""
    if chance.random() < 0.3:
        body, kind = chance.choice(BODIES)
        return replace(post, body=body, kind=kind)
    if chance.random() < 0.3:
        body = json.dumps({str(name): None for name, _ in post.pairs}).encode()
        return replace(post, body=body, kind="application/json")
    return replace(post, kind=chance.choice(TYPES))


def multipart(post: Post, chance: random.Random) -> Post:
    """Send it in parts, of which some are files or broken, and perhaps not to its end."""
    parts = []
    for name, value in post.pairs:
        raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        shown = name if isinstance(name, str) else name.decode("latin-1")
        file = '; filename="../../a\u202e.pdf"' if chance.random() < 0.2 else ""
        odd = chance.choice(("", "", "\r\nContent-Type: text/plain; charset=nowhere", "\r\nX"))
        head = f'Content-Disposition: form-data; name="{shown}"{file}{odd}'
        parts.append(b"--b\r\n" + head.encode("utf-8", "replace") + b"\r\n\r\n" + raw + b"\r\n")
    body = b"".join(parts) + b"--b--\r\n"
    if chance.random() < 0.5:
        body = body[: chance.randrange(len(body))]
    return replace(post, body=body, kind="multipart/form-data; boundary=b")


def cut_off(post: Post, chance: random.Random) -> Post:
    """Send a part of it alone."""
    content = post.content
    return replace(post, body=content[: chance.randrange(len(content) + 1)])


def without_proof(post: Post, chance: random.Random) -> Post:
    """Lack the proof of origin, or have another."""
    pairs = tuple(pair for pair in post.pairs if pair[0] != PROOF)
    wrong = chance.choice(("", "planted", *ODD_TEXTS))
    return replace(post, pairs=pairs if chance.random() < 0.3 else (*pairs, (PROOF, wrong)))


def odd_cookie(post: Post, chance: random.Random) -> Post:
    """Have a cookie that was changed, cut off, is somebody's guess, or none."""
    cookie = list(post.cookie)
    for _ in range(chance.randint(1, 3)):
        if cookie:
            cookie[chance.randrange(len(cookie))] = chance.choice("AZaz09-_.=")
    made = ("", "".join(cookie), post.cookie[: len(cookie) // 2], "x", "e30.a.b", ".eJw." * 50)
    return replace(post, cookie=chance.choice(made))


def odd_query(post: Post, chance: random.Random) -> Post:
    """Have a query that nobody asked for."""
    value = quoted(chance.choice((*ODD_BYTES, *VALUES))[:2000])
    return replace(post, query=f"{chance.choice(QUERIES)}={value}")


def same_site(post: Post, chance: random.Random) -> Post:
    """Come from a page of this site, so that what was typed is shown again."""
    return replace(post, headers={"Sec-Fetch-Site": "same-origin"})


MUTATIONS: tuple[Mutation, ...] = (
    drop,
    double,
    change,
    change,
    invalid_text,
    odd_fields,
    odd_type,
    multipart,
    cut_off,
    without_proof,
    odd_cookie,
    odd_query,
    same_site,
)


def mutated(post: Post, chance: random.Random) -> Post:
    """Return a post with one to three things wrong."""
    for mutation in chance.sample(MUTATIONS, chance.choice((1, 1, 2, 3))):
        post = mutation(post, chance)
    return post
