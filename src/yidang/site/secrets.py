"""Secrets that the house makes for itself on first start: files of mode 600 in the data folder."""

import os
import secrets
from pathlib import Path


def secret(home: Path, name: str) -> str:
    """The named secret, made on first use. Safe when several processes ask at once."""
    path = home / "secrets" / name
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        for folder in (home, path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
    try:
        os.link(draft, path)  # atomic, and the loser of a race reads the winner's
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")
