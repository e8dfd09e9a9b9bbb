"""Number, issuer, date, validity, repeals and citations in the writings that official documents use."""

import datetime as dt

import pytest
from tests.reading.reader import read

from luoshi.reading import Document
from luoshi.reading.structure.titles import kind_of

ISSUED = "青岚市人民政府\n2031年5月31日\n"
D = dt.date


def _letter(body: str, *, title: str = "青岚市人民政府关于印发《青岚市公园管理办法》的通知") -> Document:
    head = f"{title}\n青政发〔2031〕9号\n各县（市、区）人民政府：\n现将《青岚市公园管理办法》印发给你们，请遵照执行。\n"
    (document,) = read(f"{head}{ISSUED}青岚市公园管理办法\n第一条 为加强公园管理，制定本办法。\n{body}\n").documents
    return document


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("本办法自2031年7月1日起施行。", D(2031, 7, 1), None),
        ("本办法自二〇三一年七月一日起正式施行。", D(2031, 7, 1), None),
        ("本办法于2031年7月1日起实施。", D(2031, 7, 1), None),
        ("本办法自印发之日起施行。", D(2031, 5, 31), None),
        ("本办法自发布之日起30日后施行。", D(2031, 6, 30), None),
        ("本办法自公布之日起三十日后施行。", D(2031, 6, 30), None),
        ("本办法自公布之日起满一个月后施行。", D(2031, 6, 30), None),
        ("本办法自2031年7月起施行。", D(2031, 7, 1), None),
        ("本办法自2031年7月1日起施行，有效期至2036年6月30日。", D(2031, 7, 1), D(2036, 6, 30)),
        ("本办法自2031年7月1日起施行，有效期5年。", D(2031, 7, 1), D(2036, 6, 30)),
        ("本办法自2031年7月1日起施行，有效期为五年。", D(2031, 7, 1), D(2036, 6, 30)),
        ("本办法自2031年7月1日起施行。有效期限为3年。", D(2031, 7, 1), D(2034, 6, 30)),
        ("本办法自印发之日起试行，试行期两年。", D(2031, 5, 31), D(2033, 5, 30)),
        ("本办法自印发之日起施行，有效期18个月。", D(2031, 5, 31), D(2032, 11, 29)),
        ("本办法有效期自2031年7月1日至2033年6月30日。", D(2031, 7, 1), D(2033, 6, 30)),
        ("本办法自2031年7月1日起至2033年6月30日止施行。", D(2031, 7, 1), D(2033, 6, 30)),
        ("本办法自2031年7月1日起施行，有效期至2033年12月。", D(2031, 7, 1), D(2033, 12, 31)),
        ("除另有规定外，本办法自发布之日起施行，有效期至2034年4月30日。", D(2031, 5, 31), D(2034, 4, 30)),
        ("本办法由市林业局负责解释，自2031年7月1日起施行。", D(2031, 7, 1), None),
        ("第五条 本办法自２０３１年７月１日起施行，有效期２年。", D(2031, 7, 1), D(2033, 6, 30)),
        ("第五条 本辦法自2031年7月1日起施行，有效期至2036年6月30日。", D(2031, 7, 1), D(2036, 6, 30)),
        ("补贴标准自2031年7月1日起执行国家规定。", None, None),
        ("劳动合同有效期至2036年6月30日的，由用人单位续签。", None, None),
        ("本办法自2031年2月30日起施行。", None, None),
    ],
)
def test_from_when_to_when_it_is_in_force(sentence: str, start: dt.date | None, end: dt.date | None) -> None:
    document = _letter(sentence)
    assert (document.effective_from, document.effective_to) == (start, end)


def test_validity_may_break_over_lines() -> None:
    document = _letter("第二条 本办法自2031\n年7月1日起施行，有效\n期至2036年6月\n30日。")
    assert (document.effective_from, document.effective_to) == (D(2031, 7, 1), D(2036, 6, 30))


@pytest.mark.parametrize(
    ("sentence", "repealed"),
    [
        (
            "本办法自2031年7月1日起施行，《青岚市公园管理暂行办法》（青政发〔2025〕3号）同时废止。",
            [("青政发〔2025〕3号", "青岚市公园管理暂行办法")],
        ),
        ("本办法自印发之日起施行。原《青岚市绿地管理规定》同时废止。", [(None, "青岚市绿地管理规定")]),
        ("青政发〔2025〕3号文件同时废止。", [("青政发〔2025〕3号", None)]),
        (
            "《甲类公园管理办法》（青政发〔2025〕3号）、《乙类公园管理办法》（青政办发〔2026〕4号）和《丙类公园管理办法》即行废止。",
            [
                ("青政发〔2025〕3号", "甲类公园管理办法"),
                ("青政办发〔2026〕4号", "乙类公园管理办法"),
                (None, "丙类公园管理办法"),
            ],
        ),
        ("市政府决定废止《青岚市公园收费办法》（青政发〔2020〕8号）。", [("青政发〔2020〕8号", "青岚市公园收费办法")]),
        (
            "《青岚市人民政府关于印发〈青岚市公园管理办法〉的通知》（青政发〔2025〕3号）不再执行。",
            [("青政发〔2025〕3号", "青岚市人民政府关于印发〈青岚市公园管理办法〉的通知")],
        ),
        (
            "市政府决定对以下2件规章予以废止：\n一、《甲类公园办法》（2016年12月1日青岚市人民政府令第2号发布）\n"
            "二、《乙类公园办法》（青政发〔2025〕3号）\n本决定自公布之日起施行，《丙类公园办法》继续有效。",
            [("青岚市人民政府令第2号", "甲类公园办法"), ("青政发〔2025〕3号", "乙类公园办法")],
        ),
        ("此前规定与本办法不一致的，以本办法为准。", []),
        ("《青岚市绿地管理规定》第八条同时废止。", []),
        ("根据《中华人民共和国城乡规划法》，有关文件同时废止。", []),
        ("本办法有效期满后自行废止。", []),
    ],
)
def test_what_is_repealed(sentence: str, repealed: list[tuple[str | None, str | None]]) -> None:
    document = _letter(sentence)
    assert [(each.doc_number, each.title) for each in document.repeals] == repealed


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("青岚市人民政府办公室关于做好防汛工作的通知", "青岚市人民政府办公室"),
        ("中共青岚市委青岚市人民政府关于做好防汛工作的意见", "中共青岚市委、青岚市人民政府"),
        ("青岚市财政局青岚市民政局青岚市水利局关于做好防汛工作的通知", "青岚市财政局、青岚市民政局、青岚市水利局"),
        ("青岚市机关事务管理局关于做好防汛工作的通知", "青岚市机关事务管理局"),
        ("青岚市人民政府办公室转发市应急局关于做好防汛工作的通知", "青岚市人民政府办公室"),
        ("青岚市水利局等3部门关于做好防汛工作的通知", "青岚市应急管理局、青岚市水利局"),
        ("关于做好防汛工作的通知", "青岚市应急管理局、青岚市水利局"),
    ],
)
def test_who_issued_it(head: str, issuer: str) -> None:
    signed = "青岚市应急管理局\n青岚市水利局\n2031年5月31日\n"
    text = f"{head}\n青政办字〔2031〕9号\n各县（市、区）人民政府：\n请做好防汛工作。\n{signed}"
    assert read(text).documents[0].issuer == issuer


