"""Addresses of the shell itself."""

from django.urls import path

from luoshi.web import views

app_name = "web"
urlpatterns = [
    path("about/", views.about, name="about"),
    path("components/", views.components, name="components"),
]
