"""Tell what a site prints around a document from the document: places, tools, catalogue fields, editors, footers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.decoding.html.page_lines import PageLine
from luoshi.standards.document_numbers import find_document_numbers, is_document_number

_TOOL: Final = (
    r"打印(?:本页|此页|页面|文本|本文|文章)?|关闭(?:窗口|本页|页面|此页|本窗口)?|收藏(?:本页|本文)?|分享(?:到|至)?|返回(?:顶部|首页|列表)?|"
    r"顶部|纠错|我要纠错|文章纠错|内容纠错|下载(?:文字版|PDF版|打印版|本文|文件)?|放大|缩小|默认|超大|大|中|小|特大|A[+-]?|"
    r"字体(?:大小)?|字号(?:大小)?|简体(?:中文)?|繁[體体](?:中文)?|繁|简|EN|English|无障碍(?:浏览|阅读|版)?|"
    r"(?:进入)?(?:长者|老年|适老化?|关怀)(?:模式|助手|版|专区)?|登录|注册|个人中心|搜索|搜一搜|首页|网站首页|微信|微博|新浪微博|QQ空间|QQ|朋友圈|"
    r"语音播报|朗读|听全文|点赞|复制链接|更多|文字|视频|图解|TOP|Top|手机版|移动端|电脑版|设为首页|加入收藏|网站支持IPv6"
)
# Atomic: words that are made of other words here (字体大小) must not be tried in every way they could be cut.
_TOOLS: Final = re.compile(rf"(?>(?:[\s\[\]【】()（）〔〕|｜/\\·:：,，、>»—-]|{_TOOL}){{1,60}}+)")
_PLACE: Final = re.compile(
    r"(?:您|你)?(?:现在|当前|目前)?(?:所在|所处)?的?(?:当前)?位置(?:是|为)?[:：]|当前(?:位置|页面|栏目)[:：]?|(?:网站|本站)?首\s*页\s*(?:[>›»→/|-]|&gt;)"
)
_ARROWS: Final = re.compile(r"[>›»→]")
_NEIGHBOUR: Final = re.compile(
    r"[【\[(（]?\s*[上下前后]一?[篇条则页个]\s*(?:文章|新闻|信息)?\s*[】\])）]?\s*(?:[:：]|$)"
)
_SCAN: Final = re.compile(
    r"(?:用|打开|请用)?(?:手机|微信|支付宝)?\s*(?:扫一扫|扫码|扫描|扫描二维码)|.{0,12}二维码$|分享到|本文(?:链接|网址|地址)[:：]"
)
_RELATED: Final = re.compile(
    r"[【\[]?(?:相关|延伸|推荐|热点|热门|最新|关联|猜你喜欢)(?:链接|阅读|文件|解读|新闻|文章|信息|附件|文档|政策|推荐|稿件|内容|报道|资讯|专题|公文)?"
    r"(?:解读|推荐)?[】\]]?[:：]?"
)
_EDITOR: Final = re.compile(
    r"[【\[(（]?\s*(?:责任编辑|责编|编辑|网络编辑|录入(?:人|员)?|信息员|供稿(?:单位|人)?|稿源|撰稿)\s*[:：]"
)
_CHECKER: Final = re.compile(
    r"[【\[(（]?\s*(?:审核|校对|初审|复审|终审|一审|二审|三审|签发|监制|来源|作者|文章来源|信息来源|供图)(?:人)?\s*[:：]"
)
_COUNTED: Final = re.compile(r"(?:浏览|阅读|点击|访问|查看)(?:次数|量|数|率)?\s*[:：]")
_STAMP: Final = re.compile(
    r"(?:发布|发文|更新|录入|添加|公开|上传|来源|信息来源|文章来源|稿件来源|作者|时间|日期)(?:时间|日期|单位|机构|部门)?\s*[:：]|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}"
)
_CLOCK: Final = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日?\s*\d{1,2}:\d{2}|\d{1,2}:\d{2}")
_SITE: Final = re.compile(
    r"ICP\s*备|网安备|网站标识码|版权所有|Copyright|All\s*Rights\s*Reserved|网站地图|站点地图|政府网站找错|党政机关(?:网站)?标识",
    re.IGNORECASE,
)
_SERVICE: Final = re.compile(
    r"技术支持|维护单位|运维单位|网站声明|关于我们|联系我们|友情链接|您是第|建议使用|浏览器|公安备|分辨率|网站管理"
)
_FOOTER: Final = re.compile(
    r"(?:主\s*办|承\s*办|协\s*办|维\s*护|运\s*维|技术(?:支持|保障)|建设)(?:单位|机构)?\s*[:：]|(?:联系|办公|通讯|单位)?(?:电话|地址|方式|邮箱)\s*[:：]|"
    r"邮(?:政)?编(?:码)?\s*[:：]|传\s*真\s*[:：]|E-?mail|关于我们|联系我们|网站(?:声明|帮助|说明|纠错|管理)|隐私(?:保护|声明)|免责声明|友情链接|"
    r"(?:本站)?建议使用|您是第|本网站|本站|统计|京公|公安备|(?:推荐|最佳)(?:分辨率|浏览)",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"(?:信息)?索引号?|(?:信息|主题|公文|组配|体裁|题材|服务对象|文种)分类|分类|(?:信息)?公开(?:方式|范围|时限|程序|类别|属性|形式|日期|责任部门|机构|单位)|"
    r"发(?:布|文)(?:机关|机构|单位|部门|日期|时间|字号)|制发(?:机关|单位|日期)|制定机关|责任部门|文号|文件(?:编号|字号|状态|类型|名称)|公文(?:种类|时效|有效性)|"
    r"(?:成文|生成|印发|发文|签发|登记|公布|生效|实施|施行|失效|废止|有效)(?:日期|时间|期)|有效性|效力(?:状态|级别)?|是否有效|时效性?|关键(?:词|字)|主题词|标题|名称|"
    r"信息名称|内容(?:概述|概要|摘要)|摘要|统一(?:编号|登记号)|登记(?:编|号)+|规范性文件(?:编号|登记号)|语种|备注|备案号|来源|体裁|主办部门|签发人"
)
_WEB_FIELD: Final = re.compile(r"索引|分类|公开|发布(?:机|日|时)|有效|效力|时效|登记|主题词|关键|概述")
_COLON: Final = re.compile(r"\s*[:：]\s*")
_SENTENCE: Final = re.compile(r"[。；;]|，.{4,}，")
_LABELLED: Final = re.compile(
    r"(?:牵头|责任|配合|承办|主办|协办|完成|落实|实施)(?:单位|领导|部门|时限|时间|人)?\s*[:：]"
)
_ATTACHED: Final = re.compile(r"附\s*(?:件|表|图|录)")
_TITLE: Final = re.compile(
    r"通知|意见|方案|办法|计划|报告|决定|公告|通告|通报|规划|要点|任免|职务|批复|清单|条例|规定|细则|措施|分工|公报|函|纪要"
)
_ITEM: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.．、](?!\d)|第[一二三四五六七八九十百\d]{1,4}[条章]"
)
_SIGNED: Final = re.compile(
    r"[（(]?[\d〇○零一二三四五六七八九十]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日[)）]?"
)
_MADE_FIELD: Final = re.compile(r"(?:成文|发文|印发|签发|生成|公布)(?:日期|时间)")
_VALID_FIELD: Final = re.compile(r"(?:生效|实施|施行|失效|废止)(?:日期|时间)")
_DAY: Final = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_TITLE_FIELDS: Final = frozenset({"标题", "名称", "信息名称", "文件名称"})
_LONG: Final = 25
_FIELD_GAP: Final = 2  # a field and its value may stand on lines of their own
_FEWEST_FIELDS: Final = 3
_SHORT_HEAD: Final = 160
_NEAR: Final = 600
_WINDOW: Final = 12


@dataclass(frozen=True, slots=True)
class Extract:
    """What the page says beside the chosen lines: its title, the lines before the article, whether a site named it."""

    title: str
    is_article: bool
    outside: Sequence[PageLine]


def is_sentence(line: PageLine) -> bool:
    """Tell whether a line is running text: sentences, or items with those responsible."""
    return (
        not line.is_link
        and len(line.text) >= _LONG
        and bool(_SENTENCE.search(line.text) or _LABELLED.search(line.text))
    )


def is_explained(line: PageLine) -> bool:
    """Tell whether a line outside the article is the site's: nothing of the document is lost with it."""
    text = line.text.strip()
    if line.is_link or _is_chrome(text) or len(text) < 4:
        return True
    if _SITE.search(text) or _CHECKER.match(text) or _is_stamp(text) or is_document_number(text):
        return True
    return (
        bool(_FOOTER.match(text))
        or _field_of(text.split("\t")[0]) != ""
        or (len(text) < 60 and bool(_TITLE.search(text)))
    )


