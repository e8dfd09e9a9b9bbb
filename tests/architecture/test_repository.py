"""What no file of the project names: the machine it was made on, and the hosts packages come from."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".png", ".pdf", ".docx", ".xlsx", ".ico", ".woff2"}
# Written in parts, so that this file does not name them either.
FORBIDDEN = {
    "a path of one machine": re.compile("(?<![\\w.])/(wo" + "rk|ro" + "ot|ho" + "me)/[a-z]"),
    "a registry of Python packages": re.compile("py" + r"pi\.org|python" + "hosted", re.IGNORECASE),
    "a registry of Node packages": re.compile("registry" + r"\.npm", re.IGNORECASE),
    "an address in a lock file": re.compile("^(--index-url|--extra-index-url|--find-links)", re.MULTILINE),
}


def files() -> list[Path]:
    """Return the files of the project: those of git, or every one where this is not a clone."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    paths = [ROOT / name for name in done.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def test_no_file_names_a_machine_or_a_registry() -> None:
    listed = files()
    if not listed:
        pytest.skip("this is not a git clone, so nobody can say which files belong to the project")
    found = []
    for path in listed:
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {what}" for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-setup.lock"])
def test_every_locked_package_has_a_version_and_a_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_tests_run_on_the_versions_that_are_served() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^([a-z0-9-]+==\S+)", text, re.MULTILINE))

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_node_packages_are_locked_with_integrity_and_without_hosts() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in text
    assert '"resolved": "http' not in text
