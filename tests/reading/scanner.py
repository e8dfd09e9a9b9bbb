"""Scans made from PDF files: clean ones, skewed and noisy ones, turned ones; nothing in them but pictures."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image

Change = Callable[[Any, int], Any]
DPI = 200


def pages_of(path: Path, numbers: Sequence[int] | None = None, *, dpi: int = DPI) -> list[Any]:
    """Return pages (from 1; all without numbers) as grey pictures."""
    document = pypdfium2.PdfDocument(path)
    try:
        wanted = numbers or range(1, len(document) + 1)
        return [
            np.array(document[number - 1].render(scale=dpi / 72).to_pil().convert("L"), copy=True) for number in wanted
        ]
    finally:
        document.close()


def clean(page: Any, _seed: int) -> Any:
    """A scan as a good machine makes it."""
    return page


def noisy(page: Any, seed: int, *, degrees: float = 1.7) -> Any:
    """A skewed page, a little out of focus, lit from one side, with noise and the artefacts of a JPEG."""
    height, width = page.shape
    move = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    page = cv2.warpAffine(page, move, (width, height), borderValue=255)
    page = cv2.GaussianBlur(page, (0, 0), 0.9).astype(np.float32)
    page *= np.linspace(1, 0.75, width)[None, :]
    page += np.random.default_rng(seed).normal(0, 14, page.shape)
    return recompressed(np.clip(page, 0, 255).astype(np.uint8), 60)


def recompressed(page: Any, quality: int) -> Any:
    """A page after it was a JPEG."""
    written = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(written, cv2.IMREAD_UNCHANGED)


def turned(quarters: int) -> Change:
    """A change that turns pages clockwise."""
    return lambda page, _seed: np.rot90(page, -quarters)


def scanned(pages: Sequence[Any], change: Change = clean) -> bytes:
    """A PDF of pictures."""
    pictures = [Image.fromarray(np.ascontiguousarray(change(page, seed))) for seed, page in enumerate(pages)]
    return saved(pictures, "PDF", resolution=DPI)


def saved(pictures: Sequence[Image.Image], form: str, **options: Any) -> bytes:
    """A file of one or several pictures."""
    written = io.BytesIO()
    rest = {"save_all": True, "append_images": pictures[1:]} if len(pictures) > 1 else {}
    pictures[0].save(written, form, **rest, **options)
    return written.getvalue()
