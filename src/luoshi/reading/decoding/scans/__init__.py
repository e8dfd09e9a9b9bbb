"""Stage 1c, scans: reads pictures of pages; writes sheets, which `paper` puts in order like any others.

Needs the extra `ocr` (`pip install "luoshi[ocr]"`); without it files of pictures are refused with a message that
says so. Nothing heavy is imported before the first picture is read.

A page is rendered at 200 dpi (`pdf_pages`) or taken as it is (`images`), turned upright by whole quarters and made
straight (`upright`), its lines of print are found and read (`engine`, `reading_lines`), its ruled lines taken out
(`rules`), and all of it put into points of a sheet with the way back (`sheets`): the boxes of the reading are those of
the page as people see it, turned and skewed as it was scanned, so they fit on the picture of the page. What recognisers
confuse in official print is put right in `repairs`; what stays unsure becomes an issue in `doubtful`.
"""

from luoshi.reading.decoding.scans.doubtful import doubtful_lines
from luoshi.reading.decoding.scans.engine import is_installed
from luoshi.reading.decoding.scans.images import read_image
from luoshi.reading.decoding.scans.pdf_pages import recognise_pages

__all__ = ["doubtful_lines", "is_installed", "read_image", "recognise_pages"]
