#!/usr/bin/env python3
"""The real daemon's dashboard in a real browser: an episode goes from dropped to done without a reload, buttons work,
strangers' text stays text, everybody can use the pages.

usage: live.py LANGFLIX     (in the environment of Tests/Gallery/requirements.txt)
       live.py LANGFLIX --pictures FOLDER --media /media/series      only takes the pictures for docs/, which show
           that folder's path: it must not exist
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "Tests/Gallery"))

import axe_playwright_python
import model_server
from browser import complaints, open_browser, show_as, wait_for
from selenium.webdriver.common.by import By

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
EPISODE = "Radio Puddle - S01E01 - Dead Air"
PARTS = "[...document.querySelectorAll('[data-part]')].map((part) => part.textContent).join()"
HOSTILE = "\"><img src=x onerror=hacked('name')> '\"\u0301 - S01E02"
SIZES = {"phone": (390, 844), "desktop": (1280, 900), "tv": (1920, 1080)}
PAGES = ["/", "/episodes", "/failures", "/history", "/libraries", "/budget", "/search", "/settings"]
LIMIT_S = 60

# Notes every state that the page shows of an episode, as it shows it.
NOTE_STATES = """
window.mark = "the same page";
window.states = [];
const look = () => {
  for (const card of document.querySelectorAll("[data-part=queue] .card, [data-part=finished] .card")) {
    if (!card.querySelector(".name").textContent.startsWith("Radio Puddle")) continue;
    const state = card.querySelector(".tag").textContent;
    if (window.states.at(-1) !== state) window.states.push(state);
  }
};
new MutationObserver(look).observe(document.querySelector("main"), { childList: true, subtree: true });
look();
"""


class Daemon:
    """A daemon with a library and a state of its own."""

    def __init__(self, program, folder, media):
        self.program, self.folder, self.media = program, folder, media
        self.media.mkdir()
        config = folder / "langflix.yaml"
        config.write_text(json.dumps({
            "libraries": {"tv": {"path": str(self.media)}},
            "state_folder": str(folder / "state"),
            "languages": {"target": "ko"},
            "watch": {"settle_seconds": 0.3},
            "dashboard": {"listen": "127.0.0.1:0"},
            "extraction": {"provider": "local"},
            "providers": {"local": {
                "kind": "openai", "base_url": f"http://127.0.0.1:{model_server.start()}/v1", "model": "small",
                "requests_per_day": 200, "input_usd_per_million": 1, "output_usd_per_million": 4}},
        }), encoding="utf-8")  # fmt: skip
        self.config = config
        self.log = open(folder / "log", "wb")
        self.process = subprocess.Popen(
            [program, "serve", "--config", str(config)], stdout=self.log, stderr=subprocess.STDOUT)

    def url(self):
        deadline = time.monotonic() + LIMIT_S
        while time.monotonic() < deadline:
            status = subprocess.run(
                [self.program, "status", "--json", "--config", str(self.config)], capture_output=True, check=False)
            if status.returncode == 0 and (url := json.loads(status.stdout).get("dashboard")):
                return url
            if self.process.poll() is not None:
                break
        raise AssertionError("no dashboard: " + (self.folder / "log").read_text())

    def stop(self):
        """Ends it as a service manager does; a stream that is open must not hold that up."""
        began = time.monotonic()
        self.process.terminate()
        code = self.process.wait(timeout=30)
        self.log.close()
        assert code == 0, f"the daemon ended with {code}: {(self.folder / 'log').read_text()}"
        return time.monotonic() - began


def drop(made, name, media):
    """As a person does it: the subtitles, then the video, each by one rename."""
    for ending in (".en.srt", ".mkv"):
        hidden = media / f".part{ending}"
        shutil.copy(made / f"{EPISODE}{ending}", hidden)
        hidden.rename(media / f"{name}{ending}")


def check_live(browser, url, made, daemon):
    browser.get(url)
    wait_for(browser, "document.getElementById('live-state').textContent === 'live'")
    browser.execute_script(NOTE_STATES)
    dropped = time.monotonic()
    drop(made, EPISODE, daemon.media)
    wait_for(browser, "window.states.at(-1) === 'done'", what="the episode to be done")
    states = browser.execute_script("return window.states")
    assert browser.execute_script("return window.mark") == "the same page", "the page was loaded again"
    assert len(states) >= 3 and "finding expressions" in states, states
    print(f"dropped to done in {time.monotonic() - dropped:.1f} s, seen: {', '.join(states)}")


def check_strangers_text(browser, url, made, daemon):
    """A hostile name, and a hostile model's answers, on every page."""
    other = made / "other"
    other.mkdir()
    # Another title makes it another episode, not the first one at another place.
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", made / f"{EPISODE}.mkv", "-map", "0", "-c", "copy", "-metadata", "title=other",
         other / f"{EPISODE}.mkv"], check=True)  # fmt: skip
    shutil.copy(made / f"{EPISODE}.en.srt", other)
    drop(other, HOSTILE, daemon.media)
    browser.get(url)
    (daemon.media / "<b onclick=hacked('file')>broken - S01E03.mkv").write_bytes(b"no video" * 1000)
    wait_for(browser, "document.querySelector('.counts .bad') !== null", what="the broken file to fail")
    wait_for(
        browser, "[...document.querySelectorAll('[data-part=finished] .name')].some((n) => n.textContent.includes('img'))",
        what="the hostile name to be done")  # fmt: skip
    entries = json.load(urllib.request.urlopen(url + "api/v1/episodes"))["entries"]
    pages = [f"/episodes/{entry['id']}" for entry in entries] + PAGES + ["/search?q=onerror"]
    clips = 0
    for page in pages:
        browser.get(url + page[1:])
        assert browser.execute_script("return typeof window.hacked") == "undefined"
        assert not browser.find_elements(By.CSS_SELECTOR, "main img, main script, main [onerror]"), page
        clips += len(browser.find_elements(By.TAG_NAME, "video"))
        # What a browser had to refuse is told on its console.
        assert not (told := complaints(browser)), f"{page}: {told}"
    assert clips >= 4, clips
    galleries = [address for entry in entries if (address := gallery_of(url, entry["id"]))]
    assert len(galleries) == 2, galleries
    for page in [*galleries, galleries[0].rsplit("/", 2)[0] + "/index.html"]:
        browser.get(url + page[1:])
        wait_for(browser, "document.querySelectorAll('.card').length > 1", what=page)
        assert browser.execute_script("return typeof window.hacked") == "undefined"
        assert not browser.find_elements(By.CSS_SELECTOR, "main img, main script, main [onerror]"), page
        assert "onerror=" in browser.find_element(By.ID, "clips").text, "the strangers' text is shown as text"
        assert not (told := complaints(browser)), f"{page}: {told}"
    print(f"{len(pages)} pages and {len(galleries) + 1} galleries with strangers' text: no script ran")
    return entries


