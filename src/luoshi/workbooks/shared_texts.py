"""How long the shared texts of a workbook are.

Reads: the XML part in which every text that occurs is stored once. Gives: the length of each, so that what they add
up to can be known before they are copied into the cells.
"""

from array import array
from collections.abc import Sequence
from xml.parsers import expat

from luoshi.workbooks.issues import UnableToOpenFile


def shared_text_lengths(xml: bytes) -> Sequence[int]:
    """Return the number of characters of each shared text, in their order.

    :raises UnableToOpenFile: when the XML is damaged.
    """
    lengths = array("l")

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(content: str) -> None:
        if lengths:
            lengths[-1] += len(content)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise UnableToOpenFile("broken_workbook", reason=str(error)) from error
    return lengths
