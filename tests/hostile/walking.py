"""Walks through the pages of an account: every link it is shown, every form it could send."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.http.response import HttpResponseBase
from django.test import Client
from lxml import html

# One page of each shape says what the others would; a list of a thousand links would only repeat itself.
PAGES_OF_A_SHAPE = 2


@dataclass(frozen=True)
class Form:
    """A form on a page: where it goes, how, and what it would send if nobody typed anything."""

    page: str
    action: str
    method: str
    values: dict[str, str]
    files: tuple[str, ...]


@dataclass
class Walk:
    """What was seen: pages by address, and the forms on them."""

    pages: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    forms: dict[tuple[str, tuple[str, ...]], Form] = field(default_factory=dict)


def walk(client: Client, starts: Iterable[str] = ("/",), *, most: int = 250) -> Walk:
    """Return what the account reaches by links alone, a few pages of every shape."""
    found = Walk()
    waiting = list(starts)
    shapes: dict[str, int] = {}
    while waiting and len(found.statuses) < most:
        address = waiting.pop(0)
        shape = shape_of(address)
        if address in found.statuses or shapes.get(shape, 0) >= PAGES_OF_A_SHAPE:
            continue
        shapes[shape] = shapes.get(shape, 0) + 1
        response = client.get(address)
        found.statuses[address] = response.status_code
        if response.status_code in (301, 302):
            waiting.append(urljoin(address, response["Location"]))
        if "html" in response.get("Content-Type", "") and response.content.strip():
            found.pages[address] = response.content.decode()
            waiting.extend(_links(address, found.pages[address]))
            for form in forms_of(address, found.pages[address]):
                found.forms.setdefault((shape_of(form.action), tuple(sorted(form.values))), form)
    return found


def shape_of(address: str) -> str:
    """Return an address without its numbers and without what merely narrows a list."""
    parts = urlsplit(address)
    path = "/".join("#" if any(char.isdigit() for char in piece) else piece for piece in parts.path.split("/"))
    if path.startswith(("/units/", "/leaders/", "/counties/", "/registry/units/", "/account/")):
        path = path.rsplit("/", 2)[0]
    # What else is asked only narrows a list; these show another page.
    kept = [f"{name}={value}" for name, value in parse_qsl(parts.query) if name in {"by", "group", "format", "print"}]
    return f"{path}?{'&'.join(kept)}"


def forms_of(address: str, page: str) -> Iterator[Form]:
    """Yield the forms of a page."""
    for form in html.fromstring(page).iter("form"):
        values = {name: str(value or "") for name, value in form.form_values() if name}
        files = []
        for element in form.iter("input", "textarea", "select", "button"):
            name = element.get("name")
            if not name:
                continue
            if element.get("type") == "file":
                files.append(name)
            else:
                values.setdefault(name, element.get("value") or "")
        yield Form(
            page=address,
            action=urljoin(address, form.get("action") or urldefrag(address).url),
            method=(form.get("method") or "get").lower(),
            values={name: value for name, value in values.items() if name not in files},
            files=tuple(files),
        )


def send(client: Client, form: Form, values: dict[str, object]) -> HttpResponseBase:
    """Send a form as a browser would."""
    return client.post(form.action, values) if form.method == "post" else client.get(form.action, values)


def _links(address: str, page: str) -> Iterator[str]:
    for element in html.fromstring(page).iter("a"):
        target = urldefrag(urljoin(address, element.get("href") or "")).url
        if target.startswith("/"):
            yield target
