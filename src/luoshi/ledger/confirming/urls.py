"""Addresses of the confirming pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
