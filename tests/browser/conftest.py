"""Fixtures of the tests that use the whole product as a person does: in a browser, from the log-in on."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import trans_real

from luoshi.web.assets import DIST

CHROMIUM = "/usr/bin/chromium"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session", autouse=True)
def _chinese_is_compiled() -> None:
    """Compile every catalogue, so that these pages speak Chinese whatever was built before."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import messages as script
    finally:
        sys.path.pop(0)
    script.compile_catalogues(script.list_rooms([]))
    # What Django read before the files were there must be forgotten.
    trans_real._translations.clear()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Start one headless Chromium for a module, or skip where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not os.path.exists(CHROMIUM):
        pytest.skip("Chromium is not installed")
    if not (DIST / "manifest.json").is_file():
        pytest.fail("the front end is not built: npm ci && npm run build")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield started
        started.close()
