"""Appointments, removals and lapses: one entry a person and post, in the wordings of many offices."""

from pathlib import Path

import pytest
from tests.reading.reader import codes, read

from luoshi.reading import Reading, read_file
from luoshi.reading.findings import Appointment

HEAD = (
    "青岚市人民政府\n关于许知远等同志职务任免的通知\n青政任〔2031〕9号\n"
    "各县（市、区）人民政府，市政府各部门、各直属机构：\n"
)
TAIL = "\n青岚市人民政府\n2031年3月2日\n"
Row = tuple[str, str, str, str | None]


def entries(reading: Reading) -> list[Appointment]:
    return [each for document in reading.documents for each in document.appointments]


def rows(words: str, *, head: str = HEAD) -> list[Row]:
    """Person, action, post and note of every entry of a notice with these words."""
    return [(each.person, each.action, each.post, each.note) for each in entries(read(head + words + TAIL))]


FORMS: dict[str, tuple[str, list[Row]]] = {
    "two persons, two entries": (
        "市人民政府决定，任命：\n许知远为青岚市数据局局长；\n林小满、周牧为青岚市数据局副局长。\n",
        [
            ("许知远", "appoint", "青岚市数据局局长", None),
            ("林小满", "appoint", "青岚市数据局副局长", None),
            ("周牧", "appoint", "青岚市数据局副局长", None),
        ],
    ),
    "two posts, two entries; the second elides its organization": (
        "任命：\n许知远为市财政局局长、党组书记；\n免去：\n周牧的市第一宾馆总经理、市第二宾馆总经理职务。\n",
        [
            ("许知远", "appoint", "市财政局局长", None),
            ("许知远", "appoint", "市财政局党组书记", None),
            ("周牧", "remove", "市第一宾馆总经理", None),
            ("周牧", "remove", "市第二宾馆总经理", None),
        ],
    ),
    "posts of a court": (
        "任命王民为市中级人民法院副院长、审判委员会委员、审判员。\n",
        [
            ("王民", "appoint", "市中级人民法院副院长", None),
            ("王民", "appoint", "市中级人民法院审判委员会委员", None),
            ("王民", "appoint", "市中级人民法院审判员", None),
        ],
    ),
    "his former post in the same sentence": (
        "任命许知远同志为市财政局局长，免去其市审计局副局长职务；\n",
        [("许知远", "appoint", "市财政局局长", None), ("许知远", "remove", "市审计局副局长", None)],
    ),
    "trial in a bracket": (
        "任命林小满、周牧同志为市教育局副局长（试用期一年）。\n",
        [
            ("林小满", "appoint", "市教育局副局长", "试用期一年"),
            ("周牧", "appoint", "市教育局副局长", "试用期一年"),
        ],
    ),
    "trial for all of the list": (
        "决定任命：\n一、许知远同志任市财政局局长；\n二、周牧同志兼任市大数据中心主任。\n上述人员试用期均为一年。\n",
        [
            ("许知远", "appoint", "市财政局局长", "试用期一年"),
            ("周牧", "appoint", "市大数据中心主任", "兼任；试用期一年"),
        ],
    ),
    "trial for one of the list": (
        "张华、李明同志任市巡察办副主任；其中，李明试用期1年。\n",
        [("张华", "appoint", "市巡察办副主任", None), ("李明", "appoint", "市巡察办副主任", "试用期1年")],
    ),
    "lapse, with what is kept": (
        "免去：\n周牧的市公安局副局长职务；\n许知远的原市旅游局局长职务自然免除（保留原职级待遇）。\n",
        [
            ("周牧", "remove", "市公安局副局长", None),
            ("许知远", "lapse", "原市旅游局局长", "职务自然免除；保留原职级待遇"),
        ],
    ),
    "lapse because of a reform": (
        "因机构改革，赵六的市农机局局长职务自然免除，保留原职级待遇；\n",
        [("赵六", "lapse", "市农机局局长", "职务自然免除；保留原职级待遇")],
    ),
    "brackets: what is no post leaves, other posts stay": (
        "任命王某某（女）为市科技局局长；\n任命李青为市疾控中心主任（市卫生检验中心主任）（试用期一年）；\n"
        "任命周牧为市水利中心副主任（列副主任第一位）；\n免去张某（挂职）的市政府副秘书长职务。\n",
        [
            ("王某某", "appoint", "市科技局局长", None),
            ("李青", "appoint", "市疾控中心主任（市卫生检验中心主任）", "试用期一年"),
            ("周牧", "appoint", "市水利中心副主任", "列副主任第一位"),
            ("张某", "remove", "市政府副秘书长", "挂职"),
        ],
    ),
    "no marks at the ends of lines": (
        "任命：\n张建国为市交通运输局副局长\n李小明为市水利局总工程师（试用期1年）\n免去：\n周强的市审计局副局长职务\n"
        "钱海涛同志市林业局局长职务，退休\n",
        [
            ("张建国", "appoint", "市交通运输局副局长", None),
            ("李小明", "appoint", "市水利局总工程师", "试用期1年"),
            ("周强", "remove", "市审计局副局长", None),
            ("钱海涛", "remove", "市林业局局长", "退休"),
        ],
    ),
    "nothing but a blank between name and post": (
        "任命：\n孙正平  市城市管理局局长\n李雷  市体育局副局长（试用期一年）\n",
        [
            ("孙正平", "appoint", "市城市管理局局长", None),
            ("李雷", "appoint", "市体育局副局长", "试用期一年"),
        ],
    ),
    "nothing between name and office": (
        "免去汤文勇、王荔、买银朋青岚市人民政府副市长职务。\n",
        [(name, "remove", "青岚市人民政府副市长", None) for name in ("汤文勇", "王荔", "买银朋")],
    ),
    "lines broken inside names and words": (
        "任命：\n沈传为青岚经济技术开发区管理委\n\n员会副主任（试\n用期一年）；\n许知\n远为市卫生健康委员会\n副主任。\n",
        [
            ("沈传", "appoint", "青岚经济技术开发区管理委员会副主任", "试用期一年"),
            ("许知远", "appoint", "市卫生健康委员会副主任", None),
        ],
    ),
    "engaged by a company": (
        "同意聘任刘洋同志为青岚城投集团有限公司总经理，聘期三年；解聘陈晨的青岚城投集团有限公司副总经理职务。\n",
        [
            ("刘洋", "appoint", "青岚城投集团有限公司总经理", "聘期三年"),
            ("陈晨", "remove", "青岚城投集团有限公司副总经理", None),
        ],
    ),
    "no longer, resigned, proposed": (
        "张三同志任市发展改革委副主任，不再担任市统计局副局长职务；\n李四同志不再兼任市红十字会副会长职务；\n"
        "接受庄球同志辞去青岚市人民政府副市长职务的请求；\n提名赵大勇为青岚银行股份有限公司董事、董事长人选。\n",
        [
            ("张三", "appoint", "市发展改革委副主任", None),
            ("张三", "remove", "市统计局副局长", None),
            ("李四", "remove", "市红十字会副会长", None),
            ("庄球", "remove", "青岚市人民政府副市长", "辞去"),
            ("赵大勇", "appoint", "青岚银行股份有限公司董事", "提名"),
            ("赵大勇", "appoint", "青岚银行股份有限公司董事长", "提名"),
        ],
    ),
    "one post and another beside it": (
        "任命：\n（一）张 三为市府办副主任兼市信访局局长。\n",
        [("张三", "appoint", "市府办副主任", None), ("张三", "appoint", "市信访局局长", "兼任")],
    ),
    "names that hold the words of the grammar": (
        "任命：\n李为民为市民政局局长；\n张有为为市民政局副局长；\n任国旭为市审计局局长；\n买买提·艾力为市民族宗教局局长。\n",
        [
            ("李为民", "appoint", "市民政局局长", None),
            ("张有为", "appoint", "市民政局副局长", None),
            ("任国旭", "appoint", "市审计局局长", None),
            ("买买提·艾力", "appoint", "市民族宗教局局长", None),
        ],
    ),
    "任 as a verb": (
        "任张三同志为青岚市公安局副局长，试用期一年。\n",
        [("张三", "appoint", "青岚市公安局副局长", "试用期一年")],
    ),
    "the same person without a name": (
        "张某某任青岚市地方金融局二级调研员，免去青岚市地方金融局副局长职务。\n",
        [
            ("张某某", "appoint", "青岚市地方金融局二级调研员", None),
            ("张某某", "remove", "青岚市地方金融局副局长", None),
        ],
    ),
    "posts beside names": (
        "任命以下同志职务：\n张三，市财政局局长；\n李四、王民，市审计局副局长。\n免去：\n赵明：市水利局局长\n市林业局局长：孙正平\n",
        [
            ("张三", "appoint", "市财政局局长", None),
            ("李四", "appoint", "市审计局副局长", None),
            ("王民", "appoint", "市审计局副局长", None),
            ("赵明", "remove", "市水利局局长", None),
            ("孙正平", "remove", "市林业局局长", None),
        ],
    ),
    "lent, retired, promoted, confirmed": (
        "张三同志挂职任市数据局副局长（挂职时间二年）；\n王五同志退休，免去其市水利局二级调研员职级；\n"
        "晋升赵明为市水利局一级主任科员；\n李四同志试用期满，经考核合格，正式任命为市教育局副局长。\n",
        [
            ("张三", "appoint", "市数据局副局长", "挂职；挂职时间二年"),
            ("王五", "remove", "市水利局二级调研员", "退休"),
            ("赵明", "appoint", "市水利局一级主任科员", None),
            ("李四", "appoint", "市教育局副局长", None),
        ],
    ),
    "an office inside the organization": (
        "市政府研究决定：张三任市政府副秘书长、办公室主任，不再担任市信访局局长、党组书记职务。\n",
        [
            ("张三", "appoint", "市政府副秘书长", None),
            ("张三", "appoint", "市政府办公室主任", None),
            ("张三", "remove", "市信访局局长", None),
            ("张三", "remove", "市信访局党组书记", None),
        ],
    ),
    "a table": (
        "姓名\t任命职务\t免去职务\t备注\n张三\t市财政局局长\t市审计局局长\t\n李四\t市教育局副局长\t—\t试用期一年\n",
        [
            ("张三", "appoint", "市财政局局长", None),
            ("张三", "remove", "市审计局局长", None),
            ("李四", "appoint", "市教育局副局长", "试用期一年"),
        ],
    ),
}


