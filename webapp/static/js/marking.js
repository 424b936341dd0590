// Puts words that are selected in a passage into the field below it; without a script they are
// copied by hand.

for (const passage of document.querySelectorAll("[data-passage]")) {
  const key = passage.dataset.passage;
  const below = document.querySelector(`[data-take-out="${key}"]`);
  const words = document.getElementById(`words-${key}`);
  const which = document.getElementById(`which-${key}`);
  if (!below || !words || !which) {
    continue;
  }
  passage.addEventListener("pointerup", () => take(passage, below, words, which));
  passage.addEventListener("keyup", () => take(passage, below, words, which));
}

function take(passage, below, words, which) {
  const selection = document.getSelection();
  if (selection.isCollapsed || !passage.contains(selection.anchorNode) || !passage.contains(selection.focusNode)) {
    return;
  }
  const range = selection.getRangeAt(0);
  const chosen = plain(range.cloneContents());
  if (!chosen.trim()) {
    return;
  }
  words.value = chosen.trim();
  which.value = number(passage, range, folded(chosen));
  below.open = true;
}

// Which time the words stand there, counted as the service counts them; ‘all’ where it is once.
function number(passage, range, chosen) {
  const before = document.createRange();
  before.selectNodeContents(passage);
  const whole = folded(plain(before.cloneContents()));
  before.setEnd(range.startContainer, range.startOffset);
  const start = folded(plain(before.cloneContents())).length;
  const starts = [];
  for (let at = whole.indexOf(chosen); at >= 0; at = whole.indexOf(chosen, at + chosen.length)) {
    starts.push(at);
  }
  // Blanks at the seam may be counted on either side of it.
  const place = starts.findIndex((at) => Math.abs(at - start) <= 1);
  return starts.length > 1 && place >= 0 ? String(place + 1) : "all";
}

function folded(text) {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

// The words alone, without what is there for screen readers.
function plain(fragment) {
  for (const hidden of fragment.querySelectorAll(".nhsuk-u-visually-hidden")) {
    hidden.remove();
  }
  return fragment.textContent;
}
