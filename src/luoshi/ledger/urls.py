"""Addresses of the ledger."""

from django.urls import include, path

from luoshi.ledger.exchange import views as exchange
from luoshi.ledger.listing import views as listing

app_name = "ledger"
urlpatterns = [
    path("tasks/", listing.task_list, name="list"),
    path("tasks/export/", exchange.export_tasks, name="export"),
    path("tasks/import/", exchange.import_tasks, name="import"),
    path("tasks/import/apply/", exchange.apply_import, name="apply_import"),
    path("tasks/views/", listing.keep_view, name="keep_view"),
    path("tasks/views/<int:pk>/delete/", listing.forget_view, name="forget_view"),
    path("confirm/", include("luoshi.ledger.confirming.urls")),
]
