"""What the chain tests need: a real local EVM node, from npm.

Never fails: without npm those tests are skipped and say so.
Prints where the program is. `tests/ledger/test_chain.py` looks in the same place.
"""

import shutil
import subprocess
from pathlib import Path

ANVIL = "@foundry-rs/anvil@1.7.1"
FOLDER = Path(__file__).resolve().parent.parent / ".venv" / "anvil"


def program() -> Path | None:
    """The node, if it is there."""
    found = FOLDER / "node_modules" / ".bin" / "anvil"
    if found.exists():
        return found
    elsewhere = shutil.which("anvil")
    return Path(elsewhere) if elsewhere else None


def install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        return
    command = [npm, "install", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund", "--silent", ANVIL]
    subprocess.run(command, check=False, timeout=300)


def main() -> None:
    if program() is None:
        print("Installing a local EVM node for the chain tests ...", flush=True)
        install()
    found = program()
    print(found or "NO EVM NODE (npm is missing): THE CHAIN TESTS WILL NOT RUN", flush=True)


if __name__ == "__main__":
    main()
