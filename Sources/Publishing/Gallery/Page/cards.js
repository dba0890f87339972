// The clips as elements. Every text goes in as text: nothing of it is ever read as HTML.
const data = JSON.parse(document.getElementById("data").textContent);
const cards = [];
const speedButtons = [];
const api = document.body.dataset.api || "";
const isServed = api !== "" && /^https?:$/.test(location.protocol);
// The forms that the list of what is known held when the page was served.
const knownForms = new Set(JSON.parse(document.body.dataset.known || "[]"));

// Without control characters, which show as boxes.
const clean = (text) => String(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") element.className = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child === undefined || child === null || child === false || child === "") continue;
    element.append(typeof child === "string" ? clean(child) : child);
  }
  return element;
}

const spoken = (name, language, attributes, ...children) =>
  make(name, { dir: "auto", lang: language || undefined, ...attributes }, ...children);

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  return (whole >= 3600 ? [String(Math.floor(whole / 3600)), ...parts] : parts).join(":");
}

// A line's text, its expressions marked; spans that overlap or lie outside are left out.
function markedText(card, cue) {
  const nodes = [];
  let end = 0;
  const marks = (cue.marks || []).filter((mark) => mark.expression < card.expressions.length);
  for (const mark of [...marks].sort((one, other) => one.start - other.start)) {
    if (!(mark.start >= end && mark.end > mark.start && mark.end <= cue.text.length)) continue;
    nodes.push(clean(cue.text.slice(end, mark.start)));
    const expression = card.expressions[mark.expression];
    const element = make(
      "mark",
      card.data.clip
        ? { role: "button", tabindex: "0", "aria-label": say.repeat(clean(cue.text.slice(mark.start, mark.end))) }
        : {},
      cue.text.slice(mark.start, mark.end));
    if (expression.data.also) element.className = "also";
    if (card.data.clip) {
      element.addEventListener("click", () => toggleRepeat(card, expression));
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        toggleRepeat(card, expression);
      });
    }
    nodes.push(element);
    end = mark.end;
  }
  nodes.push(clean(cue.text.slice(end)));
  return nodes;
}

function makeLine(card, cue, index) {
  const { source, target } = card.episode;
  const play = card.data.clip &&
    make("button", { type: "button", class: "play", "aria-label": `${say.playLine}: ${clean(cue.text)}` }, "▶");
  if (play) play.addEventListener("click", () => playLine(card, index));
  return make(
    "li", {}, play,
    make(
      "div", {},
      spoken("p", source, { class: "original" }, cue.speaker && make("b", { class: "speaker" }, `${cue.speaker}: `),
        markedText(card, cue)),
      cue.translation && spoken("p", target, { class: "translation" }, cue.translation)));
}

function detail(word, ...children) {
  return make("p", { class: "detail" }, make("span", { class: "word" }, `${word} `), ...children);
}

function makeExpression(card, expression, position) {
  const entry = expression.data;
  const { source, target } = card.episode;
  const name = clean(entry.form);
  const number = !entry.also && position < 9 && card.data.clip ? make("kbd", { "aria-hidden": "true" }, String(position + 1)) : null;
  expression.button = card.data.clip
    ? spoken("button", source, {
      type: "button", class: "say", "aria-pressed": "false", title: say.repeat(name),
    }, number, make("bdi", {}, name))
    : spoken("strong", source, { class: "say" }, name);
  if (card.data.clip) expression.button.addEventListener("click", () => toggleRepeat(card, expression));
  const badges = [
    entry.level && make("span", { class: "badge level", "data-level": entry.level }, entry.level),
    entry.register && make("span", { class: "badge" }, say[entry.register] || entry.register),
    entry.partOfSpeech && make("span", { class: "badge quiet" }, say[entry.partOfSpeech] || entry.partOfSpeech),
  ];
  if (isServed) {
    expression.known = make("button", { type: "button", class: "known", "aria-pressed": "false" }, say.known);
    expression.known.addEventListener("click", () => markKnown(card, expression));
  }
  expression.element = make(
    "li", { class: "expression" },
    make("div", { class: "head" }, expression.button, badges, expression.known),
    entry.translation && spoken("p", target, { class: "translation strong" }, entry.translation),
    entry.meaning && make("p", { class: "meaning", dir: "auto" }, entry.meaning),
    entry.literal && detail(say.literally, spoken("q", target, {}, entry.literal)),
    entry.note && detail(say.note, make("bdi", {}, entry.note)),
    entry.similar.length > 0 && detail(say.similar, spoken("span", source, {}, entry.similar.map(clean).join(" · "))),
    entry.examples.length > 0 &&
      detail(say.examples, entry.examples.map((text) => spoken("q", source, { class: "example" }, text))),
    entry.extract && make("p", { class: "detail" }, make("a", { href: entry.extract }, say.listen)));
  if (expression.known && knownForms.has(entry.form)) showKnown(expression, true);
  return expression.element;
}

