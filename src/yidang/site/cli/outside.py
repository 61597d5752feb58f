"""witness, ledger anchors, ledger contract: those outside who keep our checkpoints."""

from pathlib import Path
from typing import Any

import click

from yidang.site.cli.frame import settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, WANTING, finish, in_words, json_option, note, print_json, speaks, table

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(help=_("Be a witness for somebody's ledger: cosign its checkpoints while they continue one another."))
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--name", metavar="NAME", help=_("Name of a new witness, such as witness.example.org/1."))
@click.option("--log", "logs", type=_FILE, multiple=True, metavar="FILE", help=_("Public keys of a log to witness."))
@click.option("--listen", default="127.0.0.1:8090", show_default=True, metavar="HOST:PORT", help=_("Where to listen."))
@click.option("--show", is_flag=True, help=_("Only print the line for YIDANG_WITNESSES."))
@speaks
def witness(folder: Path, name: str | None, logs: tuple[Path, ...], listen: str, show: bool) -> None:  # noqa: FBT001
    from yidang.ledger.witness.keys import identity
    from yidang.ledger.witness.logs import add_log, known_logs
    from yidang.ledger.witness.serving import serve

    itself = identity(folder, name=name)
    for path in logs:
        added = add_log(folder, path.read_text(encoding="utf-8"))
        note(_("Known from now on: {origin}").format(origin=added.origin))
    click.echo(f"http://{listen} " + " ".join(map(str, itself.cosigners)))
    if show:
        return
    if not known_logs(folder):
        note(_("This witness knows no log yet: give it the file ledger/keys of an archive with --log."))
    serve(folder, listen=listen)


@click.command(
    "anchors", help=_("Show which witnesses and anchors hold the ledger's checkpoints, and how late they are.")
)
@click.option("--now", "at_once", is_flag=True, help=_("Hand the newest checkpoint out first, due or not."))
@json_option
@speaks
def anchors(at_once: bool, as_json: bool) -> None:  # noqa: FBT001 - command-line flags
    settle_django()
    from yidang.ledger.anchoring.states import states
    from yidang.ledger.anchoring.work import anchor_due
    from yidang.site.runtime.session import running

    with running() as session:
        session.catch_up()
        if at_once:
            anchor_due(at_once=True)
        found = states()
        told = _told(found)
    if as_json:
        print_json(told)
    else:
        _tell(told)
    wanting = found.is_late or any(row["trouble"] for row in told["places"])
    finish(WANTING if wanting else HELD)


def _told(found: Any) -> dict[str, Any]:
    rows = [_row(place) for quorum in (found.witnesses, found.anchors) for place in quorum.places]
    window = found.witnesses.window
    return {
        "size": found.head.size if found.head else 0,
        "cosigned": found.witnesses.size,
        "anchored": found.anchors.size,
        "window_seconds": window and round(window.total_seconds(), 1),
        "late": found.is_late,
        "late_actions": [{"action": one.action, "at": one.at} for one in found.late],
        "places": rows,
    }


def _row(place: Any) -> dict[str, Any]:
    from yidang.kernel.errors import Conflict

    trouble = place.trouble
    return {
        "kind": place.kind,
        "name": place.name,
        "size": place.size,
        "at": place.at,
        "behind": place.behind,
        "trouble": in_words(Conflict(trouble.code, **trouble.facts)) if trouble else "",
    }


def _tell(told: dict[str, Any]) -> None:
    if not told["places"]:
        click.echo(_("Nobody outside keeps checkpoints of this ledger. Set YIDANG_WITNESSES or YIDANG_ANCHORS."))
        return
    headings = {
        "kind": _("Kind"),
        "name": _("Name"),
        "size": _("Entries"),
        "at": _("Since"),
        "behind": _("Behind"),
        "trouble": _("Trouble"),
    }
    table([{**row, "at": f"{row['at']:%Y-%m-%d %H:%M:%S}Z" if row["at"] else "–"} for row in told["places"]], headings)
    click.echo(_("Cosigned: {cosigned} of {size} entries. Anchored: {anchored}.").format(**told))
    if told["window_seconds"] is not None:
        click.echo(_("Longest wait for enough witnesses of late: {seconds} s.").format(seconds=told["window_seconds"]))
    if told["late"]:
        click.echo(click.style(_("This is late."), fg="red"))


@click.command("contract", help=_("Put the anchoring contract on an EVM chain and print its line for YIDANG_ANCHORS."))
@click.argument("url", metavar="URL")
@click.option("--account", is_flag=True, help=_("Only print the account that signs and pays."))
@speaks
def contract(url: str, account: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from django.conf import settings

    from yidang.ledger.adapters.chain_account import ChainAccount
    from yidang.ledger.adapters.evm import deploy

    ours = ChainAccount(settings.YIDANG.home)
    if account:
        click.echo(ours.address)
        return
    click.echo(f"evm+{url}#{deploy(url, ours)}")
