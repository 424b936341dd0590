"""Under which rules groups are found: as figures for the record, and as sentences for people."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.campaigns import grouping, likeness, rollup

RULES: Mapping[str, float] = {
    "words in a run": likeness.RUN,
    "least words of a text": likeness.LEAST_WORDS,
    "least share of the shorter text’s runs": likeness.LEAST_SHARE,
    "least share of a short text’s runs": likeness.LEAST_SHARE_OF_SHORT,
    "runs that are enough for a short text": likeness.ENOUGH_RUNS,
    "least share of its words in order": likeness.LEAST_IN_ORDER,
    "least responses in a group": grouping.LEAST_RESPONSES,
    "least share of responses for set texts to be one campaign": rollup.LEAST_IN_COMMON,
    "permutations": likeness.PERMUTATIONS,
    "bands": likeness.BANDS,
    "seed": likeness.SEED,
}
"""Under which rules groups are found, as each search writes them down."""


RULES_IN_WORDS = (
    (
        f"A text needs at least {likeness.LEAST_WORDS} words of its own. Words that are quoted "
        "from the framework or the questions do not count."
    ),
    "Case, punctuation and spacing make no difference.",
    (
        f"Two texts are nearly the same where at least {likeness.LEAST_SHARE:.0%} of the runs of "
        f"{likeness.RUN} words in the shorter one stand in the longer one as well, and half of "
        "its words in the same order. Of a short text it has to be "
        f"{likeness.LEAST_SHARE_OF_SHORT:.0%}, or {likeness.ENOUGH_RUNS} runs."
    ),
    (
        f"A group has at least {grouping.LEAST_RESPONSES} responses. Texts that mostly the same "
        "responses have, in one answer or in several, are one group, and a response is in one."
    ),
)
"""The same for people to read."""
