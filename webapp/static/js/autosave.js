// Saves a form while somebody types, and keeps what is not saved yet. Any form may use it:
//
//   <form method="post" action="…" data-autosave> … <p data-autosave-status></p> … </form>
//
// The form is sent as it is, with `then=stay` added; whatever answers must be the same page, from
// which hidden fields (such as revision numbers), the status line and every element with an id and
// `data-autosave-shows` are taken. With `data-unsent` what is typed also stays on the device until
// it was acknowledged (unsent.js); a form that has this alone is sent by its buttons only.
// Without this script the form is complete: its buttons save.
import { controlsOf, fieldsUnlike, putInto, textOf, typedIn } from "/static/js/typed.js";
import { forgetPage, momentOf, put, shown, unsentOf } from "/static/js/unsent.js";

const WAIT = 2000; // After the last key, in milliseconds.
const AGAIN = 20000; // After a failure, where nothing says when to try again.

const BUSY = "Not saved yet: the service is busy. We will try again.";
const OFFLINE = "Not saved yet: there is no connection. We will try again.";
const REFUSED = {
  400: "Not saved. Choose Save to send it again: what you typed is kept.",
  401: "You have been signed out. Choose Save: what you typed is kept.",
  403: "Not saved. Choose Save to see why.",
  409: "Somebody else changed this page. Choose Save to see both texts: nothing is lost.",
  410: "Not saved: this can no longer be changed here. Choose Save to see why and to copy it.",
  422: "Something on this page cannot be saved as it is. Choose Save to see what.",
  other: "Not saved. Choose Save to try again: what you typed is still here.",
};
const NATIVE = ["again", "put-back"]; // Buttons whose page takes the place of this one.

for (const form of document.querySelectorAll("form[data-autosave], form[data-unsent]")) {
  keepSaved(form);
}

