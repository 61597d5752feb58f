"""Which engine stands behind which kind of address, and what the settings name."""

from django.conf import settings

from yidang.ledger.adapters.chain_account import ChainAccount
from yidang.ledger.adapters.evm import ChainAnchor
from yidang.ledger.adapters.file import FileAnchor
from yidang.ledger.adapters.rfc3161 import TimeStampAnchor
from yidang.ledger.adapters.witness import WitnessAnchor
from yidang.ledger.anchoring.addresses import EVM, FILE, WITNESS, Address, parse_anchors, parse_witnesses
from yidang.ledger.ports import Anchor


def witnesses() -> tuple[Address, ...]:
    return parse_witnesses(settings.YIDANG.witnesses)


def anchors() -> tuple[Address, ...]:
    return parse_anchors(settings.YIDANG.anchors)


def engine(address: Address, *, known: int = 0) -> Anchor:
    home = settings.YIDANG.home
    if address.kind == WITNESS:
        return WitnessAnchor(address, known=known)
    if address.kind == FILE:
        return FileAnchor(address)
    if address.kind == EVM:
        return ChainAnchor(address, ChainAccount(home))
    return TimeStampAnchor(address, home / "ledger-keys" / "tsa")