def gallery_of(url, episode):
    page = urllib.request.urlopen(f"{url}episodes/{episode}").read().decode()
    found = re.search(r'href="(/media/[^"]+/index\.html)"', page)
    return found and found[1]


def episode_named(url, name):
    entries = json.load(urllib.request.urlopen(url + "api/v1/episodes"))["entries"]
    return next(entry for entry in entries if entry["name"] == name)


def forms_of(url, episode):
    clips = json.load(urllib.request.urlopen(f"{url}api/v1/episodes/{episode}"))["clips"]
    return [one["dictionary_form"] for clip in clips for one in clip["expressions"]]


def check_gallery(browser, url, daemon):
    """The gallery as the daemon serves it: a clip plays, and what is marked as known goes into the list."""
    episode = episode_named(url, EPISODE)["id"]
    browser.get(f"{url}episodes/{episode}")
    browser.find_element(By.CSS_SELECTOR, "a[href*='/media/']").click()
    wait_for(browser, "document.querySelectorAll('.card').length > 1", what="the gallery")
    browser.execute_script("document.querySelector('.play').click()")
    wait_for(browser, "document.querySelector('video').currentTime > 0.5", what="the gallery's clip to play")
    assert browser.execute_script("return document.querySelector('video').videoWidth") > 0
    browser.execute_script("document.querySelector('video').pause()")
    known = daemon.media / "known.txt"
    assert not known.exists()
    button = browser.find_element(By.CSS_SELECTOR, ".known")
    form = browser.execute_script(
        "return JSON.parse(document.getElementById('data').textContent).episodes[0].groups[0].expressions[0].form")
    button.click()
    wait_for(browser, "document.querySelector('.known').getAttribute('aria-pressed') === 'true'")
    assert known.read_text(encoding="utf-8").splitlines()[-1] == form, known.read_text(encoding="utf-8")
    # The mark is there when the page is opened again, and can be taken off.
    browser.refresh()
    wait_for(browser, "document.querySelector('.known').getAttribute('aria-pressed') === 'true'")
    assert browser.execute_script("return document.querySelectorAll('.known[aria-pressed=true]').length") == 1
    browser.find_element(By.CSS_SELECTOR, ".known").click()
    wait_for(browser, "document.querySelector('.known').getAttribute('aria-pressed') === 'false'")
    assert form not in known.read_text(encoding="utf-8").splitlines()
    browser.find_element(By.CSS_SELECTOR, ".known").click()
    wait_for(browser, "document.querySelector('.known').getAttribute('aria-pressed') === 'true'")
    # The page of all episodes, one folder up, is served too.
    browser.find_element(By.CSS_SELECTOR, "#back a").click()
    wait_for(browser, "document.querySelectorAll('h2').length === 1 && document.querySelectorAll('.card').length > 1")
    browser.execute_script("document.querySelector('.play').click()")
    wait_for(browser, "document.querySelector('video').currentTime > 0.2", what="a clip of the season's page to play")
    assert not (told := complaints(browser)), told
    print(f"the gallery plays from the daemon; '{form}' is marked as known")
    return form


