"""backup: copies of the whole archive, checked, restored and rehearsed."""

import os
from pathlib import Path
from typing import Any

import click

from yidang.kernel.errors import Invalid
from yidang.site.cli.frame import settle_django
from yidang.site.cli.language import LANGUAGE, _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, note, print_json, speaks
from yidang.site.cli.progress import Stages

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FROM = click.option("--from", "source", metavar="DEST", help=_("Folder or s3://bucket/prefix with the copies."))
_KEYS_FROM = click.option("--keys-from", metavar="DEST", help=_("Where the keys were copied to."))


@click.group(help=_("Copies of the whole archive: made, checked, restored, rehearsed."))
def backup() -> None:
    pass


@backup.command("run", help=_("Copy everything new to DEST; it may go on while people work."))
@click.option("--to", "dest", metavar="DEST", help=_("Folder or s3://bucket/prefix; else YIDANG_BACKUP_TO."))
@click.option("--keys-to", metavar="DEST", help=_("Where to copy the keys, apart from the rest."))
@json_option
@speaks
def run(dest: str | None, keys_to: str | None, as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    config = _config()
    place = _place(dest, config.backup_to, "YIDANG_BACKUP_TO")
    from yidang.site.copies import running
    from yidang.site.runtime.session import running as session

    with session(), Stages() as stages:
        outcome = running.run(config, place, keys_to=keys_to or config.backup_keys_to, progress=stages.show)
    if not outcome["keys_expire_at"]:
        note(_("The keys were not copied: name a place for them with --keys-to."))
    _tell(
        outcome,
        _("Copied: {objects} records in {versions} versions, {new_versions} of them new; {bytes} bytes."),
        as_json,
    )


@backup.command("check", help=_("Read every byte of the copies and name what is damaged or missing."))
@_FROM
@_KEYS_FROM
@click.option("--repair", is_flag=True, help=_("Set damaged parts aside, so that the next run copies them anew."))
@json_option
@speaks
def check(source: str | None, keys_from: str | None, repair: bool, as_json: bool) -> None:  # noqa: FBT001
    settle_django()
    config = _config()
    place = _place(source, config.backup_to, "YIDANG_BACKUP_TO")
    from yidang.site.copies import checking
    from yidang.site.runtime.session import running as session

    with session(), Stages() as stages:
        keys = keys_from or config.backup_keys_to
        outcome = checking.check(config, place, keys_from=keys, repair=repair, progress=stages.show)
    if outcome["newest_is_whole"] and not outcome["ok"]:
        note(_("The newest run is whole; what is wanting belongs to older runs, which are let go in time."))
    _tell(outcome, _("Every byte is as it was written: {packs} parts of {runs} runs, {bytes} bytes."), as_json)


@backup.command("restore", help=_("Bring the archive back into an empty data folder."))
@_FROM
@_KEYS_FROM
@click.option("--into", type=click.Path(path_type=Path), metavar="DIR", help=_("Data folder; else YIDANG_HOME."))
@click.option("--root-key", type=_FILE, metavar="FILE", help=_("The root key, when it is not in place yet."))
@click.option("--run", "name", default="", metavar="NAME", help=_("This run instead of the newest."))
@click.option(
    "--until", default="", metavar="TIME", help=_("Go on along the database's log to this moment, or `latest`.")
)
@json_option
@speaks
def restore(  # noqa: PLR0917 - command-line options
    source: str | None,
    keys_from: str | None,
    into: Path | None,
    root_key: Path | None,
    name: str,
    until: str,
    as_json: bool,  # noqa: FBT001
) -> None:
    if into is not None:
        os.environ["YIDANG_HOME"] = str(into.expanduser().absolute())
    settle_django()
    config = _config()
    place = _place(source, config.backup_to, "YIDANG_BACKUP_TO")
    from yidang.site.copies import restoring

    with Stages() as stages:
        outcome = restoring.restore(
            config,
            place,
            keys_from=keys_from or config.backup_keys_to,
            root_key=root_key,
            run_name=name,
            until=until,
            progress=stages.show,
        )
    restoring.finish(config, place, outcome)
    _tell(outcome, _("Restored as of {captured_at}: {objects} records in {versions} versions."), as_json)


@backup.command("drill", help=_("Restore into an empty place, look through, rebuild, compare; then clear away."))
@_FROM
@_KEYS_FROM
@click.option("--place", type=click.Path(path_type=Path), metavar="DIR", help=_("Where to restore to meanwhile."))
@json_option
@speaks
def drill(source: str | None, keys_from: str | None, place: Path | None, as_json: bool) -> None:  # noqa: FBT001
    settle_django()
    config = _config()
    dest = _place(source, config.backup_to, "YIDANG_BACKUP_TO")
    keys = _place(keys_from, config.backup_keys_to, "YIDANG_BACKUP_KEYS_TO")
    from yidang.site.copies import drilling
    from yidang.site.runtime.session import running as session

    with session(), Stages() as stages:
        outcome = drilling.drill(config, dest, keys_from=keys, place=place, progress=stages.show)
    held = _("The drill succeeded: {objects} records, ready after {rto_seconds} s, at most {rpo_seconds} s behind.")
    _tell(outcome, held, as_json)


@backup.command("status", help=_("Say when copies were made, checked and rehearsed, and what is wrong or late."))
@json_option
@speaks
def status(as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.site.copies import status as states
    from yidang.site.runtime.session import running as session

    with session():
        outcome = states.status(_config())
    for one in outcome["duties"] if not as_json else []:
        mark = click.style("✓", fg="green") if one["ok"] else click.style("✗", fg="red")
        click.echo(f"{mark} {one['kind']:<8}{one['at'] or '–':<34}{one['place']}")
    _tell(outcome, _("The copies are as they should be."), as_json)


@backup.command("heal", help=_("Put damaged files of the store right from the copies: all records, or those named."))
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@_FROM
@json_option
@speaks
def heal(codes: tuple[str, ...], source: str | None, as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    config = _config()
    place = _place(source, config.backup_to, "YIDANG_BACKUP_TO")
    from yidang.site.copies import healing
    from yidang.site.runtime.session import running as session

    with session(), Stages() as stages:
        outcome = healing.heal(config, place, codes, progress=stages.show)
    _tell(outcome, _("{files} files of {objects} records were put right."), as_json)


def _config() -> Any:
    from django.conf import settings

    return settings.YIDANG


def _place(given: str | None, setting: str, name: str) -> str:
    if not (given or setting):
        raise Invalid("backup_place_not_set", setting=name)
    return given or setting


def _tell(outcome: dict[str, Any], held: str, as_json: bool) -> None:  # noqa: FBT001 - passed on
    from yidang.site.copies.status import in_words

    for one in outcome["differences"]:
        one["message"] = message = in_words({"path": "", "object_id": ""} | dict(one), LANGUAGE)
        if not as_json:
            click.echo(click.style("✗ ", fg="red") + message)
    if as_json:
        print_json(outcome)
    elif outcome["ok"]:
        click.echo(held.format(**outcome))
    else:
        click.echo(_("{count} differences.").format(count=len(outcome["differences"])))
    finish(HELD if outcome["ok"] else WANTING)
