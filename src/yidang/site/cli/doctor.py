import os

import click

from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, print_json, speaks
from yidang.site.config import load
from yidang.site.doctor.finding import Finding, State

_MARKS = {State.GOOD: "✓", State.DOUBTFUL: "!", State.WRONG: "✗"}
_COLOURS = {State.GOOD: "green", State.DOUBTFUL: "yellow", State.WRONG: "red"}


@click.command(help=_("Look at the installation and the data folder, and say how to mend what is wrong."))
@json_option
@speaks
def doctor(as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    config = load(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yidang.site.settings")
    from yidang.site.doctor import engines, machine, transport

    checks = [
        machine.data_folder,
        machine.free_space,
        machine.memory,
        machine.port,
        machine.wall_clock,
        transport.to_browsers,
        transport.to_engines,
        machine.packaged_parts,
        engines.cryptography,
        engines.database,
        engines.reading,
        engines.sensors,
    ]
    findings: list[Finding] = []
    for check in checks:
        for finding in check(config):
            findings.append(finding)
            if not as_json:
                _show(finding)
    is_sound = all(finding.state is not State.WRONG for finding in findings)
    if as_json:
        print_json({"ok": is_sound, "checks": [_as_dict(finding) for finding in findings]})
    finish(HELD if is_sound else WANTING)


def _as_dict(finding: Finding) -> dict[str, str]:
    return {
        "check": finding.check,
        "state": str(finding.state),
        "message": finding.message,
        "remedy": finding.remedy,
    }


def _show(finding: Finding) -> None:
    mark = click.style(_MARKS[finding.state], fg=_COLOURS[finding.state])
    click.echo(f"{mark} {finding.check:<14}{finding.message}")
    if finding.remedy:
        click.echo(f"  {'':<14}→ {finding.remedy}")
