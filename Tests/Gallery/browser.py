"""Chromium, and what the tests ask of a page in it."""

import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

WAIT_S = 30


def open_browser(language="en-GB", size=(1280, 900), dark=False):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio",
        "--autoplay-policy=no-user-gesture-required", "--force-device-scale-factor=1", "--hide-scrollbars",
        f"--lang={language}", f"--accept-lang={language}", f"--window-size={size[0]},{size[1]}",
    ):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    browser.set_script_timeout(WAIT_S)
    show_as(browser, size, dark)
    return browser


def show_as(browser, size, dark=False):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False})  # fmt: skip
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})  # fmt: skip


def wait_for(browser, script, *arguments, what=None):
    """Waits until a script returns something true, and returns it."""
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        value = browser.execute_script(f"return {script}", *arguments)
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited in vain for {what or script}")


def complaints(browser):
    """What the page wrote to the console, but for the icon that browsers ask for."""
    return [
        entry["message"]
        for entry in browser.get_log("browser")
        if "favicon.ico" not in entry["message"]
    ]
