"""Serves a workspace, makes a password for devices, and lets QGIS open it; `make qgis` runs it.

.venv/bin/python scripts/serve_to_qgis.py WORKSPACE MAP.png
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Ends as the script does that runs in QGIS."""
    workspace, picture = sys.argv[1:3]
    command = [str(Path(sys.executable).with_name("truceline")), "serve", workspace, "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            said = ""
            while not said.rstrip().endswith("}"):
                line = server.stdout.readline() if server.stdout else ""
                if not line:
                    return 1
                said += line
            served = json.loads(said)
            name, password = device_of(served["url"], served["sign_in"])
            script = [
                "/usr/bin/python3", str(HERE / "open_served_in_qgis.py"), served["url"].rstrip("/"), picture
            ]  # fmt: skip
            who = {"TRUCELINE_USER": name, "TRUCELINE_PASSWORD": password}
            return subprocess.run(script, env=os.environ | who, check=False).returncode
        finally:
            server.terminate()


def device_of(address: str, sign_in: str) -> tuple[str, str]:
    """A name and a new password for devices, of whom the printed address signs in."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    browser.open(sign_in).close()
    with browser.open(f"{address}api/v1/session") as answer:
        token = json.load(answer)["csrf"]
    asked = urllib.request.Request(
        f"{address}api/v1/session/device-password", method="POST", headers={"X-CSRF-Token": token}
    )
    with browser.open(asked) as answer:
        made = json.load(answer)
    return made["name"], made["password"]


if __name__ == "__main__":
    sys.exit(main())
