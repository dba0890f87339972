// The page: its parts, its filter, its keys.
function makeEpisode(episode, position) {
  const isSeason = data.kind === "season";
  const made = episode.groups.map((group) => {
    const anchor = isSeason ? `e${position + 1}-c-${group.cue}` : `c-${group.cue}`;
    const card = makeCard(episode, group, anchor);
    cards.push(card);
    return card.element;
  });
  const notes = [
    episode.pending > 0 && make("p", { class: "notice" }, say.pending(episode.pending)),
    episode.failed > 0 && make("p", { class: "notice" }, say.failedBatches(episode.failed)),
  ];
  const title = isSeason
    ? make(
      "div", { class: "title" }, make("h2", { dir: "auto", id: `e${position + 1}` }, episode.title),
      episode.href && make("a", { href: episode.href, "aria-label": `${say.page}: ${clean(episode.title)}` }, say.page))
    : make("h2", { class: "hidden" }, say.lines);
  const section = make("section", { class: "episode" }, title, notes, made);
  episode.section = section;
  return section;
}

function fillSeason(clips) {
  const links = data.episodes.map((episode, position) =>
    make("li", {}, make("a", { href: `#e${position + 1}`, dir: "auto" }, episode.title)));
  if (links.length > 1) {
    clips.append(make("nav", { "aria-label": say.episodes }, make("ul", { class: "jump" }, links)));
  }
}

function filter() {
  const words = fold(document.getElementById("query").value).split(/\s+/).filter(Boolean);
  const level = document.getElementById("level").value;
  let [shown, all] = [0, 0];
  for (const card of cards) {
    const fits = card.expressions.filter((expression) => {
      const entry = expression.data;
      if (level && (entry.level || "none") !== level) return false;
      return words.every((word) => expression.text.includes(word) || card.text.includes(word));
    });
    const main = card.expressions.filter((expression) => !expression.data.also);
    all += main.length;
    shown += fits.filter((expression) => !expression.data.also).length;
    const isHidden = fits.length === 0 && (words.length > 0 || level !== "");
    if (isHidden && card.video && !card.video.paused) card.video.pause();
    card.element.hidden = isHidden;
    for (const expression of card.expressions) {
      expression.element.classList.toggle("faded", level !== "" && !fits.includes(expression));
    }
  }
  for (const episode of data.episodes) {
    episode.section.hidden = episode.groups.length > 0
      && cards.every((card) => card.episode !== episode || card.element.hidden);
  }
  const isFiltered = words.length > 0 || level !== "";
  document.getElementById("status").textContent =
    !isFiltered ? "" : shown === 0 ? say.none : say.shown(shown, all);
}

function fillTools() {
  const levels = new Set(cards.flatMap((card) => card.expressions.map((expression) => expression.data.level || "none")));
  const select = document.getElementById("level");
  const options = [["", say.all], ...[...levels].sort().map((level) => [level, level === "none" ? say.noLevel : level])];
  select.append(...options.map(([value, text]) => make("option", { value }, text)));
  if (levels.size < 2) select.closest(".field").hidden = true;
  for (const speed of SPEEDS) {
    const button = make("button", { type: "button", value: String(speed) }, `${speed}×`);
    button.addEventListener("click", () => setSpeed(speed));
    speedButtons.push(button);
  }
  document.getElementById("speeds").append(...speedButtons);
  setSpeed(1);
  select.addEventListener("change", filter);
  document.getElementById("query").addEventListener("input", filter);
  document.getElementById("tools").addEventListener("submit", (event) => event.preventDefault());
  const translations = document.getElementById("translations");
  translations.addEventListener("click", toggleTranslations);
  const hasTranslations = cards.some((card) =>
    card.data.cues.some((cue) => cue.translation) || card.expressions.some((expression) => expression.data.translation));
  translations.hidden = !hasTranslations;
  const keys = [
    [say.space, say.keySpace], ["← →", say.keyLines], ["↑ ↓", say.keyClips], ["1 2 3", say.keyNumbers], ["R", say.keyR],
    ["S", say.keyS], ["T", say.keyT], ["/", say.keySlash], ["Esc", say.keyEscape],
  ];
  document.getElementById("keys").append(
    ...keys.flatMap(([key, text]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, text)]));
}

