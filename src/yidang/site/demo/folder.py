"""Which data folder a demonstration may use: its own, never one that holds real records."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from yidang.kernel.errors import Conflict

_MARK = "demo"


@contextmanager
def chosen(environ: MutableMapping[str, str], *, throw_away: bool) -> Iterator[Path]:
    """Sets YIDANG_HOME: the one given, else a folder of its own beside the real one, or one that is thrown away.

    Raises:
        Conflict: `demo_home_in_use` when the folder belongs to a real archive.
    """
    if not environ.get("YIDANG_HOME") and throw_away:
        with TemporaryDirectory(prefix="yidang-demo-") as folder:
            environ["YIDANG_HOME"] = folder
            yield Path(folder)
        return
    home = Path(environ.get("YIDANG_HOME") or Path.home() / "yidang-demo").expanduser().absolute()
    environ["YIDANG_HOME"] = str(home)
    if (home / "keys").exists() and not (home / _MARK).exists():
        raise Conflict("demo_home_in_use", home=str(home))
    yield home


def mark(home: Path) -> None:
    (home / _MARK).touch()


def is_loaded(home: Path) -> bool:
    return (home / _MARK).exists() and (home / _MARK).read_text(encoding="ascii") == "loaded"


def mark_loaded(home: Path) -> None:
    (home / _MARK).write_text("loaded", encoding="ascii")


def logins(home: Path) -> dict[str, str]:
    """Username → password."""
    lines = (home / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
    return {parts[0]: parts[1] for line in lines if len(parts := line.split()) > 1}
