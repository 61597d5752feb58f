from django.urls import path

from yidang.quality.views import cases, findings, home, rates, samples

app_name = "quality"

urlpatterns = [
    path("", home.home, name="home"),
    path("thresholds/", home.thresholds, name="thresholds"),
    path("count/", home.count_now, name="count"),
    path("rates/<slug:quarter>/", rates.quarter, name="rates"),
    path("rates/<slug:quarter>/rates.xlsx", rates.sheet, name="rates_sheet"),
    path("rates/<slug:quarter>/records/", rates.records, name="records"),
    path("rates/<slug:quarter>/missing/", rates.declare, name="declare_missing"),
    path("missing/<uuid:missing_id>/take-back/", rates.take_back, name="take_back_missing"),
    path("findings/", findings.board, name="findings"),
    path("findings/findings.xlsx", findings.sheet, name="findings_sheet"),
    path("findings/<uuid:finding_id>/", findings.finding, name="finding"),
    path("samples/", samples.samples, name="samples"),
    path("samples/<uuid:sample_id>/", samples.sample, name="sample"),
    path("samples/<uuid:sample_id>/frame.csv", samples.frame, name="sample_frame"),
    path("samples/<uuid:sample_id>/report.xlsx", samples.sheet, name="sample_sheet"),
    path("samples/<uuid:sample_id>/report.pdf", samples.paper, name="sample_paper"),
    path("samples/<uuid:sample_id>/next/", samples.take, name="take"),
    path("samples/records/<uuid:row_id>/", samples.compare, name="compare"),
    path("cases/", cases.cases, name="cases"),
    path("cases/cases.xlsx", cases.sheet, name="cases_sheet"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/<slug:step>/", cases.take_step, name="case_step"),
    path("cases/<uuid:case_id>/evidence/<uuid:step_id>/", cases.evidence, name="case_evidence"),
]
