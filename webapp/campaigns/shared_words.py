"""The template of a set text: the words its texts share, apart from what each person added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal

from rapidfuzz.distance import LCSseq

from webapp.campaigns.words import Word, words_in

MOST_READ = 100
"""From how many texts a template is worked out: more do not change what most of them share."""

LEAST_RUN = 3
"""How many words in a row are the same words: shorter runs are ‘of the’ and meet by chance."""

GAP = " […] "


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of somebody's text: shared with the template, or their own."""

    kind: Literal["shared", "own"]
    text: str


@dataclass(frozen=True, slots=True)
class Template:
    """What most texts share, as the most central one has it, and its words.

    `text` has ‘[…]’ where the central text goes its own way.
    """

    text: str
    stretches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Personal:
    """A text beside its template: the whole text in pieces, what is its own, what it left out."""

    pieces: tuple[Piece, ...]
    left_out: tuple[str, ...]

    @property
    def own(self) -> tuple[str, ...]:
        """What its sender added or wrote differently, in order."""
        return tuple(each.text.strip() for each in self.pieces if each.kind == "own")

    @property
    def is_same(self) -> bool:
        """Whether it is the template and nothing else."""
        return not self.own and not self.left_out


def template_of(central: str, others: Sequence[str]) -> Template:
    """Return the template: the words of the central text that at least half of the others have."""
    words = words_in(central)
    read = others[:MOST_READ]
    times = [0] * len(words)
    for other in read:
        for start, end, _ in _same(words, words_in(other)):
            for place in range(start, end):
                times[place] += 1
    kept = [2 * each >= len(read) for each in times]
    stretches = tuple(
        _stretch(central, words, start, end)
        for start, end in _runs(kept)
        if end - start >= min(LEAST_RUN, len(words))
    )
    return Template(GAP.join(stretches), stretches)


def compare(template: Template, text: str) -> Personal:
    """Return a text beside the template."""
    pattern = [word for stretch in template.stretches for word in words_in(stretch)]
    words = words_in(text)
    same = list(_same(pattern, words))
    return Personal(
        tuple(_pieces(text, words, [(at, at + end - start) for start, end, at in same])),
        tuple(_left_out(template, [(start, end) for start, end, _ in same])),
    )


def _same(one: Sequence[Word], other: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of words that both have: from, to, and from where in the other."""
    least = min(LEAST_RUN, len(one), len(other))
    opcodes = LCSseq.opcodes([each.word for each in one], [each.word for each in other])
    end = other_end = 0
    runs = [each for each in opcodes if each.tag == "equal"]
    runs = [each for each in runs if each.src_end - each.src_start >= least]
    for run, following in zip_longest(runs, runs[1:]):
        start, at = run.src_start, run.dest_start
        # A word before it may have been matched to its like further away.
        while start > end and at > other_end and one[start - 1].word == other[at - 1].word:
            start, at = start - 1, at - 1
        end, other_end = run.src_end, run.dest_end
        until = following.src_start if following else len(one)
        other_until = following.dest_start if following else len(other)
        while end < until and other_end < other_until and one[end].word == other[other_end].word:
            end, other_end = end + 1, other_end + 1
        yield start, end, at


def _runs(kept: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for place, is_kept in enumerate([*kept, False]):
        if is_kept and start is None:
            start = place
        elif not is_kept and start is not None:
            yield start, place
            start = None


def _stretch(text: str, words: Sequence[Word], start: int, end: int) -> str:
    """Return the words from one place to another as they were written, with what ends them."""
    until = words[end].start if end < len(words) else len(text)
    return text[words[start].start : until].strip()


def _pieces(text: str, words: Sequence[Word], same: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Yield the whole text in turns, so that its pieces together are the text again."""
    starts = [0, *(word.start for word in words[1:]), len(text)] if words else [0, len(text)]
    edges = sorted({0, max(len(words), 1), *(edge for each in same for edge in each)})
    shared = {start for start, _ in same}
    for start, end in pairwise(edges):
        if piece := text[starts[start] : starts[end]]:
            yield Piece("shared" if start in shared else "own", piece)


def _left_out(template: Template, same: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield what a text does not have of each stretch of the template."""
    has = {place for start, end in same for place in range(start, end)}
    offset = 0
    for stretch in template.stretches:
        words = words_in(stretch)
        for start, end in _runs([offset + place not in has for place in range(len(words))]):
            yield _stretch(stretch, words, start, end)
        offset += len(words)
