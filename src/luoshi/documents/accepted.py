"""What kinds of files may be brought in, for the drop zone and the words beside it."""

from typing import Final

from django.utils.translation import gettext

from luoshi.reading.decoding.scans import is_installed

DOCUMENTS: Final = (".pdf", ".ofd", ".docx", ".doc", ".wps", ".txt", ".md", ".html", ".htm", ".mht", ".mhtml")
PICTURES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif")
# What a file is decides its content; this only helps to choose one.
ACCEPTED: Final = ",".join((*DOCUMENTS, *PICTURES, ".zip"))


def accepted_words() -> str:
    """Return what may be brought in, in words; scans are said to need their extra where it is missing."""
    words = gettext(
        "PDF, OFD, Word (.docx, .doc, .wps), text, web page, or a ZIP of several; scans as PDF or pictures (PNG, JPEG, "
        "TIFF, BMP). Each is kept as it came."
    )
    if is_installed():
        return words
    missing = gettext(
        'Scans cannot be read on this server yet: it lacks the extra for text recognition (pip install "luoshi[ocr]").'
    )
    return f"{words} {missing}"
