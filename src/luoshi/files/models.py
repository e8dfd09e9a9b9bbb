"""Stored files, each once under the SHA-256 of its bytes."""

from pathlib import Path

from django.conf import settings
from django.db import models

from luoshi.access.models import User


class StoredFile(models.Model):
    """The bytes of one file. The same bytes arriving twice are one row; names belong to whoever refers to it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(help_text="bytes")
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return Path(settings.FILES_ROOT) / self.sha256[:2] / self.sha256

    def read_bytes(self) -> bytes:
        """Return the content; :raises FileNotFoundError: where the folder lost it."""
        return self.path.read_bytes()
