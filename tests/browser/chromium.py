"""How the tests open Debian's Chromium: headless, and without talking to anyone."""

import shutil

# The build without windows does the same in a third less time; the whole one will do.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # letters stand where they do on paper
]
