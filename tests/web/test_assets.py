"""The manifest of the built front end."""

import json
import re
from pathlib import Path

import pytest

from luoshi.web import assets

ROOMS = Path(__file__).resolve().parents[2] / "src" / "luoshi"


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an invented build in the place of the real one."""
    monkeypatch.setattr(assets, "DIST", tmp_path)
    assets._read_manifest.cache_clear()
    return tmp_path


def test_entry_has_its_hashed_files(dist: Path) -> None:
    manifest = {
        "main.js": {"file": "assets/main-1.js", "css": ["assets/main-2.css"]},
        "icons.svg": {"file": "assets/icons-3.svg"},
    }
    (dist / "manifest.json").write_text(json.dumps(manifest))
    entry = assets.find_entry("main")
    assert entry.scripts == ["/static/luoshi/dist/assets/main-1.js"]
    assert entry.styles == ["/static/luoshi/dist/assets/main-2.css"]
    assert assets.icons_address() == "/static/luoshi/dist/assets/icons-3.svg"


def test_nothing_built_is_said(dist: Path) -> None:
    with pytest.raises(assets.UnableToFindAssets, match="not built"):
        assets.find_entry("main")
    assert assets.icons_address() == ""


def test_unknown_entry_is_said(dist: Path) -> None:
    (dist / "manifest.json").write_text("{}")
    with pytest.raises(assets.UnableToFindAssets, match="'admin'"):
        assets.find_entry("admin")


def test_every_icon_that_templates_name_is_in_the_built_sprite() -> None:
    manifest = assets.DIST / "manifest.json"
    if not manifest.is_file():
        pytest.skip("the front end is not built: npm ci && npm run build")
    sprite = (assets.DIST / json.loads(manifest.read_text())["icons.svg"]["file"]).read_text()
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named = {
        name
        for path in ROOMS.glob("*/templates/**/*.html")
        for pair in re.findall(r'\{% icon "([^"]+)"|\bicon="([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
        for name in pair
        if name
    }
    assert named - drawn == set(), "build again: npm run build"
