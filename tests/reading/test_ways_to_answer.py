"""Every way a plan can say who answers for what: invented plans in which nothing may be lost.

Each has two tasks; `BOSS`, `LEAD`, `BY`, `WITH` and `DO` are the roles. Numbering and clause vary together.
"""

import pytest
from tests.reading.reader import names, read, tasks_of

LEAD, WITH, BY, DO, BOSS = (
    "lead_units",
    "cooperating_units",
    "responsible_units",
    "implementing_units",
    "lead_leaders",
)
HEAD = "青岚市重点任务实施方案\n"
ROAD, POOL = "改造农村公路120公里。", "建成县城游泳馆。"
ROADS, SPORT, MONEY = "市交通局", "市体育局", "市财政局"

# What stands before the words of a task.
NUMBERS = [
    ("1.", "2."),
    ("1、", "2、"),
    ("1．", "2．"),
    ("1 ", "2 "),
    ("1", "2"),
    ("（1）", "（2）"),
    ("(1)", "(2)"),
    ("1）", "2）"),
    ("①", "②"),
    ("⑴", "⑵"),
    ("⒈", "⒉"),
    ("一、", "二、"),
    ("一.", "二."),
    ("（一）", "（二）"),
    ("㈠", "㈡"),
    ("第一，", "第二，"),
    ("一是", "二是"),
    ("第一条 ", "第二条 "),
    ("任务1：", "任务2："),
    ("任务一：", "任务二："),
    ("任务1. ", "任务2. "),
    ("【任务1】", "【任务2】"),
    ("第1项 ", "第2项 "),
    ("第一项：", "第二项："),
    ("1.1 ", "1.2 "),
    ("1.1", "1.2"),
    ("1-1 ", "1-2 "),
    ("01 ", "02 "),
    ("01.", "02."),
    ("No.1 ", "No.2 "),
    ("★", "★"),
    ("● ", "● "),
    ("■", "■"),
    ("◆", "◆"),
    ("•", "•"),
    ("· ", "· "),
    ("— ", "— "),
    ("——", "——"),
    ("- ", "- "),
    ("* ", "* "),
    ("> ", "> "),
    ("√ ", "√ "),
    ("▶", "▶"),
    ("I. ", "II. "),
    ("Ⅰ. ", "Ⅱ. "),
    ("A. ", "B. "),
    ("a) ", "b) "),
    ("", ""),
]


@pytest.mark.parametrize("clause", ["（{0}牵头，{1}配合）", "\n牵头单位：{0}\n配合单位：{1}"], ids=["bracket", "lines"])
def test_numbers(clause: str) -> None:
    wanted = {LEAD: [0], WITH: [1]}
    assert [first for first, second in NUMBERS if not _is_read(first, second, clause, wanted)] == []


