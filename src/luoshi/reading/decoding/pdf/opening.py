"""Open PDF files, one at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pypdfium2

PDFIUM: Final = threading.Lock()  # PDFium is not safe to call from two threads at once


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a PDF alone: nobody else calls PDFium meanwhile.

    :raises pypdfium2.PdfiumError: where it is damaged, or protected by a password that is not empty.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()
