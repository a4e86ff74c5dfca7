"""Where a browser is on this machine, or how to get one."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

#: The first is the same engine without a window around it: a third less to load and to run.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REFRESH_SECONDS = 120
INSTALL_SECONDS = 420
_INSTALL = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")


def executable() -> str | None:
    """Return the path of a Chromium or Chrome, after installing Debian's where that is allowed."""
    found = _installed()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        found = _install()
    return found


def _installed() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _install() -> str | None:
    # Tests run in several processes, and apt turns the second one away.
    with Path(sys.prefix, "browser.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _installed():
            _run("apt-get", "update", "-qq", seconds=REFRESH_SECONDS)
        for package in NAMES[:2]:
            if not _installed():
                _run(*_INSTALL, package, seconds=INSTALL_SECONDS)
    return _installed()


def _run(*command: str, seconds: float) -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, env=quiet, timeout=seconds, check=True, capture_output=True)  # noqa: S603 - fixed words only
    except (subprocess.SubprocessError, OSError):
        return
