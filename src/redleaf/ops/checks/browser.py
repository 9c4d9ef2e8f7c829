"""A browser for the tests: the one that is there, or one that is got."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "REDLEAF_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class NoBrowser(Exception):
    """There is none, and none could be got; the message says what was tried."""


def find() -> Path | None:
    """Return the browser that is there already: named, on the PATH, or Playwright's own."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named) if Path(named).exists() else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return _playwrights_own()


def get() -> Path:
    """Return a browser, got by Playwright or by Debian's packages if need be. Raises NoBrowser."""
    found = find()
    if found is None and os.environ.get(VARIABLE):
        raise NoBrowser(f"{VARIABLE} names {os.environ[VARIABLE]}, which is not there.")
    if found is None:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        _try(command, seconds=300)
        found = _playwrights_own()
    if found is None and _can_install():
        _try(["apt-get", "update", "-qq"], seconds=180)
        _try(["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"], seconds=600)
        found = find()
    if found is None:
        raise NoBrowser(
            "There is no browser for the tests. Install Chromium (on Debian: apt install chromium "
            f"fonts-noto-cjk), or let {VARIABLE} name one."
        )
    return found


def ensure_chinese_font() -> None:
    """Make sure that Chinese text has a font: without one every character is the same box."""
    lister = shutil.which("fc-list")
    if lister is not None:
        listed = subprocess.run(  # noqa: S603 - a fixed command
            [lister, ":lang=zh"], capture_output=True, text=True, check=False
        )
        if listed.stdout.strip():
            return
    if _can_install():
        _try(["apt-get", "update", "-qq"], seconds=180)
        _try(["apt-get", "install", "-y", "-qq", "fonts-noto-cjk", "fontconfig"], seconds=600)


def _playwrights_own() -> Path | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    try:
        with sync_playwright() as playwright:
            path = Path(playwright.chromium.executable_path)
    except Exception:  # no driver for this system: then there is no browser of it either
        return None
    return path if path.exists() else None


def _can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _try(command: list[str], *, seconds: int) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(  # noqa: S603 - our own commands
            command, check=False, capture_output=True, timeout=seconds, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"    {command[0]}: {error}")