CLAUSES: list[tuple[str, dict[str, list[object]]]] = [
    # labels in brackets, and where print forgot or changed a mark
    ("（责任单位；{0}、{1}）", {BY: [0, 1]}),
    ("（责任单位{0}、{1}）", {BY: [0, 1]}),
    ("（责任单位 {0}、{1}）", {BY: [0, 1]}),
    ("（责任单位，{0}、{1}）", {BY: [0, 1]}),
    ("（责任单位——{0}、{1}）", {BY: [0, 1]}),
    ("（责任单位: {0} 、 {1} ）", {BY: [0, 1]}),
    ("（责任单位：{0}/{1}）", {BY: [0, 1]}),
    ("（责任单位：{0} {1}）", {BY: [0, 1]}),
    ("（责任单位：{0};{1}）", {BY: [0, 1]}),
    ("（责任单位：{0}，{1}。）", {BY: [0, 1]}),
    ("[责任单位]{0}、{1}", {BY: [0, 1]}),
    ("<责任单位：{0}、{1}>", {BY: [0, 1]}),
    ("《责任单位：{0}、{1}》", {BY: [0, 1]}),
    ("｛责任单位：{0}、{1}｝", {BY: [0, 1]}),
    ("「责任单位：{0}、{1}」", {BY: [0, 1]}),
    ("（责任单位：{0}、{1}", {BY: [0, 1]}),
    ("责任单位：{0}、{1}）", {BY: [0, 1]}),
    ("责任单位：{0}、{1}。", {BY: [0, 1]}),
    ("\n责任单位：{0}、{1}", {BY: [0, 1]}),
    ("\n责任单位\n{0}、{1}", {BY: [0, 1]}),
    ("\n责任单位：\n{0}\n{1}", {BY: [0, 1]}),
    ("\n责任单位 {0}、{1}", {BY: [0, 1]}),
    ("\n责任单位\t{0}、{1}", {BY: [0, 1]}),
    ("\n责任单位——{0}、{1}", {BY: [0, 1]}),
    ("\n（责任单位：{0}、{1}）", {BY: [0, 1]}),
    ("\n●牵头单位：{0}\n●配合单位：{1}", {LEAD: [0], WITH: [1]}),
    ("\n（1）牵头单位：{0}\n（2）配合单位：{1}", {LEAD: [0], WITH: [1]}),
    ("\n① 牵头单位：{0}\n② 配合单位：{1}", {LEAD: [0], WITH: [1]}),
    ("\n牵头单位：{0}；配合单位：{1}", {LEAD: [0], WITH: [1]}),
    ("\n牵头单位：{0} 配合单位：{1}", {LEAD: [0], WITH: [1]}),
    ("\n牵头单位：{0}\t配合单位：{1}", {LEAD: [0], WITH: [1]}),
    ("\n牵头：{0}\n配合：{1}", {LEAD: [0], WITH: [1]}),
    ("\n牵头单位{0}，配合单位{1}", {LEAD: [0], WITH: [1]}),
    ("（牵头单位{0}，配合单位{1}）", {LEAD: [0], WITH: [1]}),
    ("（牵头单位：{0}  配合单位：{1}）", {LEAD: [0], WITH: [1]}),
    ("（牵头单位：{0}配合单位：{1}）", {LEAD: [0], WITH: [1]}),
    ("（牵头单位：{0}）（配合单位：{1}）", {LEAD: [0], WITH: [1]}),
    ("（牵头单位：{0}）\n（配合单位：{1}）", {LEAD: [0], WITH: [1]}),
    ("牵头单位：{0}；责任单位：{1}", {LEAD: [0], BY: [1]}),
    # other labels
    ("（主办：{0}；协办：{1}）", {LEAD: [0], WITH: [1]}),
    ("（主办单位：{0}，会办单位：{1}）", {LEAD: [0], WITH: [1]}),
    ("（第一责任单位：{0}；第二责任单位：{1}）", {BY: [0, 1]}),
    ("（首要责任单位：{0}；协同责任单位：{1}）", {BY: [0], WITH: [1]}),
    ("（归口单位：{0}；配合单位：{1}）", {BY: [0], WITH: [1]}),
    ("（归口管理部门：{0}；协管部门：{1}）", {BY: [0], WITH: [1]}),
    ("（总牵头单位：{0}；分牵头单位：{1}）", {LEAD: [0, 1]}),
    ("（组织实施单位：{0}；配合单位：{1}）", {DO: [0], WITH: [1]}),
    ("（负责部门：{0}；协助部门：{1}）", {BY: [0], WITH: [1]}),
    ("（负责单位：{0}；协助单位：{1}）", {BY: [0], WITH: [1]}),
    ("（责任：{0}、{1}）", {BY: [0, 1]}),
    ("（负责：{0}、{1}）", {BY: [0, 1]}),
    ("（承担单位：{0}；协作单位：{1}）", {DO: [0], WITH: [1]}),
    ("（责任部门及单位：{0}、{1}）", {BY: [0, 1]}),
    ("（责任单位和配合单位：{0}、{1}）", {BY: [0, 1]}),
    ("（主体责任：{0}；监管责任：{1}）", {BY: [0, 1]}),
    ("（主体单位：{0}；协同单位：{1}）", {BY: [0], WITH: [1]}),
    ("（责任主体与协同单位：{0}、{1}）", {BY: [0, 1]}),
    ("（主抓单位：{0}；协抓单位：{1}）", {LEAD: [0], WITH: [1]}),
    ("（责任单位（部门）：{0}、{1}）", {BY: [0, 1]}),
    ("（责任单位：{0}，责任人：许知远；配合单位：{1}）", {BY: [0], BOSS: ["许知远"], WITH: [1]}),
    ("（包保领导：许知远，责任单位：{0}、{1}）", {BOSS: ["许知远"], BY: [0, 1]}),
    ("（责任县领导：许知远，责任单位：{0}、{1}）", {BOSS: ["许知远"], BY: [0, 1]}),
    ("（市政府领导：许知远，责任单位：{0}、{1}）", {BOSS: ["许知远"], BY: [0, 1]}),
    ("（牵头人：许知远，责任单位：{0}、{1}）", {BOSS: ["许知远"], BY: [0, 1]}),
    ("（总负责：许知远，责任单位：{0}、{1}）", {BOSS: ["许知远"], BY: [0, 1]}),
    ("（分管副市长：许知远，责任单位：{0}、{1}）", {BOSS: ["许知远"], BY: [0, 1]}),
    ("（领办领导：许知远，承办单位：{0}，协办单位：{1}）", {BOSS: ["许知远"], BY: [0], WITH: [1]}),
    # verbs
    ("（{0}、{1}）", {BY: [0, 1]}),
    ("（{0}牵头、{1}配合）", {LEAD: [0], WITH: [1]}),
    ("（{0}牵头 {1}配合）", {LEAD: [0], WITH: [1]}),
    ("（{0}牵头；{1}等部门配合）", {LEAD: [0], WITH: [1]}),
    ("（{0}牵头负责，{1}参与配合）", {LEAD: [0], WITH: [1]}),
    ("（{0}牵头抓总，{1}协同推进）", {LEAD: [0], WITH: [1]}),
    ("（{0}主办，{1}协办）", {LEAD: [0], WITH: [1]}),
    ("（{0}为主，{1}配合）", {LEAD: [0], WITH: [1]}),
    ("（{0}为牵头单位，{1}为配合单位）", {LEAD: [0], WITH: [1]}),
    ("（{0}为责任单位，{1}为配合单位）", {BY: [0], WITH: [1]}),
    ("（以{0}为主，{1}配合）", {LEAD: [0], WITH: [1]}),
    ("（{0}会同{1}）", {LEAD: [0], WITH: [1]}),
    ("（{0}会同{1}负责）", {BY: [0], WITH: [1]}),
    ("（{0}会同{1}组织实施）", {DO: [0], WITH: [1]}),
    ("（{0}商{1}办理）", {BY: [0], WITH: [1]}),
    ("（由{0}负责，{1}配合）", {BY: [0], WITH: [1]}),
    ("（由{0}牵头，会同{1}落实）", {LEAD: [0], WITH: [1]}),
    ("（{0}、{1}分别负责）", {BY: [0, 1]}),
    ("（{0}、{1}按职责分工负责）", {BY: [0, 1]}),
    ("（{0}、{1}按职责负责）", {BY: [0, 1]}),
    ("（{0}、{1}依职责分工落实）", {BY: [0, 1]}),
    ("（{0}、{1}按职能职责抓好落实）", {BY: [0, 1]}),
    ("（{0}、{1}按各自职责推进）", {BY: [0, 1]}),
    ("（{0}、{1}等按职责分工负责，持续推进）", {BY: [0, 1]}),
    ("（{0}、{1}等部门按职责分工负责，年内持续推进）", {BY: [0, 1]}),
    ("（{0}、{1}负责，6月底前出台实施细则，年内持续推进）", {BY: [0, 1]}),
    ("（{0}、{1}负责，力争2031年底前完成）", {BY: [0, 1]}),
    ("（{0}、{1}负责；需报市政府批准的，按程序报批）", {BY: [0, 1]}),
    ("（2031年底前完成，{0}、{1}负责）", {BY: [0, 1]}),
    ("（{0}、{1}承办）", {BY: [0, 1]}),
    ("（{0}、{1}实施）", {BY: [0, 1]}),
    ("（{0}、{1}组织实施）", {DO: [0, 1]}),
    ("（{0}、{1}推进）", {BY: [0, 1]}),
    ("（{0}、{1}具体落实）", {BY: [0, 1]}),
    ("（{0}（牵头）、{1}（配合））", {LEAD: [0], WITH: [1]}),
    ("（{0}、{1}。列第一位者为牵头单位，下同）", {LEAD: [0], BY: [1]}),
    ("（{0}、{1}，排在第一位的为牵头单位，下同）", {LEAD: [0], BY: [1]}),
    # without brackets
    ("\n{0}牵头，{1}配合。", {LEAD: [0], WITH: [1]}),
    ("\n由{0}牵头，{1}配合。", {LEAD: [0], WITH: [1]}),
    ("由{0}牵头，{1}配合。", {LEAD: [0], WITH: [1]}),
    ("此项工作由{0}牵头，{1}配合。", {LEAD: [0], WITH: [1]}),
    ("该项任务由{0}负责，{1}配合。", {BY: [0], WITH: [1]}),
    ("{0}牵头，{1}配合。", {LEAD: [0], WITH: [1]}),
    ("{0}负责。", {BY: [0]}),
    ("由{0}会同{1}负责落实。", {BY: [0], WITH: [1]}),
    ("——{0}、{1}负责", {BY: [0, 1]}),
    ("\n——{0}、{1}", {BY: [0, 1]}),
    ("\n负责单位为{0}，配合单位为{1}。", {BY: [0], WITH: [1]}),
]
PLACES = {"1.": ("1.", "2."), "（一）": ("（一）", "（二）"), "": ("", "")}
NEED_A_NUMBER = ("（1）牵头", "① 牵头", "责任单位：\n", "——{0}、{1}")  # nothing else says where their task begins


