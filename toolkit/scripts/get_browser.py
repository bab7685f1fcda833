"""The browser of the browser tests: finds a Chromium, or gets one from the distribution or by Playwright."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# Debian's headless shell comes first: without windows, it opens a page in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
HINT = "no Chromium found: `make browser` gets one, or name yours in the environment variable CHROME"


def find_browser() -> str | None:
    """The path of a Chromium or Chrome: the one in CHROME, else an installed one, else Playwright's."""
    named = os.environ.get("CHROME")
    if named:
        return shutil.which(named)
    installed = (shutil.which(name) for name in (*NAMES, *MAC_APPLICATIONS))
    return next((path for path in installed if path), None) or _find_playwright_browser()


def _find_playwright_browser() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return shutil.which(playwright.chromium.executable_path)


def _install_commands() -> list[list[str]]:
    # Ubuntu's package is a snap, which containers can't run; there, as anywhere else, Playwright downloads.
    as_root = _become_root()
    if as_root is not None and _distribution() == "debian":
        # Some tests of documents use DejaVu Sans. sudo drops the environment, so the variable is set behind it.
        apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
        packages = ["chromium-headless-shell", "fonts-liberation", "fonts-dejavu-core"]
        return [[*apt, "update"], [*apt, "install", "--yes", "--no-install-recommends", *packages]]
    libraries = ["--with-deps"] if as_root is not None and shutil.which("apt-get") else []
    return [[sys.executable, "-m", "playwright", "install", *libraries, "chromium"]]


def _become_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    allowed = shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True, check=False)
    return sudo if allowed and allowed.returncode == 0 else None


def _distribution() -> str:
    release = Path("/etc/os-release")
    lines = release.read_text(encoding="utf-8").splitlines() if release.is_file() else []
    return next((line.removeprefix("ID=").strip('"') for line in lines if line.startswith("ID=")), "")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the path of the browser, after installing one if there is none."""
    if argv:
        print("get_browser.py takes no arguments", file=sys.stderr)
        return 2
    found = find_browser()
    if found is None and os.environ.get("CHROME"):
        print(f"CHROME names {os.environ['CHROME']!r}, which isn't a program", file=sys.stderr)
        return 1
    for command in [] if found else _install_commands():
        print("$", " ".join(command), flush=True)
        if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode != 0:
            print("That failed. Install Chromium or Chrome, or name yours in CHROME.", file=sys.stderr)
            return 1
    found = found or find_browser()
    print(f"Chromium for the tests: {found}" if found else HINT)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
