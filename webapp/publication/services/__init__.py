"""What can be done with rulings and what is published."""

from webapp.publication.services.moderating import (
    IN_A_QUEUE,
    Case,
    Queue,
    count_waiting,
    find_case,
    list_to_check,
    list_to_moderate,
    look_at_ruling,
    propose_ruling,
    read_original,
)
from webapp.publication.services.publishing import (
    A_PAGE,
    count_by_class,
    count_by_item,
    count_numbers,
    find_published,
    is_anything_published,
    list_comments,
    published_texts,
    search_published,
)
from webapp.publication.services.record import erase_notes, evidence, taken_out_words

__all__ = [
    "A_PAGE",
    "IN_A_QUEUE",
    "Case",
    "Queue",
    "count_by_class",
    "count_by_item",
    "count_numbers",
    "count_waiting",
    "erase_notes",
    "evidence",
    "find_case",
    "find_published",
    "is_anything_published",
    "list_comments",
    "list_to_check",
    "list_to_moderate",
    "look_at_ruling",
    "propose_ruling",
    "published_texts",
    "read_original",
    "search_published",
    "taken_out_words",
]
