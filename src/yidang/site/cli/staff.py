import click

from yidang.site.cli.frame import settle_django
from yidang.site.cli.language import _
from yidang.site.cli.output import json_option, note, print_json, speaks, table


@click.command(help=_("Make the first administrators of a new archive and print their first passwords."))
@json_option
@speaks
def founders(as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.site.runtime.session import running

    with running() as session:
        from yidang.identity.founding import found

        made = found()
        session.catch_up()
    rows = [{"username": one.username, "role": one.role, "password": one.password} for one in made]
    if as_json:
        print_json(rows)
        return
    table(rows, {"username": _("User name"), "role": _("Role"), "password": _("First password")})
    note(_("Hand each to its own person. It is changed at the first sign-in, and a second factor added."))
