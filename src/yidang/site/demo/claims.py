"""A few thousand invented lines of claims, so that inspection has something to look at."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from yidang.site.config import Config

_LINES, _SEED = 1500, 64  # nobody begins with this seed: what is invented next stands beside it
_MARK = "demo-claims"
_COURTESY = 15  # what reads the sample records and answers pages goes first


def load_claims(config: Config) -> None:
    """Once for each data folder. The keeper sees a history nobody has looked at, and sets the rules going."""
    if (config.home / _MARK).exists():
        return
    os.nice(_COURTESY)
    with TemporaryDirectory(prefix="yidang-claims-") as folder:
        _take_in(Path(folder) / "claims")
    _give_clerk()
    (config.home / _MARK).touch()


def _take_in(folder: Path) -> None:
    from yidang.claims.generator.making import generate
    from yidang.claims.importing.operations import import_claims
    from yidang.identity.policy import system_grant

    generate(lines=_LINES, seed=_SEED, out=folder, workers=1)
    import_claims(grant=system_grant("demo"), path=folder, source="demo")


def _give_clerk() -> None:
    """The invented clerk answers for the hospital with the most settlements too."""
    from django.db import transaction
    from django.db.models import Count

    from yidang.claims.models import Provider, Settlement
    from yidang.identity.appointing import give_post
    from yidang.identity.institutions import register_institution
    from yidang.identity.models import Role, Staff
    from yidang.identity.policy import system_grant
    from yidang.kernel.clock import today

    hospitals = Provider.objects.filter(kind=Provider.Kind.HOSPITAL).values("code")
    rows = Settlement.objects.filter(provider__in=hospitals).values_list("provider").annotate(n=Count("pk"))
    busiest = rows.order_by("-n").first()
    clerk = Staff.objects.filter(role=Role.INSTITUTION_CLERK).first()
    if busiest is None or clerk is None:
        return
    with transaction.atomic():
        place = register_institution(grant=system_grant("demo"), code=busiest[0], name="示范县人民医院")
        give_post(clerk, role=Role.INSTITUTION_CLERK, department=place.pk, since=today(), actor="system:demo")
