from django.urls import path

from yidang.holdings import views

app_name = "holdings"

urlpatterns = [
    path("holdings/", views.tree, name="tree"),
]
