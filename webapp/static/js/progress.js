// Shows how far a long piece of work is without anybody asking. A page that is still at work has
//
//   <div data-progress> … <progress …></div> <p data-progress-link>a link to the page itself</p>
//
// and one that is done has not: then the whole page is opened anew, so that its title is heard.

const WAIT = 2000; // Between two looks, in milliseconds.
const SPEAK = 15000; // A screen reader hears no more often how far it is.

const shown = document.querySelector("[data-progress]");
if (shown) {
  document.querySelector("[data-progress-link]").hidden = true;
  const spoken = document.createElement("p");
  spoken.className = "nhsuk-u-visually-hidden";
  spoken.setAttribute("role", "status");
  shown.after(spoken);
  let spokenAt = Date.now();
  setInterval(look, WAIT);

  async function look() {
    if (document.hidden) {
      return;
    }
    try {
      const response = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-progress]");
      if (!response.ok || !fresh) {
        location.reload();
        return;
      }
      const [bar, words] = [shown.querySelector("progress"), shown.querySelector("label")];
      bar.value = fresh.querySelector("progress").value;
      words.textContent = fresh.querySelector("label").textContent;
      if (Date.now() - spokenAt > SPEAK) {
        spokenAt = Date.now();
        spoken.textContent = words.textContent;
      }
    } catch {
      // Without a connection the next look comes in a moment.
    }
  }
}
