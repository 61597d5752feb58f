"""One file per kind of document. Each draws one, in layouts and wordings that differ from sheet to sheet."""

from collections.abc import Callable, Mapping

from yidang.intake.samples.forms import certificate, enrolment, letters, office, settlement
from yidang.intake.samples.forms.kit import Drawn, Kit

DRAWERS: Mapping[str, Callable[[Kit], Drawn]] = {
    "enrolment_person": enrolment.draw_person,
    "enrolment_unit": enrolment.draw_unit,
    "settlement_list": settlement.draw,
    "diagnosis_certificate": certificate.draw_certificate,
    "chronic_application": certificate.draw_application,
    "remote_filing": office.draw_filing,
    "inspection_notice": office.draw_notice,
    "invoice": office.draw_invoice,
    "levy_assessment": office.draw_assessment,
    "typed_letter": letters.draw_letter,
    "other": letters.draw_other,
}
