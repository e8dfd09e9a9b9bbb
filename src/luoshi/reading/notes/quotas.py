"""Stage 8, quotas: reads tables of figures by place or unit; writes their rows and checks their sums.

Guarantees: a table counts only where most of its rows (or heads) name places or units, or where it distributes
something and has a total; lists of projects and tasks, contacts, rankings and tables of indicators do not count. A sum
that does not fit is reported and stays as printed.
"""

import re
from collections.abc import Sequence
from typing import Final

from luoshi.reading.findings import Quota
from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue
from luoshi.reading.notes.figure_tables import FigureTable, find_unit, is_figure_row, read_figure_table
from luoshi.reading.notes.sums import WrongSum, check_sums, is_total
from luoshi.reading.part_reading import PartReading
from luoshi.reading.structure.cells import Row, find_tables
from luoshi.reading.structure.provisions import join_text
from luoshi.reading.view import fold

_OTHER_TABLE: Final = re.compile(
    r"(?:项目|工程)名称|建设(?:内容|地点|规模|性质|单位|起止|年限)|责任|牵头|时限|任务内容|工作内容|主要内容|措施|电话|联系人|姓名|"
    r"地址|邮编|身份证|车牌|法定代表|排名|名次|得分|属性|约束性|预期性|目标任务$"
)
_PLACE: Final = re.compile(
    r"(?:[省市县区旗州盟镇乡村局委办厅院校学园所站馆队部行会社司场]|街道|街办|办事处|社区|新区|开发区|中心|公司|集团|单位|部门|银行|机关|"
    r"本级|市直|县直|省直|企业)$"
)
_SHARES_OUT: Final = re.compile(r"分配|分解|下达|名额|计划|指标|任务|安排|额度|补助|配额|编制")
_TITLE_END: Final = re.compile(r"(?:表|计划|方案|清单|情况|安排|任务|指标|名额|额度|明细)(?:[(][^()]{1,30}[)])?$")
_UNIT_LINE: Final = re.compile(r"[(]?(?:计量)?单位[:].{1,16}$")
_RUNNING: Final = re.compile(r"[。;,:!?]|^[(]?[一二三四五六七八九十\d]{1,3}[)、.]")
_BRACKET: Final = re.compile(r"[(（].*$")
_MOST_BACK: Final = 6


def find_quotas(part: PartReading) -> tuple[list[Quota], list[Issue]]:
    """Return the rows of quota tables of a part and what a person should know about them."""
    quotas: list[Quota] = []
    issues: list[Issue] = []
    for rows in _join_pages(find_tables(part.text, part.lines)):
        table = read_figure_table(rows)
        if table is None:
            continue
        title, unit = _title(part, rows[0].line)
        if not _is_quota(table, title):
            continue
        quotas.extend(_quota(table, title, unit))
        issues.extend(_issue(title, wrong) for wrong in check_sums(table))
    return quotas, issues


def _join_pages(tables: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """A table that begins with figures, or repeats the head of the one before it, goes on with it."""
    joined: list[list[Row]] = []
    for table in tables:
        above = joined[-1] if joined else []
        repeated = _repeated(above, table) if above else 0
        near = bool(above) and table[0].line - above[-1].line <= 4
        if near and (repeated or is_figure_row(table[0])) and len(table[-1].cells) == len(above[-1].cells):
            above.extend(table[repeated:])
        else:
            joined.append(list(table))
    return joined


def _repeated(above: Sequence[Row], table: Sequence[Row]) -> int:
    count = 0
    while count < min(len(above), len(table)) and above[count].texts == table[count].texts:
        count += 1
    return count


def _is_quota(table: FigureTable, title: str) -> bool:
    heads = [word for head in table.heads for word in head if word]
    if any(_OTHER_TABLE.search(fold(word)) for word in heads) or table.words * 2 > len(table.rows):
        return False
    names = [row.name for row in table.rows if not is_total(row.name)]
    if _share(names) >= 0.6:
        return True
    if len(table.columns) > 2 and _share([table.keys[column] for column in table.columns]) >= 0.6:
        return True
    shares_out = _SHARES_OUT.search(title) is not None and any(is_total(row.name) for row in table.rows)
    return shares_out and all(len(name) <= 20 for name in names)


def _share(names: Sequence[str]) -> float:
    """Return the share of names that are those of places or units."""
    places = sum(1 for name in names if _PLACE.search(_BRACKET.sub("", name)))
    return places / len(names) if names else 0.0


def _title(part: PartReading, first: int) -> tuple[str, str | None]:
    """Return the title printed over a table and the unit printed between them."""
    unit: str | None = None
    for index in range(first - 1, max(-1, first - 1 - _MOST_BACK), -1):
        words = fold(join_text(part.lines[index].text))
        if _UNIT_LINE.match(words):
            unit = find_unit(words)
        elif part.lines[index].kind in ("text", "masthead") and _TITLE_END.search(words) and len(words) <= 60:
            return _whole_title(part, index), unit
        elif part.lines[index].kind != "annex":
            break
    return part.title, unit


def _whole_title(part: PartReading, last: int) -> str:
    """A title may run over two lines: the one before is short, ends no sentence and is no title of its own."""
    title = join_text(part.lines[last].text)
    if last == 0:
        return title if _TITLE_END.search(fold(part.title)) or len(part.title) > 40 else part.title + title
    above = part.lines[last - 1]
    if above.kind in ("text", "masthead") and 6 <= len(above.text) <= 40:
        words = fold(join_text(above.text))
        if not _RUNNING.search(words) and not _TITLE_END.search(words):
            return join_text(above.text) + title
    return title


def _quota(table: FigureTable, title: str, unit: str | None) -> list[Quota]:
    unit = unit or table.unit
    quotas: list[Quota] = []
    for row in table.rows:
        values = {table.keys[column]: value for column, value in row.figures.items()}
        name = row.group + row.name if is_total(row.name) and row.group not in ("", row.name) else row.name
        quotas.append(Quota(title, name, values, row.span, unit))
    return quotas


def _issue(title: str, wrong: WrongSum) -> Issue:
    said = {
        "table": title,
        "column": wrong.column,
        "printed": _shown(wrong.printed),
        "computed": _shown(wrong.computed),
    }
    if wrong.row:
        return make_issue("quota_row_sum", **said, row=wrong.row, span=wrong.span)
    return make_issue("quota_sum", **said, span=wrong.span)


def _shown(value: float) -> str:
    return str(int(value)) if value.is_integer() else f"{value:.6f}".rstrip("0")
