"""Files that arrive with a form: written aside while they stream in, and no further than a file may be large."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from luoshi.files.actions import above_limit

if TYPE_CHECKING:
    File = UploadedFile[Any]
else:
    File = UploadedFile


class OversizedUpload(File):
    """A file of which nothing was kept because it is too large; whoever reads it is told so."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002
        """:raises UnableToStoreFile: when the first piece is asked for."""
        raise above_limit()
        yield b""

    def read(self, *_args: Any) -> bytes:
        """:raises UnableToStoreFile: always."""
        raise above_limit()


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload into a temporary file, and drops it as soon as it is larger than any file may be.

    What follows of it is read from the line and thrown away, so that the page can answer with a sentence instead of a
    cut connection, while neither the memory nor the disk fills.
    """

    file: Any

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; its name is kept out of the name of the temporary file, which may not be as long."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.received = 0
        self.file = TemporaryUploadedFile("upload", self.content_type, 0, self.charset, self.content_type_extra)
        self.file.name = self.file_name

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Keep a piece of the file while all of it is within the limit."""
        self.received += len(raw_data)
        if self.received <= settings.FILE_MAX_BYTES:
            self.file.write(raw_data)
        elif not self.file.closed:
            # Closing removes the temporary file.
            self.file.close()

    def file_complete(self, file_size: int) -> Any:
        """Return the file, or in its place one that says it is too large."""
        if self.received <= settings.FILE_MAX_BYTES:
            return super().file_complete(file_size)
        return OversizedUpload(
            io.BytesIO(), self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def upload_interrupted(self) -> None:
        """Remove what arrived before the line broke."""
        if hasattr(self, "file"):
            self.file.close()
