"""No key, token or password of a real service stands in a file of this repository."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = {
    "private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}"),
    "AWS key": re.compile(rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "GitHub token": re.compile(rb"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60,}"),
    "Slack token": re.compile(rb"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    "Google key": re.compile(rb"\bAIza[0-9A-Za-z_-]{35}\b"),
    "PyPI token": re.compile(rb"\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}"),
    "npm token": re.compile(rb"\bnpm_[A-Za-z0-9]{36}\b"),
    "JWT": re.compile(rb"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}"),
    "password in an address": re.compile(
        rb"\b(?:postgres(?:ql)?|smtps?|https?)://\w+:(?!password@|secret@|\{)[^@\s/'\"]{8,}@"
    ),
}
# Keys that a specification prints for its own examples, and the made-up accounts of tests.
KNOWN = (b"AKIAIOSFODNN7EXAMPLE",)


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def findings(name: str, data: bytes) -> list[str]:
    return [
        f"{name}:{_line(data, hit.start())}: {kind}"
        for kind, pattern in PATTERNS.items()
        for hit in pattern.finditer(data)
        if hit.group() not in KNOWN
    ]


def tracked() -> list[str]:
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, check=False)
    return [name for name in listed.stdout.decode().split("\0") if name]


def main() -> int:
    names = tracked()
    if not names:
        print("secrets: not a git checkout, nothing was scanned")
        return 0
    found = [one for name in names if (ROOT / name).is_file() for one in findings(name, (ROOT / name).read_bytes())]
    print("\n".join(found) or f"secrets: none in {len(names)} files")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
