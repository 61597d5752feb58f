"""Every sealed column of the database, so that its values can be sealed anew under another version of the field keys.

A test holds this list against every place in the program that seals a field.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """`label`, `row` and `field` are what binds the value to its place; `row` is SQL over the table's own columns.

    `field` None: it is bound by the column's own name.
    """

    table: str
    column: str
    label: str
    row: str = "id::text"
    field: str | None = None
    key: str = "id"

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


COLUMNS = (
    SealedColumn("holdings_item", "description", "holdings.item"),
    SealedColumn("holdings_volume", "description", "holdings.volume"),
    SealedColumn("holdings_page", "reading", "holdings.page"),
    SealedColumn("holdings_itemfile", "note", "holdings.itemfile", row="item_id || '/' || ordinal"),
    SealedColumn("holdings_itemversion", "reason", "holdings.itemversion", row="item_id || '/' || number"),
    SealedColumn("holdings_pendingversion", "plan", "holdings.pendingversion", row="item_id::text", key="item_id"),
    SealedColumn("intake_receivedfile", "about", "received_file"),
    SealedColumn("intake_receivedfile", "facts", "received_file"),
    SealedColumn("intake_cataloguerow", "values", "catalogue_row", row="file_id || '/' || number"),
    SealedColumn("intake_cataloguerow", "facts", "catalogue_row", row="file_id || '/' || number"),
    SealedColumn("intake_pagemark", "value", "page_mark", row="page::text", key="page"),
    SealedColumn("identity_factor", "sealed", "identity_factor"),
    SealedColumn("identity_visit", "sealed", "identity_visit"),
    SealedColumn("ledger_entry", "private", "ledger_entry"),
    SealedColumn("ledger_statement", "body", "ledger_statement", row="number", key="number"),
    SealedColumn("identity_brokenglass", "reason", "identity.brokenglass"),
    SealedColumn("identity_brokenglass", "remark", "identity.brokenglass"),
    SealedColumn("access_release", "sealed", "access_release", field="words", key="number"),
    SealedColumn("access_release", "sealed_key", "access_release", field="key", key="number"),
    SealedColumn("access_release", "sealed_digest_key", "access_release", field="digest_key", key="number"),
    SealedColumn("access_ledback", "sealed", "access_led_back"),
    SealedColumn("access_usedoubt", "sealed_note", "access_use_doubt", field="note"),
    SealedColumn("access_personrequest", "sealed", "access_person_request", field="asking", key="number"),
    SealedColumn("access_personrequest", "sealed_answer", "access_person_request", field="answer", key="number"),
    SealedColumn("access_impactassessment", "sealed", "access_impact_assessment", field="content", key="number"),
    SealedColumn("access_leaknotice", "sealed", "access_leak_notice", field="content", key="number"),
    SealedColumn("access_leaknotice", "sealed_waiver", "access_leak_notice", field="waiver", key="number"),
    SealedColumn("disposition_opinion", "sealed_reason", "disposition_opinion", field="reason"),
    SealedColumn("disposition_appraisal", "sealed_report", "disposition_appraisal", field="report", key="number"),
    SealedColumn("disposition_holdorder", "sealed", "disposition_hold_order", field="words", key="number"),
    SealedColumn(
        "collection_institution", "sealed_contact", "collection_institution", row="code", field="contact", key="code"
    ),
    SealedColumn("collection_obligation", "sealed_reason", "collection_obligation", field="reason"),
    SealedColumn("collection_letter", "sealed", "collection_letter", field="words", key="number"),
    SealedColumn("collection_case", "sealed", "collection_case", field="words"),
    SealedColumn("storeroom_zoneentry", "sealed", "storeroom_zoneentry", field="words"),
    SealedColumn("storeroom_difference", "sealed_reason", "storeroom_difference", field="reason"),
    SealedColumn("storeroom_alarm", "sealed_note", "storeroom_alarm", field="note", key="number"),
    SealedColumn("storeroom_finding", "sealed", "storeroom_finding", field="words"),
    SealedColumn("storeroom_finding", "sealed_cure", "storeroom_finding", field="cure"),
    SealedColumn("storeroom_photo", "sealed", "storeroom_photo", field="picture"),
    SealedColumn("duty_incident", "sealed", "duty_incident", field="words", key="number"),
    SealedColumn("duty_incident", "sealed_outcome", "duty_incident", field="outcome", key="number"),
    SealedColumn("quality_finding", "sealed_evidence", "quality_finding", field="evidence", key="number"),
    SealedColumn("quality_finding", "sealed_reason", "quality_finding", field="reason", key="number"),
    SealedColumn("quality_declaredmissing", "sealed_reason", "quality_declared_missing", field="reason"),
    SealedColumn("quality_fieldcheck", "sealed_note", "quality_field_check", row="row_id || '/' || key", field="note"),
    SealedColumn("quality_casestep", "sealed_words", "quality_case_step", field="words"),
    SealedColumn("quality_casestep", "sealed_file", "quality_case_step", field="file"),
    SealedColumn("access_loan", "sealed", "access_loan", field="words", key="number"),
    SealedColumn("access_loan", "sealed_condition", "access_loan", field="condition", key="number"),
    SealedColumn("access_loanstep", "sealed_reason", "access_loan_step", field="reason"),
    SealedColumn("access_certifiedcopy", "sealed", "access_certified_copy", field="words", key="number"),
    SealedColumn("access_use", "sealed_effect", "access_use", field="effect"),
    SealedColumn("access_synonym", "sealed", "access_synonym", field="words"),
    SealedColumn("access_useanalysis", "sealed", "access_use_analysis", field="body"),
    SealedColumn("disposition_transfer", "sealed_receipt", "disposition_transfer", field="receipt", key="number"),
    SealedColumn("checks_run", "sealed_report", "checks_run", row="number::text", field="report", key="number"),
    SealedColumn("checks_result", "sealed_reason", "checks_result", field="reason"),
    SealedColumn("checks_step", "sealed_reason", "checks_step", field="reason"),
    SealedColumn("access_savedview", "sealed", "access_saved_view", field="view"),
    SealedColumn("oversight_finding", "sealed_evidence", "oversight_finding", field="evidence", key="number"),
    SealedColumn("oversight_verdict", "sealed_words", "oversight_verdict", field="words"),
    SealedColumn("oversight_rulereview", "sealed_reason", "oversight_rule_review", field="reason"),
    SealedColumn("oversight_case", "sealed_decision", "oversight_case", field="decision", key="number"),
    SealedColumn("oversight_paperrequest", "sealed_words", "oversight_paper_request", field="words", key="number"),
    SealedColumn("oversight_paperrequest", "sealed_answer", "oversight_paper_request", field="answer", key="number"),
    SealedColumn("oversight_casefile", "sealed_name", "oversight_case_file", field="name"),
    SealedColumn("oversight_casefile", "sealed_file", "oversight_case_file", field="file"),
    SealedColumn("oversight_casestep", "sealed_words", "oversight_case_step", field="words"),
    SealedColumn("claims_enrolee", "sealed", "claims_enrolee", field=""),
    SealedColumn("claims_enroleesource", "sealed", "claims_enrolee_source", field=""),
    SealedColumn("claims_practitioner", "sealed", "claims_practitioner", row="code", key="code", field=""),
    SealedColumn("claims_settlement", "sealed", "claims_settlement", row="claim::text", key="claim", field=""),
    SealedColumn("claims_settlementevent", "sealed", "claims_settlement_event", field=""),
    SealedColumn("claims_datedentry", "sealed", "claims_dated_entry", field=""),
    SealedColumn(
        "claims_clinicalextract", "sealed", "claims_clinical_extract", row="claim::text", key="claim", field=""
    ),
    SealedColumn(
        "claims_quarantinedrow",
        "sealed",
        "claims_quarantined_row",
        row="batch_id || '/' || file || '/' || row",
        field="",
    ),
    SealedColumn("workflow_approval", "sealed", "workflow_approval", key="number"),
    SealedColumn("workflow_approval", "sealed_answer", "workflow_approval", field="answer", key="number"),
    SealedColumn("workflow_address", "sealed_target", "workflow_address", field="target"),
    SealedColumn("workflow_address", "sealed_secret", "workflow_address", field="secret"),
)

# Sealed under a field key and kept by nobody: words of a search in an address line. They cease to open, no more.
PASSING = frozenset({"access.query"})