def strip_chrome(lines: Sequence[PageLine], extract: Extract) -> list[PageLine]:
    """Return the lines of the document; its title and number stand first where only the site printed them."""
    kept, fields = _without_fields(list(lines))
    _, more = _without_fields(list(extract.outside))
    fields += more
    kept = [line for line in kept if not _is_chrome(line.text.strip())]
    first, last = _extent(kept)
    head = [line for line in kept[:first] if not _is_head_chrome(line, extract)]
    tail = _tail(kept[last:], extract)
    body = _without_links(kept[first:last], extract)
    return _headed([*head, *body, *tail], extract, fields)


def _is_chrome(text: str) -> bool:
    if len(text) <= 200 and _TOOLS.fullmatch(text):
        return True
    if _PLACE.match(text) or (len(text) < 80 and len(_ARROWS.findall(text)) >= 2):
        return True
    if len(text) > 120:
        return False
    starts = (_NEIGHBOUR, _SCAN, _EDITOR, _COUNTED)
    return any(pattern.match(text) for pattern in starts) or _RELATED.fullmatch(text) is not None


def _is_stamp(text: str) -> bool:
    """When and where a page was put online; the date of a document itself has no figures with strokes or clock."""
    return len(text) <= _SHORT_HEAD and bool(_STAMP.match(text)) and bool(_CLOCK.search(text) or _COUNTED.search(text))


