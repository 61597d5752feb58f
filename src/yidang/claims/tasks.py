"""The jobs of this room."""

from uuid import UUID

from procrastinate.contrib.django import app

from yidang.claims.importing import uploads


@app.task(name="claims.import", queue="intake", lock="claims.import")
def take_in(*, batch_id: str) -> None:
    uploads.take_in(UUID(batch_id))
