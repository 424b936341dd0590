// What stands in a form: what somebody typed or chose, apart from what the program put there.

// What somebody typed or chose by the names of the controls, without what the program put there.
export function typedIn(form) {
  const typed = new Map();
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || control.hidden || control.type === "submit") {
      continue;
    }
    const values = typed.get(control.name) ?? [];
    const counts = !["radio", "checkbox"].includes(control.type) || control.checked;
    const text = plain(control.value);
    typed.set(control.name, counts && text ? [...values, text] : values);
  }
  return typed;
}

export function textOf(typed) {
  return JSON.stringify([...typed]);
}

// Texts as the service keeps them, so that its line ends and trimming make no difference.
function plain(text) {
  return text.replace(/\r\n?/g, "\n").trim();
}

// The fields of a form that are not as they were saved, with the revision that they are based on.
export function fieldsUnlike(saved, form) {
  const fields = [];
  for (const [name, values] of typedIn(form)) {
    if (JSON.stringify(values) !== JSON.stringify(saved.get(name) ?? [])) {
      const revision = revisionOf(form, name)?.value ?? "";
      fields.push({ name, values, revision, ...inWords(form, name, values) });
    }
  }
  return fields;
}

function inWords(form, name, values) {
  const controls = controlsOf(form, name);
  const group = controls[0].closest("fieldset")?.querySelector("legend");
  const label = (group ?? controls[0].labels?.[0])?.textContent.trim() ?? name;
  const chosen = controls.filter((each) => ["radio", "checkbox"].includes(each.type));
  const labels = chosen.filter((each) => values.includes(each.value)).map((each) => each.labels[0]);
  return { label, words: (chosen.length ? labels.map((each) => each.textContent) : values).join(", ") };
}

export function controlsOf(form, name) {
  return [...form.elements].filter((each) => each.name === name && each.type !== "hidden");
}

function revisionOf(form, name) {
  return form.querySelector(`input[type=hidden][name="${CSS.escape(`revision:${name}`)}"]`);
}

// With the revision that it was based on: where somebody changed the answer since, the service says
// so and shows both.
export function putInto(form, fields) {
  for (const { name, values, revision } of fields) {
    for (const control of controlsOf(form, name)) {
      if (["radio", "checkbox"].includes(control.type)) {
        control.checked = values.includes(control.value);
      } else {
        control.value = values[0] ?? "";
      }
    }
    const held = revisionOf(form, name);
    if (held && revision) {
      held.value = revision;
    }
  }
  const [first] = fields.flatMap(({ name }) => controlsOf(form, name));
  first?.dispatchEvent(new Event("input", { bubbles: true }));
  first?.focus();
}
