"""Addresses of the documents room."""

from django.urls import path, register_converter

from luoshi.documents.views import (
    akoma_ntoso,
    archives,
    comparing,
    document,
    importing,
    lines,
    listing,
    pictures,
    searching,
    statements,
)


class OffsetConverter:
    """A place in a text; no text is as long as ten digits say."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        """Return the offset."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the offset as it stands in an address."""
        return str(value)


register_converter(OffsetConverter, "offset")

app_name = "documents"
urlpatterns = [
    path("", listing.document_list, name="list"),
    path("jobs/", listing.jobs, name="jobs"),
    path("jobs/<int:pk>/", archives.archive, name="archive"),
    path("jobs/<int:pk>/file/", archives.archive_file, name="archive_file"),
    path("jobs/<int:pk>/retry/", importing.retry, name="retry"),
    path("jobs/<int:pk>/cancel/", importing.cancel, name="cancel"),
    path("upload/", importing.upload, name="upload"),
    path("search", searching.search, name="search"),
    path("statements/", statements.statements, name="statements"),
    path("<int:pk>/", document.document_page, name="document"),
    path("<int:pk>/s/<offset:start>-<offset:end>/", document.sentence, name="sentence"),
    path("<int:pk>/findings/<int:finding_pk>/", document.finding, name="finding"),
    path("<int:pk>/original/", document.original, name="original"),
    path("<int:pk>/akoma-ntoso.xml", akoma_ntoso.akoma_ntoso, name="akoma_ntoso"),
    path("<int:pk>/pages/<offset:page>-<offset:width>.png", pictures.picture, name="picture"),
    path("<int:pk>/lines/", lines.doubtful_lines, name="doubtful_lines"),
    path("<int:pk>/lines/<int:line_pk>/", lines.decide, name="decide_line"),
    path("<int:pk>/read-corrected/", lines.read_corrected, name="read_corrected"),
    path("<int:pk>/read-again/", lines.read_newer, name="read_newer"),
    path("<int:pk>/compare/<int:other_pk>/", comparing.compare, name="compare"),
    path("<int:pk>/keep-printing/", importing.keep_printing, name="keep_printing"),
    path("<int:pk>/make-current/", importing.set_current, name="make_current"),
]
