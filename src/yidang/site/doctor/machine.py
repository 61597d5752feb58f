"""The machine: data folder, space, memory, port, clock."""

import os
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from yidang.kernel import clock
from yidang.site.cli.language import _
from yidang.site.config import Config
from yidang.site.doctor.finding import Finding, doubtful, good, wrong
from yidang.site.runtime.instance import Instance

_GB = 1 << 30
_LITTLE_SPACE = 5 * _GB
_NO_SPACE = _GB // 2
_MEMORY_PER_READER = int(1.3 * _GB)
_MEMORY_BASE = _GB // 2


def data_folder(config: Config) -> Iterator[Finding]:
    home = config.home
    if not home.exists():
        yield good("home", _("{home} does not exist yet; `yidang serve` makes it.").format(home=home))
        return
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        remedy = _("Give the account that runs Yidang the folder: chown -R ACCOUNT {home}").format(home=home)
        yield wrong("home", _("{home} cannot be written.").format(home=home), remedy)
        return
    yield good("home", str(home))
    yield from _secrets(home)


def _secrets(home: Path) -> Iterator[Finding]:
    """Keys and passwords are for the owner's eyes only."""
    secret = [*home.glob("keys/*"), *home.glob("secrets/*"), *home.glob("keyring/*"), home / "demo-logins.txt"]
    open_to_others = [path for path in secret if path.is_file() and path.stat().st_mode & 0o077]
    for path in open_to_others:
        remedy = f"chmod 600 {path}"
        yield wrong("key_files", _("{path} can be read by others.").format(path=path), remedy)
    if not open_to_others:
        yield good("key_files", _("Key files are readable by their owner only."))


def free_space(config: Config) -> Iterator[Finding]:
    folder = next(path for path in (config.home, *config.home.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    message = _("{free:.1f} GB free at {folder}").format(free=free / _GB, folder=folder)
    remedy = _("Free some space, or move the data folder to a larger disk and set YIDANG_HOME.")
    if free < _NO_SPACE:
        yield wrong("space", message, remedy)
    elif free < _LITTLE_SPACE:
        yield doubtful("space", message, remedy)
    else:
        yield good("space", message)


def memory(config: Config) -> Iterator[Finding]:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    wanted = _MEMORY_BASE + config.ocr_workers * _MEMORY_PER_READER
    message = _("{total:.1f} GB of memory, {wanted:.1f} GB wanted for {readers} reading processes").format(
        total=total / _GB, wanted=wanted / _GB, readers=config.ocr_workers
    )
    if total < wanted:
        yield doubtful("memory", message, _("Set YIDANG_OCR_WORKERS to a smaller number."))
    else:
        yield good("memory", message)


def port(config: Config) -> Iterator[Finding]:
    owner = Instance(config.home).owner() if config.home.exists() else None
    if owner and owner.is_server:
        message = _("The server runs as process {pid} on port {port}.").format(pid=owner.pid, port=owner.port)
        yield good("port", message)
        return
    with socket.socket(socket.AF_INET6 if ":" in config.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as problem:
            message = _("Port {port} on {host} cannot be used: {problem}").format(
                port=config.port, host=config.host, problem=problem.strerror
            )
            yield wrong("port", message, _("Close the program that uses it, or set YIDANG_PORT."))
            return
    yield good("port", _("Port {port} is free.").format(port=config.port))


def wall_clock(config: Config) -> Iterator[Finding]:
    """A clock that runs behind writes false dates into the ledger, which cannot be mended."""
    now = clock.now()
    built = datetime.fromtimestamp(Path(__file__).stat().st_mtime, tz=UTC)
    newest = max((path.stat().st_mtime for path in (config.home / "ledger").glob("*")), default=0.0)
    latest_known = max(built, datetime.fromtimestamp(newest, tz=UTC))
    if (latest_known - now).total_seconds() > 60:  # noqa: PLR2004 - a minute
        message = _("The clock says {now:%Y-%m-%d %H:%M}, but files here are from {known:%Y-%m-%d %H:%M}.").format(
            now=now, known=latest_known
        )
        yield wrong("clock", message, _("Set the clock, and keep it right with NTP (timedatectl set-ntp true)."))
    else:
        yield good("clock", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def packaged_parts(_config: Config) -> Iterator[Finding]:
    """What must have come with the installation."""
    package = Path(__file__).resolve().parents[2]
    untranslated = [po for po in package.rglob("*.po") if not po.with_suffix(".mo").exists()]
    if untranslated:
        yield wrong("translations", _("The translations are not compiled."), "make messages")
    else:
        yield good("translations", _("The translations are there."))
