"""check: the four natures of one record, now."""

from typing import Any, cast

import click

from yidang.site.cli.frame import command_grant, settle_django
from yidang.site.cli.language import LANGUAGE, _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, print_json, speaks

_STAGES = ("filing", "transfer", "keeping")


@click.command(help=_("Check the four natures of one record; the report is kept and entered in the ledger."))
@click.argument("code")
@click.option("--stage", type=click.Choice(_STAGES), default="keeping", help=_("Which checks: at which stage."))
@json_option
@speaks
def check(code: str, stage: str, as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.site.runtime.session import running

    with running():
        report = _checked(code, stage)
    if as_json:
        print_json(report)
    else:
        _tell(report)
    finish(HELD if not report["failed"] else WANTING)


def _checked(code: str, stage: str) -> dict[str, Any]:
    import json

    from yidang.checks.catalogue import Stage
    from yidang.checks.reports import kept_json
    from yidang.checks.running import check_item
    from yidang.holdings.queries import get_item

    grant = command_grant()
    run = check_item(grant, get_item(grant, code).pk, stage=cast("Stage", stage))
    report = json.loads(kept_json(run))
    failed = [one["code"] for one in report["results"] if one["mandatory"] and one["result"] == "failed"]
    return {**report, "failed": failed}


def _tell(report: dict[str, Any]) -> None:
    from yidang.kernel.texts import say

    for one in report["results"]:
        outcome = say(f"check_outcome_{one['result']}", LANGUAGE)
        click.echo(f"{one['code']:<6}{outcome}  {one['item']}" + (f"  {one['remark']}" if one["remark"] else ""))
    click.echo(
        _("{number}: {count} mandatory checks failed").format(number=report["number"], count=len(report["failed"]))
    )
