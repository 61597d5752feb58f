import os
from contextlib import suppress

import click

from yidang.kernel.errors import DomainError
from yidang.site.cli.language import _
from yidang.site.cli.output import HELD, WANTING, finish, in_words, note, print_json, speaks
from yidang.site.config import Config, load
from yidang.site.demo import folder


@click.command(help=_("Start an archive with invented staff and records; with --check, test it and stop."))
@click.option("--port", type=click.IntRange(0, 65535), help=_("Port to listen on; 0 takes a free one."))
@click.option("--check", "is_check", is_flag=True, help=_("Test the main job as each role and print one JSON object."))
@speaks
def demo(port: int | None, is_check: bool) -> None:  # noqa: FBT001 - a command-line flag
    with folder.chosen(os.environ, throw_away=is_check):
        if is_check:
            _check(port or 0)
        else:
            _show(port)


def _check(port: int) -> None:
    os.environ["YIDANG_TLS"] = "off"  # it visits itself, and knows no certificate
    from yidang.site.demo import check

    load(os.environ)  # unknown settings are refused here, not in the server's log
    try:
        outcome = check.run(port)
    except DomainError as error:
        outcome = {"ok": False, "error": {"code": error.code, "message": in_words(error)}}
    print_json(outcome)
    finish(HELD if outcome["ok"] else WANTING)


def _show(port: int | None) -> None:
    if port is not None:
        os.environ["YIDANG_PORT"] = str(port)
    config = load(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yidang.site.settings")
    from yidang.site.demo import loading
    from yidang.site.runtime import supervisor
    from yidang.site.runtime.crew import Post

    with suppress(KeyboardInterrupt):  # asked to stop while still starting
        supervisor.serve(
            config,
            ready=lambda bound: _greet(config, bound),
            then_prepare=lambda: loading.prepare_staff(config),
            tasks=[Post("samples", lambda: _load(config), is_task=True)],
        )


def _load(config: Config) -> None:
    """Records first: the first page of the demonstration is theirs."""
    from yidang.site.demo import claims, loading

    loading.load_samples(config)
    claims.load_claims(config)


def _greet(config: Config, port: int) -> None:
    note("")
    note(_("Yidang is at {address}/ – Ctrl-C stops it.").format(address=config.address(port)))
    for username, password in folder.logins(config.home).items():
        note(f"  {username:<12}{password}")
    note(_("The sample records are being read now; search finds each as soon as it is filed."))
    note("")
