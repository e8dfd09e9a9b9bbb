"""Chronicles: dated entries, other events of the same day, ranges, and the persons they name."""

from datetime import date
from pathlib import Path

import pytest
from tests.reading.reader import codes, read

from luoshi.reading import Reading, read_file
from luoshi.reading.findings import Event
from luoshi.reading.notes.chronicle_people import find_people

HEAD = "青岚市人民政府大事记\n（2031年2月）\n"


def events(reading: Reading) -> list[Event]:
    return [each for document in reading.documents for each in document.events]


def days(words: str) -> list[str]:
    """The days of all events: 02-03 or 02-03/02-05."""
    found = events(read(words))
    return [f"{each.date:%m-%d}" + (f"/{each.end_date:%m-%d}" if each.end_date is not None else "") for each in found]


BODY = "全市经济工作调度会召开，市长林小满主持会议。\n"
DAYS: dict[str, tuple[str, list[str]]] = {
    "days and ranges": (
        f"{HEAD}1日，{BODY}2-6日，{BODY}7～8日，{BODY}9日至11日，{BODY}",
        ["02-01", "02-02/02-06", "02-07/02-08", "02-09/02-11"],
    ),
    "a range over the end of the month": (f"{HEAD}28日-3月1日,{BODY}", ["02-28/03-01"]),
    "another event of the day": (f"{HEAD}3日，{BODY}△{BODY}△ {BODY}4日，{BODY}", ["02-03", "02-03", "02-03", "02-04"]),
    "a mark before every date": (f"{HEAD}△1日，{BODY}△3日，{BODY}", ["02-01", "02-03"]),
    "two single days": (f"{HEAD}5日、8日，{BODY}", ["02-05", "02-08"]),
    "Chinese figures": (f"{HEAD}三日，{BODY}二十一日，{BODY}", ["02-03", "02-21"]),
    "full dates": ("青岚市大事记\n2031年12月30日，" + BODY + "2032年1月2日，" + BODY, ["12-30", "01-02"]),
    "months as headings": (f"2031年青岚市大事记\n一月\n3日 {BODY}2月份\n5日 {BODY}", ["01-03", "02-05"]),
    "month in the title": (f"青岚市2031年3月份大事记\n3日，{BODY}4日，{BODY}", ["03-03", "03-04"]),
    "thirds of a month": (f"{HEAD}上旬，{BODY}本月，{BODY}", ["02-01/02-10", "02-01/02-28"]),
    "the same day in words": (f"{HEAD}3日，{BODY}同日，{BODY}", ["02-03", "02-03"]),
    "a mark behind the date": (f"{HEAD}3日 △{BODY}△{BODY}", ["02-03", "02-03"]),
    "nothing but a title": (HEAD, []),
    "weekday": (f"{HEAD}1日（星期六），{BODY}", ["02-01"]),
    "a day that does not exist": (f"{HEAD}30日，{BODY}3日，{BODY}", ["02-03"]),
}


@pytest.mark.parametrize(("words", "expected"), DAYS.values(), ids=list(DAYS))
def test_each_form_of_a_date_is_read(words: str, expected: list[str]) -> None:
    assert days(words) == expected


def test_a_date_alone_on_its_line_is_for_all_that_follow() -> None:
    text = (
        "青岚市人民政府2031年5月大事记\n1日\n市委书记孙守田在市委常委、政法委书记步士奎，市委\n"
        "常委、秘书长陈民立的陪同下看望值勤干警。\n△副市长周牧带队检查施工工地。\n3日\n市长林小满会见客商。\n"
    )
    found = events(read(text))
    assert [each.date.day for each in found] == [1, 1, 3]
    assert found[0].people == ("孙守田", "步士奎", "陈民立")
    assert found[0].text.endswith("市委常委、秘书长陈民立的陪同下看望值勤干警。")


def test_a_wrapped_line_that_begins_with_a_date_begins_no_entry() -> None:
    text = f"{HEAD}3日，市政府研究决定，定于\n12日召开全市春季农业生产工作会议，会期到\n13日。\n△{BODY}5日，{BODY}"
    assert days(text) == ["02-03", "02-03", "02-05"]