@pytest.mark.parametrize("number", list(PLACES), ids=["figures", "chinese", "none"])
def test_clauses(number: str) -> None:
    lost = [
        clause
        for clause, wanted in CLAUSES
        if (number or not clause.strip().startswith(NEED_A_NUMBER)) and not _is_read(*PLACES[number], clause, wanted)
    ]
    assert lost == []


def _is_read(first: str, second: str, clause: str, wanted: dict[str, list[object]]) -> bool:
    """Whether both tasks of the plan are read with their words and with everybody who answers."""
    text = f"{HEAD}{first}{ROAD}{clause.format(ROADS, MONEY)}\n{second}{POOL}{clause.format(SPORT, MONEY)}\n"
    tasks = tasks_of(read(text))
    who = [_named(wanted, (ROADS, MONEY)), _named(wanted, (SPORT, MONEY))]
    return [names(task) for task in tasks] == who and ROAD[:6] in tasks[0].text and POOL[:5] in tasks[1].text


def _named(wanted: dict[str, list[object]], units: tuple[str, str]) -> dict[str, list[str]]:
    return {role: [units[who] if isinstance(who, int) else str(who) for who in given] for role, given in wanted.items()}


@pytest.mark.parametrize(
    "words",
    [
        "会后由市交通局牵头与有关方面再议。",
        "经费一事市财政局负责另行答复。",
    ],
)
def test_what_names_who_answers_and_gives_no_task_is_said(words: str) -> None:
    reading = read(f"关于来信的情况\n来信收悉。{words}\n")
    (issue,) = [issue for issue in reading.issues if issue.code == "responsibility_unread"]
    assert issue.span is not None
    assert "市" in issue.params["quote"]


