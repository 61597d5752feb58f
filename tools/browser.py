"""What the browser journeys need: a Chromium and Chinese fonts. As root apt fetches them; else it is said loudly.

Never fails: a machine without a browser runs all other tests.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
UNATTENDED = {"DEBIAN_FRONTEND": "noninteractive"}


def main() -> None:
    wanted = missing()
    if wanted and may_install():
        print(f"Installing {' and '.join(wanted)} for the browser journeys ...", flush=True)
        install(wanted)
    for package in missing():
        loud(f"NO {package.upper()}: as root, apt-get install {package}")
    if not has_browser():
        loud("THE BROWSER JOURNEYS WILL NOT RUN")


def missing() -> list[str]:
    held = {"chromium": has_browser(), "fonts-noto-cjk": has_chinese_fonts()}
    return [package for package, is_there in held.items() if not is_there]


def has_browser() -> bool:
    return bool(os.environ.get("CHROMIUM")) or any(map(shutil.which, NAMES))


def has_chinese_fonts() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Quiet when it succeeds; what apt complains of stays on standard error."""
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        command = ["apt-get", "-qq", *arguments]
        subprocess.run(command, check=False, env=os.environ | UNATTENDED, stdout=subprocess.DEVNULL)


def loud(text: str) -> None:
    mark = "*" * 8
    print(f"{mark} {text} {mark}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
