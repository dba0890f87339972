// Live parts, and times in the reader's zone. Without it every page works, and shows what was so when it was loaded.
"use strict";

const localTimes = (root) => {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const date = new Date(time.dateTime);
    if (!Number.isNaN(date.getTime())) {
      time.title = time.textContent;
      time.textContent = date.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    }
  }
};

// The keyboard stays where it was though its place is made anew.
const keepFocus = (part, change) => {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const places = () => [...part.querySelectorAll("a, button")];
  const key = focused && (focused.getAttribute("formaction") || focused.getAttribute("href"));
  change();
  if (key) places().find((place) => [place.getAttribute("formaction"), place.getAttribute("href")].includes(key))?.focus();
};

const follow = (address) => {
  const state = document.getElementById("live-state");
  const events = new EventSource(address);
  events.addEventListener("open", () => { state.textContent = state.dataset.open; });
  events.addEventListener("error", () => { state.textContent = state.dataset.lost; });
  events.addEventListener("sections", (event) => {
    for (const [name, html] of Object.entries(JSON.parse(event.data))) {
      const part = document.querySelector(`[data-part="${CSS.escape(name)}"]`);
      if (!part) continue;
      // The server has escaped what it holds, as in the page itself.
      keepFocus(part, () => { part.innerHTML = html; });
      localTimes(part);
    }
  });
  window.addEventListener("pagehide", () => events.close());
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
};

localTimes(document);
const back = document.querySelector("#act [name=back]");
if (back) back.value = location.pathname + location.search;
if (document.body.dataset.live) follow(document.body.dataset.live);
