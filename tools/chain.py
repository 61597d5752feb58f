"""What the chain tests need, from npm: a real local EVM node, and the compiler the contract was made with.

Never fails: without npm those tests are skipped and say so.
Prints where the node is. `tests/ledger/test_chain.py` looks in the same place.
"""

import shutil
import subprocess
from pathlib import Path

ANVIL = "@foundry-rs/anvil@1.7.1"
SOLC = "solc@0.8.37"  # `contract.json` names it too
FOLDER = Path(__file__).resolve().parent.parent / ".venv" / "anvil"


def program() -> Path | None:
    """The node, if it is there."""
    found = FOLDER / "node_modules" / ".bin" / "anvil"
    if found.exists():
        return found
    elsewhere = shutil.which("anvil")
    return Path(elsewhere) if elsewhere else None


def compiler() -> Path | None:
    """Takes standard JSON on its input with `--standard-json`."""
    found = FOLDER / "node_modules" / ".bin" / "solcjs"
    return found if found.exists() else None


def install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        return
    command = [npm, "install", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run([*command, ANVIL, SOLC], check=False, timeout=300)


def main() -> None:
    if program() is None or compiler() is None:
        print("Installing a local EVM node and a compiler for the chain tests ...", flush=True)
        install()
    found = program()
    print(found or "NO EVM NODE (npm is missing): THE CHAIN TESTS WILL NOT RUN", flush=True)


if __name__ == "__main__":
    main()
