"""What an OFD package holds: its documents, their pages, page templates and composite drawings.

Elements are told by their local names: programs write the namespace of the standard or of drafts of it.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from lxml import etree

from luoshi.reading.decoding.ofd.numbers import POINTS_PER_MM, Rectangle, read_rectangle
from luoshi.reading.decoding.packages import Package, UnableToUnpack

_A4: Final[Rectangle] = (0.0, 0.0, 210.0, 297.0)
_BOXES: Final = ("PhysicalBox", "ApplicationBox", "ContentBox")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document: the place of its content in the package."""

    location: str


@dataclass
class Document:
    """One document of the package; `box` is the page area that holds where a page names none."""

    package: Package
    location: str
    box: Rectangle
    pages: tuple[Page, ...]
    templates: dict[str, str] = field(default_factory=dict)
    resources: tuple[str, ...] = ()
    _read: dict[str, etree._Element] = field(default_factory=dict)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in points."""
        return self.box[2] * POINTS_PER_MM, self.box[3] * POINTS_PER_MM

    def open_template(self, number: str) -> etree._Element | None:
        """Return a page template, or None where there is none of that number or it cannot be read."""
        location = self.templates.get(number)
        if location is None:
            return None
        if location not in self._read:
            try:
                self._read[location] = self.package.read_xml(location)
            except UnableToUnpack as error:
                if error.problem == "bomb":
                    raise
                del self.templates[number]
                return None
        return self._read[location]

    @cached_property
    def drawings(self) -> dict[str, etree._Element]:
        """Composite drawings of the resources by number; resources that cannot be read hold none."""
        found: dict[str, etree._Element] = {}
        for location in self.resources:
            try:
                root = self.package.read_xml(location)
            except UnableToUnpack as error:
                if error.problem == "bomb":
                    raise
                continue
            for unit in descendants(root, "CompositeGraphicUnit"):
                found.setdefault(str(unit.get("ID")), unit)
        return found


def open_documents(package: Package) -> list[Document]:
    """Return the documents of a package in order.

    :raises UnableToUnpack: where the package says nothing about any document.
    """
    entry = package.find("OFD.xml")
    if entry is None:
        raise UnableToUnpack("broken", "OFD.xml")
    root = package.read_xml(entry)
    if any(descendants(root, "Encryptions")) or any(descendants(root, "EncryptInfo")):
        raise UnableToUnpack("encrypted")
    documents: list[Document] = []
    failure = UnableToUnpack("broken", "DocRoot")
    for place in descendants(root, "DocRoot"):
        try:
            documents.append(_open_document(package, resolve(package, entry, place.text or "")))
        except UnableToUnpack as error:
            failure = error
            if error.problem == "bomb":
                raise
    if not documents:
        raise failure
    return documents


def _open_document(package: Package, location: str) -> Document:
    root = package.read_xml(location)
    common = child(root, "CommonData")
    area = None if common is None else child(common, "PageArea")
    pages = child(root, "Pages")
    templates: dict[str, str] = {}
    resources: list[str] = []
    for element in [] if common is None else common:
        if local(element) == "TemplatePage":
            templates[str(element.get("ID"))] = resolve(package, location, str(element.get("BaseLoc", "")))
        elif local(element) in ("PublicRes", "DocumentRes"):
            resources.append(resolve(package, location, element.text or ""))
    return Document(
        package=package,
        location=location,
        box=page_box(area) or _A4,
        pages=tuple(
            Page(resolve(package, location, str(page.get("BaseLoc", ""))))
            for page in ([] if pages is None else pages)
            if local(page) == "Page"
        ),
        templates=templates,
        resources=tuple(resources),
    )


def page_box(area: etree._Element | None) -> Rectangle | None:
    """Return the paper of a page area in millimetres, or None where it names none that makes sense."""
    for name in _BOXES if area is not None else ():
        box = read_rectangle(text_of(area, name))
        if box is not None:
            return box
    return None


def resolve(package: Package, location: str, target: str) -> str:
    """Return the member that a location in a part names: from the root, beside the part, or only meant so."""
    path = target.strip().replace("\\", "/")
    beside = posixpath.join(posixpath.dirname(location), path)  # a path from the root stays itself
    candidates = [beside, path]
    cleaned = [posixpath.normpath(candidate).lstrip("/") for candidate in candidates]
    return next((found for name in cleaned if (found := package.find(name))), cleaned[0])


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of that name."""
    return next((each for each in element if local(each) == name), None)


def text_of(element: etree._Element | None, name: str) -> str:
    """Return the text of the first child of that name, an empty string without one."""
    found = None if element is None else child(element, name)
    return "" if found is None else found.text or ""


def descendants(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Iterate over all elements of that name below an element, in order."""
    return element.iter(f"{{*}}{name}", name)
