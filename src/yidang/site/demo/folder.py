"""Which data folder a demonstration may use: its own, never one that holds real records."""

import re
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from yidang.kernel.errors import Conflict

_MARK = "demo"
_EASY = {"second_factor_roles": '"none"', "sessions_per_person": "0", "session_idle_minutes": "480"}


@contextmanager
def chosen(environ: MutableMapping[str, str], *, throw_away: bool) -> Iterator[Path]:
    """Sets YIDANG_HOME: the one given, else a folder of its own beside the real one, or one that is thrown away.

    Raises:
        Conflict: `demo_home_in_use` when the folder belongs to a real archive.
    """
    if not environ.get("YIDANG_HOME") and throw_away:
        with TemporaryDirectory(prefix="yidang-demo-") as folder:
            environ["YIDANG_HOME"] = folder
            settle(Path(folder))
            yield Path(folder)
        return
    home = Path(environ.get("YIDANG_HOME") or Path.home() / "yidang-demo").expanduser().absolute()
    environ["YIDANG_HOME"] = str(home)
    if (home / "keys").exists() and not (home / _MARK).exists():
        raise Conflict("demo_home_in_use", home=str(home))
    settle(home)
    yield home


def mark(home: Path) -> None:
    (home / _MARK).touch()


def settle(home: Path) -> None:
    """Invented staff sign in by password alone, as often as they like; a real archive keeps its stricter defaults."""
    home.mkdir(parents=True, exist_ok=True)
    file = home / "yidang.toml"
    given = file.read_text(encoding="utf-8") if file.exists() else ""
    missing = [f"{name} = {value}\n" for name, value in _EASY.items() if not re.search(rf"(?m)^{name}\s*=", given)]
    if missing:
        file.write_text("".join(missing) + given, encoding="utf-8")


def is_loaded(home: Path) -> bool:
    return (home / _MARK).exists() and (home / _MARK).read_text(encoding="ascii") == "loaded"


def mark_loaded(home: Path) -> None:
    (home / _MARK).write_text("loaded", encoding="ascii")


def logins(home: Path) -> dict[str, str]:
    """Username → password."""
    lines = (home / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
    return {parts[0]: parts[1] for line in lines if len(parts := line.split()) > 1}