@pytest.mark.parametrize(("words", "expected"), FORMS.values(), ids=list(FORMS))
def test_each_form_is_read(words: str, expected: list[Row]) -> None:
    assert rows(words) == expected


def test_an_entry_knows_its_place() -> None:
    reading = read(f"{HEAD}任命：\n林小满、周牧为青岚市数据局\n副局长；\n许知远为市财政局局长。{TAIL}")
    first, second, third = entries(reading)
    assert first.span == second.span
    assert first.span.of(reading.text) == "林小满、周牧为青岚市数据局\n副局长"
    assert third.span.of(reading.text) == "许知远为市财政局局长"


def test_the_signature_is_no_part_of_a_post() -> None:
    assert rows("任命：\n许知远为青岚市数据局局长") == [("许知远", "appoint", "青岚市数据局局长", None)]


@pytest.mark.parametrize(
    ("words", "posts"),
    [
        ("任命：\n张建华作为青岚市交通中心主任。\n", ["青岚市交通中心主任"]),
        ("任命张三为市财政局局长市审计局局长。\n", ["市财政局局长", "市审计局局长"]),
        ("任命李四为市教育局副局长王小五为市科技局副局长。\n", ["市教育局副局长", "市科技局副局长"]),
    ],
    ids=["a word too much", "two posts run together", "two entries run together"],
)
def test_what_is_printed_unclearly_is_read_and_reported(words: str, posts: list[str]) -> None:
    reading = read(HEAD + words + TAIL)
    assert [each.post for each in entries(reading)] == posts
    assert "appointment_unclear" in codes(reading)


