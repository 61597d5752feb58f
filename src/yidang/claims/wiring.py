"""What this room makes known to the rooms below it."""


def register_all() -> None:
    from yidang.access.asides import add_aside
    from yidang.claims import forgetting
    from yidang.claims.evidence import settlements_of
    from yidang.disposition.ports import forgets

    add_aside("claims", "claims/_settlements_of_item.html", settlements_of)
    forgetting.register_kind()
    forgets(forgetting.forget)
