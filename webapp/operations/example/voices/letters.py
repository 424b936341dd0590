"""Two campaigns: a letter that many send as it is, and one that most change a little."""

from __future__ import annotations

SPEAKING_UP = (
    "I support the campaign for safe voices. Speaking up must be essential for every board member "
    "without exception. Please add that whoever raises a concern is told in writing within 28 days "
    "what was done, that the board publishes once a year how many concerns were upheld, and that "
    "nobody is appointed to a board whose organisation has lost a case of detriment in the last "
    "five years."
)
"""Sent about one competency, word for word."""

CARERS = (
    (
        "Unpaid carers save the health service more than any efficiency plan, and boards hardly "
        "know that we exist."
    ),
    (
        "We ask that the competency on hearing patients names carers in its first line, and that "
        "each board has to show one decision a year which carers changed."
    ),
    (
        "Meetings should be at times when somebody who cares for another person can come, with the "
        "cost of a sitter paid, and papers should reach us ten days before."
    ),
)
CARERS_OVERALL = (
    "The framework is good as far as it goes. Put carers beside patients wherever patients are "
    "named, pay us for our time as you pay consultants for theirs, and come back in a year to tell "
    "us what has become of it."
)
"""A letter in paragraphs about one competency, and a text about the framework as a whole."""

CARERS_OPENINGS = (
    "I have looked after my husband since his stroke.",
    "My son is thirty-one and cannot be left alone.",
    "I was asked by my local group to write, and I am glad to.",
    "For eleven years I have been a daughter, a nurse and a taxi.",
    "I am eighty and care for my sister.",
    "",
    "I gave up teaching to look after both my parents.",
    "As a former ward sister I know both sides.",
)
CARERS_CLOSINGS = (
    "I do not expect an answer, but I hope for one.",
    "Last month I missed my own operation because nobody could sit with him.",
    "",
    "My GP practice asks me how I am. No board ever has.",
    "Thank you for making this form short enough to do in one evening.",
    "Please do not print my name, my mother reads everything.",
)
