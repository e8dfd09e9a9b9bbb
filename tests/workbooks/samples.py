"""A sheet with a column of every kind, and ways to make files that differ from what Luoshi writes."""

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from luoshi.workbooks import Column, ImportResult, Kind, Sheet

SHEET = Sheet(
    name="tasks",
    title="2021年任务分工方案",
    version=3,
    columns=(
        Column(key="number", title="编号", editable=False),
        Column(
            key="task", title="任务", required=True, max_length=200, help="一句话说清要做什么", aliases=("工作任务",)
        ),
        Column(key="units", title="责任单位", kind=Kind.LIST, max_length=20),
        Column(key="status", title="状态", kind=Kind.CHOICE, choices=(("OPEN", "进行中"), ("DONE", "已办结"))),
        Column(key="due", title="完成时限", kind=Kind.DATE),
        Column(key="amount", title="金额（元）", kind=Kind.DECIMAL, decimal_places=2),
        Column(key="count", title="数量", kind=Kind.INTEGER),
        Column(key="urgent", title="是否重点", kind=Kind.BOOLEAN, choices=(("true", "是"), ("false", "否"))),
        Column(key="watched", title="关注", kind=Kind.BOOLEAN),
        Column(key="levels", title="层级", kind=Kind.LIST, choices=(("CITY", "市级"), ("COUNTY", "县级"))),
    ),
)

ROW: dict[str, object] = {
    "number": "0012",
    "task": "新改建中小学24所",
    "units": ("市教育局", "市政府办公室（研究室、法制办）"),
    "status": "OPEN",
    "due": date(2021, 12, 31),
    "amount": Decimal("1234.5"),
    "count": 24,
    "urgent": True,
    "watched": False,
    "levels": ("CITY", "COUNTY"),
}

SMALL = Sheet(
    name="small",
    title="名单",
    columns=(
        Column(key="name", title="名称", required=True),
        Column(key="leader", title="牵头领导"),
        Column(key="count", title="数量", kind=Kind.INTEGER),
        Column(key="day", title="日期", kind=Kind.DATE),
    ),
)
"""A small sheet for files that people made by themselves."""


def made_by_hand(fill: Callable[[Any, Any], None], **options: object) -> bytes:
    """Return a workbook with one worksheet that ``fill(workbook, worksheet)`` writes to."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, options) as workbook:
        fill(workbook, workbook.add_worksheet("Sheet1"))
    return target.getvalue()


def table(*rows: list[object], **options: object) -> bytes:
    """Return a workbook with these rows from A1 on."""

    def fill(_workbook: Any, page: Any) -> None:
        for index, row in enumerate(rows):
            page.write_row(index, 0, row)

    return made_by_hand(fill, **options)


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """Return the archive with each part changed, or dropped where ``change`` returns None, and parts added."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            part = change(name, source.read(name))
            if part is not None:
                copy.writestr(name, part)
        for name, part in added.items():
            copy.writestr(name, part)
    return target.getvalue()


def codes(result: ImportResult) -> list[str]:
    """Return the codes of all issues in order."""
    return [issue.code for issue in result.issues]