def test_a_personnel_sentence_in_another_notice_is_read_only_where_it_is_sure() -> None:
    head = "青岚市人民政府办公室\n关于做好春季防火工作的通知\n青政办字〔2031〕4号\n各县（市、区）人民政府：\n"
    sure = "经研究，任命许知远同志为市森林防火指挥部办公室主任。\n"
    unsure = "各级要任命得力干部为防火负责人，免去不称职人员的职务，任命书记为总河长。\n"
    assert rows(sure, head=head) == [("许知远", "appoint", "市森林防火指挥部办公室主任", None)]
    assert rows(unsure, head=head) == []


def test_rules_about_appointing_appoint_nobody() -> None:
    text = (
        "青岚市人民政府工作人员任免办法\n第一条 市人民政府任免下列人员：市政府副秘书长、各局副局长。\n"
        "第二条 任命人员由市长签署任命书；免去职务的，由人事部门发通知。\n第三条 任命为领导职务的人员试用期一年。\n"
    )
    assert entries(read(text)) == []


@pytest.mark.parametrize(
    "words", ["同志同志为市财政局局长。", "任命同志为市财政局局长。", "的市财政局局长职务", "任命：", "，，；"]
)
def test_entries_without_a_person_are_left_out(words: str) -> None:
    assert rows(words) == []


