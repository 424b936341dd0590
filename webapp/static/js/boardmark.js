// Makes complete pages a little better; nothing depends on it.
import { initAll } from "/static/vendor/nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

// What scrolls by itself on a narrow screen must be reached by keyboard in every browser.
for (const table of document.querySelectorAll(".bm-document table")) {
  if (table.scrollWidth > table.clientWidth) {
    table.tabIndex = 0;
  }
}
