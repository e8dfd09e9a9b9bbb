"""How other offices write: short plans in layouts of their own, each with what a person reads in them."""

import pytest

from luoshi.reading import Reading, read_bytes
from luoshi.reading.model import Task

ROLES = {
    "leader": "lead_leaders",
    "lead": "lead_units",
    "answers": "responsible_units",
    "helps": "cooperating_units",
    "does": "implementing_units",
}


def plan_of(text: str | bytes) -> Reading:
    return read_bytes(text.encode() if isinstance(text, str) else text, name="plan.txt")


def tasks_of(reading: Reading) -> list[Task]:
    return [task for document in reading.documents for task in document.tasks]


def named(task: Task) -> dict[str, list[str]]:
    by_role = {word: [party.name for party in getattr(task, field)] for word, field in ROLES.items()}
    return {word: names for word, names in by_role.items() if names}


SCHOOL, ROAD = {"answers": ["市教育局", "市财政局"]}, {"answers": ["市交通运输局"]}
LED_ROAD = {"lead": ["市交通运输局"], "helps": ["市财政局"]}

HABITS: dict[str, tuple[str, dict[str, dict[str, list[str]]]]] = {
    "labels on lines of their own": (
        "1. 新建学校3所。\n责任单位：市教育局、市财政局\n2. 修路8公里。\n牵头单位：市交通运输局\n配合单位：市财政局",
        {"1": SCHOOL, "2": LED_ROAD},
    ),
    "names below their label": (
        "1. 新建学校3所。\n责任单位：\n市教育局、\n市财政局\n2. 修路8公里。\n责任单位：\n市交通运输局",
        {"1": SCHOOL, "2": ROAD},
    ),
    "square, black and turtle brackets": (
        "1. 新建学校3所。[责任单位：市教育局、市财政局]\n2. 修路8公里。【责任单位：市交通运输局】\n"
        "3. 架桥。〔牵头单位：市交通运输局；配合单位：市财政局〕",
        {"1": SCHOOL, "2": ROAD, "3": LED_ROAD},
    ),
    "half width everywhere": (
        "1.新建学校3所.(责任单位:市教育局,市财政局)\n2.修路8公里.(牵头单位:市交通运输局,配合单位:市财政局)",
        {"1": SCHOOL, "2": LED_ROAD},
    ),
    "widths mixed within a bracket": (
        "1．新建学校3所。（责任单位:市教育局,市财政局)\n2．修路8公里。(牵头单位：市交通运输局；配合单位:市财政局）",
        {"1": SCHOOL, "2": LED_ROAD},
    ),
    "no brackets": (
        "1. 新建学校3所。责任单位：市教育局、市财政局\n2. 修路8公里。牵头单位：市交通运输局；配合单位：市财政局。",
        {"1": SCHOOL, "2": LED_ROAD},
    ),
    "tabs between number, words, label and names": (
        "1.\t新建学校3所。\t责任单位：\t市教育局\t市财政局\n2.\t修路8公里。\n责任单位：\t市交通运输局",
        {"1": SCHOOL, "2": ROAD},
    ),
    "wide blanks between roles": (
        "1.　新建学校3所。　　责任单位：市教育局　市财政局\n"
        "2.　修路8公里。　　牵头单位：市交通运输局　　配合单位：市财政局",
        {"1": SCHOOL, "2": LED_ROAD},
    ),
    "a semicolon between units of one role": (
        "1. 新建学校3所。（责任单位：市教育局；市财政局）\n"
        "2. 修路8公里。（牵头单位：市交通运输局；配合单位：市财政局；市水利局、市公安局）",
        {
            "1": SCHOOL,
            "2": {"lead": ["市交通运输局"], "helps": ["市财政局", "市水利局", "市公安局"]},
        },
    ),
    "several ways to say and": (
        "1. 种树。（责任单位：市林业局、市财政局和市农业农村局以及市水利局）\n"
        "2. 架桥。（责任单位：市交通运输局及各县市区政府）",
        {
            "1": {"answers": ["市林业局", "市财政局", "市农业农村局", "市水利局"]},
            "2": {"answers": ["市交通运输局", "各县市区政府"]},
        },
    ),
    "page numbers inside a bracket": (
        "1. 新建学校3所。（责任单位：市教育局、\n— 12 —\n市财政局）\n"
        "2. 修路8公里。（牵头单位：市交通运输局；配合单位：市财\n- 13 -\n政局）",
        {"1": SCHOOL, "2": LED_ROAD},
    ),
    "brackets inside names": (
        "1. 招商。（责任单位：市商务局（市投资促进局）、市发展改革委（市粮食和储备局））\n"
        "2. 开放。（牵头单位：市商务局(口岸办)；配合单位：各县（市、区））",
        {
            "1": {"answers": ["市商务局（市投资促进局）", "市发展改革委（市粮食和储备局）"]},
            "2": {"lead": ["市商务局(口岸办)"], "helps": ["各县（市、区）"]},
        },
    ),
    "verbs behind the names": (
        "1. 新建学校、医院。（市教育局、市卫生健康委按职责分别负责）\n"
        "2. 修路。（市交通运输局、市公安局分别负责，市财政局配合）\n"
        "3. 扩绿。（市城管局牵头，各区政府按职责分工负责）",
        {
            "1": {"answers": ["市教育局", "市卫生健康委"]},
            "2": {"answers": ["市交通运输局", "市公安局"], "helps": ["市财政局"]},
            "3": {"lead": ["市城管局"], "answers": ["各区政府"]},
        },
    ),
    "items of an item": (
        "1. 教育。\n（1）新建学校3所。（责任单位：市教育局、市财政局）\n"
        "（2）改造校舍。（责任单位：市教育局）\n2. 修路。（责任单位：市交通运输局）",
        {"1(1)": SCHOOL, "1(2)": {"answers": ["市教育局"]}, "2": ROAD},
    ),
    "numbers that begin again in each part": (
        "一、教育\n1. 新建学校3所。（责任单位：市教育局、市财政局）\n二、交通\n1. 修路。（责任单位：市交通运输局）",
        {"一、教育 1": SCHOOL, "二、交通 1": ROAD},
    ),
    "other words for the same roles": (
        "1. 建校。（主办单位：市教育局；协办单位：市财政局）\n2. 修路。（牵头部门：市交通运输局；参与单位：市财政局）\n"
        "3. 就业。（牵头市领导：李明；市直牵头单位：市人力资源社会保障局；市直配合单位：市财政局）",
        {
            "1": {"lead": ["市教育局"], "helps": ["市财政局"]},
            "2": LED_ROAD,
            "3": {"leader": ["李明"], "lead": ["市人力资源社会保障局"], "helps": ["市财政局"]},
        },
    ),
    "traditional characters": (
        "1. 新建學校3所。（責任單位：市教育局、市財政局）\n"
        "2. 修路8公里。（牽頭單位：市交通運輸局；配合單位：市財政局）",
        {
            "1": {"answers": ["市教育局", "市財政局"]},
            "2": {"lead": ["市交通運輸局"], "helps": ["市財政局"]},
        },
    ),
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_plan_in_this_layout_is_read(habit: str) -> None:
    text, expected = HABITS[habit]
    reading = plan_of(text)
    tasks = tasks_of(reading)
    has_parts = any(" " in key for key in expected)
    read = {f"{task.section} {task.number}" if has_parts else task.number: named(task) for task in tasks}
    assert read == expected
    for task in tasks:
        for _role, party in task.parties():
            printed = reading.text[party.span.start : party.span.end]
            assert party.name == "".join(part for part in printed.split()) or "—" in printed or "- " in printed


def test_the_same_plan_in_gb_18030() -> None:
    text, expected = HABITS["square, black and turtle brackets"]
    assert {task.number: named(task) for task in tasks_of(plan_of(text.encode("gb18030")))} == expected


DOUBTED = {
    "unclosed_bracket": "1. 新建学校3所。（责任单位：市教育局、市财政局\n2. 修路。（责任单位：市交通运输局）",
    "etc_list": "1. 新建学校3所。（责任单位：市教育局、市财政局等）",
    "post_instead_of_name": "1. 新建学校3所。（牵头领导：分管教育副市长；责任单位：市教育局、市财政局）",
    "odd_name": "1. 新建学校3所。（责任单位：市教育局、市财政局；牵头单位：××局）",
    "several_clauses": "1. 新建学校3所。（责任单位：市教育局、市财政局）2. 修路。（责任单位：市交通运输局）",
    "text_after_clause": "1. 新建学校3所。（责任单位：市教育局、市财政局；督查单位：市政府督查室）",
}


@pytest.mark.parametrize("code", DOUBTED)
def test_what_cannot_be_read_for_sure_is_doubted_not_dropped(code: str) -> None:
    tasks = tasks_of(plan_of(DOUBTED[code]))
    assert code in tasks[0].doubts
    assert named(tasks[0])["answers"] == ["市教育局", "市财政局"]


def test_an_unknown_label_at_the_head_of_a_clause_hides_nobody() -> None:
    (task,) = tasks_of(plan_of("1. 新建学校3所。（督查单位：市政府督查室；责任单位：市教育局、市财政局）"))
    assert named(task) == SCHOOL
    assert "text_after_clause" in task.doubts


def test_a_table_with_tabs_stays_a_table() -> None:
    rows = "序号\t工作任务\t责任单位\n1\t新建学校3所\t市教育局、市财政局\n2\t修路8公里\t市交通运输局\n"
    assert {task.number: named(task) for task in tasks_of(plan_of(rows))} == {"1": SCHOOL, "2": ROAD}
