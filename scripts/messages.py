"""Keeps the Chinese catalogues: `python scripts/messages.py update | compile | check [room ...]`.

``update``  walks every room, reads its gettext calls and template tags, and brings its catalogue
            ``locale/zh_Hans/LC_MESSAGES/django.po`` up to date: translations stay, what nobody says any more goes.
``compile`` writes the ``django.mo`` beside each catalogue, which is what the running service reads.
``check``   prints what is missing, untranslated, doubtful or contradictory, and fails if there is anything.

Needs Babel and Django only. The catalogues carry no line numbers and no dates, so that a change shows only what it
changed.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "src" / "luoshi"
LOCALE = "zh_Hans"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
# Chinese words of this room. Kept by scripts/messages.py; only the lines that begin with msgstr are written by hand.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
# %(name)s and %s of Python, {name} of format: what a translation must carry over whole.
PLACEHOLDER = re.compile(r"%\(\w+\)[sdrf]|%[sdrf]|\{\w*\}")
# Folders of a room that hold no words of its own.
SKIPPED = {"migrations", "locale", "static", "frontend", "__pycache__"}


@dataclass(frozen=True)
class Said:
    """One sentence in the source: its text (or singular and plural), its context, and the file that says it."""

    text: str | tuple[str, str]
    context: str | None
    file: str


def list_rooms(names: Iterable[str] = ()) -> list[Path]:
    """Return the folders of the named rooms, or of all."""
    wanted = set(names)
    rooms = sorted(path for path in ROOMS.iterdir() if (path / "__init__.py").is_file())
    return [room for room in rooms if not wanted or room.name in wanted]


def catalogue_path(room: Path) -> Path:
    """Return where the room's Chinese catalogue stands."""
    return room / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def list_said(room: Path) -> list[Said]:
    """Return every translatable sentence of a room, by file and then by place in the file."""
    return [said for path in sorted(_sources(room)) for said in _said_in(path)]


def _sources(room: Path) -> Iterator[Path]:
    for path in room.rglob("*"):
        spoken = path.suffix == ".py" or (path.suffix in (".html", ".txt") and "templates" in path.parts)
        if spoken and not SKIPPED & set(path.relative_to(room).parts):
            yield path


def _said_in(path: Path) -> Iterator[Said]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What templatize leaves is a run of calls; the spaces before them would be read as wrong indentation.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).split("\n"))
    file = path.relative_to(ROOT).as_posix()
    for _line, text, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        yield Said(text=text, context=context, file=file)


def updated_catalogue(room: Path) -> Catalog:
    """Return the room's catalogue as it should be: all that is said, with the translations that exist."""
    catalogue = Catalog(locale=LOCALE, fuzzy=False)
    for said in list_said(room):
        catalogue.add(said.text, locations=[(said.file, 0)], context=said.context)
    _take_over(catalogue, read_catalogue(room))
    return catalogue


def _take_over(catalogue: Catalog, known: Catalog) -> None:
    """Give every sentence that has no Chinese yet the one that it has in another catalogue, and its mark of doubt."""
    for message in _messages(catalogue):
        before = known.get(message.id, context=message.context)
        if before is not None and not _is_translated(message):
            message.string = before.string
            message.flags |= before.flags & {"fuzzy"}


def read_catalogue(room: Path) -> Catalog:
    """Return the room's catalogue as it is, empty where there is none."""
    path = catalogue_path(room)
    if not path.is_file():
        return Catalog(locale=LOCALE, fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=LOCALE, abort_invalid=True)


def render_catalogue(catalogue: Catalog) -> str:
    """Return the text of a catalogue file, the same for the same words."""
    target = BytesIO()
    write_po(target, catalogue, omit_header=True, include_lineno=False, sort_by_file=True, width=110)
    return HEADER + target.getvalue().decode().strip() + "\n"


def update(rooms: Iterable[Path]) -> None:
    """Bring the catalogues of the rooms up to date and say how much is still to be translated."""
    for room in rooms:
        catalogue = updated_catalogue(room)
        path = catalogue_path(room)
        if not len(catalogue):
            continue
        # One sentence has one translation everywhere, so what another room says is the best beginning.
        for other in list_rooms():
            _take_over(catalogue, read_catalogue(other))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render_catalogue(catalogue), encoding="utf-8")
        missing = sum(1 for message in _messages(catalogue) if not _is_translated(message))
        print(f"{room.name}: {len(catalogue)} sentences, {missing} to translate")


def compile_catalogues(rooms: Iterable[Path]) -> None:
    """Write the binary catalogue beside every catalogue."""
    for room in rooms:
        path = catalogue_path(room)
        if path.is_file():
            with path.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_catalogue(room))


def list_faults(rooms: Iterable[Path]) -> list[str]:
    """Return what is wrong with the catalogues, one sentence each; an empty list when all is well."""
    rooms = list(rooms)
    faults = [fault for room in rooms for fault in _room_faults(room)]
    return faults + _contradictions(rooms)


def _room_faults(room: Path) -> Iterator[str]:
    catalogue, wanted = read_catalogue(room), updated_catalogue(room)
    if len(wanted) and not (room / "apps.py").is_file():
        yield f"{room.name}: has sentences to translate but is not a Django app, so no catalogue of its would be read"
    for message in _messages(wanted):
        found = catalogue.get(message.id, context=message.context)
        where = f"{room.name} ({message.locations[0][0]}): {_first(message)!r}"
        if found is None:
            yield f"{where} is not in the catalogue; run scripts/messages.py update"
        elif not _is_translated(found):
            yield f"{where} is not translated"
        elif found.fuzzy:
            yield f"{where} is marked as doubtful"
        else:
            yield from (f"{where} {fault}" for fault in _placeholder_faults(found))
    for message in _messages(catalogue):
        if wanted.get(message.id, context=message.context) is None:
            yield f"{room.name}: {_first(message)!r} is said nowhere any more; run scripts/messages.py update"


def _placeholder_faults(message: Message) -> Iterator[str]:
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = {name for text in sources for name in PLACEHOLDER.findall(text)}
    # A singular may leave out the number ("one task"), so only the last form says what must be there.
    required = set(PLACEHOLDER.findall(sources[-1]))
    for text in [message.string] if isinstance(message.string, str) else message.string:
        found = set(PLACEHOLDER.findall(text))
        if found - allowed or required - found:
            yield f"has the placeholders {sorted(required)}, its translation {sorted(found)}"


def _contradictions(rooms: list[Path]) -> list[str]:
    """Return sentences that two rooms translate differently: the service would show one of them, by chance of order."""
    seen: dict[tuple[str, str | None], tuple[str, object]] = {}
    faults = []
    for room in rooms:
        for message in filter(_is_translated, _messages(read_catalogue(room))):
            key = (str(_first(message)), message.context)
            other, string = seen.setdefault(key, (room.name, message.string))
            if string != message.string:
                faults.append(
                    f"{key[0]!r} is {string!r} in {other} and {message.string!r} in {room.name}; give one a context"
                )
    return faults


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_translated(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(strings) and all(strings)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 1 when ``check`` found something."""
    parser = argparse.ArgumentParser(description="Keep the Chinese catalogues.")
    parser.add_argument("command", choices=["update", "compile", "check"])
    parser.add_argument("rooms", nargs="*", help="names of rooms; all when none is given")
    given = parser.parse_args(arguments)
    rooms = list_rooms(given.rooms)
    if given.command == "update":
        update(rooms)
    elif given.command == "compile":
        compile_catalogues(rooms)
    else:
        faults = list_faults(rooms)
        print("\n".join(faults) if faults else "every sentence has its Chinese")
        return 1 if faults else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
