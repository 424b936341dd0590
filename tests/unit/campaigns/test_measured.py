"""How much of each way to edit a form letter is found, and how little of what is honest."""

from __future__ import annotations

import sys
import time
import uuid
from collections import defaultdict

import pytest

from tests.factories.letters import ANOTHER_LETTER, LETTER, LEVELS, Sent, Writers
from webapp.campaigns.grouping import Texts
from webapp.campaigns.rollup import Campaign, campaigns_of

LEAST_PRECISION = 0.97
LEAST_RECALL = {
    "1 word in 5 replaced": 0.85,
    # More than that is another text, which only its subject says.
    "3 words in 10 replaced": 0.0,
    "half of the words replaced": 0.0,
}
"""By level; what is not here is found without exception."""


def find(sent: list[Sent]) -> tuple[Campaign, ...]:
    """Return the campaigns in what people sent."""
    texts = Texts()
    for each in sent:
        texts.add(each.answer_id, each.response_id, each.text)
    return campaigns_of(texts.set_texts())


def grouped(found: tuple[Campaign, ...]) -> set[uuid.UUID]:
    """Return every response in a campaign."""
    return {response_id for each in found for response_id in each.responses}


@pytest.mark.parametrize("seed", range(1, 6))
def test_edited_letters_are_found_among_honest_responses(
    seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    writers = Writers(seed)
    sent = list(writers.honest(1_500))
    for level in LEVELS:
        sent += writers.campaign(LETTER, level, 40)
    sent += writers.campaign(ANOTHER_LETTER, "greeting and closing", 30)
    writers.chance.shuffle(sent)
    found = grouped(find(sent))
    by_level: dict[str, list[bool]] = defaultdict(list)
    for each in sent:
        by_level[each.level].append(each.response_id in found)
    wrong = sum(by_level.pop(""))
    precision = 1 - wrong / len(found)
    with capsys.disabled():
        lines = [f"\nseed {seed}: precision {precision:.3f}, {wrong} of 1,500 honest ones; recall"]
        for level, hits in sorted(by_level.items()):
            lines.append(f"  {level}: {sum(hits) / len(hits):.2f} (n = {len(hits)})")
        sys.stdout.write("\n".join(lines))
    assert precision >= LEAST_PRECISION
    for level, hits in by_level.items():
        assert sum(hits) / len(hits) >= LEAST_RECALL.get(level, 1.0), level


def test_two_campaigns_are_two_groups() -> None:
    writers = Writers(7)
    sent = [
        *writers.campaign(LETTER, "greeting and closing", 30),
        *writers.campaign(ANOTHER_LETTER, "a third added", 20),
        *writers.honest(300),
    ]
    writers.chance.shuffle(sent)
    first, second = find(sent)
    texts = {each.response_id: each.text for each in sent}
    assert all(LETTER[0] in texts[each] for each in first.responses)
    assert all(ANOTHER_LETTER[0] in texts[each] for each in second.responses)
    assert (len(first.responses), len(second.responses)) == (30, 20)


def test_honest_responses_alone_make_no_campaign() -> None:
    # In other words on the same subject, 2,000 people arrive at no text together.
    assert len(grouped(find(list(Writers(11).honest(2_000))))) <= 3


def test_the_work_grows_with_the_number_of_texts() -> None:
    def seconds(number: int) -> float:
        writers = Writers(3)
        sent = [
            *writers.honest(number),
            *writers.campaign(LETTER, "a third added", number // 10),
        ]
        began = time.process_time()
        find(sent)
        return time.process_time() - began

    seconds(200)
    small, large = seconds(1_000), seconds(8_000)
    # Eight times as many texts take about eight times as long; with the square it were 64.
    assert large < 24 * small
