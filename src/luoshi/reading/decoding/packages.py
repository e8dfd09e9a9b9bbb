"""Open ZIP packages that come from strangers: sizes are counted while unpacking, XML is parsed without entities."""

import io
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from lxml import etree

from luoshi.reading.limits import MAX_UNPACKED_BYTES, MAX_XML_BYTES, MAX_ZIP_MEMBERS

_CHUNK: Final = 1 << 20
_DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


class UnableToUnpack(Exception):
    """A package or a member of it is damaged, encrypted or larger than allowed.

    `problem` is one of "broken", "encrypted" and "bomb"; `reason` a word for people who look closer.
    """

    def __init__(self, problem: str, reason: str = "") -> None:
        super().__init__(problem)
        self.problem, self.reason = problem, reason


@dataclass(slots=True)
class Budget:
    """How many bytes may still come out, over all members together."""

    left: int = field(default=MAX_UNPACKED_BYTES)

    def take(self, size: int) -> None:
        """Count bytes that came out.

        :raises UnableToUnpack: where they are more than what was left.
        """
        self.left -= size
        if self.left < 0:
            raise UnableToUnpack("bomb")


class Package:
    """A ZIP file whose members are read whole, one at a time."""

    def __init__(self, data: bytes, *, budget: Budget | None = None, most_members: int = MAX_ZIP_MEMBERS) -> None:
        """Open the directory and check what it declares.

        :raises UnableToUnpack: where it cannot be opened or declares too much.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:  # zipfile raises whatever a damaged field makes it stumble over
            raise UnableToUnpack("broken", type(error).__name__) from error
        self.budget = budget or Budget()
        self.members: Final = self._zip.infolist()
        if sum(member.file_size for member in self.members) > self.budget.left or len(self.members) > most_members:
            raise UnableToUnpack("bomb")

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of all members as the directory has them."""
        return frozenset(member.filename for member in self.members)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name.lower(): name for name in self.names}

    @property
    def is_encrypted(self) -> bool:
        """Whether any member needs a password."""
        return any(member.flag_bits & 1 for member in self.members)

    def find(self, name: str) -> str | None:
        """Return the member of that name, written in capitals or not."""
        return name if name in self.names else self._folded.get(name.lower())

    def read(self, member: str | zipfile.ZipInfo) -> bytes:
        """Return one member, counting what really comes out: the declared size may lie.

        :raises UnableToUnpack: where it is missing, damaged, encrypted or too large.
        """
        pieces: list[bytes] = []
        try:
            with self._zip.open(member) as opened:
                while chunk := opened.read(_CHUNK):
                    self.budget.take(len(chunk))
                    pieces.append(chunk)
        except UnableToUnpack:
            raise
        except Exception as error:  # zlib, lzma and zipfile errors share no base class
            problem = "encrypted" if "password" in str(error) else "broken"
            raise UnableToUnpack(problem, type(error).__name__) from error
        return b"".join(pieces)

    def read_xml(self, name: str) -> etree._Element:
        """Return the root element of one member.

        :raises UnableToUnpack: where it cannot be unpacked or is no XML that may be parsed.
        """
        return parse_xml(self.read(name))


def parse_xml(xml: bytes) -> etree._Element:
    """Return the root element; nothing is fetched and no entity is replaced.

    :raises UnableToUnpack: where it is no well-formed XML, or declares a document type.
    """
    if len(xml) > MAX_XML_BYTES:
        raise UnableToUnpack("bomb")
    if any(mark in xml[:4096] for mark in _DECLARATIONS):
        raise UnableToUnpack("broken", "DOCTYPE")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnableToUnpack("broken", "XMLSyntaxError") from error
    return root
