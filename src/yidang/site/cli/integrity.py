"""verify, rebuild, ledger and store: does what we hold still hold?"""

import json
from pathlib import Path
from typing import Any

import click

from yidang.site.cli import outside, statements
from yidang.site.cli.frame import command_grant, settle_django
from yidang.site.cli.language import LANGUAGE, _
from yidang.site.cli.output import HELD, WANTING, finish, json_option, note, print_json, speaks

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, writable=True, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(help=_("Check store, keys, catalogue, index and ledger against each other, or one record alone."))
@click.argument("code", required=False)
@json_option
@speaks
def verify(code: str | None, as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    settle_django()
    from yidang.site import verification
    from yidang.site.runtime.session import running

    with running() as session:
        if code is None:
            session.catch_up(index=False)
        outcome = verification.verify(code, language=LANGUAGE)
    _tell_outcome(outcome, as_json=as_json, held=_("Everything agrees: {items} records checked."))


@click.command(help=_("Build catalogue and index anew from store, keyring and ledger alone."))
@click.option("--fresh", is_flag=True, help=_("Put the embedded database aside first, if it is not empty."))
@json_option
@speaks
def rebuild(fresh: bool, as_json: bool) -> None:  # noqa: FBT001 - command-line flags
    settle_django()
    from django.conf import settings

    from yidang.crypto.custody import check_opens
    from yidang.site import verification
    from yidang.site.runtime.session import put_database_aside, running

    check_opens(settings.YIDANG.home)  # without its keys nothing would come back, and the database would be gone
    if fresh:
        folder = put_database_aside()
        note(_("The former database is now {folder}.").format(folder=folder) if folder else _("There was no database."))
    with running():
        outcome = verification.rebuild(language=LANGUAGE)
    _tell_outcome(outcome, as_json=as_json, held=_("{items} records are in the catalogue again."))


def _tell_outcome(outcome: dict[str, Any], *, as_json: bool, held: str) -> None:
    if as_json:
        print_json(outcome)
    else:
        for one in outcome["notes"]:
            click.echo(click.style("! ", fg="yellow") + one["message"])
        for one in outcome["differences"]:
            click.echo(click.style("✗ ", fg="red") + one["message"])
        click.echo(held.format(**outcome) if outcome["ok"] else _("{count} differences.").format(**outcome))
    finish(HELD if outcome["ok"] else WANTING)


@click.group(help=_("The log of everything that happened."))
def ledger() -> None:
    pass


@ledger.command("checkpoint", help=_("Print the newest signed checkpoint; with --export, hand the whole log out."))
@click.option("--export", "dest", type=click.Path(path_type=Path), metavar="DIR", help=_("Empty folder for the log."))
@speaks
def checkpoint(dest: Path | None) -> None:
    settle_django()
    from yidang.ledger import queries
    from yidang.ledger.export import export
    from yidang.site.runtime.session import running

    with running() as session:
        session.catch_up()
        head = export(dest) if dest else queries.checkpoint()
    click.echo(head.note, nl=False)
    if dest:
        note(_("The log and its verifier are in {folder}.").format(folder=dest))


@ledger.command("prove", help=_("Print the proof, as JSON, that the newest version of a record is in the log."))
@click.argument("code")
@click.option("--page", type=click.IntRange(min=1), metavar="N", help=_("Prove this page, without showing the others."))
@click.option("--with", "file", type=_NEW, metavar="FILE", help=_("Write the file that holds the page there, too."))
@speaks
def prove(code: str, page: int | None, file: Path | None) -> None:
    if file and not page:
        raise click.UsageError(_("--with needs --page."))
    settle_django()
    from yidang.holdings import queries
    from yidang.ledger.queries import proof_file
    from yidang.site.runtime.session import running

    with running() as session:
        session.catch_up()
        item = queries.get_item(command_grant(), code)
        entry = _newest_version(item)
        proof = proof_file(entry, page=_page_part(item, page) if page else None)
        if file and page:
            _write_file_of_page(item, page, file)
    print_json(proof)


def _write_file_of_page(item: Any, number: int, to: Path) -> None:
    """The original bytes, which the page's statement gives the digest of: with them anybody can check the page."""
    import shutil

    from django.db import transaction

    from yidang.kernel.errors import Conflict
    from yidang.ledger.operations import append
    from yidang.preservation.content import open_content

    if to.exists():
        raise Conflict("file_exists", path=str(to))
    held = item.pages.select_related("file").get(number=number).file
    grant = command_grant()
    with transaction.atomic(), open_content(held.locator) as source, to.open("xb") as sink:
        to.chmod(0o600)
        facts = {"reference_code": item.reference_code, "format": "original", "page": number}
        append(action="item.exported", actor=grant.actor, subject=item.id, facts=facts)
        shutil.copyfileobj(source, sink)


def _page_part(item: Any, number: int) -> dict[str, Any]:
    """With the statement inside, so that the verifier can be shown the page's file itself."""
    from yidang.holdings.queries import page_proof

    found = page_proof(command_grant(), item, number)
    return {**found.proof, "statement": found.statement.decode()}


def _newest_version(item: Any) -> Any:
    from yidang.holdings import queries
    from yidang.kernel.errors import Conflict

    versions = queries.versions(item)
    if not versions:
        raise Conflict("not_filed_yet", item=item.working_number)
    return versions[-1].ledger_entry


@ledger.command("verify", help=_("Check an exported log: every entry, tile and signature. Needs no database."))
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--keys", type=_FILE, metavar="FILE", help=_("File of the public keys you trust."))
@click.option("--proof", type=_FILE, metavar="FILE", help=_("A proof file to check as well."))
@click.option("--page", type=_FILE, metavar="FILE", help=_("The file with the page that the proof is about."))
@click.option(
    "--witness", "witnesses", multiple=True, metavar="KEY", help=_("Public key of a witness, or a file of them.")
)
@click.option("--needed", type=click.IntRange(min=1), default=1, help=_("So many witnesses must have cosigned."))
@click.option("--known", type=_FILE, multiple=True, metavar="FILE", help=_("A signed checkpoint you kept."))
@click.option("--tsa-ca", type=_FILE, metavar="FILE", help=_("Certificates of the time-stamping authority you trust."))
@click.option("--chain", metavar="URL", help=_("JSON-RPC address of the chain that holds the anchors."))
@json_option
@speaks
def verify_ledger(  # noqa: PLR0917 - as many as there are options
    folder: Path,
    keys: Path | None,
    proof: Path | None,
    page: Path | None,
    witnesses: tuple[str, ...],
    needed: int,
    known: tuple[Path, ...],
    tsa_ca: Path | None,
    chain: str | None,
    as_json: bool,  # noqa: FBT001 - a command-line flag
) -> None:
    from yidang.kernel.errors import Invalid
    from yidang.ledger import verifier

    try:
        outside = verifier.outside_of(witnesses, needed, known, tsa_ca, chain)
    except (OSError, ValueError):
        raise Invalid("ledger_public_key_malformed") from None
    result = verifier.verify_folder(
        folder,
        outside=outside,
        keys=keys.read_text(encoding="utf-8") if keys else None,
        proof=json.loads(proof.read_text(encoding="utf-8")) if proof else None,
        page=page.read_bytes() if page else None,
    )
    if as_json:
        print_json(result)
    else:
        click.echo(verifier.say(result))
    finish(HELD if result["holds"] else WANTING)


ledger.add_command(outside.anchors)
ledger.add_command(outside.contract)
ledger.add_command(statements.dispute)


@click.group(help=_("The store of the records' bytes."))
def store() -> None:
    pass


@store.command("validate", help=_("Judge an OCFL 1.0 or 1.1 object or storage root, ours or anybody's."))
@click.argument("folder", metavar="DIR", type=_FOLDER)
@json_option
@speaks
def validate(folder: Path, as_json: bool) -> None:  # noqa: FBT001 - a command-line flag
    from yidang.preservation.ocfl_validator import validate as validate_ocfl

    report = validate_ocfl(folder)
    outcome = {"valid": not report.errors, "errors": _rows(report.errors), "warnings": _rows(report.warnings)}
    if as_json:
        print_json(outcome)
    else:
        _tell_validation(outcome)
    finish(HELD if outcome["valid"] else WANTING)


@store.command("scrub", help=_("Read every byte of every copy of the store and name what is damaged."))
@click.option("--repair", is_flag=True, help=_("Put damaged files right from a copy that is good."))
@json_option
@speaks
def scrub(repair: bool, as_json: bool) -> None:  # noqa: FBT001 - command-line flags
    settle_django()
    from django.conf import settings

    from yidang.kernel.texts import say
    from yidang.site.cli.progress import Stages
    from yidang.site.copies.scrubbing import scrub as scrub_all
    from yidang.site.runtime.session import running

    with running(), Stages() as stages:
        outcome = scrub_all(settings.YIDANG, repair=repair, progress=stages.show)
    for one in outcome["differences"]:
        one["message"] = say(one["code"], LANGUAGE, **one)
        if not as_json:
            mark = click.style("✓ ", fg="green") if one["healed"] else click.style("✗ ", fg="red")
            click.echo(mark + one["message"])
    if as_json:
        print_json(outcome)
    else:
        click.echo(_("{objects} records read, {bytes} bytes; {healed} files put right.").format(**outcome))
    finish(HELD if outcome["ok"] else WANTING)


def _rows(findings: Any) -> list[dict[str, str]]:
    return [{"code": one.code, "path": one.path, "message": one.text(LANGUAGE)} for one in findings]


def _tell_validation(outcome: dict[str, Any]) -> None:
    for kind, colour in (("errors", "red"), ("warnings", "yellow")):
        for one in outcome[kind]:
            click.echo(f"{click.style(one['code'], fg=colour)} {one['path']}: {one['message']}")
    click.echo(_("Valid.") if outcome["valid"] else _("Not valid."))
