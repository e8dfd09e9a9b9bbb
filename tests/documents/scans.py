"""Invented scans, read without a recogniser: the text of a plan, placed line by line on an empty picture."""

import io
from collections.abc import Mapping
from dataclasses import replace

from PIL import Image
from tests.documents.plans import NOW, plan, receive

from luoshi.access.models import User
from luoshi.documents.actions import finish_import, start_import
from luoshi.documents.models import Document
from luoshi.reading import Reading, read_bytes
from luoshi.reading.layout import Box, PlacedText
from luoshi.reading.pipeline import reread

SURE = 0.99


def picture(width: int = 400, height: int = 560) -> bytes:
    """Return a picture file of one page."""
    written = io.BytesIO()
    Image.new("L", (width, height), "white").save(written, "PNG")
    return written.getvalue()


def recognised(text: str, doubts: Mapping[str, float], *, name: str = "scan.png") -> Reading:
    """Return what a recogniser would have read: every line sure but those that hold words of ``doubts``."""
    first = read_bytes(text.encode(), name=name)
    lines = first.text.split("\n")
    layout: list[PlacedText] = []
    offset = 0
    for index, line in enumerate(lines):
        sure = next((each for words, each in doubts.items() if words in line), SURE)
        top = index / (len(lines) + 1)
        if line.strip():
            layout.append(PlacedText(offset, offset + len(line), Box(1, 0.1, top, 0.9, top + 0.01), sure))
        offset += len(line) + 1
    source = replace(first.source, name=name, media_type="image/png", method="image-ocr", pages=1)
    return reread(first.text, page_starts=(0,), layout=layout, source=source)


def scanned(user: User, doubts: Mapping[str, float], *, text: str = "", size: int = 400) -> Document:
    """Bring a scan of a plan in and return its document."""
    job = receive(user, picture(size), name="scan.png")
    assert start_import(job=job)
    job = finish_import(job=job, result=recognised(text or plan(), doubts), now=NOW)
    assert job.reading is not None
    return job.reading.documents.get()