function keepSaved(form) {
  const savesByItself = "autosave" in form.dataset;
  const status = form.querySelector("[data-autosave-status]");
  const spoken = addSpokenStatus(form);
  const unsent = unsentOf(form);
  let timer = 0;
  let saving = null;
  let stopped = false;
  let leaving = false;
  let refused = "";
  if (unsent.isKept) {
    // A browser that goes back or reloads would put old words beside new revision numbers.
    form.autocomplete = "off";
  }
  // A page that shows what could not be saved has acknowledged nothing.
  let saved = "unsaved" in form.dataset ? new Map() : typedIn(form);
  unsent.write(fieldsUnlike(saved, form));
  if (unsent.isKept) {
    offerUnsent(form, unsent, spoken);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", submitted);
  form.addEventListener("focusin", ({ target }) => {
    if (form.elements.at && target.name && target.type !== "submit") {
      form.elements.at.value = target.name;
    }
  });
  window.addEventListener("online", () => plan(0));
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("pagehide", () => {
    if (unsent.isKept && savesByItself && !leaving && isDirty()) {
      post(bodyOf(form, null), true).catch(() => {});
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && stopped && !unsent.isKept && isDirty()) {
      event.preventDefault();
    }
  });

  function changed() {
    unsent.write(fieldsUnlike(saved, form));
    plan(WAIT);
  }

  function isDirty() {
    return textOf(typedIn(form)) !== textOf(saved);
  }

  function plan(wait) {
    clearTimeout(timer);
    if (savesByItself && !stopped) {
      timer = setTimeout(save, wait);
    }
  }

  async function save() {
    if (saving || stopped || !isDirty() || textOf(typedIn(form)) === refused) {
      return;
    }
    saving = send();
    await saving;
    saving = null;
    if (isDirty() && !stopped) {
      timer = timer || setTimeout(save, WAIT);
    }
  }

  async function send() {
    timer = 0;
    const before = typedIn(form);
    const response = await post(bodyOf(form, null)).catch(() => null);
    if (response?.ok) {
      acknowledge(before);
      takeOver(form, status, await response.text());
      say(spoken, "Your answers are saved while you type.", true);
    } else if (!failedForNow(response)) {
      await refuse(response, before);
    }
  }

  function post(body, keepalive = false) {
    return fetch(form.action, { method: "POST", body, keepalive, credentials: "same-origin" });
  }

  function acknowledge(before) {
    saved = before;
    refused = "";
    unsent.write(fieldsUnlike(saved, form));
    if (form.dataset.unsentSettles) {
      forgetPage(form.dataset.unsent, form.dataset.unsentSettles);
    }
  }

  // Says so where trying again will help, and does it.
  function failedForNow(response) {
    if (response && ![429, 503].includes(response.status)) {
      return false;
    }
    tell(response ? BUSY : OFFLINE);
    const seconds = Number(response?.headers.get("Retry-After"));
    plan(seconds > 0 ? 1000 * seconds : AGAIN);
    return true;
  }

  async function refuse(response, before) {
    tell(REFUSED[response.status] || REFUSED.other);
    const html = await response.text();
    if (response.status === 422 || takesOverClash(form, html)) {
      // Another text may pass, and what is beside it is saved.
      refused = textOf(before);
    } else {
      stopped = true;
    }
  }

  function tell(words) {
    if (status) {
      status.textContent = words;
    }
    say(spoken, words, false);
  }

  async function submitted(event) {
    clearTimeout(timer);
    const button = event.submitter;
    if (leaving || NATIVE.includes(button?.name) || !(saving || unsent.isKept)) {
      if (NATIVE.includes(button?.name)) {
        unsent.write([]);
      }
      leaving = true;
      return;
    }
    // What is being saved has to be answered first: the form then holds its new revision numbers.
    event.preventDefault();
    await saving;
    if (!unsent.isKept || (await isTaken(button))) {
      leaving = true;
      form.requestSubmit(button);
    }
  }

  // Sends the form as its button would, so that the answer is heard; where that is a refusal, the
  // browser sends it once more and shows it.
  async function isTaken(button) {
    const before = typedIn(form);
    const response = await post(bodyOf(form, button)).catch(() => null);
    if (response?.ok) {
      acknowledge(before);
      leaving = true;
      leadTo(response.url, await response.text(), button);
      return false;
    }
    return !failedForNow(response);
  }

  function leadTo(address, html, button) {
    const shows = button?.dataset.shows;
    if (!shows) {
      location.assign(address);
      return;
    }
    leaving = false;
    takeOver(form, status, html);
    const part = document.getElementById(shows);
    part?.setAttribute("tabindex", "-1");
    part?.focus();
  }
}

// Puts beside the form what was typed here before and never acknowledged.
async function offerUnsent(form, unsent, spoken) {
  for (const entry of await unsent.orphans()) {
    const now = typedIn(form);
    const isUnlike = ({ name, values }) => textOf([values]) !== textOf([now.get(name) ?? []]);
    const fields = entry.fields.filter(isUnlike);
    if (!fields.length) {
      put(entry.name, []);
      continue;
    }
    const heading = `You typed this on this device on ${momentOf(entry)}, and it did not reach us`;
    const takeAway = (box) => {
      put(entry.name, []);
      box.remove();
    };
    const box = shown({ ...entry, fields }, heading, [
      ["Put it into the form", (box) => (putInto(form, fields), takeAway(box))],
      ["Throw it away", (box) => (takeAway(box), controlsOf(form, fields[0].name)[0]?.focus())],
    ]);
    form.before(box);
    say(spoken, "What you typed here before did not reach us. It is shown above the questions.", false);
  }
}

function bodyOf(form, button) {
  const body = new URLSearchParams(new FormData(form));
  body.set(button?.name || "then", button ? button.value : "stay");
  return body;
}

function takeOver(form, status, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  takeHidden(form, page, "form[data-autosave] input[type=hidden]");
  const shown = page.querySelector("[data-autosave-status]");
  if (status && shown) {
    status.textContent = shown.textContent;
  }
  for (const fresh of page.querySelectorAll("[data-autosave-shows]")) {
    const held = document.getElementById(fresh.id);
    if (held && !held.contains(document.activeElement)) {
      held.replaceWith(document.importNode(fresh, true));
    }
  }
}

// Says whether only some answers were changed elsewhere; the others are then saved, and the page
// goes on with their new revisions.
function takesOverClash(form, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  takeHidden(form, page, "form[data-autosave-clash] input[type=hidden]");
  return page.querySelector("form[data-autosave-clash]") !== null;
}

function takeHidden(form, page, which) {
  for (const fresh of page.querySelectorAll(which)) {
    const held = form.querySelector(`input[type=hidden][name="${CSS.escape(fresh.name)}"]`);
    if (held && held.name !== "at") {
      held.value = fresh.value;
    }
  }
}

function addSpokenStatus(form) {
  const spoken = document.createElement("p");
  spoken.className = "nhsuk-u-visually-hidden";
  spoken.setAttribute("role", "status");
  form.append(spoken);
  return spoken;
}

// A screen reader hears that saving works once, and of every failure; never of each save.
function say(spoken, words, once) {
  if (once && spoken.dataset.said) {
    spoken.textContent = "";
    return;
  }
  if (once) {
    spoken.dataset.said = "yes";
  }
  if (spoken.textContent !== words) {
    spoken.textContent = words;
  }
}
