"""keys: what protects what, and how it is replaced, moved, split and recovered."""

from pathlib import Path
from typing import Any

import click

from yidang.kernel.clock import CHINA
from yidang.site.cli.frame import command_grant, settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, note, print_json, speaks, table

_MEANS_A_FILE = frozenset("./\\")  # no share as typed holds any of these
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(help=_("The keys: status, rotation, the root key and its shares."))
def keys() -> None:
    pass


@keys.command("status", help=_("Show the root key, the versions in force and what is still to be sealed anew."))
@json_option
@speaks
def status(as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.site.keys.queries import status as state_of_keys
    from yidang.site.runtime.session import running

    with running():
        found = state_of_keys()
    if as_json:
        print_json(found)
    else:
        _tell(found)
    finish(HELD if found["ok"] else WANTING)


def _tell(found: dict[str, Any]) -> None:
    click.echo(_("Root key {root}, kept as: {kept}").format(root=found["root"], kept=_kept(found["kept"])))
    for one in found["former_roots"]:
        kept = _kept(one["kept"])
        click.echo(_("Former root key {root}, still needed, kept: {kept}").format(root=one["root"], kept=kept))
    rows = [{**one, "old": ", ".join(map(str, one["old"])) or "–"} for one in found["families"]]
    table(rows, {"family": _("Keys"), "version": _("In force"), "old": _("Former"), "left": _("To be sealed anew")})
    if found["destruction_complete_at"]:
        day = found["destruction_complete_at"].astimezone(CHINA).date()
        click.echo(_("What is destroyed now is gone for ever on {day}.").format(day=day))
    for copy in found["expired_copies"]:
        click.echo(_("Expired copy of the keyring, to be deleted: {copy}").format(copy=copy))


def _kept(place: str) -> str:
    places = {
        "file": _("a file"),
        "sealed": _("a file under a passphrase"),
        "pkcs11": _("a PKCS#11 device"),
        "under": _("sealed under the root key in force"),
    }
    return places.get(place, place)


@keys.command("rotate", help=_("Begin new key versions; a running server seals anew in the background."))
@click.option("--family", "families", multiple=True, metavar="NAME", help=_("Only these; all when none is given."))
@click.option("--root", "place", metavar="PLACE", help=_("Replace the root key: file, sealed or pkcs11:…"))
@click.option("--wait", is_flag=True, help=_("Seal everything anew before ending."))
@json_option
@speaks
def rotate(families: tuple[str, ...], place: str | None, wait: bool, as_json: bool) -> None:  # noqa: FBT001
    settle_django()
    from yidang.crypto import rotation
    from yidang.crypto.register import FAMILIES
    from yidang.site.keys import operations
    from yidang.site.keys.queries import status as state_of_keys
    from yidang.site.runtime.session import running

    passphrase = _new_passphrase() if place == "sealed" else ""
    with running():
        if place:
            operations.replace_root(command_grant(), place=place, passphrase=passphrase)
        else:
            operations.rotate(command_grant(), families=families or FAMILIES)
        while wait and rotation.advance(5.0):
            pass
        found = state_of_keys()
    if as_json:
        print_json(found)
    else:
        _tell(found)


@keys.command("seal", help=_("Keep the root key under a passphrase, or change the passphrase."))
@speaks
def seal() -> None:
    settle_django()
    from yidang.site.keys import operations
    from yidang.site.runtime.session import running

    passphrase = _new_passphrase()
    with running():
        operations.seal(command_grant(), passphrase=passphrase)
    note(_("The root key is sealed. Without the passphrase or its shares nothing opens again."))


@keys.command("unseal", help=_("Keep the root key as a plain file of mode 600 again."))
@speaks
def unseal() -> None:
    settle_django()
    from yidang.site.keys import operations
    from yidang.site.runtime.session import running

    with running():
        operations.unseal(command_grant())
    note(_("The root key lies in a plain file again."))


@keys.command("split", help=_("Print the root key as shares, of which a few together bring it back."))
@click.option("--shares", type=click.IntRange(2, 255), required=True, metavar="N", help=_("Shares to make."))
@click.option("--needed", type=click.IntRange(2, 255), required=True, metavar="K", help=_("Shares that suffice."))
@click.option("--out", "folder", type=_FOLDER, required=True, metavar="DIR", help=_("Empty folder for the pages."))
@speaks
def split(shares: int, needed: int, folder: Path) -> None:
    settle_django()
    from yidang.site.keys import operations
    from yidang.site.keys.sheets import check_empty, write_sheets
    from yidang.site.runtime.session import running

    check_empty(folder)
    with running():
        made = operations.split(command_grant(), shares=shares, needed=needed)
    write_sheets(folder, made)
    note(
        _("{count} pages are in {folder}. Print them, hand them out, and delete the folder.").format(
            count=len(made), folder=folder
        )
    )


@keys.command("recover", help=_("Put a lost root key back from its shares, given as text or as files."))
@click.argument("shares", nargs=-1, required=True, metavar="SHARE...")
@click.option("--sealed", is_flag=True, help=_("Keep it under a passphrase, which is asked for."))
@json_option
@speaks
def recover(shares: tuple[str, ...], sealed: bool, as_json: bool) -> None:  # noqa: FBT001 - command-line flags
    settle_django()
    from yidang.crypto import custody

    number = custody.recover([_text_of(one) for one in shares], passphrase=_passphrase() if sealed else "")
    is_told = _is_house() and _tell_of_recovery(number)  # an empty folder waits for its restore, which tells of it
    if as_json:
        print_json({"root": number})
    note(_("Root key {number} is back.").format(number=number))
    if _is_house() and not is_told:
        note(_("The database is gone or behind the log: run `yidang rebuild`, or restore a copy."))


def _tell_of_recovery(number: int) -> bool:
    """Into the ledger, where the database still keeps up with it: a row appended before the others come would stray."""
    from yidang.ledger.sequencing import is_behind
    from yidang.site.keys import operations
    from yidang.site.runtime.session import running

    with running():
        if is_behind():
            return False
        operations.note_recovery(command_grant(), root=number)
    return True


def _is_house() -> bool:
    from django.conf import settings

    return bool((settings.YIDANG.home / "ledger").exists())


def _text_of(share: str) -> str:
    """A file's last filled line is its share. Raises Invalid `share_file_missing` where only a path can be meant."""
    from yidang.kernel.errors import Invalid

    path = Path(share)
    if not path.is_file():
        if _MEANS_A_FILE & set(share):
            raise Invalid("share_file_missing", path=share)
        return share
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _new_passphrase() -> str:
    """Raises Conflict `server_lacks_passphrase`: a server running here could not be started again."""
    from django.conf import settings

    from yidang.crypto.passphrases import FILE_VARIABLE
    from yidang.kernel.errors import Conflict
    from yidang.site.runtime.instance import Instance

    owner = Instance(settings.YIDANG.home).owner()
    if owner and owner.is_server and not owner.has_passphrase:
        raise Conflict("server_lacks_passphrase", variable=FILE_VARIABLE)
    return _passphrase()


def _passphrase() -> str:
    """The configured one, else asked for twice."""
    from yidang.crypto import passphrases

    if passphrases.is_configured():
        return passphrases.passphrase()
    given: str = click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True, err=True)
    passphrases.take(given)
    return given
