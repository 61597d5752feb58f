from django.urls import path

from yidang.access.filing_stamp import views

app_name = "filing_stamp"

urlpatterns = [
    path("items/<uuid:item_id>/stamped/", views.sheet, name="sheet"),
    path("items/<uuid:item_id>/stamped/<int:number>.jpg", views.page, name="page"),
    path("items/<uuid:item_id>/stamped.pdf", views.download, name="download"),
]
