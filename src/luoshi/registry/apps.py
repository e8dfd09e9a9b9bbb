"""Django's view of the registry room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "luoshi.registry"
    label = "registry"
