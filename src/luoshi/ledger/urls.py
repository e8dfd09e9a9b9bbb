"""Addresses of the ledger."""

from django.urls import include, path

app_name = "ledger"
urlpatterns = [
    path("confirm/", include("luoshi.ledger.confirming.urls")),
]
