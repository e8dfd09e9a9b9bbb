"""Open PDF files; one thread at a time calls PDFium, in the order in which they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pypdfium2


class Turns:
    """A lock that is handed on to whoever has waited longest; who holds it can let the others go first."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        try:
            mine.acquire()
        except BaseException:
            self._leave(mine)
            raise

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    @property
    def waiting(self) -> int:
        """How many threads wait."""
        return len(self._waiting)

    def let_others(self) -> None:
        """Go to the end of those who wait; only for who holds the lock."""
        if self._waiting:
            self.__exit__()
            self.__enter__()

    def _leave(self, mine: threading.Lock) -> None:
        """Give up waiting; where the lock was handed over meanwhile, hand it on."""
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return
        self.__exit__()


PDFIUM: Final = Turns()  # PDFium is not safe to call from two threads at once


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a PDF alone: nobody else calls PDFium meanwhile, but when `let_others` is called.

    :raises pypdfium2.PdfiumError: where it is damaged, or protected by a password that is not empty.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def let_others() -> None:
    """Let others who wait for PDFium use it now: for who has a file opened and is between two of its pages."""
    PDFIUM.let_others()