def test_a_plan_whose_clauses_are_all_read_says_nothing() -> None:
    reading = read(f"{HEAD}1.{ROAD}（责任单位：{ROADS}）\n2.{POOL}\n牵头单位：{SPORT}\n配合单位：{MONEY}\n")
    assert len(tasks_of(reading)) == 2
    assert [issue.code for issue in reading.issues if issue.code == "responsibility_unread"] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("县长办公会议议定事项\n1、做好冬季送暖。（民政局）\n2、修补路灯。（建设局）\n", [["民政局"], ["建设局"]]),
        (
            "青岚市重点任务分解方案的通知\n一、各牵头单位的推进方案务于2031年2月3日前报送市政府督查室。\n"
            "二、各项任务的主要责任单位要将台账于2031年3月15日前报市政府督查室备案。\n",
            [["各牵头单位"], ["各项任务的主要责任单位"]],
        ),
        (
            "青岚市校园安全工作意见\n一、职责分工\n（一）市教育局\n1．制定制度。\n2．组织演练。\n"
            "（二）市公安局\n加强巡逻，打击犯罪。\n",
            [["市教育局"], ["市教育局"], ["市公安局"]],
        ),
        (
            "青岚市防汛责任规定\n第一条 各级政府防汛责任主要包括：\n（一）组织巡堤查险。\n（二）储备防汛物资。\n",
            [["各级政府"], ["各级政府"]],
        ),
        (
            "青岚市农村工作任务分工的通知\n"
            "（一）关于“守住耕地”的问题，由市资源规划局会同市农业农村局等部门负责落实。\n",
            [["市资源规划局"]],
        ),
        (
            "青岚市任务分工方案\n市交通局：改造公路，打通断头路。\n市体育局：建成健身房。\n",
            [["市交通局"], ["市体育局"]],
        ),
        (
            "青岚市任务分工方案\n（一）交通建设\n责任单位：市交通局\n1.改造公路。\n2.打通断头路。\n"
            "（二）体育\n责任单位：市体育局\n1.建成健身房。\n",
            [["市交通局"], ["市交通局"], ["市体育局"]],
        ),
        (
            "青岚市任务分工方案\n任务名称：改造公路\n责任单位：市交通局\n完成时限：2031年9月底\n"
            "任务名称：建成健身房\n责任单位：市体育局\n完成时限：2031年10月底\n",
            [["市交通局"], ["市体育局"]],
        ),
    ],
    ids=[
        "short names",
        "letter",
        "units",
        "duties",
        "questions",
        "units and colons",
        "clause below a heading",
        "cards",
    ],
)
def test_other_ways(text: str, wanted: list[list[str]]) -> None:
    assert [names(task)[BY] for task in tasks_of(read(text))] == wanted


def test_several_places_are_one_name() -> None:
    (task,) = tasks_of(read(f"{HEAD}1.{ROAD}（牵头单位：{ROADS}，配合单位：市委组织部，各区、县级市）\n"))
    assert names(task)[WITH] == ["市委组织部", "各区、县级市"]


def test_a_heading_that_only_says_who_leads() -> None:
    tasks = tasks_of(
        read("青岚市任务分工方案\n一、许知远副市长牵头负责\n1.改造公路。\n二、秦岚副市长牵头\n1.建成健身房。\n")
    )
    assert [names(task) for task in tasks] == [{BOSS: ["许知远副市长"]}, {BOSS: ["秦岚副市长"]}]
