// What is playing: one clip at a time, at one speed, perhaps one sentence again and again.
const SPEEDS = [1, 0.75, 0.5];
// Between two rounds of a sentence, in milliseconds.
const BREATH = 350;

const player = { current: null, loop: null, last: null, speed: 1, breath: 0 };

function makeCurrent(card) {
  if (player.current === card) return;
  if (player.current) player.current.element.classList.remove("current");
  player.current = card;
  if (card) card.element.classList.add("current");
}

function setSpeed(speed) {
  player.speed = speed;
  for (const button of speedButtons) button.setAttribute("aria-pressed", String(Number(button.value) === speed));
  for (const card of cards) {
    if (!card.video) continue;
    card.video.defaultPlaybackRate = speed;
    card.video.playbackRate = speed;
  }
}

function start(card, from) {
  if (!card.video) return;
  clearTimeout(player.breath);
  if (player.loop) player.loop.isBreathing = false;
  makeCurrent(card);
  for (const other of cards) {
    if (other !== card && other.video && !other.video.paused) other.video.pause();
  }
  const video = card.video;
  addTracks(card);
  video.playbackRate = player.speed;
  if (from !== undefined) seek(video, from);
  const started = video.play();
  if (started) started.catch(() => {});
}

// Before the file's head is read, a place to go to is kept only by some browsers.
function seek(video, time) {
  if (video.readyState > 0) {
    video.currentTime = time;
  } else {
    video.addEventListener("loadedmetadata", () => { video.currentTime = time; }, { once: true });
  }
}

function endLoop() {
  clearTimeout(player.breath);
  if (!player.loop) return;
  player.loop.button.setAttribute("aria-pressed", "false");
  player.loop = null;
}

function repeat(card, expression) {
  if (!card.video) return;
  endLoop();
  player.loop = { card, expression, from: expression.data.from, to: expression.data.to, button: expression.button };
  player.last = player.loop;
  expression.button.setAttribute("aria-pressed", "true");
  start(card, expression.data.from);
}

function toggleRepeat(card, expression) {
  const isRepeating = player.loop && player.loop.expression === expression && !card.video.paused;
  if (!isRepeating) return repeat(card, expression);
  endLoop();
  card.video.pause();
}

function togglePlay(card) {
  if (!card || !card.video) return;
  if (card.video.paused) start(card);
  else {
    clearTimeout(player.breath);
    card.video.pause();
  }
}

function playLine(card, index) {
  const cue = card.data.cues[index];
  if (!cue) return;
  endLoop();
  start(card, Math.max(0, cue.start));
}

// The sentence is over: once more, after a breath.
function again(loop) {
  const video = loop.card.video;
  loop.isBreathing = true;
  video.pause();
  clearTimeout(player.breath);
  player.breath = setTimeout(() => {
    if (player.loop === loop) start(loop.card, loop.from);
  }, BREATH);
}

function follow(card) {
  const video = card.video;
  const time = video.currentTime;
  const loop = player.loop;
  if (loop && loop.card === card && !loop.isBreathing && !video.seeking) {
    if (time >= loop.to || video.ended) again(loop);
  }
  const index = card.data.cues.findIndex((cue) => time >= cue.start && time < cue.end);
  if (index === card.shown) return;
  card.shown = index;
  showLine(card, index);
}

function watch(card) {
  const video = card.video;
  const frame = () => {
    follow(card);
    if (!video.paused && !video.ended) requestAnimationFrame(frame);
  };
  video.addEventListener("play", () => {
    if (player.loop && player.loop.card !== card) endLoop();
    for (const other of cards) {
      if (other !== card && other.video && !other.video.paused) other.video.pause();
    }
    makeCurrent(card);
    addTracks(card);
    requestAnimationFrame(frame);
  });
  // In a tab in the background there are no frames.
  for (const name of ["timeupdate", "seeked", "ended"]) video.addEventListener(name, () => follow(card));
  video.addEventListener("seeking", () => {
    const loop = player.loop;
    if (!loop || loop.card !== card) return;
    // Somebody went elsewhere by the controls.
    if (video.currentTime < loop.from - 0.3 || video.currentTime > loop.to + 0.3) endLoop();
  });
  video.addEventListener("ratechange", () => {
    if (SPEEDS.includes(video.playbackRate) && video.playbackRate !== player.speed && !video.paused) {
      setSpeed(video.playbackRate);
    }
  });
  video.addEventListener("error", () => { card.trouble.hidden = false; });
  const showTracks = (isFull) => {
    addTracks(card);
    for (const track of card.tracks) track.mode = isFull && track.isBoth ? "showing" : "hidden";
  };
  video.addEventListener("webkitbeginfullscreen", () => showTracks(true));
  video.addEventListener("webkitendfullscreen", () => showTracks(false));
  video.addEventListener("fullscreenchange", () => showTracks(document.fullscreenElement === video));
}

// Subtitles for the browser's own menu and for the full screen: both languages, and each alone.
function addTracks(card) {
  if (card.tracks) return;
  card.tracks = [];
  if (typeof VTTCue === "undefined") return;
  const { source, target } = card.episode;
  const plain = (text) => clean(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const add = (label, language, text, isBoth) => {
    if (!card.data.cues.some((cue) => text(cue))) return;
    const track = card.video.addTextTrack("subtitles", label, language || "");
    for (const cue of card.data.cues) {
      if (text(cue) && cue.end > cue.start) track.addCue(new VTTCue(Math.max(0, cue.start), cue.end, text(cue)));
    }
    track.mode = "hidden";
    track.isBoth = isBoth;
    card.tracks.push(track);
  };
  const original = (cue) => plain(cue.text);
  const translation = (cue) => (cue.translation ? plain(cue.translation) : "");
  add(
    target ? `${source} + ${target}` : source || "", source,
    (cue) => [original(cue), translation(cue)].filter(Boolean).join("\n"), true);
  if (card.data.cues.some((cue) => cue.translation)) {
    add(source || "", source, original, false);
    add(target || "", target, translation, false);
  }
}
