"""Plain data as YAML text, one way only: block style, folded prose, quotes where in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from frameworks.strict_yaml import Plain

WIDTH = 100
# Lists of small things that read better as a table: one line each.
_ROWS = {"levels", "options", "requirements"}
# A blank line before these makes a long file easier to walk through.
_APART = {"scales", "stages", "domains", "profiles", "withdrawn", "questions", "texts"}
# What some reader of YAML takes for something other than text.
_TAKEN = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def yaml_text(data: dict[str, Plain]) -> str:
    """Return the one text for this data; the same data gives the same bytes."""
    return "\n".join(_top(data)) + "\n"


def _top(data: dict[str, Plain]) -> Iterator[str]:
    for key, value in data.items():
        if key in _APART and value:
            yield ""
        yield from _entry(key, value, 0)


def _entry(key: str, value: Plain, indent: int) -> Iterator[str]:
    head = f"{' ' * indent}{_flow(key)}:"
    if isinstance(value, dict) and value:
        yield head
        for name, inner in value.items():
            yield from _entry(name, inner, indent + 2)
    elif isinstance(value, list) and value:
        yield from _list(head, key, value, indent)
    elif isinstance(value, str):
        yield from _text(head, value, indent)
    else:
        yield f"{head} {_flow(value)}"


def _list(head: str, key: str, values: list[Plain], indent: int) -> Iterator[str]:
    if all(not isinstance(each, list | dict) for each in values):
        line = f"{head} {_flow(values)}"
        if len(line) <= WIDTH:
            yield line
            return
    yield head
    dash = f"{' ' * (indent + 2)}- "
    for each in values:
        if isinstance(each, dict) and each and key not in _ROWS:
            yield from _item(dash, each, indent + 4)
        else:
            yield f"{dash}{_flow(each)}"


def _item(dash: str, value: dict[str, Plain], indent: int) -> Iterator[str]:
    lines = (line for key, inner in value.items() for line in _entry(key, inner, indent))
    # The first line of the mapping stands beside its dash.
    yield dash + next(lines).lstrip()
    yield from lines


def _text(head: str, text: str, indent: int) -> Iterator[str]:
    inside = " " * (indent + 2)
    if _is_plain(text) and len(head) + len(text) < WIDTH:
        yield f"{head} {text}"
    elif _folds(text) and len(head) + len(text) >= WIDTH - 2:
        yield f"{head} >-"
        yield from (inside + line for line in _wrapped(text, WIDTH - len(inside)))
    elif _is_literal(text):
        yield f"{head} |{'' if text.endswith(chr(10)) else '-'}"
        yield from (inside + line if line else "" for line in text.removesuffix("\n").split("\n"))
    else:
        yield f"{head} {_quoted(text)}"


def _is_plain(text: str) -> bool:
    return (
        text[:1].isalpha()
        and text.isprintable()
        and not text.endswith(" ")
        and ":" not in text
        and " #" not in text
        and text.lower() not in _TAKEN
    )


def _folds(text: str) -> bool:
    return text.isprintable() and "  " not in text and text == text.strip()


def _is_literal(text: str) -> bool:
    lines = text.removesuffix("\n").split("\n")
    return (
        len(lines) > 1
        and bool(lines[0])
        and bool(lines[-1])
        and not lines[0].startswith(" ")
        and all(line.isprintable() and not line.endswith(" ") for line in lines)
    )


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _flow(value: Plain) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            bare = _is_plain(value) and not any(mark in value for mark in ",[]{}")
            return value if bare else _quoted(value)
        case list():
            return f"[{', '.join(_flow(each) for each in value)}]"
        case dict():
            return f"{{{', '.join(f'{_flow(key)}: {_flow(each)}' for key, each in value.items())}}}"
        case _:
            return str(value)


def _quoted(text: str) -> str:
    return f'"{"".join(_escaped(mark) for mark in text)}"'


def _escaped(mark: str) -> str:
    if mark in _ESCAPES:
        return _ESCAPES[mark]
    if mark.isprintable():
        return mark
    code = ord(mark)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )
