from django.urls import URLPattern

app_name = "storeroom"

urlpatterns: list[URLPattern] = []
