from django.urls import path

from yidang.credit.views import archives, deciding, entering

app_name = "credit"

urlpatterns = [
    path("", archives.archives, name="archives"),
    path("credit.xlsx", archives.sheet, name="sheet"),
    path("years/", archives.year, name="year"),
    path("enter/", entering.deduction, name="enter_deduction"),
    path("enter/person/", entering.measure, name="enter_measure"),
    path("enter/person/points/", entering.person_points, name="enter_person_points"),
    path("import/", entering.take_file, name="import"),
    path("terms/", entering.terms_page, name="terms"),
    path("to-decide/", deciding.to_decide, name="to_decide"),
    path("decide/<slug:what>/<uuid:row_id>/", deciding.decide, name="decide"),
    path("appeals/", deciding.appeals, name="appeals"),
    path("appeals/<uuid:appeal_id>/", deciding.prepare, name="prepare_appeal"),
    path("appeal/<slug:what>/<uuid:row_id>/", deciding.appeal, name="appeal"),
    path("own/", deciding.own, name="own"),
    path("<uuid:subject_id>/", archives.card, name="card"),
    path("<uuid:subject_id>/repair/", entering.repair, name="repair"),
]
