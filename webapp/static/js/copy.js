// Shows a button beside a code or a link that copies it; without a script it is copied by hand.

for (const group of document.querySelectorAll("[data-copy]")) {
  const field = group.querySelector(".bm-copy__field");
  const button = group.querySelector(".bm-copy__button");
  const done = group.querySelector(".bm-copy__done");
  field.addEventListener("focus", () => field.select());
  // Only a page that came safely may write to the clipboard.
  if (navigator.clipboard) {
    button.hidden = false;
  }
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      done.textContent = "Copied";
    } catch {
      field.focus();
      done.textContent = "Your browser did not allow it. The text is selected: copy it now";
    }
    // Said again when it is copied again.
    setTimeout(() => { done.textContent = ""; }, 10000);
  });
}
