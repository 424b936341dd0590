"""Somebody who has a keyboard and no mouse."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.browser.tab import Tab
from tests.pages.client import Screen

MOST_STEPS = 150
"""Presses of Tab after which a control counts as out of reach."""

WHERE = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? at.labels[0] : null;
  const drawn = (element, part) => {
    const style = getComputedStyle(element, part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== "none";
  };
  const box = at.getBoundingClientRect();
  return {
    words: ((label || at).innerText || at.getAttribute("aria-label") || "").trim(),
    group: at.name || "",
    kind: at.type || at.tagName.toLowerCase(),
    isBody: at === document.body,
    isSeen: drawn(at, null) || (label !== null && drawn(label, "::before")),
    isInView: box.bottom > 0 && box.top < innerHeight,
  };
}"""


@dataclass
class Keyboard:
    """A tab that is used by keyboard alone."""

    tab: Tab

    def reach(self, words: str, *, kind: str = "") -> None:
        """Press Tab until the focus is on what has these words; it must be seen all the way."""
        keys = self.tab.page.keyboard
        passed = []
        for _ in range(MOST_STEPS):
            keys.press("Tab")
            at = self.tab.page.evaluate(WHERE)
            if at["isBody"]:
                continue
            assert at["isSeen"], f"{self.tab.screen.path}: the focus on “{at['words']}” is not seen"
            assert at["isInView"], f"{self.tab.screen.path}: “{at['words']}” is out of view"
            # One stop for a whole group of radio buttons: the rest are reached with arrows.
            if at["kind"] == "radio" and self._choose(at["group"], words):
                return
            if words in " ".join(at["words"].split()) and kind in ("", at["kind"]):
                return
            passed.append(at["words"])
        raise AssertionError(f"no Tab leads to “{words}” on {self.tab.screen.path}: {passed}")

    def _choose(self, group: str, words: str) -> bool:
        """Go through a group of radio buttons; say whether the one with these words is chosen."""
        radios = self.tab.page.locator(f'input[type=radio][name="{group}"]')
        labels = [
            " ".join(each.evaluate("each => each.labels[0].innerText").split())
            for each in radios.all()
        ]
        if not any(words in label for label in labels):
            return False
        self.tab.page.keyboard.press("Space")
        for _ in labels:
            if words in " ".join(self.tab.page.evaluate(WHERE)["words"].split()):
                return True
            self.tab.page.keyboard.press("ArrowDown")
        return False

    def type(self, label: str, text: str) -> None:
        """Go to a field and type over what is in it."""
        self.reach(label)
        self.tab.page.keyboard.press("Control+A")
        self.tab.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        """Go to a box and tick it."""
        self.reach(label, kind="checkbox")
        self.tab.page.keyboard.press("Space")

    def press(self, words: str, *, status: int = 200) -> Screen:
        """Go to a link or a button and press Enter."""
        self.reach(words)
        with self.tab.arriving(status=status):
            self.tab.page.keyboard.press("Enter")
        return self.tab.screen

    def skip(self) -> None:
        """Use the link past the header, which is the first stop on every page."""
        self.tab.page.keyboard.press("Tab")
        at = self.tab.page.evaluate(WHERE)
        assert re.match("Skip to main content", at["words"]), at
        self.tab.page.keyboard.press("Enter")
