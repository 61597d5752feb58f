from django.urls import path

from yidang.collection.views import calendar, cases, chasing, counter, institutions, requirements, systems

app_name = "collection"

urlpatterns = [
    path("", calendar.month, name="calendar"),
    path("obligations/", calendar.listed, name="obligations"),
    path("obligations/<uuid:obligation_id>/", calendar.one, name="obligation"),
    path("obligations/<uuid:obligation_id>/receive/", calendar.receive, name="receive"),
    path("obligations/<uuid:obligation_id>/waive/", calendar.waive, name="waive"),
    path("requirements/", requirements.listed, name="requirements"),
    path("requirements/<uuid:requirement_id>/end/", requirements.end, name="end_requirement"),
    path("holidays/", requirements.keep_holiday, name="holiday"),
    path("overdue/", chasing.overdue, name="overdue"),
    path("overdue.xlsx", chasing.workbook, name="overdue_sheet"),
    path("letters/", chasing.listed, name="letters"),
    path("letters/new/", chasing.issue, name="issue_letter"),
    path("letters/<uuid:letter_id>/", chasing.letter, name="letter"),
    path("letters/<uuid:letter_id>/letter.pdf", chasing.paper, name="letter_pdf"),
    path("institutions/", institutions.listed, name="institutions"),
    path("institutions/<slug:institution>/", institutions.one, name="institution"),
    path("institutions/<slug:institution>/channel/", institutions.channel, name="channel"),
    path("systems/", systems.listed, name="systems"),
    path("systems/<uuid:system_id>/renew/", systems.renew, name="renew_token"),
    path("systems/<uuid:system_id>/revoke/", systems.revoke, name="revoke_system"),
    path("counter/", counter.counter, name="counter"),
    path("counter/<uuid:accession_id>/", counter.case, name="counter_case"),
    path("counter/<uuid:accession_id>/<int:number>/", counter.take, name="take_page"),
    path("counter/<uuid:accession_id>/finish/", counter.finish, name="finish_counter"),
    path("cases/", cases.listed, name="cases"),
    path("cases/<uuid:case_id>/", cases.one, name="case"),
    path("cases/<uuid:case_id>/counter/", cases.at_counter, name="case_at_counter"),
    path("counter/find/", counter.find, name="find_case"),
    path("cases/<uuid:case_id>/materials/", cases.settle, name="settle_material"),
    path("cases/<uuid:case_id>/ask/", cases.ask, name="ask_for_missing"),
    path("cases/<uuid:case_id>/sheet/", cases.sheet, name="case_sheet"),
    path("items/<uuid:item_id>/materials/", cases.open_for_item, name="open_case"),
]
