"""Finds the built front end: Vite's manifest says which hashed file belongs to which source."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static

DIST = Path(__file__).resolve().parent / "static" / "luoshi" / "dist"
ICONS = "icons.svg"


@dataclass(frozen=True)
class Entry:
    """The addresses that one page needs for one entry of the front end."""

    scripts: list[str]
    styles: list[str]


class UnableToFindAssets(LookupError):
    """The front end was not built, or it has no such entry."""


def find_entry(name: str) -> Entry:
    """Return the script and style addresses of an entry such as ``main``.

    :raises UnableToFindAssets: nothing was built, or the entry is not in the manifest.
    """
    manifest = _manifest()
    chunk = manifest.get(f"{name}.js")
    if chunk is None:
        raise UnableToFindAssets(f"the built front end has no entry {name!r}")
    return Entry(scripts=[_address(chunk["file"])], styles=[_address(file) for file in chunk.get("css", [])])


def icons_address() -> str:
    """Return the address of the icon sprite, or an empty text while nothing is built."""
    try:
        return _address(_manifest()[ICONS]["file"])
    except (UnableToFindAssets, KeyError):
        return ""


def _address(file: str) -> str:
    return static(f"luoshi/dist/{file}")


def _manifest() -> dict[str, Any]:
    """Return the manifest, read once per build: the time of the file decides, so a rebuild needs no restart."""
    path = DIST / "manifest.json"
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        raise UnableToFindAssets("the front end is not built") from None
    return _read_manifest(path, changed if settings.DEBUG else 0)


@lru_cache(maxsize=4)
def _read_manifest(path: Path, _changed: int) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest
