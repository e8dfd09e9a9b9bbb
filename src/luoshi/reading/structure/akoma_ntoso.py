"""Write a document that was read as Akoma Ntoso 3.0, the XML of parliaments, courts and official gazettes.

The letter is the document, each plan, list or measures that it issues an attachment with a document of its own. What is
divided into articles is an `act`, everything else a `doc`. The eId of a provision is its id in the reading.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from lxml import etree

from luoshi.reading.model import Document, Reading
from luoshi.reading.structure.akoma_body import NAMESPACE, Section, add, clean, sections_of, write_section
from luoshi.reading.structure.titles import kind_of

_COUNTRY: Final = "cn"
_LANGUAGE: Final = "zho"
_UNKNOWN_DAY: Final = date(1, 1, 1)
_AUTHOR: Final = "issuer-"
_SYSTEM: Final = "luoshi"


def to_xml(reading: Reading, document: Document) -> bytes:
    """Return a document of a reading as one Akoma Ntoso file in UTF-8."""
    return document_xml(reading.text, document)


def document_xml(text: str, document: Document) -> bytes:
    """Return a document as one Akoma Ntoso file in UTF-8; `text` is what its spans index."""
    nsmap: Any = {None: NAMESPACE}  # a prefix of None is what lxml takes for the namespace without one
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap=nsmap)
    sections = sections_of(text, document)
    main = _document(root, document, sections[0], 0)
    if len(sections) > 1:
        attachments = add(main, "attachments")
        for place, section in enumerate(sections[1:], 1):
            attachment = add(attachments, "attachment", eId=f"attachment-{place}")
            add(attachment, "heading").text = clean(section.title)
            _document(attachment, document, section, place)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def file_name(document: Document) -> str:
    """Return a name for the file of a document: its id, then its number or title as far as a file may be called so."""
    words = re.sub(r"[^\w〔〕-]+", "", document.doc_number or document.title)[:60]
    return f"{document.id}-{words}.xml" if words else f"{document.id}.xml"


def _document(parent: etree._Element, document: Document, section: Section, place: int) -> etree._Element:
    kind = document.kind if place == 0 else kind_of(section.title)
    own = add(parent, "act" if section.is_act else "doc", name=kind, contains="originalVersion")
    _meta(own, document, section, place, kind)
    write_section(own, section)
    return own


def _meta(parent: etree._Element, document: Document, section: Section, place: int, kind: str) -> None:
    meta = add(parent, "meta")
    identification = add(meta, "identification", source=f"#{_SYSTEM}")
    authors = (document.issuer or "").split("、") if document.issuer else [""]
    what = "act" if section.is_act else "doc"
    day = document.issued_on or document.effective_from or _UNKNOWN_DAY
    name = quote(document.doc_number or clean(document.title)[:60] or document.id, safe="")
    work = f"/akn/{_COUNTRY}/{what}/{kind}/{day.isoformat()}/{name}"
    component = f"/!attachment-{place}" if place else "/!main"
    for level, address, suffix in (
        ("FRBRWork", work, component),
        ("FRBRExpression", f"{work}/{_LANGUAGE}@", component),
        ("FRBRManifestation", f"{work}/{_LANGUAGE}@", f"{component}.xml"),
    ):
        _level(identification, level, address, suffix, document, day, len(authors))
    _facts(identification, document, section, place, kind)
    if place == 0:
        _dates(meta, document)
    _references(meta, document, authors, place)


def _level(
    parent: etree._Element, level: str, address: str, suffix: str, document: Document, day: date, authors: int
) -> None:
    element = add(parent, level)
    add(element, "FRBRthis", value=f"{address}{suffix}")
    add(element, "FRBRuri", value=f"{address}.xml" if level == "FRBRManifestation" else address)
    day_name = "issued" if document.issued_on else "inForce" if document.effective_from else "unknown"
    add(element, "FRBRdate", date=day.isoformat(), name=day_name)
    for place in range(authors if level == "FRBRWork" else 1):
        href = f"#{_AUTHOR}{place + 1}" if level != "FRBRManifestation" else f"#{_SYSTEM}"
        add(element, "FRBRauthor", href=href)


def _facts(identification: etree._Element, document: Document, section: Section, place: int, kind: str) -> None:
    work, expression, manifestation = identification
    add(work, "FRBRcountry", value=_COUNTRY)
    add(work, "FRBRsubtype", value=kind)
    if document.doc_number and place == 0:
        add(work, "FRBRnumber", value=clean(document.doc_number))
    title = clean(section.title)
    if title:
        add(work, "FRBRname", value=title)
    add(expression, "FRBRlanguage", language=_LANGUAGE)
    add(manifestation, "FRBRformat", value="application/akn+xml")


def _dates(meta: etree._Element, document: Document) -> None:
    """When it was issued, when it comes into force and when it ends."""
    events = [("issued", document.issued_on, "generation"), ("ends", document.effective_to, "repeal")]
    known = [(name, day, kind) for name, day, kind in events if day]
    start = document.effective_from
    if not known and not start:
        return
    lifecycle = add(meta, "lifecycle", source=f"#{_SYSTEM}")
    for name, when, kind in known:
        add(lifecycle, "eventRef", eId=f"event-{name}", date=when.isoformat(), source=f"#{_SYSTEM}", type=kind)
    if start:
        day = start.isoformat()
        add(lifecycle, "eventRef", eId="event-starts", date=day, source=f"#{_SYSTEM}", refersTo="#inForce")
        group = add(add(meta, "temporalData", source=f"#{_SYSTEM}"), "temporalGroup", eId="period-1")
        ends = {"end": "#event-ends"} if document.effective_to else {}
        add(group, "timeInterval", start="#event-starts", refersTo="#inForce", **ends)


def _references(meta: etree._Element, document: Document, authors: Sequence[str], place: int) -> None:
    """Every document in the file names its own references; an eId stands only once, so attachments repeat none."""
    if place:
        return
    references = add(meta, "references", source=f"#{_SYSTEM}")
    for index, repeal in enumerate(document.repeals, 1):
        shown = clean(repeal.title or repeal.doc_number or "")
        href = f"/akn/{_COUNTRY}/doc/{quote(repeal.doc_number or shown, safe='')}"
        add(references, "activeRef", eId=f"repeals-{index}", href=href, showAs=shown)
    for index, author in enumerate(authors, 1):
        shown = clean(author) or "not named"
        href = f"/akn/ontology/organization/{_COUNTRY}/{quote(shown, safe='')}"
        add(references, "TLCOrganization", eId=f"{_AUTHOR}{index}", href=href, showAs=shown)
    add(references, "TLCOrganization", eId=_SYSTEM, href=f"/akn/ontology/organization/{_SYSTEM}", showAs="Luoshi")
    if document.effective_from:
        add(references, "TLCEvent", eId="inForce", href="/akn/ontology/event/inForce", showAs="in force")
