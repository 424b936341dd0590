// Keeps what somebody types on their own device until the service has it.
//
//   <form data-unsent="ID OF THE DRAFT">          keeps what is typed on this page (autosave.js)
//   <div data-unsent-list="ID" data-unsent-heading="…" hidden>   lists what is kept of a draft
//     data-unsent-link="…"                      leads to the page where it can be put in
//   <div data-unsent-ends="ID">                   forgets a draft, as on a device that others use
//   <form data-unsent-ending="ID">, then <div data-unsent-ended>   forgets it once it was sent
//     or <div data-unsent-left data-unsent-heading="…" hidden>   lists what did not go with it
//   <div data-forget-response="SLUG">             forgets all that was typed for a consultation
//
// An entry is written at each key and deleted when the service has acknowledged exactly that text.
// Its name holds an identifier of the draft, which opens nothing.

const PREFIX = "boardmark:unsent:";
const ENDING = "boardmark:ending";
const KEPT = 60 * 24 * 60 * 60 * 1000; // Milliseconds after which an entry is forgotten.
const PATIENCE = 150; // How long another tab has to say that it still shows its text.

const MOMENT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
  hour12: true,
  timeZone: "Europe/London",
  timeZoneName: "short",
});

const SILENT = { isKept: false, write() {}, orphans: async () => [] };

// Returns what keeps the text of a form: `write(fields)`, where none means that nothing is unsent,
// and `orphans()`, the entries of this page that no open tab holds.
export function unsentOf(form) {
  const draft = form.dataset.unsent;
  if (!draft || !isPossible()) {
    return SILENT;
  }
  const page = `${PREFIX}${draft}:${form.dataset.unsentPage ?? location.pathname}:`;
  const own = `${page}${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
  const channel = new BroadcastChannel(PREFIX);
  const alive = new Set([own]);
  channel.addEventListener("message", ({ data }) => {
    if (data.who) {
      channel.postMessage({ here: own });
    } else {
      alive.add(data.here);
    }
  });
  return {
    isKept: true,
    write: (fields) => put(own, fields),
    async orphans() {
      channel.postMessage({ who: true });
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
      return entries(page).filter((entry) => !alive.has(entry.name));
    },
  };
}

// Writes an entry, or deletes it where nothing is left in it.
export function put(name, fields) {
  try {
    if (fields.length) {
      const title = document.querySelector("h1")?.textContent.trim() ?? "";
      const path = location.pathname;
      localStorage.setItem(name, JSON.stringify({ at: Date.now(), title, path, fields }));
    } else {
      localStorage.removeItem(name);
    }
  } catch {
    // A device that is full keeps nothing, and the page still saves by itself.
  }
}

// Shows what an entry holds; `buttons` are pairs of words and what they do.
export function shown(entry, heading, buttons) {
  const box = make("div", "nhsuk-inset-text bm-unsent");
  box.setAttribute("role", "group");
  const title = make("h2", "nhsuk-heading-s", heading);
  title.id = `unsent-${entry.name.split(":").pop()}`;
  box.setAttribute("aria-labelledby", title.id);
  const list = make("dl", "bm-unsent__texts");
  for (const field of entry.fields) {
    list.append(make("dt", "", field.label), make("dd", "bm-typed", field.words || "No answer"));
  }
  const actions = make("div", "bm-actions");
  for (const [words, act] of buttons) {
    const button = make("button", "nhsuk-button nhsuk-button--secondary nhsuk-button--small", words);
    button.type = "button";
    button.addEventListener("click", () => act(box));
    actions.append(button);
  }
  box.append(title, list, actions);
  return box;
}

export function momentOf(entry) {
  // As the service writes it: 2 January 2027, 5:05pm GMT.
  return MOMENT.format(entry.at).replace(" at ", ", ").replace(/\s([ap]m)\b/i, "$1");
}

function make(kind, look, words = "") {
  const made = document.createElement(kind);
  made.className = look;
  made.textContent = words;
  return made;
}

function isPossible() {
  try {
    localStorage.setItem(`${PREFIX}?`, "");
    localStorage.removeItem(`${PREFIX}?`);
    return true;
  } catch {
    return false;
  }
}

function entries(prefix) {
  const found = [];
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
    try {
      found.push({ name, ...JSON.parse(localStorage.getItem(name)) });
    } catch {
      localStorage.removeItem(name);
    }
  }
  return found.sort((one, other) => one.at - other.at);
}

function forget(found) {
  for (const each of found) {
    localStorage.removeItem(each.name);
  }
}

// Deletes what was kept of one page of a draft, whichever tab it was typed in.
export function forgetPage(draft, page) {
  forget(entries(`${PREFIX}${draft}:${page}:`));
}

function whatAPageWants() {
  forget(entries(PREFIX).filter((entry) => !(entry.at > Date.now() - KEPT)));
  for (const { dataset } of document.querySelectorAll("[data-unsent-ends]")) {
    forget(entries(`${PREFIX}${dataset.unsentEnds}:`));
  }
  for (const { dataset } of document.querySelectorAll("[data-forget-response]")) {
    const inside = `/consultations/${dataset.forgetResponse}/`;
    forget(entries(PREFIX).filter((entry) => entry.path.startsWith(inside)));
  }
  // Which draft a page sends is known to that page alone, and that it was sent to the next one.
  for (const form of document.querySelectorAll("[data-unsent-ending]")) {
    form.addEventListener("submit", () => sessionStorage.setItem(ENDING, form.dataset.unsentEnding));
  }
  const ended = sessionStorage.getItem(ENDING);
  const left = document.querySelector("[data-unsent-left]");
  if (ended && left) {
    left.dataset.unsentList = ended;
  }
  if (ended && document.querySelector("[data-unsent-ended]")) {
    forget(entries(`${PREFIX}${ended}:`));
    sessionStorage.removeItem(ENDING);
  }
  document.querySelectorAll("[data-unsent-list]").forEach(list);
}

function list(place) {
  const page = document.querySelector("main").textContent.replace(/\s+/g, " ");
  const isShown = ({ words }) => page.includes(words.replace(/\s+/g, " "));
  for (const entry of entries(`${PREFIX}${place.dataset.unsentList}:`)) {
    if (entry.fields.every(isShown)) {
      continue; // It came in, by a way that no script could see.
    }
    const heading = `${entry.title}: ${place.dataset.unsentHeading} (${momentOf(entry)})`;
    const away = (box) => {
      forget([entry]);
      box.remove();
    };
    const box = shown(entry, heading, [["Throw it away", away]]);
    // Only an entry that is kept by its address is offered again when that page is opened.
    if (place.dataset.unsentLink && entry.name.includes(`:${entry.path}:`)) {
      const link = make("a", "", place.dataset.unsentLink);
      link.href = entry.path;
      const way = make("p", "");
      way.append(link);
      box.lastElementChild.before(way);
    }
    place.append(box);
    place.hidden = false;
  }
}

if (isPossible()) {
  whatAPageWants();
}
