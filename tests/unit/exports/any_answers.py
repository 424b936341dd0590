"""Any answers that the fields of a form may have, and all that was read out of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import strategies as st

from exports.fields import Field, FieldKind
from exports.forms.filled import Filled
from frameworks.questions import AnswerKey, Given
from tests.factories.filling import Answers

# A text that begins with the mark of another encoding is taken for one in it, by every program.
MARKS = ("\u00fe\u00ff", "\u00ff\u00fe", "\u00ef\u00bb\u00bf", "\ufeff", "\ufffe")
ANY_CHARACTER = st.characters(exclude_categories=["Cs", "Cc"])


def answers_in(
    fields: Sequence[Field], characters: st.SearchStrategy[str]
) -> st.SearchStrategy[Answers]:
    """Return answers to everything that a person may fill in, in texts of these characters."""
    return st.fixed_dictionaries(
        {field.key: given_for(field, characters) for field in fields if not field.locked}
    )


def given_for(field: Field, characters: st.SearchStrategy[str]) -> st.SearchStrategy[Given]:
    """Return answers to one field, blank ones too."""
    keys = [key for key, _ in field.options]
    match field.kind:
        case FieldKind.ONE_OF:
            return st.sampled_from([Given(), *(Given(choices=(key,)) for key in keys)])
        case FieldKind.SOME_OF:
            chosen = st.sets(st.sampled_from(keys))
            return chosen.map(lambda them: Given(choices=tuple(k for k in keys if k in them)))
        case FieldKind.DAY:
            days = st.dates(min_value=dt.date(1900, 1, 1))
            return st.just(Given()) | days.map(lambda day: Given(text=day.isoformat()))
        case FieldKind.LINE | FieldKind.LINES:
            found = texts(characters, lines=field.kind is FieldKind.LINES)
            return found.map(lambda text: Given(text=text))


def texts(characters: st.SearchStrategy[str], *, lines: bool) -> st.SearchStrategy[str]:
    """Return short texts, with line breaks and tabs where there may be several lines."""
    if lines:
        characters |= st.sampled_from("\n\t")
    text = st.text(characters, max_size=40).map(str.strip)
    return text.filter(lambda each: not each.startswith(MARKS))


def all_of(filled: Filled) -> dict[AnswerKey, Given]:
    """Return everything that a form says by key."""
    written = {**filled.about, **filled.continuation}
    return {**filled.answers, **{key: Given(text=text) for key, text in written.items()}}
