from django.urls import path

from yidang.access import views

app_name = "access"

urlpatterns = [
    path("search/", views.search_page, name="search"),
]
