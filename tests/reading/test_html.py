"""Saved pages of invented government sites: the document comes out, the site does not."""

# ruff: noqa: E501 - markup is easier to follow on one line

from datetime import date

import pytest
from tests.reading.reader import names, tasks_of

from luoshi.reading import Reading, read_bytes

TITLE = "关于印发青岚市2031年重点工作分工方案的通知"
NUMBER = "青政办发〔2031〕5号"
BODY = (
    "各县（市、区）人民政府，市政府各部门、各直属机构：",
    "现将《青岚市2031年重点工作分工方案》印发给你们，请认真组织实施。",
    "一、主要任务",
    "1. 修路架桥，年底前建成通车。（牵头单位：市交通运输局；配合单位：市水利局）",
    "2. 植树造林，完成绿化两万亩。（责任单位：市林业局）",
    "青岚市人民政府办公室",
    "2031年3月1日",
)
WANTED = [
    ("1", {"lead_units": ["市交通运输局"], "cooperating_units": ["市水利局"]}),
    ("2", {"responsible_units": ["市林业局"]}),
]
_P = "".join(f"<p>{line}</p>" for line in BODY)
_MENU = "".join(
    f'<li><a href="/{n}.html">{word}</a></li>'
    for n, word in enumerate(["首页", "政务公开", "办事服务", "互动交流", "走进青岚"])
)
_FOOTER = (
    "<p>主办单位：青岚市人民政府办公室　承办单位：青岚市大数据发展局</p>"
    "<p>网站标识码：3799000001　青ICP备31000001号-1　青公网安备 37990002000001号</p><p>地址：青岚市人民路1号　联系电话：0999-1234567</p>"
)

CATALOGUED = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_青岚市人民政府</title>
<meta name="ArticleTitle" content="{TITLE}"></head><body>
<div class="header"><ul>{_MENU}</ul></div>
<div class="crumbs">当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>政策文件</a></div>
<table class="xxgk-table"><tr><td>索 引 号：</td><td>113799000001/2031-00012</td><td>主题分类：</td><td>综合政务</td></tr>
<tr><td>发布机构：</td><td>青岚市人民政府办公室</td><td>成文日期：</td><td>2031-03-01</td></tr>
<tr><td>发文字号：</td><td>{NUMBER}</td><td>有效性：</td><td>有效</td></tr></table>
<h1>{TITLE}</h1>
<div class="info">发布时间：2031-03-02 09:30　信息来源：市政府办公室　浏览次数：128　字体：[<a>大</a> <a>中</a> <a>小</a>]</div>
<div id="zoom"><div class="TRS_Editor">{_P}</div></div>
<div class="editor">责任编辑：许知远</div>
<div>上一篇：<a href="a.html">关于做好春耕生产工作的通知</a></div><div>下一篇：没有了</div>
<div class="ewm">扫一扫在手机打开当前页</div><div>【打印】【关闭】</div>
<div class="foot">{_FOOTER}</div></body></html>"""

LAYOUT_TABLES = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>青岚市政府</title></head>
<body><table width="1000"><tr><td><a href="/">首页</a> | <a href="/zw">政务</a> | <a href="/fw">服务</a> | <a href="/hd">互动</a></td></tr>
<tr><td><table><tr><td width="200"><a href="1">公示公告</a><br><a href="2">领导讲话</a><br><a href="3">人事任免</a></td>
<td><table><tr><td align="center"><b>{TITLE}</b></td></tr><tr><td align="center">{NUMBER}</td></tr>
<tr><td><font size="3">{"<br>".join("&nbsp;&nbsp;" + line for line in BODY)}</font></td></tr></table></td></tr></table></td></tr>
<tr><td align="center">版权所有：青岚市人民政府　技术支持：青岚市信息中心<br>您是第12345位访问者</td></tr></table></body></html>"""

SEMANTIC = f"""<!doctype html><html lang="zh"><head><meta charset="UTF-8"><title>政策详情</title></head><body>
<header><nav><a>首页</a><a>要闻</a></nav></header><main><article><h1>{TITLE}</h1><p class="wh">{NUMBER}</p>
<section>{_P}</section></article><aside><h3>相关解读</h3><ul><li><a href="j">一图读懂青岚市2031年重点工作分工方案</a></li></ul></aside></main>
<div style="display:none">1. 隐藏任务。（责任单位：市隐藏局）</div>
<footer><p>主办：青岚市人民政府 承办：青岚市人民政府办公室</p><p>政府网站标识码：3799000001</p></footer></body></html>"""