@pytest.mark.parametrize(
    "signature",
    [
        "青岚市应急管理局 青岚市水利局\n2031年5月31日",
        "青岚市应急管理局青岚市水利局\n2031 年 5 月 31 日",
        "青岚市应急管理局\n青岚市水利局\n二〇三一年五月三十一日",
        "青岚市应急管理局　青岚市水利局　2031年5月31日",
        "青岚市应急管理局\n青岚市水利局\n二O三一年五月三十一日",
    ],
)
def test_signatures(signature: str) -> None:
    (document,) = read(f"关于做好防汛工作的通知\n各县（市、区）人民政府：\n请做好防汛工作。\n{signature}\n").documents
    assert (document.issuer, document.issued_on) == ("青岚市应急管理局、青岚市水利局", D(2031, 5, 31))


def test_a_report_is_given_by_the_government_on_the_day_of_the_session() -> None:
    text = (
        "政府工作报告\n——2031年12月20日在青岚市第九届人民代表大会\n第三次会议上\n青岚市市长 许知远\n各位代表：\n"
        "现在，我代表市人民政府向大会报告工作，请予审议。\n一、2031年工作回顾\n全年植树造林有序推进。\n"
    )
    (document,) = read(text).documents
    assert (document.kind, document.issuer, document.issued_on) == ("work_report", "青岚市人民政府", D(2031, 12, 20))


def test_citations_by_number_of_documents_and_orders() -> None:
    document = _letter(
        "第二条 根据《公园条例》（国务院令 第554号）和《关于印发〈公园分级办法〉的通知》（鲁建〔2030〕7号）执行，"
        "遵照青政发〔2031〕9号。"
    )
    assert [(each.doc_number, each.title) for each in document.citations] == [
        ("国务院令第554号", "公园条例"),
        ("鲁建〔2030〕7号", "关于印发〈公园分级办法〉的通知"),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("青岚市人民政府办公室关于做好城市更新行动有关工作的通知", "notice"),
        ("关于落实稳岗政策的通知", "notice"),
        ("青岚市人民政府关于印发青岚市城市更新行动方案（2031—2033年）的通知", "plan"),
        ("青岚市人民政府关于印发《青岚市公园管理办法（试行）》的通知", "measures"),
        ("青岚市人民政府关于支持企业稳岗的若干措施", "measures"),
        ("关于支持企业稳岗若干政策的通知", "measures"),
        ("关于健全医疗保障制度的实施意见", "opinion"),
        ("青岚市2031年重点工作任务分工方案", "task_plan"),
        ("关于印发2031年政府工作报告重点任务分工的通知", "task_plan"),
        ("2031年政府工作报告", "work_report"),
        ("青岚市人民政府关于许知远等同志职务任免的通知", "appointment"),
        ("青岚市人民政府大事记", "chronicle"),
        ("关于公布第三批文物保护单位名单的通知", "notice"),
        ("青岚市2031年国民经济和社会发展统计公报", "notice"),
        ("读书笔记", "other"),
    ],
)
def test_kinds_by_title(title: str, kind: str) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("note", "issued", "number"),
    [
        ("（2031年3月26日青岚市人民政府令第19号发布）", D(2031, 3, 26), "青岚市人民政府令第19号"),
        ("(2031年3月26日青岚市人民政府令19号公布 自2031年5月1日起施行)", D(2031, 3, 26), "青岚市人民政府令第19号"),
        ("（2031年3月26日市人民政府第3次常务会议审议通过）", D(2031, 3, 26), None),
    ],
)
def test_measures_that_say_below_their_title_how_they_were_issued(
    note: str, issued: dt.date, number: str | None
) -> None:
    text = f"青岚市公园管理办法\n{note}\n第一章总则\n第一条为加强公园管理，制定本办法。\n第二条本办法由市林业局解释。\n"
    (document,) = read(text).documents
    assert (document.issued_on, document.doc_number) == (issued, number)
    assert [provision.label for provision in document.provisions] == ["第一章", "第一条", "第二条"]
