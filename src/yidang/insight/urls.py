from django.urls import path

from yidang.insight import views

app_name = "insight"

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("yearly/", views.yearly, name="yearly"),
    path("yearly.xlsx", views.yearly_sheet, name="yearly_sheet"),
    path("yearly.pdf", views.yearly_pdf, name="yearly_pdf"),
]