@pytest.mark.parametrize("char", ["和", "、", "张三、", "（", "任命", "为", "职务", "的"])
def test_hostile_repetition_takes_no_time(char: str) -> None:
    assert isinstance(rows("任命：\n" + char * (20_000 // len(char)) + "为市财政局局长。"), list)


def test_the_removals_and_lapses_of_2019(shared: Path) -> None:
    reading = read_file(shared / "corpus/gazette-2019-04.txt")
    (document,) = [each for each in reading.documents if each.doc_number == "聊政任〔2019〕3号"]
    found = [each.action for each in document.appointments]
    assert (found.count("appoint"), found.count("remove"), found.count("lapse")) == (27, 3, 29)
    by_post = {(each.person, each.post): each for each in document.appointments}
    assert by_post["杨兴鲁", "聊城市公路事业发展中心副主任"].action == "appoint"
    assert by_post["崔宪奎", "聊城市东昌宾馆总经理"].action == "remove"
    assert by_post["张建华", "原聊城市交通运输局运输管理处处长"].action == "lapse"
    assert by_post["张建华", "聊城市交通运输事业服务中心主任"].action == "appoint"
    assert by_post["胥庆国", "原聊城市口岸办公室主任"].note == "职务自然免除；保留原职级待遇"
    assert codes(reading).count("appointment_unclear") == 1


def test_the_appointments_of_2022(shared: Path) -> None:
    reading = read_file(shared / "corpus/gazette-2022-02.txt")
    found = {each.doc_number: each.appointments for each in reading.documents if each.appointments}
    assert {number: len(each) for number, each in found.items()} == {"聊政任〔2022〕7号": 11, "聊政任〔2022〕8号": 1}
    seventh = found["聊政任〔2022〕7号"]
    assert [each.action for each in seventh] == ["appoint"] * 7 + ["remove"] * 4
    assert sum(1 for each in seventh if each.note == "试用期一年") == 5
    assert seventh[6].post == "聊城高新技术产业开发区管理委员会副主任"
    assert [(each.person, each.post) for each in found["聊政任〔2022〕8号"]] == [("陈波", "聊城行政学院院长")]
    assert "appointment_unclear" not in codes(reading)


def test_nobody_is_appointed_in_the_other_documents(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        for document in read_file(path).documents:
            assert not document.appointments or document.kind == "appointment", path.name


ELSEWHERE: dict[str, tuple[str, list[Row]]] = {
    "a director of finances, and a seat on the board": (
        "委派许知远任青岚机场（集团）有限公司财务总监、董事，试用期一年；\n",
        [
            ("许知远", "appoint", "青岚机场（集团）有限公司财务总监", "试用期一年"),
            ("许知远", "appoint", "青岚机场（集团）有限公司董事", "试用期一年"),
        ],
    ),
    "a post beside another one": (
        "任命：\n许知远兼任市数据局局长；\n",
        [("许知远", "appoint", "市数据局局长", "兼任")],
    ),
    "a post once held lapses": (
        "因机构撤销，周牧同志原任的市粮食局局长职务自然免除。\n",
        [("周牧", "lapse", "市粮食局局长", "职务自然免除")],
    ),
    "a name that ends as a joining word does": (
        "陆清和同志试用期满，任命为市财政局副局长。\n",
        [("陆清和", "appoint", "市财政局副局长", None)],
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_appointments_of_other_offices(name: str) -> None:
    words, expected = ELSEWHERE[name]
    assert rows(words) == expected
