"""Word, PDF and web pages: the same tasks come out of each."""

from tests.reading import files
from tests.reading.reader import codes, names, tasks_of

from luoshi.reading import read_bytes, read_file

ITEMS = (
    "一、主要任务",
    "1. 修路架桥。（牵头单位：市交通运输局；配合单位：市水利局）",
    "2. 植树造林。（责任单位：市林业局）",
)
_NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)


def _numbered(level: int, text: str) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_word_paragraphs() -> None:
    reading = read_bytes(files.docx_of(*ITEMS), name="plan.docx")
    assert (reading.source.method, reading.source.pages) == ("docx", None)
    assert [task.number for task in tasks_of(reading)] == ["1", "2"]


def test_word_numbers_are_written_out() -> None:
    body = (
        _numbered(0, "主要任务")
        + _numbered(1, "修路。（责任单位：市交通运输局）")
        + _numbered(1, "植树。（责任单位：市林业局）")
        + _numbered(0, "其他任务")
        + _numbered(1, "架桥。（责任单位：市水利局）")
    )
    reading = read_bytes(files.bare_docx(body, word__numbering_xml=_NUMBERING.encode()), name="plan.docx")
    assert [(task.section, task.number) for task in tasks_of(reading)] == [
        ("一、主要任务", "1"),
        ("一、主要任务", "2"),
        ("二、其他任务", "1"),
    ]


def test_word_deletions_are_left_out_and_insertions_read() -> None:
    body = (
        "<w:p><w:r><w:t>1. 修路。（责任单位：市</w:t></w:r><w:del><w:r><w:delText>林业</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>交通</w:t></w:r></w:ins><w:r><w:t>局）</w:t></w:r></w:p>"
    )
    (task,) = tasks_of(read_bytes(files.bare_docx(body), name="plan.docx"))
    assert names(task) == {"responsible_units": ["市交通局"]}


def test_word_table_gives_a_task_for_each_row() -> None:
    rows = (
        ("序号", "重点任务", "完成时限", "牵头单位", "配合单位"),
        ("1", "修路架桥", "2031年6月底", "市交通运输局", "市水利局、市财政局"),
        ("2", "植树造林", "持续推进", "市林业局", "/"),
        ("3", "整治河道", "2031年底", "市水利局", ""),
    )
    reading = read_bytes(files.docx_of("青岚市重点任务清单", rows=rows), name="list.docx")
    tasks = tasks_of(reading)
    assert [(task.number, task.text) for task in tasks] == [("1", "修路架桥"), ("2", "植树造林"), ("3", "整治河道")]
    assert names(tasks[0]) == {"lead_units": ["市交通运输局"], "cooperating_units": ["市水利局", "市财政局"]}
    assert names(tasks[1]) == {"lead_units": ["市林业局"]}
    deadlines = [task.deadline and (task.deadline.text, str(task.deadline.date)) for task in tasks]
    assert deadlines == [("2031年6月底", "2031-06-30"), ("持续推进", "None"), ("2031年底", "2031-12-31")]
    assert all(party.span.of(reading.text) == party.name for task in tasks for _, party in task.parties())


def test_web_page_without_its_chrome() -> None:
    page = "<!DOCTYPE html><html><head><title>x</title><script>1. 假</script></head><body><nav>首页</nav>"
    page += "".join(f"<p>{item}</p>" for item in ITEMS) + "<style>p{}</style></body></html>"
    reading = read_bytes(page.encode(), name="plan.html")
    assert reading.source.method == "html"
    assert [task.number for task in tasks_of(reading)] == ["1", "2"]
    assert "首页" not in reading.text


def test_web_page_in_gbk() -> None:
    page = '<html><head><meta charset="gb2312"></head><body>' + "<br>".join(ITEMS) + "</body></html>"
    assert len(tasks_of(read_bytes(page.encode("gb18030"), name="plan.htm"))) == 2


def test_pdf_with_text_has_pages() -> None:
    reading = read_file(files.PDF_WITH_TEXT)
    assert (reading.source.method, reading.source.media_type) == ("pdf-text", "application/pdf")
    assert reading.source.pages == len(reading.page_starts)
    assert reading.page_starts[0] == 0
    assert list(reading.page_starts) == sorted(set(reading.page_starts))
    assert len(tasks_of(reading)) >= 50
    assert "broken_pdf" not in codes(reading)
