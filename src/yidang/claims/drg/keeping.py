"""Schemes kept in the archive: imported once, never changed, the newest in force used by default."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from yidang.claims.drg.errors import SchemeExists, SchemeNotFound
from yidang.claims.drg.reading import synthetic
from yidang.claims.drg.scheme import Adrg, Complicating, Drg, Listed, Mdc, Scheme, Version
from yidang.claims.models import DrgScheme
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.ledger.operations import append

_ROWS: dict[str, type[Any]] = {
    "mdcs": Mdc,
    "adrgs": Adrg,
    "mdc_diagnoses": Listed,
    "adrg_operations": Listed,
    "adrg_diagnoses": Listed,
    "drgs": Drg,
    "complications": Complicating,
    "exclusions": Listed,
    "trauma": Listed,
    "supports": Listed,
    "barred": Listed,
}

_ONLY_MAIN = "only_main_operation"


@transaction.atomic
def keep_scheme(*, grant: Grant, scheme: Scheme) -> DrgScheme:
    """Takes its tables in; the same ones again change nothing.

    Raises:
        NotAllowed; SchemeExists: this version holds other tables.
    """
    grant.require(Permission.IMPORT_CLAIMS)
    tables = laid_out(scheme)
    known = DrgScheme.objects.filter(code=scheme.version.code, version=scheme.version.version).first()
    if known is not None:
        if laid_out(opened(known)) != tables:
            raise SchemeExists(scheme=known.code, version=known.version)
        return known
    made = _keep(grant, scheme.version, tables | {_ONLY_MAIN: scheme.version.only_main_operation})
    append(
        action="claims.drg_scheme_imported",
        actor=grant.actor,
        subject=made.id,
        facts={"code": made.code, "version": made.version, "groups": len(scheme.drgs)},
    )
    return made


def _keep(grant: Grant, version: Version, tables: dict[str, Any]) -> DrgScheme:
    return DrgScheme.objects.create(
        code=version.code,
        version=version.version,
        name=version.name,
        source=version.source,
        verified=version.verified,
        effective_from=version.effective_from,
        approved_by=version.approved_by,
        tables=tables,
        by_id=grant.staff_id,
        imported_at=now(),
    )


def laid_out(scheme: Scheme) -> dict[str, Any]:
    return {name: [list(asdict(row).values()) for row in getattr(scheme, name)] for name in _ROWS}


def current(on: date, code: str = "") -> Scheme:
    """The scheme in force on a day, of `code` where one is named; without any, the invented one that ships.

    Raises:
        SchemeNotFound: no scheme of that code is in force.
    """
    found = DrgScheme.objects.filter(effective_from__lte=on)
    row = (found.filter(code=code) if code else found).first()
    if row is not None:
        return opened(row)
    if code and code != synthetic().version.code:
        raise SchemeNotFound(scheme=code)
    return synthetic()


def opened(row: DrgScheme) -> Scheme:
    tables = {name: [kind(*values) for values in row.tables.get(name, ())] for name, kind in _ROWS.items()}
    version = Version(
        row.code,
        row.name,
        row.version,
        row.source,
        row.verified,
        row.effective_from,
        row.approved_by,
        row.tables.get(_ONLY_MAIN, False),
    )
    return Scheme(version=version, **tables)
