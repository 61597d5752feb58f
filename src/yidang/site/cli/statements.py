"""statement and ledger dispute: what is given to people outside."""

from pathlib import Path
from typing import Any

import click

from yidang.site.cli.frame import command_grant, settle_django
from yidang.site.cli.language import LANGUAGE, _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, note, print_json, speaks

REASONS = ("error", "superseded", "misused", "lost", "ordered")


@click.group(help=_("Statements under the archive's signature."))
def statement() -> None:
    pass


@statement.command("issue", help=_("State that a record has not changed; --pdf writes the signed PDF."))
@click.argument("code")
@click.option("--pdf", type=click.Path(path_type=Path), metavar="FILE", help=_("Where the signed PDF goes."))
@json_option
@speaks
def issue(code: str, pdf: Path | None, as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.access import certifying
    from yidang.holdings.queries import get_item
    from yidang.ledger.statements.addresses import address_of
    from yidang.site.runtime.session import running
    from yidang.workflow.sending import public_url

    with running() as session:
        session.catch_up(index=False)
        made = certifying.state_no_change(command_grant(), get_item(command_grant(), code).pk)
        if pdf:
            session.catch_up(index=False)
            pdf.write_bytes(certifying.hand_out(command_grant(), made.number, LANGUAGE))
        address = address_of(made.data, public_url())
    if as_json:
        print_json({"number": made.number, "address": address})
    else:
        click.echo(f"{made.number}\n{address}")


@statement.command("check", help=_("Check a statement: the address in its code, its digits, or its file."))
@click.argument("text")
@json_option
@speaks
def check(text: str, as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.ledger.statements import kinds
    from yidang.ledger.statements.checking import check as judge
    from yidang.ledger.statements.wording import OUTCOMES
    from yidang.site.runtime.session import running

    with running():
        verdict = judge(_text_of(text))
    told: dict[str, Any] = {"outcome": str(verdict.outcome), "holds": verdict.holds, "reason": verdict.reason}
    if verdict.claims:
        told |= {"number": verdict.claims.number, "statement": kinds.sentence(verdict.claims, LANGUAGE)}
    if as_json:
        print_json(told)
    else:
        click.echo(_in_our_language(OUTCOMES[verdict.outcome]))
        click.echo(told.get("statement", ""), nl="statement" in told)
    finish(HELD if verdict.holds else WANTING)


def _text_of(given: str) -> str:
    """A statement's file says it by its digits."""
    import json

    if not given.endswith(".json") or not Path(given).is_file():
        return given
    return str(json.loads(Path(given).read_text(encoding="utf-8"))["statement"])


def _in_our_language(text: object) -> str:
    from django.utils import translation

    with translation.override("zh-hans" if LANGUAGE == "zh" else "en"):
        return str(text)


@statement.command("revoke", help=_("Take a statement back; the ledger keeps why."))
@click.argument("number")
@click.option("--reason", type=click.Choice(REASONS), required=True, help=_("Why, as a code."))
@click.option("--remark", default="", help=_("Why, in words; kept sealed."))
@speaks
def revoke(number: str, reason: str, remark: str) -> None:
    settle_django()
    from yidang.access import certifying
    from yidang.site.runtime.session import running

    with running() as session:
        certifying.take_back(command_grant(), number, reason=reason, remark=remark)
        session.catch_up(index=False)
    note(_("The statement {number} is revoked.").format(number=number))


@click.command("dispute", help=_("Write all about a record, or several, into a ZIP that anybody checks with Python."))
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@click.argument("dest", type=click.Path(dir_okay=False, path_type=Path))
@speaks
def dispute(codes: tuple[str, ...], dest: Path) -> None:
    settle_django()
    from yidang.access.dispute import build_dispute
    from yidang.kernel.errors import Conflict
    from yidang.site.runtime.session import running

    if dest.exists():
        raise Conflict("export_not_empty", path=str(dest))
    draft = dest.with_name(dest.name + ".part")
    try:
        with running(), draft.open("xb") as sink:
            number = build_dispute(command_grant(), codes, sink, _progress)
        draft.replace(dest)
    finally:
        draft.unlink(missing_ok=True)
    note(_("Dispute file {number} written to {folder}.").format(number=number, folder=dest))


def _progress(done: int, total: int) -> None:
    import sys

    if sys.stderr.isatty():
        click.echo(f"\r{done}/{total}", err=True, nl=done == total)
