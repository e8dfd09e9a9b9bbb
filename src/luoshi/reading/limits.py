"""How much the reading room takes in; whatever is larger is refused before it is parsed."""

from typing import Final

MAX_BYTES: Final = 100 * 1024 * 1024
MAX_CHARACTERS: Final = 10_000_000
MAX_PAGES: Final = 2_000
MAX_UNPACKED_BYTES: Final = 200 * 1024 * 1024
MAX_ZIP_MEMBERS: Final = 5_000
# An archive of documents is read whole at once; more than an office sends in one go is a mistake or an attack.
MAX_ARCHIVED_DOCUMENTS: Final = 500
# Text packs to a tenth, seldom to a hundredth; a member that packs further holds nothing to read.
MAX_PACKING_RATIO: Final = 400
MIN_PACKED_SUSPECT: Final = 10 * 1024 * 1024
MAX_PAGE_OBJECTS: Final = 200_000
MAX_CONVERSION_SECONDS: Final = 60
MAX_ARCHIVE_SECONDS: Final = 300
# A Word file or OFD page as long as the longest text allowed takes no more; the tree of a larger one fills the memory.
MAX_XML_BYTES: Final = 64 * 1024 * 1024
# Recognising print takes seconds a page and half a gigabyte; a picture of more pixels is made smaller before.
MAX_SCANNED_PAGES: Final = 500
MAX_SECONDS_A_SCANNED_PAGE: Final = 60
MAX_PICTURE_PIXELS: Final = 120_000_000
MAX_PAGE_PIXELS: Final = 12_000_000
SCAN_DPI: Final = 200
# Print whose least sure letter or figure is below is for a person to compare; measured in docs/decisions/0011.
DOUBTFUL_CONFIDENCE: Final = 0.85
MAX_DOUBTFUL_LINES: Final = 100
