"""What does not fit the model, in words for the author of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from frameworks import fields
from frameworks.problems import Finding, Path, did_you_mean, nearest
from frameworks.strict_yaml import Plain

Value = TypeVar("Value", bound=BaseModel)

_PATTERNS = {
    fields.ITEM_KEY_PATTERN: "not a key such as culture.speaking-up: a–z, 0–9, - and . only",
    fields.SLUG_PATTERN: "not a short name such as provider-chair: a–z, 0–9 and - only",
    fields.VERSION_PATTERN: "not a version such as 1.0.0 or 1.0.0-beta.1",
    fields.DIGEST_PATTERN: "not a digest: sha256: and 64 digits of 0–9 and a–f",
    fields.URL_PATTERN: "not an address that begins with https://",
    fields.LANGUAGE_PATTERN: "not a language such as en-GB",
    fields.VARIANT_LANGUAGE_PATTERN: "not a language such as cy or en-GB-x-easyread",
}
_ONE_LINE = (fields.LINE_PATTERN, fields.OPTIONAL_LINE_PATTERN)
_FREE_TEXTS = (
    *("appointed_by", "appraised_by", "attribution", "checked", "code", "hint", "kind", "label"),
    *("language_name", "licence", "looks_like", "made_by", "name", "owner", "publisher"),
    *("rationale", "release_notes", "statement", "summary", "text", "title", "words"),
)
# Stand-ins that let the rules look at the rest of a file; nothing refers to these fields.
_STAND_INS: dict[str, Plain] = {
    "weight": 1,
    "essential": True,
    "value": None,
    "polarity": "effective",
    "schema": 1,
    **dict.fromkeys(_FREE_TEXTS, "-"),
}


def fit(kind: type[Value], data: dict[str, Plain]) -> tuple[Value | None, list[Finding]]:
    """Return the data as a value of this model, and what does not fit.

    Where something does not fit, the value has stand-ins for it, for the rules to look at, or is
    None if no stand-in would do.
    """
    try:
        return kind.model_validate(data), []
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
    misspelt = {_meant(kind, error) for error in errors}
    findings = [_finding(kind, data, error) for error in errors if error["loc"] not in misspelt]
    if not all(_mend(data, error) for error in errors):
        return None, findings
    try:
        return kind.model_validate(data), findings
    except ValidationError:
        return None, findings


def _finding(kind: type[BaseModel], data: Plain, error: ErrorDetails) -> Finding:
    path: Path = error["loc"]
    name = _name(path, data)
    match error["type"]:
        case "missing":
            return Finding(path[:-1], f"{name} is missing")
        case "extra_forbidden":
            known = _known_keys(kind, path[:-1])
            return Finding(path, f"unknown key {name}{did_you_mean(str(path[-1]), known)}")
        case _:
            return Finding(path, f"{name} {_complaint(error)}")


def _meant(kind: type[BaseModel], error: ErrorDetails) -> Path | None:
    # A key that is misspelt is told once, not as unknown and as missing.
    if error["type"] != "extra_forbidden":
        return None
    *way, key = error["loc"]
    near = nearest(str(key), _known_keys(kind, tuple(way)))
    return (*way, near) if near else None


def _complaint(error: ErrorDetails) -> str:
    say = _COMPLAINTS.get(error["type"])
    return say(error["input"], error.get("ctx", {})) if say else error["msg"]


def _not_text(given: Any, _: dict[str, Any]) -> str:
    if given is None:
        return "is empty: write its text"
    if isinstance(given, list | dict):
        return "must be one text, not a list or a mapping"
    return "must be text: put it in quotes"


def _not_of_pattern(given: str, context: dict[str, Any]) -> str:
    pattern = context["pattern"]
    if pattern in _PATTERNS:
        return f"is “{given}”, {_PATTERNS[pattern]}" if given else f"is empty, {_PATTERNS[pattern]}"
    if not given.strip():
        return "is blank: write its text"
    if "\n" in given and pattern in _ONE_LINE:
        return "must be one line, without line breaks"
    return "holds a control character: delete it"


def _not_one_of(given: Any, context: dict[str, Any]) -> str:
    words = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
    near = did_you_mean(str(given), words)
    return f"is “{given}”, not one of {', '.join(words)}{near}"


_COMPLAINTS: dict[str, Callable[[Any, dict[str, Any]], str]] = {
    "string_type": _not_text,
    "string_pattern_mismatch": _not_of_pattern,
    "string_too_long": lambda given, context: (
        f"has {len(given)} characters; {context['max_length']} are allowed"
    ),
    "too_short": lambda _, context: f"needs at least {context['min_length']}",
    "tuple_type": lambda _, __: "must be a list: each of its items begins with a dash",
    "model_type": lambda _, __: "must hold keys, each with a colon and a value",
    "int_type": lambda given, _: f"must be a whole number without quotes, not “{given}”",
    "bool_type": lambda given, _: f"must be true or false, not “{given}”",
    "enum": _not_one_of,
    "greater_than_equal": lambda given, context: f"must be at least {context['ge']}, not {given}",
    "less_than_equal": lambda given, context: f"must be at most {context['le']}, not {given}",
    "value_error": lambda given, context: f"is “{given}”, {context['error']}",
    "date_from_datetime_parsing": lambda given, _: f"is “{given}”, not a day of the calendar",
}


def _name(path: Path, data: Plain) -> str:
    if not path:
        return "the file"
    # An item of a list has no name, but its list does.
    at = max((i for i, step in enumerate(path) if isinstance(step, str)), default=-1)
    name = f"“{path[at]}”" if at == len(path) - 1 else f"item {int(path[-1]) + 1} of “{path[at]}”"
    owner = _owner(path[: max(at, 0)], data)
    return f"{name} of “{owner}”" if owner else name


def _owner(path: Path, data: Plain) -> str:
    owner = ""
    node: Plain = data
    for step in path:
        if isinstance(node, dict) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int):
            node = node[step]
        if isinstance(node, dict):
            key = node.get("key", node.get("competency"))
            owner = key if isinstance(key, str) else owner
    return owner


def _known_keys(kind: type[BaseModel], path: Path) -> list[str]:
    here: type[BaseModel] | None = kind
    for step in path:
        if isinstance(step, str) and here is not None:
            here = next(
                (
                    _model_in(field.annotation)
                    for name, field in here.model_fields.items()
                    if step in (name, field.alias)
                ),
                None,
            )
    known = here.model_fields if here else {}
    return [field.alias or name for name, field in known.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def _mend(data: Plain, error: ErrorDetails) -> bool:
    *way, last = error["loc"] or ("",)
    node: Any = data
    for step in way:
        node = node[step]
    if not isinstance(node, dict):
        return False
    if error["type"] == "extra_forbidden":
        del node[last]
        return True
    if last in _STAND_INS:
        node[last] = _STAND_INS[str(last)]
        return True
    return False
