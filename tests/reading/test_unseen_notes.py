"""Forms of appointments, duties and chronicles that documents of other places showed; every name here is invented."""

from typing import Final

import pytest
from tests.reading.test_appointments import Row, rows
from tests.reading.test_chronicle import BODY, HEAD, days
from tests.reading.test_duties import duties_of

COURT: Final = "临海区人民法院"
APPOINTMENTS: Final[dict[str, tuple[str, list[Row]]]] = {
    "chambers of a court elide the court": (
        f"免去：\n程远的{COURT}审判委员会委员、刑事审判庭副庭长、审判员职务。\n",
        [
            ("程远", "remove", f"{COURT}审判委员会委员", None),
            ("程远", "remove", f"{COURT}刑事审判庭副庭长", None),
            ("程远", "remove", f"{COURT}审判员", None),
        ],
    ),
    "in the passive": (
        "陆海同志被任命为青岚市民政局局长。\n单明同志被免去青岚市民政局副局长职务。\n",
        [("陆海", "appoint", "青岚市民政局局长", None), ("单明", "remove", "青岚市民政局副局长", None)],
    ),
    "a resignation with its reason": (
        "会议决定，接受曹海同志因工作变动辞去青岚市人大常委会委员职务的请求。\n",
        [("曹海", "remove", "青岚市人大常委会委员", "辞去")],
    ),
    "two removals with one verb": (
        "免去马贵同志青岚市水利局局长职务、徐阳同志青岚市水利局副局长职务。\n",
        [("马贵", "remove", "青岚市水利局局长", None), ("徐阳", "remove", "青岚市水利局副局长", None)],
    ),
    "two appointments with one verb": (
        "任命宋莉同志为青岚市科技局局长、查文同志为青岚市科技局副局长。\n",
        [("宋莉", "appoint", "青岚市科技局局长", None), ("查文", "appoint", "青岚市科技局副局长", None)],
    ),
    "a heading that counts them": (
        "此次任命的共三名组成人员：任命王坚为青岚市财政局局长，马兰为青岚市商务局局长。\n",
        [("王坚", "appoint", "青岚市财政局局长", None), ("马兰", "appoint", "青岚市商务局局长", None)],
    ),
    "the verb at the end": (
        "吴晓梅的市水利局一级巡视员职务，因到龄退休予以免去；\n",
        [("吴晓梅", "remove", "市水利局一级巡视员", "因到龄退休")],
    ),
    "the post before the name": (
        "原青岚市扶贫办公室主任韩冬同志职务因机构撤销自然免除；\n",
        [("韩冬", "lapse", "原青岚市扶贫办公室主任", "职务自然免除")],
    ),
    "after probation": (
        "宋玉兰同志试用期满，正式任市教育局副局长；\n",
        [("宋玉兰", "appoint", "市教育局副局长", None)],
    ),
    "another post under a heading of removals": (
        "免去：\n沈国栋的市城市管理局副局长职务，任四级调研员；\n魏红同志因工作调动，免去市司法局副局长职务。\n",
        [
            ("沈国栋", "remove", "市城市管理局副局长", None),
            ("沈国栋", "appoint", "四级调研员", None),
            ("魏红", "remove", "市司法局副局长", "因工作调动"),
        ],
    ),
    "a firm known from the line before": (
        "推荐任宏为临江城建集团有限公司总经理人选；\n建议免去丁磊临江城建集团有限公司总经理职务。\n",
        [
            ("任宏", "appoint", "临江城建集团有限公司总经理", "提名"),
            ("丁磊", "remove", "临江城建集团有限公司总经理", None),
        ],
    ),
    "a verb for several sentences": (
        "经表决，分别免去张轩的省商务厅副厅长职务；朱勇的省水利厅副厅长职务；\n",
        [("张轩", "remove", "省商务厅副厅长", None), ("朱勇", "remove", "省水利厅副厅长", None)],
    ),
    "they ask to resign": (
        "张轩、王晓林分别提出辞去省人大常委会委员职务。\n",
        [(name, "remove", "省人大常委会委员", "辞去") for name in ("张轩", "王晓林")],
    ),
    "a verb inside the name of an office": (
        "任命纪冰为省人大常委会财政工作委员会副主任，陈涛为省人大常委会人事代表选举工作委员会主任。\n",
        [
            ("纪冰", "appoint", "省人大常委会财政工作委员会副主任", None),
            ("陈涛", "appoint", "省人大常委会人事代表选举工作委员会主任", None),
        ],
    ),
    "counted with a word of respect": (
        "任命吕靖、李保三位同志为青岚市监察委员会委员，任命肖世等20名同志为人民陪审员。\n",
        [
            ("吕靖", "appoint", "青岚市监察委员会委员", None),
            ("李保", "appoint", "青岚市监察委员会委员", None),
            ("肖世", "appoint", "人民陪审员", None),
        ],
    ),
    "nominated for another post": (
        "石振同志任中共青岚市林城区委副书记，提名为青岚市林城区人民政府区长候选人。\n",
        [
            ("石振", "appoint", "中共青岚市林城区委副书记", None),
            ("石振", "appoint", "青岚市林城区人民政府区长", "提名"),
        ],
    ),
}
YEARLY: Final = "FREQ=YEARLY"
DUTIES: Final = [
    ("开展河湖日常巡查，每周不少于一次。", ["FREQ=WEEKLY"]),
    ("河长制考核每年进行一次。", [YEARLY]),
    ("民主评议每半年至少一次。", ["FREQ=MONTHLY;INTERVAL=6"]),
    ("代表小组每年活动不少于四次。", [YEARLY]),
    ("市绿化委员会每年应当根据规划，将任务以通知书的形式分到各单位。", [YEARLY]),
    ("市财政每年从预算内划拨科研经费。", [YEARLY]),
    ("市水务局于每年1、4、7、10月8日之前报送数据。", [f"{YEARLY};BYMONTH=1,4,7,10;BYMONTHDAY=8"]),
    ("供热单位应当在每年采暖期结束后至六月三十日前办理退费，开展回访。", [f"{YEARLY};BYMONTH=6;BYMONTHDAY=30"]),
    (
        "社会组织应当于每年3月31日前报送报告，经初审同意后，于5月31日前报送登记机关。",
        [f"{YEARLY};BYMONTH=3;BYMONTHDAY=31", f"{YEARLY};BYMONTH=5;BYMONTHDAY=31"],
    ),
    ("老年人免费享受每年一次由卫生院组织的体检。", []),
    ("采暖期为每年的十一月十六日至次年的四月五日（各县可以调整）。", []),
    ("居民每人每年应缴纳320元。", []),
    ("开放时间为双休日、寒暑假每天不少于八小时，其他时间另行安排。", []),
    ("市广播电视台每周至少播出一档科普节目。", ["FREQ=WEEKLY"]),
]


@pytest.mark.parametrize("form", APPOINTMENTS)
def test_an_appointment(form: str) -> None:
    words, wanted = APPOINTMENTS[form]
    assert rows(words) == wanted


@pytest.mark.parametrize(("sentence", "rules"), DUTIES)
def test_a_duty(sentence: str, rules: list[str]) -> None:
    assert [duty.rrule for duty in duties_of(sentence)] == rules


def test_a_list_before_a_comma_is_the_subject() -> None:
    (duty,) = duties_of("报刊、广播、电视等媒体，每年应当开展公益宣传。")
    assert [party.name for party in duty.parties][:2] == ["报刊", "广播"]


def test_an_event_that_begins_with_a_figure() -> None:
    assert days(f"{HEAD}1日 2031年青岚市长跑活动举行。\n3日 {BODY}") == ["02-01", "02-03"]
