"""Addresses of the confirming pages, below ``confirm/`` of the ledger."""

from django.urls import path

from luoshi.ledger.confirming import editing_views, naming_views, views

urlpatterns = [
    path("names/", naming_views.names, name="confirm_names"),
    path("<int:document_pk>/", views.page, name="confirm"),
    path("<int:document_pk>/accept/", views.accept, name="confirm_accept"),
    path("<int:document_pk>/accept-clean/", views.accept_clean, name="confirm_accept_clean"),
    path("<int:document_pk>/undo/", views.undo, name="confirm_undo"),
    path("<int:document_pk>/merge/", editing_views.merge, name="confirm_merge"),
    path("<int:document_pk>/<int:finding_pk>/edit/", editing_views.edit, name="confirm_edit"),
    path("<int:document_pk>/<int:finding_pk>/split/", editing_views.split, name="confirm_split"),
    path("<int:document_pk>/<int:finding_pk>/reject/", views.reject, name="confirm_reject"),
    path("<int:document_pk>/<int:finding_pk>/name/<int:place>/", naming_views.name, name="confirm_name"),
]
