"""Reading: a file becomes pages, text, provisions and tasks, each with its place in the text."""

from luoshi.reading.model import Document, Issue, Party, Reading, Span, Task
from luoshi.reading.pipeline import read_bytes, read_file
from luoshi.reading.serialising import to_json
from luoshi.reading.version import PARSER_VERSION

__all__ = [
    "PARSER_VERSION",
    "Document",
    "Issue",
    "Party",
    "Reading",
    "Span",
    "Task",
    "read_bytes",
    "read_file",
    "to_json",
]
