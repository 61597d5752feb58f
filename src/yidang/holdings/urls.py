from django.urls import path

from yidang.holdings import emergency_views, page_views, seen_views, sheet_views, views
from yidang.holdings.tiering import views as tier_views

app_name = "holdings"

urlpatterns = [
    path("emergency/", emergency_views.break_glass, name="break_glass"),
    path("emergency/<uuid:glass_id>/", emergency_views.review, name="glass"),
    path("items/<uuid:item_id>/seen/", seen_views.seen, name="seen"),
    path("holdings/", views.tree, name="tree"),
    path("holdings/filed/", views.filed, name="filed"),
    path("holdings/tiers/", tier_views.tiers, name="tiers"),
    path("holdings/tiers/policy/", tier_views.propose, name="propose_tiers"),
    path("holdings/tiers/recall/", tier_views.recall, name="recall"),
    path("volumes/<uuid:volume_id>/sheets/<slug:sheet>/", sheet_views.volume, name="volume_sheet"),
    path("filing-list/", sheet_views.items, name="filing_list"),
    path("filing-list/box/", sheet_views.box, name="box_label"),
    path("items/<uuid:item_id>/history/", views.history, name="history"),
    path("items/<uuid:item_id>/diff/", views.diff, name="diff"),
    path("items/<uuid:item_id>/proof/", views.proof, name="proof"),
    path("items/<uuid:item_id>/proof.json", views.proof_file, name="proof_file"),
    path("items/<uuid:item_id>/describe/", views.describe, name="describe"),
    path("items/<uuid:item_id>/restore/", views.restore, name="restore"),
    path("items/<uuid:item_id>/move/", views.move, name="move"),
    path("items/<uuid:item_id>/arrange/", page_views.arrange, name="arrange"),
    path("items/<uuid:item_id>/reveal/<slug:key>/", views.reveal, name="reveal"),
]
