"""The version of the parser, recorded with every reading so that old ones can be told from new ones."""

from typing import Final

PARSER_VERSION: Final = "1.4"
