"""tiers: what stands in the hot and the cold store, and moving by the approved policy."""

from typing import Any

import click

from yidang.site.cli.frame import command_grant, settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, finish, json_option, print_json, speaks


@click.group(help=_("Hot and cold stores: what stands where, moving by the approved policy."))
def tiers() -> None:
    pass


@tiers.command("status", help=_("Objects and bytes by tier, and what the cold store saves."))
@json_option
@speaks
def status(as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.site.runtime.session import running

    with running():
        from yidang.holdings.tiering.status import status as ask

        outcome = ask()
    if as_json:
        print_json(outcome)
    else:
        _tell(outcome)
    finish(HELD)


def _tell(outcome: dict[str, Any]) -> None:
    for tier, label in (("hot", _("hot")), ("cold", _("cold"))):
        click.echo(_("{tier}: {objects} records, {bytes} bytes").format(tier=label, **outcome[tier]))
    click.echo(_("saved: {yuan} yuan a month").format(yuan=outcome["saved_yuan_a_month"]))
    click.echo(_("policy in force: {policy}").format(policy=outcome["policy"] or "–"))


@tiers.command("run", help=_("Move what the approved policy says, in both directions."))
@json_option
@speaks
def run(as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.site.runtime.session import running

    with running():
        from yidang.holdings.tiering.operations import advance
        from yidang.holdings.tiering.operations import run as carry_out

        advance(command_grant())
        done = carry_out(command_grant())
    outcome = {"moved": done.done, "cooled": done.cooled, "recalled": done.recalled, "bytes": done.bytes}
    if as_json:
        print_json(outcome)
    else:
        click.echo(_("{cooled} records to the cold store, {recalled} back; {bytes} bytes").format(**outcome))
    finish(HELD)
