"""The recogniser: finds lines of print in a picture and reads them. Needs the extra `ocr`; loaded once a process.

Models and their runtime take about half a gigabyte and two seconds to load, so they are loaded at the first scan and
kept. Both models work on one core a call. What finds lines holds state of the call in itself, so one thread at a time
uses it; what reads lines holds none and reads one line on each core. Lines go through it one by one: a batch pads all
of them to the longest, and its tensors are so large that the memory for them costs a quarter of the time.
"""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import chain
from typing import Any, Final

from luoshi.reading.decoding.scans.pictures import Picture, Quads

_MODULES: Final = ("numpy", "cv2", "onnxruntime", "rapidocr")
_LOADING: Final = threading.Lock()
_FINDER: Final = threading.Lock()
_SETTINGS: Final[dict[str, Any]] = {
    # The classifier of line angles takes short lines for upside down and reads them as "°"; whole pages are turned
    # instead (see upright.py).
    "Global.use_cls": False,
    "Global.return_word_box": True,
    "Global.text_score": 0.0,
    "Global.log_level": "critical",
    # Pictures come in the size in which lines are looked for; the default would enlarge strips of pages.
    "Det.limit_type": "max",
    "Det.limit_side_len": 2048,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    # Memory of one call serves the next; asking the system for it page by page takes a tenth of the time.
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What one cut-out says: each character with its confidence (0 to 1) and its centre in shares of the width."""

    text: str
    confidences: tuple[float, ...]
    centres: tuple[float, ...]

    @property
    def score(self) -> float:
        """The mean confidence of its characters, 0 where nothing was read."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


class UnableToRecognise(Exception):
    """The recogniser is installed but does not work."""


def is_installed() -> bool:
    """Whether the packages of the extra `ocr` are there; none of them is loaded."""
    return all(find_spec(name) is not None for name in _MODULES)


def find_quads(picture: Picture) -> Quads:
    """Return the corners of the lines of print, (n, 4, 2) in pixels, clockwise from the top left of the line.

    :raises UnableToRecognise: where the recogniser does not work.
    """
    import numpy as np

    with _FINDER:
        found = _call(lambda engine: engine(picture, use_det=True, use_cls=False, use_rec=False))
    boxes = getattr(found, "boxes", None)
    return np.zeros((0, 4, 2), np.float32) if boxes is None else np.asarray(boxes, np.float32)


def recognise(cuts: Sequence[Picture]) -> list[Recognised]:
    """Return what the cut-outs of single lines say, in their order.

    :raises UnableToRecognise: where the recogniser does not work.
    """
    if not cuts:
        return []
    return list(_readers().map(_read, cuts))


def _read(cut: Picture) -> Recognised:
    found = _call(lambda engine: engine.recognize_txt([cut]))
    return _characters(found.txts[0], found.word_results[0])


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params=_SETTINGS)


@cache
def _readers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cores(), thread_name_prefix="recognise")


def _call(use: Callable[[Any], Any]) -> Any:
    try:
        with _LOADING:
            engine = _engine()
        return use(engine)
    except Exception as error:  # whatever a broken installation or its runtime raises
        raise UnableToRecognise(f"{type(error).__name__}: {error}") from error


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _characters(text: str, words: Any) -> Recognised:
    """Join the words of a line to characters; the recogniser gives blanks a confidence but no place."""
    columns = list(chain.from_iterable(words.word_cols or ()))
    confidences = [float(value) for value in (words.confs or ())][: len(text)]
    solid = [index for index, char in enumerate(text) if not char.isspace()]
    if not text or len(confidences) != len(text) or len(columns) != len(solid):
        return Recognised("", (), ())
    width = max(float(words.line_txt_len), max(columns, default=0) + 1.0, 1.0)
    places = dict(zip(solid, columns, strict=True))
    centres: list[float] = []
    for index in range(len(text)):
        column = places.get(index)
        centres.append((column + 0.5) / width if column is not None else (centres[-1] if centres else 0.0))
    return Recognised(text, tuple(confidences), tuple(centres))
