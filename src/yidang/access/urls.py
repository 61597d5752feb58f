from django.urls import path

from yidang.access import views

app_name = "access"

urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("items/code/<path:code>/", views.by_code, name="by_code"),
    path("items/<uuid:item_id>/", views.item, name="item"),
    path("items/<uuid:item_id>/pages/<int:number>.jpg", views.page, name="page_image"),
    path("items/<uuid:item_id>/pages/<int:number>.json", views.page_words, name="page_words"),
    path("items/<uuid:item_id>/download.pdf", views.download, name="download"),
]
