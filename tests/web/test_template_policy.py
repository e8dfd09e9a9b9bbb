"""Nothing in any template needs a looser content security policy than "self"."""

import re
from pathlib import Path

import pytest

ROOMS = Path(__file__).resolve().parents[2] / "src" / "luoshi"
FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "script in htmx": re.compile(r"\bhx-on\b|\bhx-on:|hx-vals=['\"]js:|hx-vars=", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "address of another host": re.compile(r"(?:src|href|action)=[\"']https?://", re.I),
}


def offences_in(html: str) -> list[str]:
    """Return what a page holds that the policy would block; data for scripts is allowed."""
    html = re.sub(r'<script id="[^"]+" type="application/json">', "", html)
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(html)]


@pytest.mark.parametrize(
    "path", sorted(ROOMS.glob("*/templates/**/*.html")), ids=lambda path: path.relative_to(ROOMS).as_posix()
)
def test_template_holds_to_the_policy(path: Path) -> None:
    assert offences_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>x()</script>",
        '<button type="button" onclick="x()">',
        '<div hx-on:click="x()">',
        '<a href="javascript:x()">',
        '<script src="https://elsewhere.example/x.js"></script>',
    ],
)
def test_every_offence_is_found(html: str) -> None:
    assert offences_in(html) != []
