"""Addresses of the pages of indicators, below ``indicators/`` of the ledger."""

from django.urls import path

from luoshi.ledger.indicators import deciding_views, views

urlpatterns = [
    path("", views.indicators, name="indicators"),
    path("same/", deciding_views.suggestions, name="indicator_suggestions"),
    path("same/decide/", deciding_views.decide, name="indicator_decide"),
    path("same/<int:pk>/withdraw/", deciding_views.withdraw, name="indicator_withdraw"),
    path("wordings/<int:pk>/part/", deciding_views.part, name="indicator_part"),
    path("<int:pk>/", views.indicator, name="indicator"),
    path("<int:pk>/rename/", deciding_views.rename, name="indicator_rename"),
    path("<int:pk>/join/", deciding_views.join, name="indicator_join"),
]
