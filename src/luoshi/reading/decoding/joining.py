"""Stage 2b, joining: reads what was decoded; writes the one text that spans index and which stretches hold documents.

Guarantees: the files of an archive follow each other, each with a stretch of its own, so that no document runs over the
end of its file; notes set apart from the text (footnotes) stand behind it and in no stretch.
"""

from dataclasses import dataclass

from luoshi.reading.decoding.decode import Decoded
from luoshi.reading.decoding.normalising import NormalText, normalise, normalise_placed
from luoshi.reading.layout import PlacedText
from luoshi.reading.model import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where the documents of one file stand in the text; `member` is its name in an archive, else None."""

    span: Span
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of a file, or of all files of an archive, with its stretches and the notes set apart from them.

    Pages and places on paper are those of one file: an archive has none of its own.
    """

    text: str
    page_starts: tuple[int, ...]
    removed: int
    layout: tuple[PlacedText, ...]
    stretches: tuple[Stretch, ...]
    asides: tuple[Span, ...]


def join(decoded: Decoded) -> Joined:
    """Return the one text of what was decoded."""
    if not decoded.members:
        normal = _normal(decoded)
        notes = _notes(decoded)
        body = Span(0, len(normal.text))
        aside = (Span(body.end + 1, body.end + 1 + len(notes)),) if notes else ()
        text = f"{normal.text}\n{notes}" if notes else normal.text
        return Joined(text, normal.page_starts, normal.removed, normal.layout, (Stretch(body),), aside)
    parts: list[str] = []
    stretches: list[Stretch] = []
    asides: tuple[Span, ...] = ()
    removed = offset = 0
    for member in decoded.members:
        normal, notes = _normal(member.decoded), _notes(member.decoded)
        stretches.append(Stretch(Span(offset, offset + len(normal.text)), member.name))
        for part in (normal.text, notes) if notes else (normal.text,):
            parts.append(part)
            offset += len(part) + 1
        asides += (Span(offset - 1 - len(notes), offset - 1),) if notes else ()
        removed += normal.removed
    return Joined("\n".join(parts), (), removed, (), tuple(stretches), asides)


def _normal(decoded: Decoded) -> NormalText:
    if decoded.pieces:
        return normalise_placed(decoded.pieces)
    return normalise(decoded.pages, paged=decoded.paged)


def _notes(decoded: Decoded) -> str:
    return normalise(["\n".join(decoded.asides)], paged=False).text if decoded.asides else ""
