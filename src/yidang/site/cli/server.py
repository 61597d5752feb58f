"""serve and stop."""

import os
from contextlib import suppress

import click

from yidang.site.cli.language import _
from yidang.site.cli.output import note, speaks
from yidang.site.config import load


@click.command(help=_("Start the archive: database, web, job workers. Ends on Ctrl-C or `yidang stop`."))
@click.option("--port", type=click.IntRange(0, 65535), help=_("Port to listen on; 0 takes a free one."))
@speaks
def serve(port: int | None) -> None:
    if port is not None:
        os.environ["YIDANG_PORT"] = str(port)
    config = load(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yidang.site.settings")
    from yidang.site.runtime import supervisor

    with suppress(KeyboardInterrupt):  # asked to stop while still starting
        supervisor.serve(config, ready=lambda bound: note(f"{config.address(bound)}/"))


@click.command(help=_("Stop the server of this data folder and wait until it has ended."))
@speaks
def stop() -> None:
    from yidang.site.runtime.session import stop as stop_server

    if not stop_server(load(os.environ)):
        note(_("No server runs in this data folder."))
