"""Opens the pages that langflix writes in a real Chromium, from a file and from a server, and uses them.

usage: check_gallery.py PROGRAM
"""

import json
import re
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from urllib.parse import quote

import axe_playwright_python
from browser import complaints, open_browser, show_as, wait_for
from hostile import IMAGE, SCRIPT, TERMINAL, TEXTS, make_hostile
from season import make_season
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from server import Site

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else ".build/debug/langflix"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
EPISODE = "Radio Puddle season one episode two"
# How far the picture may be from what a script reads a moment later, in seconds.
SLACK_S = 0.25

STATE = """(() => {
  const card = document.querySelectorAll('.card')[arguments[0]];
  const video = card.querySelector('video');
  const [original, translation] = [...card.querySelectorAll('.now > p')].map((part) => part.textContent);
  return {time: video.currentTime, paused: video.paused, rate: video.playbackRate, original, translation,
    spoken: [...card.querySelectorAll('.lines > li')].findIndex((line) => line.classList.contains('spoken'))};
})()"""


class GalleryTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="langflix-gallery-")
        root = Path(cls.folder.name)
        cls.shelf = root / "Season 01" / "Shorts" / "langflix"
        make_season(cls.shelf)
        clip = next((cls.shelf / EPISODE).glob("ck*.mp4"))
        cls.hostile = root / "Hostile" / "Shorts" / "langflix"
        cls.hostile_home = make_hostile(cls.hostile, clip)
        for folder in (cls.shelf, root / "Hostile"):
            subprocess.run([PROGRAM, "gallery", str(folder)], check=True, capture_output=True)
        cls.groups = json.loads((cls.shelf / EPISODE / "expressions.json").read_text(encoding="utf-8"))["groups"]
        page = (cls.shelf / "index.html").read_text(encoding="utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
        cls.policy = policy.replace(" file:", "") + "; frame-ancestors 'none'"
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.folder.cleanup()

    def setUp(self):
        self.began = time.monotonic()

    def tearDown(self):
        print(f"  {self._testMethodName}: {time.monotonic() - self.began:.1f} s", file=sys.stderr)

    def open(self, *parts):
        """Opens a page of the season as a double click does."""
        address = "file://" + quote(str(self.shelf.joinpath(*parts, "index.html")))
        self.browser.get("about:blank")
        complaints(self.browser)
        self.browser.get(address)

    def state(self, card=0):
        return self.browser.execute_script(f"return {STATE}", card)

    def press(self, *keys):
        for key in keys:
            ActionChains(self.browser).send_keys(key).perform()

    def wait(self, script, *arguments, what=None):
        return wait_for(self.browser, script, *arguments, what=what)

    def expect_in_step(self, card, state):
        """What is shown is what is said at that time, in both languages; a moment around a change is left out."""
        cues = self.groups[card]["cues"]
        borders = [border for cue in cues for border in (cue["start_s"], cue["end_s"])]
        if min(abs(state["time"] - border) for border in borders) < SLACK_S:
            return False
        said = [cue for cue in cues if cue["start_s"] <= state["time"] < cue["end_s"]]
        self.assertEqual(state["original"], said[0]["text"] if said else "")
        self.assertEqual(state["translation"], said[0]["translation"] if said else "")
        self.assertEqual(state["spoken"], cues.index(said[0]) if said else -1)
        return bool(said)

    # Playing

    def test_plays_from_a_file_with_both_languages_in_step(self):
        self.open(EPISODE)
        self.assertEqual(self.browser.execute_script("return location.protocol"), "file:")
        self.press(" ")
        self.wait(f"{STATE}.time > 0.1", 0, what="the clip to play")
        seen = set()
        deadline = time.monotonic() + 30
        while len(seen) < 3 and time.monotonic() < deadline:
            state = self.state()
            if self.expect_in_step(0, state):
                seen.add(state["spoken"])
            time.sleep(0.03)
        self.assertEqual(seen, {0, 1, 2}, "every line was shown")
        self.press(" ")
        self.assertTrue(self.state()["paused"] or self.browser.execute_script("return document.querySelector('video').ended"))
        self.assertEqual(complaints(self.browser), [])

    def test_a_sentence_repeats(self):
        self.open(EPISODE)
        for speed in (1, 0.5):
            self.browser.find_element(By.CSS_SELECTOR, f"#speeds button[value='{speed}']").click()
            sentence = self.browser.execute_script(
                "return JSON.parse(document.getElementById('data').textContent).episodes[0].groups[0].expressions[1]")
            button = self.browser.find_elements(By.CSS_SELECTOR, ".say")[1]
            button.click()
            self.assertEqual(button.get_attribute("aria-pressed"), "true")
            samples = self.browser.execute_async_script(
                """
                const [from, done] = arguments;
                const video = document.querySelector('video');
                const samples = [];
                let rounds = 0, last = -1;
                const timer = setInterval(() => {
                  const time = video.currentTime;
                  if (!video.paused && !video.seeking) samples.push([performance.now() / 1000, time, video.playbackRate]);
                  if (last - time > 0.5) rounds += 1;
                  last = time;
                  if (rounds >= 1 && time > from + 0.3) { clearInterval(timer); done(samples); }
                }, 10);""",
                sentence["from"])  # fmt: skip
            times = [sample[1] for sample in samples]
            # The first ones may be from before it went there.
            begin = next(index for index, at in enumerate(times) if at >= sentence["from"] - 0.05)
            self.assertGreater(min(times[begin:]), sentence["from"] - 0.1)
            self.assertLess(max(times[begin:]), sentence["to"] + SLACK_S)
            self.assertGreater(max(times[begin:]), sentence["to"] - SLACK_S, "the whole sentence was said")
            back = [index for index in range(begin + 1, len(times)) if times[index] < times[index - 1] - 0.5]
            self.assertEqual(len(back), 1, "it went back once")
            self.assertEqual({sample[2] for sample in samples[begin:]}, {speed})
            first, last = samples[begin], samples[back[0] - 1]
            self.assertAlmostEqual((last[1] - first[1]) / (last[0] - first[0]), speed, delta=0.15 * speed + 0.05)
            button.click()
            self.assertTrue(self.state()["paused"])
            self.assertEqual(button.get_attribute("aria-pressed"), "false")
        self.assertEqual(complaints(self.browser), [])

    def test_an_expression_in_the_line_repeats_its_sentence(self):
        self.open(EPISODE)
        mark = self.browser.find_element(By.CSS_SELECTOR, "mark[role=button]")
        self.assertEqual(mark.text, "turned down")
        mark.click()
        self.wait(f"!{STATE}.paused", 0)
        button = self.browser.find_elements(By.CSS_SELECTOR, ".say")[0]
        self.assertEqual(button.get_attribute("aria-pressed"), "true")
        self.press(Keys.ESCAPE)
        self.assertEqual(button.get_attribute("aria-pressed"), "false")

    def test_only_one_clip_plays(self):
        self.open(EPISODE)
        plays = self.browser.find_elements(By.CSS_SELECTOR, ".play")
        plays[0].click()
        self.wait(f"{STATE}.time > 0", 0)
        plays[-1].click()
        self.wait(f"!{STATE}.paused", 1)
        self.assertTrue(self.state(0)["paused"])

    def test_the_browser_gets_subtitles_too(self):
        self.open(EPISODE)
        self.press(" ")
        tracks = self.wait(
            """(() => {
              const tracks = [...document.querySelector('video').textTracks];
              return tracks.length === 3 && tracks.map((track) =>
                [track.label, track.language, track.mode, [...track.cues].map((cue) => cue.text)]);
            })()""")  # fmt: skip
        self.assertEqual([track[0] for track in tracks], ["en + ko", "en", "ko"])
        cue = self.groups[0]["cues"][1]
        self.assertEqual(tracks[0][3][1], f"{cue['text']}\n{cue['translation']}")
        self.assertEqual({track[2] for track in tracks}, {"hidden"})

    # Keys

    def test_keys(self):
        self.open(EPISODE)
        speeds = lambda: self.browser.find_element(By.CSS_SELECTOR, "#speeds [aria-pressed=true]").text  # noqa: E731
        for expected in ("0.75×", "0.5×", "1×"):
            self.press("s")
            self.assertEqual(speeds(), expected)
        self.press("2")
        sentence = self.wait("document.querySelectorAll('.say')[1].getAttribute('aria-pressed') === 'true'")
        self.assertTrue(sentence)
        cues = self.groups[0]["cues"]
        self.wait(f"{STATE}.time > arguments[1]", 0, cues[1]["start_s"] - 0.5)
        self.press(Keys.ESCAPE, " ")
        self.assertTrue(self.state()["paused"])
        self.press("r")
        self.wait("document.querySelectorAll('.say')[1].getAttribute('aria-pressed') === 'true'")
        self.press(Keys.ARROW_RIGHT)
        self.wait(f"{STATE}.time >= arguments[1]", 0, cues[2]["start_s"])
        self.press(" ", Keys.ARROW_LEFT)
        self.wait(f"{STATE}.time < arguments[1]", 0, cues[2]["start_s"])
        self.press(" ", Keys.ARROW_DOWN)
        self.assertEqual(self.browser.execute_script("return document.activeElement.textContent"), "dead air")
        self.press(" ")
        self.wait(f"!{STATE}.paused", 1)
        self.press(" ", Keys.ARROW_UP)
        self.assertEqual(self.browser.execute_script("return document.activeElement.textContent"), "turn down, figure out")
        self.press("t")
        self.assertFalse(self.browser.find_element(By.CSS_SELECTOR, ".lines .translation").is_displayed())
        self.press("t")
        self.assertTrue(self.browser.find_element(By.CSS_SELECTOR, ".lines .translation").is_displayed())
        # What is typed is no command.
        self.press("/", "s")
        self.assertEqual(self.browser.find_element(By.ID, "query").get_attribute("value"), "s")
        self.assertEqual(speeds(), "1×")
        self.assertEqual(complaints(self.browser), [])

    def test_everything_is_reached_with_the_tab_key(self):
        self.open(EPISODE)
        wanted = self.browser.execute_script(
            "return document.querySelectorAll('.say:not(details *), .play, mark[role=button], #speeds button').length")
        reached = set()
        for _ in range(80):
            self.press(Keys.TAB)
            reached.add(self.browser.execute_script(
                """const target = document.activeElement;
                return target.matches('.say, .play, mark, #speeds button')
                  ? [...document.querySelectorAll('*')].indexOf(target) : null"""))
        self.assertEqual(len(reached - {None}), wanted)
        self.browser.find_element(By.CSS_SELECTOR, "mark[role=button]").send_keys(Keys.ENTER)
        self.wait(f"!{STATE}.paused", 0)

    # Finding

    def test_search_and_level(self):
        self.open(EPISODE)
        shown = lambda: [  # noqa: E731
            card.find_element(By.TAG_NAME, "h3").text
            for card in self.browser.find_elements(By.CSS_SELECTOR, ".card") if card.is_displayed()]  # fmt: skip
        status = lambda: self.browser.find_element(By.ID, "status").text  # noqa: E731
        query = self.browser.find_element(By.ID, "query")
        for text, cards in (("FIGURE", 1), ("알아내", 1), ("방송", 1), ("to refuse", 1), ("silence", 1), ("nothing fits", 0)):
            query.clear()
            query.send_keys(text)
            self.assertEqual(len(shown()), cards, text)
        self.assertEqual(status(), "Nothing fits.")
        query.clear()
        query.send_keys(" ")
        self.assertEqual(len(shown()), 2)
        for level, cards in (("B2", ["turn down, figure out"]), ("C1", ["turn down, figure out", "dead air"]), ("", None)):
            self.browser.find_element(By.CSS_SELECTOR, f"#level option[value='{level}']").click()
            if cards:
                self.assertEqual(shown(), cards)
        self.assertEqual(status(), "")

    def test_the_season_has_all_episodes(self):
        self.open()
        titles = [title.text for title in self.browser.find_elements(By.TAG_NAME, "h2")]
        self.assertEqual(titles, ["Radio Puddle - S01E02 - Dead Air", "Radio Puddle - S01E10 - Al Bayt"])
        self.assertEqual(self.browser.find_element(By.TAG_NAME, "h1").text.split(" · ")[-1], "Season 01")
        arabic = self.browser.find_element(By.CSS_SELECTOR, ".lines [lang=ar]")
        direction = "return getComputedStyle(arguments[0]).direction"
        self.assertEqual(self.browser.execute_script(direction, arabic), "rtl")
        self.browser.execute_script("document.querySelectorAll('.say')[document.querySelectorAll('.say').length - 1].click()")
        self.wait(f"{STATE}.time > 0", 2)
        self.browser.find_element(By.CSS_SELECTOR, ".episode .title > a").click()
        self.wait("document.title === 'Radio Puddle - S01E02 - Dead Air'")
        self.browser.find_element(By.CSS_SELECTOR, "#back a").click()
        self.wait("document.querySelectorAll('h2').length === 2")
        self.assertEqual(complaints(self.browser), [])

    # From a server

    def test_what_is_known_is_told_to_the_server(self):
        with Site(self.shelf, self.policy) as site:
            self.browser.get(site.address(quote(EPISODE) + "/index.html"))
            complaints(self.browser)
            button = self.browser.find_elements(By.CSS_SELECTOR, ".known")[1]
            button.click()
            self.wait("document.querySelectorAll('.known')[1].getAttribute('aria-pressed') === 'true'")
            self.assertEqual(site.posts, [("/api/v1/known", {"phrase": "figure out", "known": True})])
            button.click()
            self.wait("document.querySelectorAll('.known')[1].getAttribute('aria-pressed') === 'false'")
            self.assertEqual(site.posts[1][1], {"phrase": "figure out", "known": False})
            self.assertEqual(complaints(self.browser), [], "its policy lets all of it run")
            site.status = 500
            button.click()
            self.wait("document.getElementById('status').textContent.includes('500')")
            self.assertEqual(button.get_attribute("aria-pressed"), "false")
            self.press("1")
            self.wait(f"{STATE}.time > 0", 0, what="the clip to play from the server")

    def test_a_server_may_be_read_only(self):
        with Site(self.shelf, self.policy, api="") as site:
            self.browser.get(site.address("index.html"))
            self.assertEqual(self.browser.find_elements(By.CSS_SELECTOR, ".known"), [])
            self.assertIn("sign in", self.browser.find_element(By.ID, "hint").text)
        self.open()
        self.assertEqual(self.browser.find_elements(By.CSS_SELECTOR, ".known"), [])
        self.assertIn("file", self.browser.find_element(By.ID, "hint").text)

    # What must not happen

    def test_nothing_hostile_runs(self):
        for address in (self.hostile_home / "index.html", self.hostile / "index.html"):
            self.browser.get("about:blank")
            complaints(self.browser)
            self.browser.get("file://" + quote(str(address)))
            self.press("1", "t", "t")
            self.wait(f"{STATE}.time > 0", 0, what="the clip with the hostile name to play")
            for line in self.browser.find_elements(By.CSS_SELECTOR, "mark[role=button]"):
                self.browser.execute_script("arguments[0].click()", line)
            self.assertIsNone(self.browser.execute_script("return window.hacked || null"))
            self.assertEqual(self.browser.execute_script("return document.scripts.length"), 2)
            self.assertEqual(self.browser.execute_script("return document.querySelectorAll('img, svg, iframe, object').length"), 0)
            titles = self.browser.find_elements(By.CSS_SELECTOR, "h1, h2")
            self.assertTrue(any(SCRIPT + IMAGE in title.get_attribute("textContent") for title in titles))
            forms = [
                self.browser.execute_script("return arguments[0].textContent", element)
                for element in self.browser.find_elements(By.CSS_SELECTOR, ".card h3")]  # fmt: skip
            self.assertEqual(forms, ["]0;owned[2J31m" if text == TERMINAL else text for text in TEXTS])
            refused = [entry for entry in complaints(self.browser) if "ERR_FILE_NOT_FOUND" not in entry]
            self.assertEqual(refused, [])

    def test_without_scripts_there_are_links(self):
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            self.open(EPISODE)
            links = self.browser.find_elements(By.CSS_SELECTOR, "noscript a")
            self.assertEqual([link.text for link in links], ["turn down · figure out", "dead air"])
        finally:
            self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    # For everybody

    def test_axe_finds_nothing_serious(self):
        try:
            with Site(self.shelf, "", api="/api/v1") as site:
                for page in (quote(EPISODE) + "/index.html", "index.html"):
                    for size, dark in (((1280, 900), False), ((390, 844), True), ((1920, 1080), True)):
                        show_as(self.browser, size, dark)
                        self.browser.get(site.address(page))
                        self.browser.execute_script("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
                        self.browser.execute_script("document.querySelector('.lines > li').classList.add('spoken')")
                        # Injected by the driver, which no policy binds.
                        self.browser.execute_script(AXE)
                        found = self.browser.execute_async_script(
                            "const done = arguments[0]; axe.run(document).then((result) => done(result.violations));")
                        serious = [
                            (rule["id"], [node["html"] for node in rule["nodes"]])
                            for rule in found if rule["impact"] in ("serious", "critical")]  # fmt: skip
                        self.assertEqual(serious, [], f"{page} {size} dark={dark}")
                        self.assertEqual([rule["id"] for rule in found if rule["impact"] == "moderate"], [])
        finally:
            show_as(self.browser, (1280, 900))

    def test_nothing_is_wider_than_a_phone(self):
        try:
            for size in ((320, 640), (390, 844), (1280, 900), (1920, 1080)):
                show_as(self.browser, size)
                self.open()
                self.assertLessEqual(self.browser.execute_script("return document.documentElement.scrollWidth"), size[0])
        finally:
            show_as(self.browser, (1280, 900))

    def test_korean(self):
        browser = open_browser("ko-KR")
        try:
            browser.get("file://" + quote(str(self.shelf / EPISODE / "index.html")))
            self.assertEqual(browser.execute_script("return document.documentElement.lang"), "ko")
            self.assertEqual(browser.find_element(By.CSS_SELECTOR, "#back a").text, "모든 에피소드")
            self.assertEqual(browser.find_element(By.ID, "summary").text, "클립 2개, 표현 3개")
            words = browser.execute_script(
                "return [...document.querySelectorAll('[data-word]')].filter((part) => !part.textContent).length")
            self.assertEqual(words, 0)
            self.assertEqual(complaints(browser), [])
        finally:
            browser.quit()


if __name__ == "__main__":
    unittest.main(verbosity=1)
