// Saves a form while somebody types. Any form may use it:
//
//   <form method="post" action="…" data-autosave> … <p data-autosave-status></p> … </form>
//
// The form is sent as it is, with `then=stay` added; whatever answers must lead back to the same
// page, from which hidden fields (such as revision numbers) and the status line are taken.
// Without this script the form is complete: its buttons save.

const WAIT = 2000; // After the last key, in milliseconds.

for (const form of document.querySelectorAll("form[data-autosave]")) {
  keepSaved(form);
}

function keepSaved(form) {
  const status = form.querySelector("[data-autosave-status]");
  const spoken = addSpokenStatus(form);
  let timer = 0;
  let sent = contents(form);
  let saving = null;
  let stopped = false;

  form.addEventListener("input", () => plan(WAIT));
  form.addEventListener("change", () => plan(WAIT));
  window.addEventListener("online", () => plan(0));
  form.addEventListener("submit", submitAfterSaving);
  window.addEventListener("beforeunload", (event) => {
    if (!form.dataset.leaving && contents(form) !== sent && stopped) {
      event.preventDefault();
    }
  });

  function plan(wait) {
    clearTimeout(timer);
    if (!stopped) {
      timer = setTimeout(save, wait);
    }
  }

  async function save() {
    if (saving || stopped || contents(form) === sent) {
      return;
    }
    saving = send();
    await saving;
    saving = null;
    if (contents(form) !== sent) {
      plan(WAIT);
    }
  }

  async function send() {
    const before = contents(form);
    const body = new FormData(form);
    body.set("then", "stay");
    try {
      const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (response.ok) {
        sent = before;
        takeOver(form, status, await response.text());
        say(spoken, "Your answers are saved while you type.", true);
      } else if (response.status === 503) {
        tell("Not saved yet: the service is busy. We will try again.");
        plan(10 * WAIT);
      } else {
        stopped = true;
        tell(REFUSED[response.status] || REFUSED.other);
      }
    } catch {
      tell("Not saved yet: there is no connection. We will try again.");
      plan(10 * WAIT);
    }
  }

  function tell(words) {
    if (status) {
      status.textContent = words;
    }
    say(spoken, words, false);
  }

  async function submitAfterSaving(event) {
    clearTimeout(timer);
    if (!saving) {
      form.dataset.leaving = "yes";
      return;
    }
    // What is being saved has to be answered first: the form then holds its new revision numbers.
    event.preventDefault();
    const submitter = event.submitter;
    await saving;
    form.dataset.leaving = "yes";
    form.requestSubmit(submitter);
  }
}

const REFUSED = {
  409: "Somebody else changed this page. Choose Save to see both texts: nothing is lost.",
  401: "You have been signed out. Choose Save: what you typed is kept.",
  403: "Not saved. Choose Save to see why.",
  422: "Something on this page cannot be saved as it is. Choose Save to see what.",
  other: "Not saved. Choose Save to try again: what you typed is still here.",
};

// What somebody typed or chose, without what the program put into hidden fields.
function contents(form) {
  const typed = [];
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || control.tagName === "BUTTON") {
      continue;
    }
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) {
      continue;
    }
    typed.push([control.name, control.value]);
  }
  return JSON.stringify(typed);
}

function takeOver(form, status, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const fresh of page.querySelectorAll("form[data-autosave] input[type=hidden]")) {
    const held = form.querySelector(`input[type=hidden][name="${CSS.escape(fresh.name)}"]`);
    if (held) {
      held.value = fresh.value;
    }
  }
  const shown = page.querySelector("[data-autosave-status]");
  if (status && shown) {
    status.textContent = shown.textContent;
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
  spoken.textContent = words;
}
