"""Taking files in: streamed, hashed, written once, whole or not at all."""

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from luoshi.access.models import User
from luoshi.files.models import StoredFile


class UnableToStoreFile(Exception):
    """The file was not taken; the message says why, ``code`` and ``params`` say it in any language."""

    def __init__(self, message: object, *, code: str, **params: int) -> None:
        super().__init__(message)
        self.code = code
        self.params = params


def above_limit() -> UnableToStoreFile:
    """Return the refusal of a file above ``settings.FILE_MAX_BYTES``."""
    limit = settings.FILE_MAX_BYTES // (1024 * 1024)
    message = _("The file is larger than the limit of %(limit)d MB.") % {"limit": limit}
    return UnableToStoreFile(message, code="above_limit", limit=limit)


def store_file(*, acting_user: User, chunks: Iterable[bytes], now: dt.datetime) -> tuple[StoredFile, bool]:
    """Keep the bytes under their SHA-256 and return the row and whether it is new.

    The bytes are written beside their place, flushed to the disk and renamed, so that a file under its hash is always
    whole. Nobody's audit entry is written here: the action that refers to the file writes it.

    :raises UnableToStoreFile: for a file without content or above ``settings.FILE_MAX_BYTES``.
    """
    root = Path(settings.FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".incoming-", dir=root)
    temporary = Path(name)
    try:
        digest, size = _write(descriptor, chunks)
        target = root / digest[:2] / digest
        target.parent.mkdir(exist_ok=True)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": size, "stored_at": now, "stored_by": acting_user}
    )


def _write(descriptor: int, chunks: Iterable[bytes]) -> tuple[str, int]:
    hashed = hashlib.sha256()
    size = 0
    with os.fdopen(descriptor, "wb") as target:
        for chunk in chunks:
            size += len(chunk)
            if size > settings.FILE_MAX_BYTES:
                raise above_limit()
            hashed.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    if size == 0:
        raise UnableToStoreFile(_("The file is empty."), code="empty_file")
    return hashed.hexdigest(), size
