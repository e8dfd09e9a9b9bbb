"""What a site prints above a document that was saved or copied as plain text: places, tools, fields of its catalogue.

Guarantees: only lines above the first sentence are told apart, none of a table; what the fields say (number, dates,
issuer) is kept for a document that does not say it itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from luoshi.reading.structure.lines import DATE, Line
from luoshi.reading.structure.printed_dates import to_date
from luoshi.reading.structure.titles import squeeze
from luoshi.reading.view import fold_words

_NUMBER: Final = r"文\s?号|发文字号|文件编号|文件字号|公文字号"
_ISSUER: Final = r"发(?:布|文)(?:机关|机构|单位|部门)|制定机关|制发(?:机关|单位)|颁布(?:单位|部门|机关)|公布机关"
_MADE: Final = r"成文(?:日期|时间)|发文(?:日期|时间)|印发(?:日期|时间)|颁布(?:日期|时间)|公布日期|生成日期|签发日期"
_FROM: Final = r"(?:生效|实施|施行)(?:日期|时间)"
_TO: Final = r"(?:废止|失效|终止)(?:日期|时间)|有效期至|有效期限至"
_SITE: Final = (
    r"(?:信息)?索引号?|(?:信息|主题|公文|组配|体裁|服务对象)分类|(?:信息)?公开(?:方式|范围|时限|程序|类别|属性|形式|日期)|"
    r"发布(?:日期|时间)|(?:公文|信息)?(?:有效性|时效性|效力状态)|内容(?:概述|概要|摘要)|(?:浏览|阅读|点击|访问|累计)(?:次数|量|数|率)|"
    r"字(?:体|号)(?:大小)?|(?:信息|文章|稿件|文档)来源|下载地址|主题词|关键[词字]|信息名称|公开目录"
)
_PLAIN: Final = r"时间|日期|来源|作者|名称|标题|备注"
_KEY: Final = (
    rf"[•·【\[]?\s*(?:(?P<number>{_NUMBER})|(?P<issuer>{_ISSUER})|(?P<made>{_MADE})|(?P<start>{_FROM})|(?P<end>{_TO})|"
    rf"(?P<site>{_SITE})|(?P<plain>{_PLAIN}))\s*[】\]]?\s*[:：]"
)
_FIELD: Final = re.compile(rf"(?<![\u4e00-\u9fff]){_KEY}")
_BEGINS: Final = re.compile(rf"\s*{_KEY}")
_PLACE: Final = re.compile(
    r"(?:您|你)?(?:现在|当前|目前)?(?:所在|所处)?的?(?:当前)?位置(?:是|为)?[:：]|(?:网站|本站)?首\s*页\s*[>›»|]|[>›»]\s*\S"
)
_TOOLS: Final = re.compile(
    r"(?:[\s\[\]【】()（）|｜/:：]|返回(?:顶部|首页|列表)|打印(?:本页)?|关闭(?:窗口)?|收藏|分享(?:到)?|下载(?:本文)?|大|中|小|正文阅览|"
    r"保留字段信息|字[体号]|扫一扫|纠错|微信|微博|语音播报|点击此处下载|文字版|图片版)+$"
)
_MENU: Final = re.compile(r"[|｜].*(?:站|首页|登录|注册|论坛|收藏)|(?:站点|首页|登录|注册|收藏).*[|｜]")
_LONGEST_MENU: Final = 60
_BETWEEN: Final = re.compile(r"[>›»]\s")
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:$|\D)")
_SENTENCE: Final = re.compile(
    r"[\u4e00-\u9fff]{6}[^>]*[。；]|[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]{1,3}[章条]"
)
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_ORGANIZATION: Final = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:省|市|县|区|州|旗|盟)[\u4e00-\u9fff]{0,20}(?:政府|委员会|办公室|办公厅|[局厅委部院])$"
)
_LONGEST: Final = 200
_LONGEST_HEAD: Final = 400
_LONGEST_VALUE: Final = 60
_DEEPEST: Final = 60


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the fields of a site say of a document; None or "" where they say nothing."""

    number: str = ""
    issuer: str | None = None
    issued: date | None = None
    start: date | None = None
    end: date | None = None


def mark_asides(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those of the site that stand above the first sentence as asides."""
    marked = list(lines)
    waiting = False
    for index, line in enumerate(marked[:_DEEPEST]):
        if line.kind in ("row", "date") or (line.kind != "number" and _SENTENCE.search(line.text, 0, _LONGEST_HEAD)):
            if line.kind == "row" and _BEGINS.match(line.text):
                continue
            break
        value = waiting and len(line.text) <= _LONGEST_VALUE and not _BEGINS.match(line.text)
        aside = value or _is_aside(line.text)
        waiting = aside and not value and _names_field(line.text)
        if aside:
            marked[index] = replace(line, kind="aside")
    return marked


def _is_aside(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    words = fold_words(text)
    if _PLACE.match(words) or len(_BETWEEN.findall(words)) > 1 or _TOOLS.match(words):
        return True
    if len(text) <= _LONGEST_MENU and _MENU.search(words):
        return True
    fields = list(_FIELD.finditer(words))
    if not fields or _BEGINS.match(words) is None:
        return False
    return len(fields) > 1 or fields[0]["plain"] is None or _CLOCK.search(words) is not None


def _names_field(text: str) -> bool:
    """Whether a line names a field whose value stands on the next one."""
    field = _BEGINS.match(fold_words(text))
    return field is not None and not fold_words(text)[field.end() :].strip()


def read_catalogue(lines: Sequence[Line]) -> Catalogue:
    """Return what the fields above a document say of it."""
    said: dict[str, str] = {}
    for name, value in _fields([line for line in lines[:_DEEPEST] if line.kind in ("aside", "row")]):
        said.setdefault(name, value)
    issuer = squeeze(said.get("issuer", ""))
    return Catalogue(
        number=said.get("number", ""),
        issuer=issuer if _ORGANIZATION.fullmatch(issuer) else None,
        issued=_day(said.get("made", "")),
        start=_day(said.get("start", "")),
        end=_day(said.get("end", "")),
    )


def _fields(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(lines):
        words = fold_words(line.text)
        fields = list(_FIELD.finditer(words)) if len(words) <= _LONGEST else []
        for place, field in enumerate(fields):
            last = fields[place + 1].start() if place + 1 < len(fields) else len(words)
            value = line.text[field.end() : last].strip(" \t|｜\u3000")
            if not value and place + 1 == len(fields) and index + 1 < len(lines):
                below = lines[index + 1].text
                value = "" if _BEGINS.match(fold_words(below)) else below.strip()
            if value and field.lastgroup:
                yield field.lastgroup, value


def _day(value: str) -> date | None:
    found = _ISO.match(value) or DATE.match(value)
    return to_date(*found.groups()[:3]) if found else None