UNNAMED = f"""<html><body><div id="wrap"><div>您现在的位置：首页 &gt;&gt; 信息公开 &gt;&gt; 正文</div>
<dl><dt>索引号</dt><dd>QL-2031-7</dd><dt>发布机构</dt><dd>青岚市人民政府</dd><dt>文号</dt><dd>{NUMBER}</dd><dt>公开方式</dt><dd>主动公开</dd></dl>
<div class="t1">{TITLE}</div><div>来源：青岚市政府网　发布日期：2031-03-02　字号：大 中 小 打印</div>
<div class="c9">{"".join(f"<div>{line}</div>" for line in BODY)}</div>
<div>附件：<a href="x.pdf">青岚市2031年重点工作分工表.pdf</a></div>
<div>分享到：</div><div>相关文章</div><ul><li><a href="1">关于开展安全检查的通知</a></li><li><a href="2">关于表彰先进的决定</a></li>
<li><a href="3">关于调整领导小组的通知</a></li></ul>
<div>主办单位：青岚市人民政府办公室</div><div>维护单位：青岚市大数据局</div><div>青ICP备31000001号</div></div></body></html>"""

PORTAL = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>青岚市人民政府 政策文件 {TITLE}</title></head><body>
<div class="top-nav"><a>青岚市人民政府</a><a>无障碍</a><a>长者模式</a><span>2031年3月5日 星期三</span></div><div class="container">
<div class="loc">您当前的位置 ： <a>首页</a> &gt; <a>政务公开</a> &gt; <a>规章文件</a></div>
<ul class="info-list"><li><b>索引号：</b>113799/2031-00007</li><li><b>组配分类：</b>政府文件</li><li><b>发文机关：</b>青岚市人民政府办公室</li>
<li><b>成文日期：</b>2031-03-01</li><li><b>发文字号：</b>{NUMBER}</li><li><b>标　　题：</b>{TITLE}</li><li><b>效力状态：</b>有效</li></ul>
<p class="title" align="center">关于印发青岚市2031年<br>重点工作分工方案的通知</p><p align="center">{NUMBER}</p><div id="myContent">{_P}</div>
<div class="fj">附件下载：<a>分工表.docx</a></div><div>【字体：大 中 小】【打印】【关闭窗口】</div>
<div class="xgjd"><h3>相关解读</h3><a>一图读懂</a></div></div>
<div class="footer-box"><p>主办：青岚市人民政府　承办：青岚市人民政府办公室　运维：青岚市大数据局</p><p>网站标识码3799000001　青ICP备31000001号</p></div></body></html>"""

PAGES = {
    "portal": PORTAL,
    "catalogued": CATALOGUED,
    "layout tables": LAYOUT_TABLES,
    "semantic": SEMANTIC,
    "unnamed": UNNAMED,
}
_SITE = (
    "首页 当前位置 索引 主题分类 浏览次数 字体 责任编辑 上一篇 下一篇 扫一扫 打印 关闭 主办 承办 ICP 标识码 版权 访问者 解读 隐藏 相关 安全检查 分享 "
    "技术支持 联系电话 人事任免 公开方式"
)


def _read(page: str, encoding: str = "utf-8") -> Reading:
    return read_bytes(page.encode(encoding), name="page.html")


@pytest.mark.parametrize("style", PAGES)
def test_document_comes_out_without_its_site(style: str) -> None:
    reading = _read(PAGES[style], "gb18030" if "gb2312" in PAGES[style] else "utf-8")
    assert reading.source.method == "html"
    assert [word for word in _SITE.split() if word in reading.text] == []
    assert [(task.number, names(task)) for task in tasks_of(reading)] == WANTED
    (document,) = reading.documents
    assert (document.title, document.doc_number, str(document.issued_on)) == (TITLE, NUMBER, "2031-03-01")
    lines = [line.strip() for line in reading.text.split("\n")]
    assert [line for line in lines if line in BODY] == list(BODY)
    assert "".join(reading.text.split()).count(TITLE) == 1
    assert reading.text.count(NUMBER) == 1


def test_organisers_of_an_event_are_no_footer() -> None:
    page = (
        "<html><body><div class='foot'>青ICP备31000001号</div><h1>关于举办青岚市农民运动会的通知</h1><p>各县（市、区）人民政府：</p>"
        "<p>定于2031年10月举办运动会，请认真组织，积极参加，确保安全。</p><p>1. 举办开幕式。主办单位：市体育局</p>"
        "<p>主办单位：市体育局</p><p>承办单位：市教育局</p><p>请各单位于9月1日前报名，逾期不再受理。</p></body></html>"
    )
    text = _read(page).text
    assert "主办单位：市体育局\n承办单位：市教育局" in text
    assert "ICP" not in text


def test_table_with_merged_cells_keeps_its_columns() -> None:
    page = (
        "<html><body><h1>青岚市重点任务清单</h1><table><thead><tr><th>类别</th><th>序号</th><th>重点任务</th><th>责任单位</th></tr></thead>"
        "<tr><td rowspan='2'>基础设施</td><td>1</td><td>修路架桥</td><td rowspan=2><p>市交通运输局</p><p>市水利局</p></td></tr>"
        "<tr><td>2</td><td>整治河道</td></tr><tr><td colspan='2'>其他</td><td>植树造林</td><td>市林业局</td></tr></table></body></html>"
    )
    reading = _read(page)
    assert (
        "基础设施\t1\t修路架桥\t市交通运输局、市水利局\n\u3000\t2\t整治河道\t\u3000\n其他\t\t植树造林\t市林业局"
        in reading.text
    )
    assert [names(task)["responsible_units"] for task in tasks_of(reading)] == [
        ["市交通运输局", "市水利局"],
        ["市交通运输局", "市水利局"],
        ["市林业局"],
    ]


def test_numbers_that_lists_print_are_written_out() -> None:
    page = (
        "<html><body><p>一、主要任务</p><ol><li>修路。（责任单位：市交通运输局）</li><li>植树。（责任单位：市林业局）</li></ol>"
        "<p>二、其他任务</p><ol start='3'><li>架桥，畅通城乡。（责任单位：市水利局）</li></ol>"
        "<ol style='list-style:none'><li>4. 造林，绿化荒山。（责任单位：市林业局）</li></ol></body></html>"
    )
    assert [task.number for task in tasks_of(_read(page))] == ["1", "2", "3", "4"]


def test_line_breaks_and_blanks_of_a_page() -> None:
    page = "<html><body><p>1. 修\n路。<br/>（责任单位：市&nbsp;交通运输局）</p><pre>2. 植树。\n（责任单位：市林业局）</pre></body></html>"
    assert [names(task)["responsible_units"] for task in tasks_of(_read(page))] == [["市交通运输局"], ["市林业局"]]


def test_document_in_several_pieces_stays_whole() -> None:
    first, second = _P.split("<p>2.")
    page = f'<html><body><div><div class="article-content">{first}</div><div class="article-content"><p>2.{second}</div></div></body></html>'
    assert len(tasks_of(_read(page))) == 2


def test_article_that_a_script_would_show_is_read() -> None:
    page = f'<html><body><p>加载中</p><div class="content" style="display:none">{_P}</div></body></html>'
    assert len(tasks_of(_read(page))) == 2


def test_page_saved_with_its_pictures() -> None:
    html = f"<html><head><meta charset='gbk'></head><body>{_P}</body></html>".encode("gbk")
    head = b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + html + b"\r\n--b--\r\n"
    reading = read_bytes(head + part, name="page.mht")
    assert [(task.number, names(task)) for task in tasks_of(reading)] == WANTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_of_pages(encoding: str) -> None:
    reading = _read(f"<html><body>{_P}</body></html>", encoding)
    assert reading.source.media_type == "text/html"
    assert len(tasks_of(reading)) == 2


def test_traditional_page_in_big5() -> None:
    page = '<html><head><meta charset="big5"></head><body><p>1. 修建道路，便利民眾出行。（責任單位：市交通局）</p></body></html>'
    assert "責任單位：市交通局" in _read(page, "big5").text


def test_links_inside_sentences_stay() -> None:
    page = (
        "<html><body><p>根据<a href='x'>《青岚市道路条例》</a>的规定，制定本办法，请遵照执行。</p>"
        "<p><a href='1'>第一章</a></p><p><a href='2'>第二章</a></p><p>各单位要落实责任，加强配合，确保完成。</p></body></html>"
    )
    text = _read(page).text
    assert "根据《青岚市道路条例》的规定" in text
    assert "第一章\n第二章" in text


def test_dates_that_only_the_catalogue_tells_are_kept() -> None:
    fields = (
        "<table><tr><td>索引号：</td><td>0031-7</td><td>主题分类：</td><td>水利</td></tr>"
        "<tr><td>发文机关：</td><td>青岚市人民政府</td><td>成文日期：</td><td>2031年02月03日</td></tr>"
        "<tr><td>发文字号：</td><td>青政办发〔2031〕9号</td><td>失效日期：</td><td>2036年2月2日</td></tr></table>"
    )
    body = "<p>各县（市、区）人民政府：</p><p>一、各级要高度重视河道管理工作，落实管护责任，定期组织巡查。</p>"
    page = f"<html><body>{fields}<h1>青岚市人民政府关于加强河道管理的通知</h1><div>{body}</div></body></html>"
    (document,) = read_bytes(page.encode(), name="page.html").documents
    assert document.issued_on == date(2031, 2, 3)
    assert document.effective_to == date(2036, 2, 2)
    signed = page.replace("</div>", "<p>青岚市人民政府</p><p>2031年2月4日</p></div>")
    (document,) = read_bytes(signed.encode(), name="page.html").documents
    assert document.issued_on == date(2031, 2, 4)
