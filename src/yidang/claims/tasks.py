"""The jobs of this room."""

from uuid import UUID

from procrastinate.contrib.django import app

from yidang.claims.importing import uploads
from yidang.identity.policy import system_grant


@app.task(name="claims.import", queue="intake", lock="claims.import")
def take_in(*, batch_id: str) -> None:
    uploads.take_in(UUID(batch_id))


@app.task(name="claims.link", queue="intake", lock="claims.import")
def link() -> None:
    from yidang.claims.history.writing import follow
    from yidang.claims.linkage.operations import link_persons

    link_persons(grant=system_grant("claims"))
    follow()
