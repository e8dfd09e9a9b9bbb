"""Draw manuscripts as PDF (an issue of the gazette, a plan with a ruled table) and as DOCX.

The pages that 下转 and 上接 and the contents name are counted while drawing, so they are always right.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

from luoshi.demo.blocks import Block
from luoshi.demo.drawing import UnableToDraw, docx
from luoshi.demo.manuscripts import SAME_AS_ABOVE, Piece
from luoshi.demo.sources import SOURCES

Look = Literal["gazette", "official"]
LONGEST_CENTRED = 12
STRETCHES = ("columns", "landscape")


def manuscript_pdf(pieces: list[Piece], *, look: Look, title: str, day: date) -> bytes:
    """Return a manuscript as PDF. Raises UnableToDraw without typst or its fonts."""
    try:
        import typst
    except ImportError as error:
        raise UnableToDraw("typst is a development dependency: install the dev group first") from error
    parts = list(_parts(pieces))
    data = {"title": title, "look": look, "day": [day.year, day.month, day.day]}
    data |= {"contents": _contents(pieces), "stretches": _stretches(parts)}
    inputs = {"document": json.dumps(data, ensure_ascii=False)}
    drawn, warnings = typst.compile_with_warnings(str(SOURCES / "manuscript.typ"), sys_inputs=inputs)
    if warnings:
        raise UnableToDraw("; ".join(str(warning.message) for warning in warnings))
    return bytes(drawn)


def manuscript_docx(pieces: list[Piece], *, title: str, day: date) -> bytes:
    """Return a manuscript without tables as a Word file."""
    styles = {"centred": "plan_title", "annex": "to", "annex_title": "plan_title"}
    row = [Block(styles.get(piece.style, piece.style), piece.lines) for piece in pieces]  # type: ignore[arg-type]
    return docx(row, title=title, day=day)


def _parts(pieces: list[Piece]) -> Iterator[dict[str, Any]]:
    """Yield what typst draws; a jump belongs to the paragraph that it cuts, an item knows its place."""
    resume, items = "", 0
    for at, piece in enumerate(pieces):
        if piece.style in ("leave", "resume"):
            resume = piece.lines[0] if piece.style == "resume" else resume
            continue
        part: dict[str, Any] = {"style": piece.style, "lines": piece.lines, "leave": "", "resume": ""}
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if following is not None and following.style == "leave":
            part["leave"] = following.lines[0]
        if piece.style == "item":
            part |= {"at": items, "heading": "".join(piece.lines), "lines": [""]}
            items += 1
        if piece.style == "paragraph":
            part["resume"], resume = resume, ""
        if piece.style == "table":
            part |= _table(piece)
        yield part


def _table(piece: Piece) -> dict[str, Any]:
    head, *rows = piece.rows
    cells = []
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            if words != SAME_AS_ABOVE:
                below = (each[column] for each in rows[at + 1 :])
                span = 1 + next((n for n, cell in enumerate(below) if cell != SAME_AS_ABOVE), len(rows) - at - 1)
                align = "center" if len(words) <= LONGEST_CENTRED else "left"
                cells.append({"words": words, "span": span, "align": align})
    return {"lines": [""], "widths": piece.lines, "head": head, "cells": cells}


def _contents(pieces: list[Piece]) -> list[dict[str, Any]]:
    """Return an entry an item: the section where it changes, the title without its issuer, the number, its place."""
    entries: list[dict[str, Any]] = []
    for piece in pieces:
        if piece.style == "item":
            entries.append({"heading": "".join(piece.lines), "title": "", "number": "", "at": len(entries)})
        elif entries and piece.style == "number":
            entries[-1]["number"] = piece.lines[0]
        elif entries and piece.style == "title" and not entries[-1]["title"]:
            entries[-1]["title"] = "".join(_without_issuers(piece.lines))
    return entries


def _without_issuers(lines: Iterable[str]) -> Iterator[str]:
    begun = False
    for line in lines:
        begun = begun or not line.endswith(("人民政府", "办公室", "局"))
        if begun:
            yield line


def _stretches(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Divide the parts where columns begin and end; a landscape stretch goes on to the end."""
    found: list[dict[str, Any]] = [{"look": "plain", "parts": []}]
    for part in parts:
        if part["style"] in STRETCHES:
            found.append({"look": part["style"], "parts": []})
        elif part["style"] == "columns-end":
            found.append({"look": "plain", "parts": []})
        else:
            found[-1]["parts"].append(part)
    return found
