"""Takes the pictures of the gallery for the documents; needs fonts for Korean (Debian's fonts-nanum).

usage: pictures.py PROGRAM OUT_FOLDER
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from browser import open_browser, show_as, wait_for
from PIL import Image
from season import make_season
from server import Site

COLOURS = 96
VIEWS = [
    ("gallery-desktop", (1280, 860), False),
    ("gallery-phone", (390, 844), True),
    ("gallery-tv", (1920, 1080), True),
]


def main(program, out):
    with tempfile.TemporaryDirectory() as folder:
        shelf = Path(folder) / "Radio Puddle" / "Season 01" / "Shorts" / "langflix"
        make_season(shelf)
        subprocess.run([program, "gallery", str(shelf)], check=True)
        browser = open_browser()
        try:
            with Site(shelf, "") as site:
                browser.get(site.address(quote("Radio Puddle season one episode two") + "/index.html"))
                browser.execute_script("document.querySelectorAll('.say')[1].click()")
                wait_for(browser, "document.querySelector('.now > p').textContent !== ''")
                browser.execute_script("document.querySelector('video').pause()")
                for name, size, dark in VIEWS:
                    show_as(browser, size, dark)
                    wait_for(browser, "document.querySelector('video').readyState >= 2")
                    picture = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
                    small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
                    small.save(Path(out) / f"{name}.png", optimize=True)
        finally:
            browser.quit()


if __name__ == "__main__":
    main(*sys.argv[1:])
