"""Where a browser is on this machine, or how to get one."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
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
_INSTALL = (
    (("apt-get", "update", "-qq"), REFRESH_SECONDS),
    (("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"), INSTALL_SECONDS),
)


def executable() -> str | None:
    """Return the path of a Chromium or Chrome, after installing Debian's where that is allowed."""
    found = _installed()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = _installed()
    return found


def _installed() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _install() -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command, seconds in _INSTALL:
        try:
            subprocess.run(command, env=quiet, timeout=seconds, check=True, capture_output=True)  # noqa: S603 - fixed words only
        except (subprocess.SubprocessError, OSError):
            return
