"""The command line. Heavy imports happen inside the commands: `yidang --help` answers at once."""

import os

from yidang.site.cli.language import settle  # isort: skip - before click

settle()
# One job, one core: more threads a process would only get in each other's way, and none may run before we fork.
for _engine in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_engine}_NUM_THREADS", "1")

import click  # noqa: E402

from yidang.site.cli import (  # noqa: E402
    backup,
    checks,
    claims,
    demo,
    doctor,
    drg,
    find,
    ingest,
    integrity,
    keys,
    outside,
    oversight,
    packages,
    server,
    staff,
    statements,
    tiers,
)
from yidang.site.cli.language import _  # noqa: E402


@click.group(
    help=_("Yidang (医档): the smart records archive for medical insurance."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="yidang")
def main() -> None:
    os.umask(0o077)  # whatever a command writes is for its own account's eyes


for command in (
    demo.demo,
    server.serve,
    server.stop,
    ingest.ingest,
    find.series,
    find.search,
    find.show,
    integrity.verify,
    checks.check,
    integrity.rebuild,
    packages.export,
    packages.package,
    integrity.ledger,
    outside.witness,
    integrity.store,
    staff.founders,
    doctor.doctor,
    backup.backup,
    keys.keys,
    statements.statement,
    tiers.tiers,
    claims.claims,
    drg.drg,
    oversight.oversight,
):
    main.add_command(command)
