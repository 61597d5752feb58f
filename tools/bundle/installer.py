"""Installs, upgrades and goes back, from one file and without any network. Plain Python 3.11 runs it.

    python3 yidang-….bundle install --to DIR --home DATA     a first installation
    python3 yidang-….bundle upgrade --to DIR                 a copy first, then the new version; if it fails, back
    python3 yidang-….bundle back    --to DIR [--yes]         the version before, with its data where tables changed
    python3 yidang-….bundle check                            holds every part against its digest

DIR holds `releases/<version>` (one environment each), `current` (a link), `yidang` (the command) and `installed.json`.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

OLDEST_PYTHON = (3, 11)
IS_CHINESE = not os.environ.get("YIDANG_LANGUAGE", "zh").startswith("en")


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        stop("Python 3.11 or newer is needed.", "需要 Python 3.11 或更新版本。")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("install", "upgrade", "back", "check"))
    parser.add_argument("--to", type=Path, default=Path("/opt/yidang"))
    parser.add_argument("--home", type=Path, help="the data folder of a first installation")
    parser.add_argument("--backup-to", help="where the copy before an upgrade goes; else beside the installation")
    parser.add_argument("--backup-keys-to", help="and its keys, apart")
    parser.add_argument("--yes", action="store_true", help="go back although what came in since is set aside")
    chosen = parser.parse_args()
    house = House(chosen.to.absolute())
    with zipfile.ZipFile(sys.argv[0]) as bundle:
        WAYS[chosen.what](bundle, house, chosen)


class House:
    """The folder of the installation and what it remembers of itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.current = folder / "current"
        self._memory = folder / "installed.json"

    @property
    def memory(self) -> dict[str, Any]:
        return json.loads(self._memory.read_text()) if self._memory.exists() else {}

    def remember(self, **facts: object) -> None:
        part = self._memory.with_suffix(".part")
        part.write_text(json.dumps(self.memory | facts, indent=1))
        part.replace(self._memory)

    def release(self, version: str) -> Path:
        return self.folder / "releases" / version

    def switch(self, version: str) -> None:
        """One rename: there is always a version that stands."""
        link = self.folder / "current.part"
        link.unlink(missing_ok=True)
        link.symlink_to(self.release(version))
        link.replace(self.current)

    def write_command(self, home: Path) -> None:
        command = self.folder / "yidang"
        command.write_text(
            f'#!/bin/sh\nexport YIDANG_HOME="${{YIDANG_HOME:-{home}}}"\nexec "{self.current}/bin/yidang" "$@"\n'
        )
        command.chmod(0o755)

    def run(self, version: str, *arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"YIDANG_HOME": str(home or self.memory["home"])}
        command = [str(self.release(version) / "bin" / "yidang"), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def install(bundle: zipfile.ZipFile, house: House, chosen: argparse.Namespace) -> None:
    if house.memory:
        stop(f"{house.folder} holds an installation; use `upgrade`.", f"{house.folder} 已有安装，请用 upgrade。")
    if chosen.home is None:
        stop("Say where the data lies: --home DATA", "请指定数据目录：--home DATA")
    version = unfold(bundle, house)
    house.write_command(chosen.home.absolute())
    house.switch(version)
    house.remember(version=version, before="", home=str(chosen.home.absolute()), copy={})
    say(
        f"Yidang {version} is installed. Start it: {house.folder}/yidang serve",
        f"医档 {version} 已安装。启动：{house.folder}/yidang serve",
    )


def upgrade(bundle: zipfile.ZipFile, house: House, chosen: argparse.Namespace) -> None:
    """1. The new version beside the old. 2. A copy of the data. 3. The switch. 4. It stands, or we go back."""
    old = installed(house)
    new = version_of(bundle)
    if new == old:
        stop(f"{new} is installed already.", f"已安装 {new}。")
    unfold(bundle, house)
    was_running = house.run(old, "stop").returncode == 0
    copy = make_copy(house, old, chosen)
    house.remember(copy=copy)
    house.switch(new)
    house.remember(version=new, before=old)
    if not stands(house, new):
        return_to(house, old, new)
        stop(f"{new} does not stand; {old} is back.", f"{new} 无法运行，已恢复 {old}。")
    say(f"Yidang {old} → {new}", f"医档 {old} → {new}")
    if was_running:
        say(f"Start it again: {house.folder}/yidang serve", f"请重新启动：{house.folder}/yidang serve")


def back(bundle: zipfile.ZipFile, house: House, chosen: argparse.Namespace) -> None:
    del bundle
    new, old = installed(house), house.memory["before"]
    if not old:
        stop("There is no version before this one.", "没有更早的版本。")
    changed = shape_of(house.release(old)) != shape_of(house.release(new))
    if changed and not chosen.yes:
        stop(
            "The shape of the data has changed since: the copy made before the upgrade is put in place,"
            " and what came in after it is set aside. Say --yes.",
            "升级后数据结构已改变：将恢复升级前的备份，之后收进的内容另存一旁。确认请加 --yes。",
        )
    house.run(new, "stop")
    return_to(house, old, new)
    say(f"Yidang {new} → {old}", f"医档 {new} → {old}")


def check(bundle: zipfile.ZipFile, house: House, chosen: argparse.Namespace) -> None:
    del house, chosen
    names = verified(bundle)
    say(f"{len(names)} parts, all as made.", f"共 {len(names)} 个部分，均与制作时一致。")


WAYS = {"install": install, "upgrade": upgrade, "back": back, "check": check}


def unfold(bundle: zipfile.ZipFile, house: House) -> str:
    """A release's environment, whole or not at all."""
    version = version_of(bundle)
    verified(bundle)
    part = house.folder / "releases" / f"{version}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in [name for name in bundle.namelist() if name.startswith("wheels/")] + ["uv", "requirements.txt"]:
        bundle.extract(name, part)
    place = house.release(version)
    shutil.rmtree(place, ignore_errors=True)
    uv = part / "uv"
    uv.chmod(0o755)
    call(uv, "venv", "--quiet", "--offline", "--python", sys.executable, place)
    into = ["--python", place / "bin" / "python", "--no-index", "--find-links", part / "wheels"]
    call(uv, "pip", "install", "--quiet", "--offline", *into, "-r", part / "requirements.txt")
    shutil.rmtree(part)
    return version


def verified(bundle: zipfile.ZipFile) -> list[str]:
    lines = bundle.read("SHA256SUMS").decode().splitlines()
    for line in lines:
        wanted, name = line.split("  ", 1)
        with bundle.open(name) as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
        if found != wanted:
            stop(f"{name} is damaged: fetch the bundle again.", f"{name} 已损坏，请重新获取安装包。")
    return lines


def version_of(bundle: zipfile.ZipFile) -> str:
    version = bundle.read("VERSION").decode().strip()
    if not re.fullmatch(r"[0-9A-Za-z.+]{1,40}", version):
        stop("This bundle names no version.", "安装包没有版本号。")
    return version


def installed(house: House) -> str:
    version: str = house.memory.get("version", "")
    if not version:
        stop(f"Nothing is installed in {house.folder}.", f"{house.folder} 尚未安装。")
    return version


def make_copy(house: House, version: str, chosen: argparse.Namespace) -> dict[str, str]:
    """Where it lies and what it is called. Without a place in the settings it goes beside the installation."""
    if not Path(house.memory["home"]).exists():
        return {}
    places = copy_places(house, version, chosen)
    done = house.run(version, "backup", "run", "--json", "--to", places["to"], "--keys-to", places["keys_to"])
    if done.returncode:
        stop(f"No copy, no upgrade: {done.stderr[-400:]}", f"备份未成功，不升级：{done.stderr[-400:]}")
    return places | {"made_at": datetime.now(UTC).isoformat()}


def copy_places(house: House, version: str, chosen: argparse.Namespace) -> dict[str, str]:
    if chosen.backup_to and chosen.backup_keys_to:
        return {"to": chosen.backup_to, "keys_to": chosen.backup_keys_to}
    before = house.folder / "before" / f"{version}-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    return {"to": str(before / "data"), "keys_to": str(before / "keys")}


def stands(house: House, version: str) -> bool:
    """The new version starts its database, brings the tables into its own shape and answers from them."""
    question = ["series", "--json"] if Path(house.memory["home"]).exists() else ["--version"]
    return house.run(version, *question).returncode == 0


def return_to(house: House, old: str, new: str) -> None:
    """The link alone where both versions know the same tables; else the copy, and the newer data set aside."""
    if shape_of(house.release(old)) != shape_of(house.release(new)) and house.memory["copy"]:
        put_back(house, old, new)
    house.switch(old)
    house.remember(version=old, before="")


def put_back(house: House, old: str, new: str) -> None:
    home, copy = Path(house.memory["home"]), house.memory["copy"]
    fresh = home.with_name(f"{home.name}.back")
    shutil.rmtree(fresh, ignore_errors=True)
    root_key = home / "keys" / "root.key"
    key = ["--root-key", str(root_key)] if root_key.exists() else []
    sources = ["--from", copy["to"], "--keys-from", copy["keys_to"]]
    done = house.run(old, "backup", "restore", *sources, *key, "--into", str(fresh), home=fresh)
    if done.returncode:
        stop(f"The copy could not be put back: {done.stderr[-400:]}", f"备份恢复失败：{done.stderr[-400:]}")
    aside = home.with_name(f"{home.name}.of-{new}-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    home.rename(aside)
    fresh.rename(home)
    say(f"What came in since lies in {aside}", f"之后收进的内容在 {aside}")


def shape_of(release: Path) -> set[str]:
    """The migrations a version knows: two versions with the same ones read the same tables."""
    found = release.glob("lib/python*/site-packages/yidang/*/migrations/0*.py")
    return {str(path.relative_to(release)) for path in found}


def call(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], check=False)
    if done.returncode:
        stop(f"{command[0]} failed ({done.returncode}).", f"{command[0]} 失败（{done.returncode}）。")


def say(english: str, chinese: str) -> None:
    print(chinese if IS_CHINESE else english, flush=True)


def stop(english: str, chinese: str) -> NoReturn:
    sys.exit(chinese if IS_CHINESE else english)


if __name__ == "__main__":
    main()
