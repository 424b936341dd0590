// Makes complete pages a little better; nothing depends on it.
import { initAll } from "/static/vendor/nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();