def test_an_event_has_its_words_and_its_place() -> None:
    reading = read(f"{HEAD}3日，市长林小满到企业\n\n调研AI Lab。\n△市长\n林小满会见客商。\n")
    first, second = events(reading)
    assert first.text == "市长林小满到企业调研AI Lab。"
    assert first.span.of(reading.text) == "3日，市长林小满到企业\n\n调研AI Lab。"
    assert second.text == "市长林小满会见客商。"
    assert second.span.of(reading.text) == "△市长\n林小满会见客商。"


def test_a_paragraph_without_date_is_another_event_only_where_it_tells_of_one() -> None:
    text = f"{HEAD}16日，{BODY}全市招商引资工作会召开。市长林小满出席会议。\n会议强调，要抓好落实。\n"
    reading = read(text)
    assert [each.date.day for each in events(reading)] == [16, 16]
    assert events(reading)[1].text.endswith("要抓好落实。")
    assert codes(reading).count("event_undated") == 1


def test_a_date_that_goes_back_is_reported() -> None:
    reading = read(f"{HEAD}11日，{BODY}8日，{BODY}")
    assert [each.date.day for each in events(reading)] == [11, 8]
    assert "event_out_of_order" in codes(reading)


def test_without_year_and_month_nothing_is_dated() -> None:
    reading = read(f"青岚市大事记\n3日，{BODY}4日，{BODY}")
    assert events(reading) == []
    assert codes(reading).count("event_month_unknown") == 1


def test_a_chronicle_on_one_line() -> None:
    text = (
        "青岚市大事记（2031年2月）1日，县委书记马平调研。3日，县长何安主持会议。"
        "△副县长许知远到乡镇检查。5日，会议召开。"
    )
    assert days(text) == ["02-01", "02-03", "02-03", "02-05"]


def test_what_stands_below_the_chronicle_is_no_event() -> None:
    reading = read(f"{HEAD}3日，{BODY}主办：青岚市人民政府办公室\n地址：青岚市中路1号\n")
    assert events(reading)[0].text == BODY.strip()


PEOPLE: dict[str, tuple[str, ...]] = {
    "市委副书记、市长林小满到企业调研，副市长王刚，市政府秘书长许知远参加活动。": ("林小满", "王刚", "许知远"),
    "副市长马卫、李强、王刚出席会议。贾鹏、马广等市级领导参加会议。": ("马卫", "李强", "王刚", "贾鹏", "马广"),
    "孙爱、李长河、张百顺应邀出席并在主席台就座。": ("孙爱", "李长河", "张百顺"),
    "李长河同志主持大会。林小满市长代表市政府作报告。": ("李长河", "林小满"),
    "与南艾尔郡市长海伦·穆尼进行视频交流。": ("海伦·穆尼",),
    "李长河当选为市长，王峰、马卫红当选为副市长。": ("李长河", "王峰", "马卫红"),
    "深入学习习近平总书记重要讲话精神。": (),
    "各县市区书记、市长参加会议，书记应邀出席，主任会议召开，部长通道开启。": (),
    "教育、卫生、文化等部门参加。安徽、江苏等省代表团参加。": (),
    "市长于近日到企业调研，市委书记向大会作报告。": (),
    "在主席台前排就座，并在主席台就座。": (),
    "王海、刘江、安全、应急等工作得到部署。": (),
}


@pytest.mark.parametrize(("words", "expected"), PEOPLE.items())
def test_people_are_named_with_precision(words: str, expected: tuple[str, ...]) -> None:
    assert find_people(words.replace("，", ",")) == expected


