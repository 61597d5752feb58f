"""Memory of the whole process tree without page readers, PostgreSQL included, after 1,000 requests.

PSS counts shared pages once over all processes. Must: ≤ 450 MB. Floor: the same server before the first request.

`python -m bench.memory`
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from harness import Archive, descendants
from yidang.site.demo.visitor import Visitor

REQUESTS = 1000
MUST_MB = 450
PATHS = ("/", "/search/?q=参保", "/holdings/", "/accessions/", "/confirm/", "/about/")
MAKE_STAFF = "__import__('yidang.identity.demo', fromlist=['x']).create_demo_staff() and None"


def pss_by_program(pid: int) -> Counter[str]:
    """Kilobytes by process name."""
    found: Counter[str] = Counter()
    for process in descendants(pid):
        name = Path(f"/proc/{process}/comm").read_text().strip()
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        found[name] += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return found


def main() -> None:
    archive = Archive(settings={"ocr_workers": 0, "second_factor_roles": "none"})
    try:
        archive.ask(MAKE_STAFF)
        archive.serve()
        floor = pss_by_program(archive.process.pid)
        visit(archive)
        tell(floor, pss_by_program(archive.process.pid))
    finally:
        archive.remove()


def visit(archive: Archive) -> None:
    from urllib.parse import quote

    lines = (archive.home / "demo-logins.txt").read_text().splitlines()
    password = next(line.split()[1] for line in lines if line.startswith("dangan"))
    visitor = Visitor(archive.address)
    visitor.submit("/sign-in/", username="dangan", password=password)
    assert visitor.get("/").path == "/", "not signed in"
    for number in range(REQUESTS):
        visitor.get(quote(PATHS[number % len(PATHS)], safe="/?="))


def tell(floor: Counter[str], after: Counter[str]) -> None:
    total, before = sum(after.values()) / 1024, sum(floor.values()) / 1024
    print(f"memory without page readers after {REQUESTS} requests: {total:.0f} MB PSS (must ≤ {MUST_MB})")
    print(f"  floor, before the first request: {before:.0f} MB; ratio {total / before:.2f}")
    for name, kilobytes in after.most_common():
        print(f"  {name:<18}{kilobytes / 1024:7.1f} MB")


if __name__ == "__main__":
    main()