function toggleTranslations() {
  const button = document.getElementById("translations");
  const isShown = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(isShown));
  document.body.classList.toggle("no-translations", !isShown);
}

function goToCard(step) {
  const shown = cards.filter((card) => !card.element.hidden);
  if (shown.length === 0) return;
  const index = shown.indexOf(player.current);
  const next = shown[Math.min(Math.max(index + step, 0), shown.length - 1)];
  makeCurrent(next);
  next.element.scrollIntoView({ block: "start" });
  next.heading.focus({ preventScroll: true });
}

function goToLine(step) {
  const card = player.current;
  if (!card || !card.video) return;
  const cues = card.data.cues;
  const time = card.video.currentTime;
  let index = cues.reduce((found, cue, position) => (cue.start <= time + 0.05 ? position : found), -1);
  // Shortly after its beginning, a line's own beginning is no step back.
  if (step < 0 && index >= 0 && time - cues[index].start > 1) index += 1;
  playLine(card, Math.min(Math.max(index + step, 0), cues.length - 1));
}

const KEYS = {
  " ": () => togglePlay(player.current),
  Enter: () => togglePlay(player.current),
  ArrowLeft: () => goToLine(-1),
  ArrowRight: () => goToLine(1),
  ArrowUp: () => goToCard(-1),
  ArrowDown: () => goToCard(1),
  r: () => {
    const card = player.current;
    if (!card) return;
    const last = player.last && player.last.card === card ? player.last.expression : card.expressions[0];
    if (last) repeat(card, last);
  },
  s: () => setSpeed(SPEEDS[(SPEEDS.indexOf(player.speed) + 1) % SPEEDS.length]),
  t: toggleTranslations,
  "/": () => document.getElementById("query").focus(),
  Escape: endLoop,
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const isTyping = target.matches("input, select, textarea");
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (isTyping) {
    if (key === "Escape") target.blur();
    return;
  }
  // What has the focus is pressed by these keys.
  if ((key === " " || key === "Enter") && target.matches("button, a, summary, [role=button]")) return;
  if (!player.current) makeCurrent(cards.find((card) => !card.element.hidden) || null);
  if (/^[1-9]$/.test(key)) {
    const card = player.current;
    const main = card ? card.expressions.filter((expression) => !expression.data.also) : [];
    const chosen = main[Number(key) - 1];
    if (!chosen) return;
    repeat(card, chosen);
  } else if (Object.prototype.hasOwnProperty.call(KEYS, key)) {
    KEYS[key]();
  } else {
    return;
  }
  // Before the clip's own controls, which know some of these keys, too.
  event.preventDefault();
  event.stopPropagation();
}

function show() {
  document.documentElement.lang = LANGUAGE;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say[element.dataset.word];
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say[element.dataset.label]);
  }
  const clips = document.getElementById("clips");
  if (data.kind === "season") fillSeason(clips);
  else document.getElementById("back").hidden = false;
  clips.append(...data.episodes.map(makeEpisode));
  if (data.others.length > 0) {
    const links = data.others.map((link) => make("li", {}, make("a", { href: link.href, dir: "auto" }, link.title)));
    clips.append(make("section", { class: "episode" }, make("h2", {}, say.more), make("ul", { class: "jump" }, links)));
  }
  fillTools();
  const expressions = cards.flatMap((card) => card.expressions.filter((expression) => !expression.data.also));
  document.getElementById("summary").textContent = say.summary(cards.length, expressions.length);
  document.getElementById("hint").textContent =
    isServed ? "" : /^https?:$/.test(location.protocol) ? say.readOnly : say.fileHint;
  document.addEventListener("keydown", onKey, true);
  // A clip without a poster shows its first picture once it is near.
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      near.unobserve(entry.target);
      if (!entry.target.poster) entry.target.preload = "metadata";
    }
  }, { rootMargin: "50% 0px" });
  for (const card of cards) {
    if (card.video) near.observe(card.video);
  }
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  if (wanted) {
    wanted.scrollIntoView();
    makeCurrent(cards.find((card) => card.element === wanted) || null);
  }
}

show();
