"""What was claimed and paid. Names, ID numbers, phones and diagnoses are sealed; money is in fen."""

from yidang.claims.models.drg import DrgScheme
from yidang.claims.models.imports import Evidence, HistoryChange, Import, QuarantinedRow
from yidang.claims.models.linkage import LinkCandidate, Merge
from yidang.claims.models.lists import Code, DatedEntry, TakenList
from yidang.claims.models.parties import Department, Enrolee, EnroleeSource, Practitioner, Provider
from yidang.claims.models.settlements import (
    ClinicalExtract,
    Encounter,
    Line,
    Prescription,
    Settlement,
    SettlementEvent,
)
from yidang.claims.models.traces import Box, BoxAlert, BoxMove, Product

__all__ = [
    "Box",
    "BoxAlert",
    "BoxMove",
    "ClinicalExtract",
    "Code",
    "DatedEntry",
    "Department",
    "DrgScheme",
    "Encounter",
    "Enrolee",
    "EnroleeSource",
    "Evidence",
    "HistoryChange",
    "Import",
    "Line",
    "LinkCandidate",
    "Merge",
    "Practitioner",
    "Prescription",
    "Product",
    "Provider",
    "QuarantinedRow",
    "Settlement",
    "SettlementEvent",
    "TakenList",
]