@pytest.mark.parametrize("char", ["△", "1日，", "、", "王刚、", "市长", "·", "12月1日-", "会"])
def test_hostile_repetition_takes_no_time(char: str) -> None:
    assert isinstance(events(read(HEAD + "1日，" + char * (30_000 // len(char)))), list)


COUNTS = {
    # dates, ranges and △ as printed; in 2019 one paragraph of 16 March has lost its mark
    "gazette-2019-04.txt": (17, 3, date(2019, 3, 3), date(2019, 3, 28)),
    "gazette-2021-02.txt": (18, 1, date(2021, 2, 1), date(2021, 2, 28)),
    "gazette-2022-02.txt": (22, 0, date(2022, 2, 6), date(2022, 2, 27)),
}


@pytest.mark.parametrize(("name", "expected"), COUNTS.items(), ids=list(COUNTS))
def test_the_chronicles_of_three_gazettes(shared: Path, name: str, expected: tuple[int, int, date, date]) -> None:
    reading = read_file(shared / "corpus" / name)
    found = events(reading)
    ranges = sum(1 for each in found if each.end_date is not None)
    assert (len(found), ranges, found[0].date, found[-1].date) == expected
    assert codes(reading).count("event_undated") == (1 if name.startswith("gazette-2019") else 0)


def test_an_event_that_breaks_off_is_joined(shared: Path) -> None:
    found = events(read_file(shared / "corpus/gazette-2022-02.txt"))
    (event,) = [each for each in found if each.date.day == 21]
    assert event.text.startswith("中国共产党聊城市第十四次代表大会胜利闭幕")
    assert event.text.endswith("在主席台前排就座。")
    assert event.people[0] == "孙爱军"
    assert event.people[-1] == "刘昌松"
    assert len(event.people) == 10


def test_who_came_in_march_2019(shared: Path) -> None:
    found = events(read_file(shared / "corpus/gazette-2019-04.txt"))
    assert found[3].people == ("林峰海", "孙爱军", "陈秀兴", "成伟")
    assert found[8].people == ("宋军继", "秦存华", "马丽红", "张连臣", "张同奇")
    assert found[9].people == ()


ELSEWHERE: dict[str, tuple[str, list[str]]] = {
    "the first day below the words of a site": (
        f"2031年2月政府大事记\n时间：2031-03-05 15:19 信息来源：市政府办\n1日,{BODY}8日,{BODY}△{BODY}",
        ["02-01", "02-08", "02-08"],
    ),
    "dotted days": (f"{HEAD}2.1 {BODY}2.3-2.5 {BODY}2.8—9 {BODY}", ["02-01", "02-03/02-05", "02-08/02-09"]),
    "a drawn line between days": (f"{HEAD}1月11─14日  {BODY}2月3日  {BODY}", ["01-11/01-14", "02-03"]),
    "this month and whole months": (
        f"青岚县大事记（2031年）\n2月21日，{BODY}是月25日，{BODY}4月，{BODY}5月至6月，{BODY}是年，{BODY}",
        ["02-21", "02-25", "04-01/04-30", "05-01/06-30", "01-01/12-31"],
    ),
    "months on lines of their own": (
        f"青岚县大事记（2031年）\n【2月】\n17日——23日 {BODY}8月\n25日 {BODY}",
        ["02-17/02-23", "08-25"],
    ),
    "days in brackets and other marks": (f"{HEAD}【2月1日】{BODY}◎{BODY}※{BODY}", ["02-01", "02-01", "02-01"]),
    "a section of the site above the title": (
        f"执政纪事\n青岚市委、市政府2031年执政纪事(1-6月)\n2月1日    {BODY}2月3日至5日    {BODY}",
        ["02-01", "02-03/02-05"],
    ),
    "the end of a month": (f"{HEAD}2月初，{BODY}2月底，{BODY}", ["02-01/02-10", "02-21/02-28"]),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_chronicles_of_other_places(name: str) -> None:
    words, expected = ELSEWHERE[name]
    assert days(words) == expected


def test_figures_of_a_list_are_no_dotted_days() -> None:
    words = f"{HEAD}1日，{BODY}其中：\n1.2亿元用于修路。\n3.5亿元用于治水。\n"
    assert days(words) == ["02-01"]