function makeVideo(card, names) {
  const { clip, poster } = card.data;
  const video = make("video", {
    src: clip, poster, controls: true, playsinline: true, preload: "none", "aria-label": say.clipOf(names),
  });
  card.video = video;
  card.trouble = make(
    "p", { class: "trouble", role: "alert", hidden: true }, `${say.noPlay} `, make("a", { href: clip }, say.open));
  card.nowOriginal = spoken("p", card.episode.source, { class: "original" });
  card.nowTranslation = spoken("p", card.episode.target, { class: "translation" });
  return make(
    "div", { class: "screen" }, video, card.trouble,
    // The same lines stand beside it for those who listen to the page.
    make("div", { class: "now", "aria-hidden": "true" }, card.nowOriginal, card.nowTranslation));
}

function makeCard(episode, group, anchor) {
  const card = { episode, data: group, shown: -1, expressions: group.expressions.map((entry) => ({ data: entry })) };
  const main = card.expressions.filter((expression) => !expression.data.also);
  const also = card.expressions.filter((expression) => expression.data.also);
  const names = main.map((expression) => clean(expression.data.form)).join(", ");
  const heading = spoken("h3", episode.source, { id: `${anchor}-name`, tabindex: "-1" }, names || "–");
  const screen = group.clip
    ? makeVideo(card, names)
    : make("div", { class: "screen" }, make("p", { class: "trouble" }, `${say.noClip} `, make("bdi", {}, group.failure || "")));
  const entries = main.map((expression, position) => makeExpression(card, expression, position));
  const rest = also.map((expression, position) => makeExpression(card, expression, main.length + position));
  card.lines = group.cues.map((cue, index) => makeLine(card, cue, index));
  card.heading = heading;
  card.element = make(
    "article", { class: "card", id: anchor, "aria-labelledby": heading.id },
    make("div", { class: "title" }, heading, make("span", { class: "time" }, say.at(clock(group.at)))),
    screen,
    make(
      "div", { class: "words" },
      make("ol", { class: "lines", "aria-label": say.lines }, card.lines),
      make("ol", { class: "expressions" }, entries),
      rest.length > 0 && make("details", {}, make("summary", {}, say.also), make("ol", { class: "expressions" }, rest))));
  card.text = fold([
    names, ...group.cues.flatMap((cue) => [cue.text, cue.translation]),
  ].join("\n"));
  for (const expression of card.expressions) {
    const entry = expression.data;
    expression.text = fold(
      [entry.form, entry.phrase, entry.meaning, entry.translation, entry.literal, entry.note, ...entry.similar].join("\n"));
  }
  const choose = () => makeCurrent(card);
  card.element.addEventListener("focusin", choose);
  card.element.addEventListener("pointerdown", choose);
  if (card.video) watch(card);
  return card;
}

// The line that is being said, under the picture and marked in the dialogue.
function showLine(card, index) {
  card.lines.forEach((line, position) => {
    line.classList.toggle("spoken", position === index);
    if (position === index) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  });
  const cue = card.data.cues[index];
  card.nowOriginal.textContent = cue ? clean(cue.text) : "";
  card.nowTranslation.textContent = cue && cue.translation ? clean(cue.translation) : "";
}

// For searching: without case and accents.
function fold(text) {
  return String(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function showKnown(expression, isKnown) {
  expression.known.setAttribute("aria-pressed", String(isKnown));
  expression.known.textContent = isKnown ? say.isKnown : say.known;
  expression.element.classList.toggle("is-known", isKnown);
}

async function markKnown(card, expression) {
  const wanted = expression.known.getAttribute("aria-pressed") !== "true";
  const status = document.getElementById("status");
  expression.known.disabled = true;
  try {
    const reply = await fetch(`${api}/known`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": document.body.dataset.csrf || "" },
      body: JSON.stringify({ phrase: expression.data.form, known: wanted }),
    });
    if (!reply.ok) throw new Error(reply.status === 401 || reply.status === 403 ? say.signIn : `${say.knownNot} (${reply.status})`);
    for (const each of cards.flatMap((one) => one.expressions)) {
      if (each.data.form !== expression.data.form || !each.known) continue;
      showKnown(each, wanted);
    }
    status.textContent = "";
  } catch (error) {
    status.textContent = error instanceof TypeError ? say.knownNot : error.message;
  } finally {
    expression.known.disabled = false;
    expression.known.focus();
  }
}