def check_known(url, form):
    """The same dialogue in another series gives all the rest, and not what is known."""
    first = forms_of(url, episode_named(url, EPISODE)["id"])
    entries = json.load(urllib.request.urlopen(url + "api/v1/episodes"))["entries"]
    other = forms_of(url, next(entry["id"] for entry in entries if "img" in entry["name"]))
    assert form in first and form not in other, (form, first, other)
    assert set(first) - {form} <= set(other), (first, other)


def check_pause(browser, url, program, config):
    """The buttons do what the commands do, and each shows what the other did."""
    def status():
        return json.loads(subprocess.run(
            [program, "status", "--json", "--config", config], capture_output=True, check=True).stdout)  # fmt: skip

    browser.get(url)
    wait_for(browser, "document.getElementById('live-state').textContent === 'live'")
    browser.find_element(By.CSS_SELECTOR, "[formaction='/actions/pause']").click()
    wait_for(browser, "document.querySelector('.paused')?.textContent.includes('All work is paused')")
    assert status()["pause"]["all_since"] > 0, status()["pause"]
    wait_for(browser, "document.getElementById('live-state').textContent === 'live'")
    browser.execute_script("window.mark = 'the same page'")
    subprocess.run([program, "resume", "--config", config], check=True, stdout=subprocess.DEVNULL)
    wait_for(browser, "document.querySelector('.paused') === null", what="the page to show that work goes on")
    subprocess.run([program, "pause", "--backlog", "--config", config], check=True, stdout=subprocess.DEVNULL)
    wait_for(browser, "document.querySelector('.paused')?.textContent.includes('backlog')")
    assert browser.execute_script("return window.mark") == "the same page"
    browser.find_element(By.CSS_SELECTOR, "[formaction='/actions/resume']").click()
    wait_for(browser, "document.querySelector('.paused') === null")
    assert status().get("pause") is None
    print("paused and resumed by the buttons and by the commands")


def check_korean(url):
    """In a Korean browser all pages are Korean, the live parts too; the link switches, and the choice stays."""
    browser = open_browser("ko-KR")
    try:
        for page in PAGES:
            browser.get(url + page[1:])
            assert browser.execute_script("return document.documentElement.lang") == "ko", page
            assert not (told := complaints(browser)), f"{page}: {told}"
            expect_usable(browser, url, page)
        browser.get(url)
        wait_for(browser, "document.getElementById('live-state').textContent === '실시간'")
        # By now the parts are those that came over the stream.
        wait_for(browser, f"{PARTS}.includes('클립') && !{PARTS}.includes('clips')")
        browser.find_element(By.CSS_SELECTOR, "a.language").click()
        wait_for(browser, "document.documentElement.lang === 'en'")
        browser.get(url + "episodes?q=Radio")
        assert browser.find_element(By.TAG_NAME, "h1").text == "Episodes"
        browser.find_element(By.CSS_SELECTOR, "a.language").click()
        wait_for(browser, "document.documentElement.lang === 'ko'")
        assert browser.current_url == url + "episodes?q=Radio", browser.current_url
    finally:
        browser.quit()
    print(f"{len(PAGES)} pages in Korean")


def check_clip(browser, url, entries):
    episode = next(entry for entry in entries if entry["name"] == EPISODE)
    browser.get(f"{url}episodes/{episode['id']}")
    browser.execute_script("const v = document.querySelector('video'); v.preload = 'auto'; v.muted = true; v.play();")
    wait_for(browser, "document.querySelector('video').currentTime > 0.5", what="the clip to play")
    wait_for(browser, "document.querySelector('track').track.cues?.length > 0", what="the captions")
    browser.execute_script("const v = document.querySelector('video'); v.pause(); v.currentTime = v.duration - 1;")
    wait_for(browser, "document.querySelector('video').readyState >= 2 && !document.querySelector('video').seeking")