def _is_head_chrome(line: PageLine, extract: Extract) -> bool:
    text = line.text.strip()
    if _is_stamp(text) or _SITE.search(text) or (_CHECKER.match(text) and len(text) <= 60):
        return True
    is_titled = extract.title and _squeeze(text) in _squeeze(extract.title)
    return line.is_link and not is_titled and not _ATTACHED.match(text)


def _extent(lines: Sequence[PageLine]) -> tuple[int, int]:
    """Return the first line of running text and the line after the last; a page of rows is running text too."""
    found = [index for index, line in enumerate(lines) if _is_running(line)]
    return (found[0], found[-1] + 1) if found else (0, len(lines))


def _is_running(line: PageLine) -> bool:
    text = line.text.strip()
    if line.is_link or _SITE.search(text):
        return False
    return is_sentence(line) or text.endswith(("。", "；", ";")) or text.count("\t") > 1 or bool(_ITEM.match(text))


def _tail(lines: Sequence[PageLine], extract: Extract) -> list[PageLine]:
    """Leave out links and notes of the editors after the text, and the footer once it begins."""
    site = max(
        (index for index, line in enumerate(lines) if _SITE.search(line.text) or _SERVICE.search(line.text)), default=-1
    )
    kept: list[PageLine] = []
    signed = False
    for index, line in enumerate(lines):
        text = line.text.strip()
        if _FOOTER.match(text) and (index <= site or signed):
            break
        signed = (signed or _SIGNED.fullmatch(text) is not None) and not _ATTACHED.match(text)
        if _SITE.search(text) or _is_stamp(text) or (_CHECKER.match(text) and len(text) <= 60):
            continue
        if not line.is_link or extract.is_article or _ATTACHED.match(text):
            kept.append(line)
    return kept


def _without_links(lines: Sequence[PageLine], extract: Extract) -> list[PageLine]:
    """Inside the text, leave out runs of links: a menu or a list of other pages between two parts of the layout."""
    if extract.is_article:
        return list(lines)
    kept: list[PageLine] = []
    run: list[PageLine] = []
    for line in [*lines, PageLine("")]:
        if line.is_link and not _ATTACHED.match(line.text.strip()):
            run.append(line)
            continue
        kept.extend(run if len(run) < 3 else [])
        run = []
        kept.append(line)
    return kept[:-1]


def _field_of(cell: str) -> str:
    """Return the catalogue field that a cell or line begins with, blanks inside its name left out."""
    name = _squeeze(_COLON.split(cell, maxsplit=1)[0]).strip("【】[]()（）")
    return name if len(name) <= 12 and _FIELD.fullmatch(name) else ""


