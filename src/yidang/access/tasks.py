"""The jobs of access."""

from procrastinate.contrib.django import app

from yidang.access.dispute import keeping


@app.task(name="access.make_dispute", queue="intake")
def make_dispute(order: str) -> None:
    keeping.make(order)