def check_retry(browser, url):
    browser.get(url + "failures")
    buttons = browser.find_elements(By.CSS_SELECTOR, "li button.change")
    assert len(buttons) == 1, len(buttons)
    before = json.load(urllib.request.urlopen(url + "api/v1/history"))["total"]
    buttons[0].click()
    deadline = time.monotonic() + LIMIT_S
    while json.load(urllib.request.urlopen(url + "api/v1/history"))["total"] == before:
        assert time.monotonic() < deadline, "the button did nothing"
        time.sleep(0.1)
    assert browser.current_url == url + "failures"


def expect_usable(browser, url, page):
    """Nothing serious by axe-core, in the light and in the dark, and nothing wider than the screen."""
    for dark in (False, True):
        show_as(browser, SIZES["desktop"], dark)
        browser.get(url + page[1:])
        browser.execute_script(AXE)
        found = browser.execute_async_script(
            "const done = arguments[0]; axe.run(document).then((result) => done(result.violations));")
        grave = [
            f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]
        assert not grave, f"{page} dark={dark}: {grave}"
    for size in SIZES.values():
        show_as(browser, size)
        wide = browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page} is {wide} px too wide at {size}"
    show_as(browser, SIZES["desktop"])


def check_everybody(browser, url, entries):
    pages = PAGES + ["/nowhere"] + [f"/episodes/{entry['id']}" for entry in entries]
    for page in pages:
        expect_usable(browser, url, page)
    print(f"axe-core finds nothing serious on {len(pages)} pages")


def take_pictures(browser, url, folder, made, daemon):
    """One episode done, the next one with its provider, at all sizes, and in Korean."""
    from PIL import Image

    with open(made / f"{EPISODE}.mkv", "ab") as video:
        # An empty element at the end: another file to langflix, the same to players.
        video.write(b"\xec\x80")
    subtitles = made / f"{EPISODE}.en.srt"
    # Another dialogue, so that it is asked for.
    subtitles.write_text(subtitles.read_text(encoding="utf-8").replace("you", "we"), encoding="utf-8")
    model_server.pause = 60
    drop(made, "Radio Puddle - S01E02 - Long Wave", daemon.media)
    folder.mkdir(parents=True, exist_ok=True)
    korean = open_browser("ko-KR")
    try:
        views = [(kind, browser, size) for kind, size in SIZES.items()] + [("korean", korean, SIZES["desktop"])]
        for kind, page, size in views:
            show_as(page, size, dark=kind == "tv")
            page.get(url)
            wait_for(page, "document.getElementById('live-state').textContent !== ''")
            wait_for(
                page, "document.querySelector('[data-part=queue] progress')?.value >= 10", what="the episode in work")
            file = folder / f"dashboard-{kind}.png"
            page.save_screenshot(str(file))
            Image.open(file).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)
    finally:
        korean.quit()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path)
    parser.add_argument("--media", type=pathlib.Path)
    arguments = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lf-live-") as name:
        folder = pathlib.Path(name)
        made = folder / "made"
        subprocess.run(
            [ROOT / "Scripts/make-episode.sh", made, EPISODE], check=True, stdout=subprocess.DEVNULL,
            env=os.environ | {"LC_ALL": "C.UTF-8"})  # fmt: skip
        daemon = Daemon(arguments.program.resolve(), folder, arguments.media or folder / "tv")
        try:
            url = daemon.url()
            browser = open_browser()
            try:
                check_live(browser, url, made, daemon)
                if arguments.pictures:
                    take_pictures(browser, url, arguments.pictures, made, daemon)
                    return
                form = check_gallery(browser, url, daemon)
                entries = check_strangers_text(browser, url, made, daemon)
                check_known(url, form)
                check_clip(browser, url, entries)
                check_retry(browser, url)
                check_everybody(browser, url, entries)
                check_pause(browser, url, daemon.program, daemon.config)
                check_korean(url)
                browser.get(url)
                wait_for(browser, "document.getElementById('live-state').textContent === 'live'")
                stopped = daemon.stop()
            finally:
                browser.quit()
        except BaseException:
            sys.stderr.write((folder / "log").read_text()[-4000:])
            raise
        finally:
            if daemon.process.poll() is None:
                daemon.process.kill()
    print(f"stopped with an open stream in {stopped:.1f} s; all in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