def _without_fields(lines: list[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """Take out the block of catalogue fields (索引号, 主题分类 …) and return the rest and the block."""
    run: list[int] = []
    names: set[str] = set()
    for index in range(len(lines) + 1):
        found = _fields_in(lines[index].text) if index < len(lines) else []
        if found and run and index - run[-1] <= _FIELD_GAP:
            run.append(index)
            names.update(found)
        elif found or index == len(lines):
            if len(names) >= _FEWEST_FIELDS and any(_WEB_FIELD.search(name) for name in names):
                last = run[-1]
                after = last + 1 + (_is_bare(lines[last].text) and last + 1 < len(lines))
                return lines[: run[0]] + lines[after:], lines[run[0] : after]
            run, names = [index], set(found)
    return lines, []


def _fields_in(text: str) -> list[str]:
    if len(text) > 400 or _is_stamp(text):
        return []
    cells = [cell for cell in re.split(r"\t|\s{2,}|\u3000+(?=\S{2,8}[:：])", text) if cell.strip()]
    has_colon = _COLON.search(text) is not None
    found = [name for cell in cells if (name := _field_of(cell)) and (has_colon or "\t" in text or len(cells) == 1)]
    return found if found and _field_of(cells[0]) else []


def _is_bare(text: str) -> bool:
    """Whether a line is the name of a field alone, its value on the next."""
    return _field_of(text) != "" and not "".join(_COLON.split(text.strip(), maxsplit=1)[1:]).strip()


def _headed(lines: list[PageLine], extract: Extract, fields: Sequence[PageLine]) -> list[PageLine]:
    """Put the title and the number first where the document itself does not print them; print a title once."""
    printed = _field_title(fields) or extract.title or _outer_title(extract.outside)
    title = _squeeze(printed)
    lines = _once(lines, title)
    near = _squeeze("".join(line.text for line in lines[:40]))[:_NEAR]
    added: list[PageLine] = []
    number = _number_of(fields) or _number_of(extract.outside)
    if number and not any(found.number.endswith(number) for found in find_document_numbers(near)):
        added.append(PageLine(number))
    if len(title) >= 6 and title not in near and _TITLE.search(title):
        added.append(PageLine(printed))
    dates = "　".join(f"{name}：{value}" for name, value in _dates_of(fields, lines))
    if not dates:
        return [*added, *lines] if lines else lines
    head = next((at + 1 for at, line in enumerate(lines[:_WINDOW]) if title and _squeeze(line.text) == title), 0)
    return [*added, *lines[:head], PageLine(dates), *lines[head:]] if lines else lines


def _dates_of(fields: Sequence[PageLine], lines: Sequence[PageLine]) -> list[tuple[str, str]]:
    """Return the fields that tell from when to when a document is in force, and, if unsigned, when it was made."""
    signed = any(_SIGNED.fullmatch(line.text.strip()) for line in lines)
    cells = [cell for line in fields for cell in re.split(r"\t|\s{2,}", line.text) if cell.strip()]
    found: dict[str, str] = {}
    for index, cell in enumerate(cells):
        name = _field_of(cell)
        if _VALID_FIELD.fullmatch(name) or (not signed and _MADE_FIELD.fullmatch(name)):
            own = (*_COLON.split(cell.strip(), maxsplit=1)[1:], "")[0] or (cells[index + 1 : index + 2] or [""])[0]
            day = _DAY.match(own.strip())
            if day:
                found.setdefault(name, day.group())
    return list(found.items())


def is_title(text: str) -> bool:
    """Tell whether words name a document: they end as titles do, or say what it is about."""
    return 8 <= len(text) <= 120 and bool(_TITLE.search(text[-8:]) or ("关于" in text and _TITLE.search(text)))


def _field_title(lines: Sequence[PageLine]) -> str:
    """Return the title that the catalogue fields give."""
    cells = [cell for line in lines for cell in line.text.split("\t")]
    for index, cell in enumerate(cells):
        if _field_of(cell) in _TITLE_FIELDS:
            own = _COLON.split(cell, maxsplit=1)[1:]
            words = own[0].strip() if own and own[0].strip() else (cells[index + 1 : index + 2] or [""])[0].strip()
            if is_title(words):
                return words
    return ""


def _outer_title(lines: Sequence[PageLine]) -> str:
    """Return the line before the article that reads like a title, the nearest to it."""
    for line in reversed(lines):
        text = line.text.strip()
        if (
            8 <= len(text) <= 100
            and not line.is_link
            and _TITLE.search(text)
            and not (_is_stamp(text) or _is_chrome(text))
        ):
            return text if _field_of(text) == "" else ""
    return ""


def _number_of(lines: Sequence[PageLine]) -> str:
    for line in lines:
        for found in find_document_numbers(line.text):
            return found.number
    return ""


def _once(lines: list[PageLine], title: str) -> list[PageLine]:
    """A page heads the document with its title, and the document does so again: the second is its own."""
    first = next((index for index, line in enumerate(lines[:_WINDOW]) if _squeeze(line.text) == title), None)
    if not title or first is None:
        return lines
    for start in range(first + 1, min(first + 1 + _WINDOW, len(lines))):
        joined = ""
        for line in lines[start : start + 4]:
            joined += _squeeze(line.text)
            if joined == title:
                return lines[:first] + lines[first + 1 :]
            if not title.startswith(joined):
                break
    return lines


def _squeeze(text: str) -> str:
    return "".join(text.split())
