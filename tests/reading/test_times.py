"""Expressions of time: every form that official documents use, and what only looks like one."""

import time
from datetime import date, datetime

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.reading.part_reading import Dating
from luoshi.reading.times import TimeExpression, find_times, read_time
from luoshi.reading.times.expression import NOTES
from luoshi.reading.times.reading import read_times
from luoshi.reading.view import make_view

ON = date(2026, 3, 2)
START = datetime(2026, 1, 1)  # noqa: DTZ001 - rules know no zones


def read(text: str, on: date = ON, trigger: date | None = None) -> TimeExpression:
    return read_time(text, on=on, trigger=trigger)


def days(expression: TimeExpression) -> str:
    """Kind, first and last day in a short writing: `open_start -/2026-09-30`."""
    return f"{expression.kind} {expression.start or '-'}/{expression.end or '-'}"


DATED = [
    # The last day only
    ("2020年年底以前", "open_start -/2020-12-31"),
    ("2020年底前", "open_start -/2020-12-31"),
    ("2026年底之前", "open_start -/2026-12-31"),
    ("到2027年", "open_start -/2027-12-31"),
    ("到2027年6月", "open_start -/2027-06-30"),
    ("到2030年底", "open_start -/2030-12-31"),
    ("至2026年底", "open_start -/2026-12-31"),
    ("截至2026年6月30日", "open_start -/2026-06-30"),
    ("有效期至2027年12月31日", "open_start -/2027-12-31"),
    ("不迟于2026年9月30日", "open_start -/2026-09-30"),
    ("最迟6月底", "open_start -/2026-06-30"),
    ("延长至2027年12月31日", "open_start -/2027-12-31"),
    ("推迟至2027年底", "open_start -/2027-12-31"),
    ("9月底前", "open_start -/2026-09-30"),
    ("9月底以前", "open_start -/2026-09-30"),
    ("9月末前", "open_start -/2026-09-30"),
    ("9月30日前", "open_start -/2026-09-30"),
    ("6月30日24时前", "open_start -/2026-06-30"),
    ("6月30日(含)前", "open_start -/2026-06-30"),
    ("6月30日(不含)前", "open_start -/2026-06-29"),
    ("7月1日0时前", "open_start -/2026-06-30"),
    ("3月15日(星期日)下午5时前", "open_start -/2026-03-15"),
    ("2026年4月10日12:00前", "open_start -/2026-04-10"),
    ("20日前", "open_start -/2026-03-20"),
    ("1日前", "open_start -/2026-04-01"),
    ("月底前", "open_start -/2026-03-31"),
    ("当月底前", "open_start -/2026-03-31"),
    ("下月10日前", "open_start -/2026-04-10"),
    ("次月10日前", "open_start -/2026-04-10"),
    ("年底前", "open_start -/2026-12-31"),
    ("今年年底前", "open_start -/2026-12-31"),
    ("当年年底前", "open_start -/2026-12-31"),
    ("年终前", "open_start -/2026-12-31"),
    ("明年底前", "open_start -/2027-12-31"),
    ("次年3月底前", "open_start -/2027-03-31"),
    ("二季度末前", "open_start -/2026-06-30"),
    ("上半年底前", "open_start -/2026-06-30"),
    ("周五前", "open_start -/2026-03-06"),
    ("下周五前", "open_start -/2026-03-13"),
    ("2026.6.30前", "open_start -/2026-06-30"),
    ("到“十五五”末", "open_start -/2030-12-31"),
    # Figures in every writing
    ("二零二六年底前", "open_start -/2026-12-31"),
    ("二〇二六年六月三十日前", "open_start -/2026-06-30"),
    ("十二月底前", "open_start -/2026-12-31"),
    ("２０２６年１２月底前", "open_start -/2026-12-31"),
    ("2026 年 12 月底 前", "open_start -/2026-12-31"),
    ("12 月底前", "open_start -/2026-12-31"),
    # Festivals: before one is the day before it
    ("春节前", "open_start -/2027-02-05"),
    ("2027年春节前", "open_start -/2027-02-05"),
    ("2030年春节前", "open_start -/2030-02-02"),
    ("除夕前", "open_start -/2027-02-04"),
    ("元旦前", "open_start -/2026-12-31"),
    ("清明节前", "open_start -/2026-04-04"),
    ("五一前", "open_start -/2026-04-30"),
    ("“五一”前", "open_start -/2026-04-30"),
    ("五一国际劳动节前", "open_start -/2026-04-30"),
    ("端午节前", "open_start -/2026-06-18"),
    ("“七一”前", "open_start -/2026-06-30"),
    ("教师节前", "open_start -/2026-09-09"),
    ("中秋节前", "open_start -/2026-09-24"),
    ("国庆节前", "open_start -/2026-09-30"),
    ("“十一”前", "open_start -/2026-09-30"),
    ("重阳节前", "open_start -/2026-10-17"),
    # One day
    ("2026年9月底", "point 2026-09-30/2026-09-30"),
    ("12月末", "point 2026-12-31/2026-12-31"),
    ("本月底", "point 2026-03-31/2026-03-31"),
    ("年底", "point 2026-12-31/2026-12-31"),
    ("今年底", "point 2026-12-31/2026-12-31"),
    ("一季度末", "point 2026-03-31/2026-03-31"),
    ("翌年6月底", "point 2027-06-30/2027-06-30"),
    ("“十五五”末", "point 2030-12-31/2030-12-31"),
    ("2026年6月30日", "point 2026-06-30/2026-06-30"),
    ("2026-06-30", "point 2026-06-30/2026-06-30"),
    ("2026/6/30", "point 2026-06-30/2026-06-30"),
    # Both ends
    ("年内", "period 2026-01-01/2026-12-31"),
    ("今年内", "period 2026-01-01/2026-12-31"),
    ("本年度内", "period 2026-01-01/2026-12-31"),
    ("2026年内", "period 2026-01-01/2026-12-31"),
    ("今明两年", "period 2026-01-01/2027-12-31"),
    ("去年", "period 2025-01-01/2025-12-31"),
    ("前年", "period 2024-01-01/2024-12-31"),
    ("明年", "period 2027-01-01/2027-12-31"),
    ("明年1月", "period 2027-01-01/2027-01-31"),
    ("全年", "period 2026-01-01/2026-12-31"),
    ("二〇二一年", "period 2021-01-01/2021-12-31"),
    ("2026年度", "period 2026-01-01/2026-12-31"),
    ("9月", "period 2026-09-01/2026-09-30"),
    ("9月份", "period 2026-09-01/2026-09-30"),
    ("2026.12", "period 2026-12-01/2026-12-31"),
    ("9月上旬", "period 2026-09-01/2026-09-10"),
    ("9月中旬", "period 2026-09-11/2026-09-20"),
    ("2月下旬", "period 2026-02-21/2026-02-28"),
    ("4月上中旬", "period 2026-04-01/2026-04-20"),
    ("第一季度", "period 2026-01-01/2026-03-31"),
    ("2026年四季度", "period 2026-10-01/2026-12-31"),
    ("前三季度", "period 2026-01-01/2026-09-30"),
    ("2025年前10个月", "period 2025-01-01/2025-10-31"),
    ("上半年", "period 2026-01-01/2026-06-30"),
    ("明年下半年", "period 2027-07-01/2027-12-31"),
    ("2021-2025年", "period 2021-01-01/2025-12-31"),
    ("2019—2020年", "period 2019-01-01/2020-12-31"),
    ("2026年至2028年", "period 2026-01-01/2028-12-31"),
    ("2021年1月1日至12月31日", "period 2021-01-01/2021-12-31"),
    ("2025年10月至2026年3月", "period 2025-10-01/2026-03-31"),
    ("10月至次年3月", "period 2026-10-01/2027-03-31"),
    ("1-6月", "period 2026-01-01/2026-06-30"),
    ("3月至5月", "period 2026-03-01/2026-05-31"),
    ("2026年1—6月", "period 2026-01-01/2026-06-30"),
    ("3月1日至5日", "period 2026-03-01/2026-03-05"),
    ("5月10-12日", "period 2026-05-10/2026-05-12"),
    ("“十四五”期间", "period 2021-01-01/2025-12-31"),
    ("十四五期间", "period 2021-01-01/2025-12-31"),
    ("“十三五”时期", "period 2016-01-01/2020-12-31"),
    ("“十五五”开局之年", "period 2026-01-01/2026-12-31"),
    ("自2019年7月1日起施行，有效期至2023年12月31日", "period 2019-07-01/2023-12-31"),
    ("本办法自2026年5月1日起施行，有效期至2031年4月30日。", "period 2026-05-01/2031-04-30"),
    ("自发布之日起施行，有效期至2027年4月30日", "period 2026-03-02/2027-04-30"),
    ("自2026年1月1日起施行，有效期5年", "period 2026-01-01/2030-12-31"),
    ("自2026年7月1日起实施，试行2年", "period 2026-07-01/2028-06-30"),
    ("自2026年1月1日至2027年12月31日", "period 2026-01-01/2027-12-31"),
    ("即日起至5月底", "period 2026-03-02/2026-05-31"),
    ("2026年1月1日起至2026年12月31日止", "period 2026-01-01/2026-12-31"),
    # The first day only
    ("自2026年7月1日起施行", "open_end 2026-07-01/-"),
    ("2021年起", "open_end 2021-01-01/-"),
    ("从今年起", "open_end 2026-01-01/-"),
    ("今年以来", "open_end 2026-01-01/-"),
    ("“十四五”以来", "open_end 2021-01-01/-"),
    ("2020年以后", "open_end 2021-01-01/-"),
    ("即日起", "open_end 2026-03-02/-"),
    # An event that is the document itself
    ("印发之日起", "relative 2026-03-02/-"),
    ("自本办法印发之日起施行", "relative 2026-03-02/-"),
    ("印发之日起10个工作日内", "relative -/2026-03-16"),
    ("自本通知印发之日起10个工作日内", "relative -/2026-03-16"),
    ("通知下发后15日内", "relative -/2026-03-17"),
    ("本办法自发布之日起30日后施行", "relative 2026-04-02/-"),
    # No end meant
    ("长期坚持", "continuous -/-"),
    ("持续推进", "continuous -/-"),
    ("常态化", "continuous -/-"),
    ("长期", "continuous -/-"),
    ("常态化开展", "continuous -/-"),
]


@pytest.mark.parametrize(("text", "expected"), DATED, ids=[text for text, _ in DATED])
def test_what_the_words_fix(text: str, expected: str) -> None:
    assert days(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("2027年前", ["2026-12-31", "2027-12-31"]),
        ("2027年以前", ["2026-12-31", "2027-12-31"]),
        ("9月前", ["2026-08-31", "2026-09-30"]),
        ("2027年6月前", ["2027-05-31", "2027-06-30"]),
        ("第三季度前", ["2026-06-30", "2026-09-30"]),
        ("9月中旬前", ["2026-09-10", "2026-09-20"]),
        ("年初", ["2026-01-31", "2026-03-31"]),
        ("年中", ["2026-06-30", "2026-07-31"]),
        ("3月初", ["2026-03-10"]),
        ("2030年左右", ["2030-12-31"]),
        ("汛期前", ["2026-03-31", "2026-05-31"]),
        ("2027年汛期前", ["2027-03-31", "2027-05-31"]),
        ("采暖季前", ["2026-11-14"]),
        ("入冬前", []),
        ("节前", []),
        ("年前", ["2026-12-31", "2027-02-05"]),
        ("本届政府任期内", []),
        ("到本世纪中叶", ["2049-12-31", "2050-12-31"]),
        ("今后三年", ["2028-12-31", "2029-12-31"]),
        ("力争用五年时间", ["2030-12-31", "2031-12-31"]),
        ("近期", []),
        ("13月底前", []),
        ("2月30日前", []),
        ("2099年春节前", []),
    ],
)
def test_no_date_is_made_up(text: str, candidates: list[str]) -> None:
    expression = read(text)
    assert (expression.kind, expression.start, expression.end) == ("ambiguous", None, None)
    assert [day.isoformat() for day in expression.candidates] == candidates


def test_three_years_within_which_no_event_is_named_stay_open() -> None:
    expression = read("三年内")
    assert days(expression) == "relative -/-"
    assert expression.candidates == (date(2028, 12, 31), date(2029, 3, 2))


@pytest.mark.parametrize(
    "text",
    [
        "最长期限不超过3年",
        "长期护理保险",
        "中长期规划",
        "“十四五”规划",
        "十四五规划",
        "“90后”",
        "12345热线",
        "24小时",
        "7×24小时",
        "15分钟生活圈",
        "2025年版",
        "《2019年重点工作方案》",
        "三年行动",
        "尽快",
        "及时",
        "定期",
        "逐年提高",
        "目前",
        "日前",
        "毕业5年内高校毕业生",
        "成立3年以内的企业",
        "近3年内",
        "连续三年",
        "近三年",
        "60周岁以上",
        "审批时限压缩至3个工作日以内",
        "公示期不少于5个工作日",
        "每人每年640元",
        "每户每月不低于300元",
        "2000年底前建成的老旧小区",
        "2020年6月30日前登记注册的企业",
        "提前1年达到100%",
        "G2001",
        "1.5年",
        "第十一届",
        "世界500强",
    ],
)
def test_what_sets_no_deadline(text: str) -> None:
    assert read(text).kind == "none"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每年", "FREQ=YEARLY"),
        ("每年3月10日前", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10"),
        ("每年6月底前", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"),
        ("每年年底前", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        ("每年底", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        ("每年第一季度", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1"),
        ("每年1月15日和7月15日前", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=15"),
        ("每年3月、9月", "FREQ=YEARLY;BYMONTH=3,9"),
        ("每年9月中旬前", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=20"),
        ("每年国庆节前", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30"),
        ("每年结束后2个月内", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("每年末", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        ("每年度终了后60日内", "FREQ=YEARLY;BYYEARDAY=60"),
        ("年度终了后3个月内", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1"),
        ("每年春节前", "FREQ=YEARLY"),
        ("每年汛期前", "FREQ=YEARLY"),
        ("一年一次", "FREQ=YEARLY"),
        ("每两年", "FREQ=YEARLY;INTERVAL=2"),
        ("每三年修订一次", "FREQ=YEARLY;INTERVAL=3"),
        ("每半年", "FREQ=MONTHLY;INTERVAL=6"),
        ("半年一次", "FREQ=MONTHLY;INTERVAL=6"),
        ("每半年结束后15日内", "FREQ=MONTHLY;BYMONTH=1,7;BYMONTHDAY=15"),
        ("每季度", "FREQ=MONTHLY;INTERVAL=3"),
        ("按季度", "FREQ=MONTHLY;INTERVAL=3"),
        ("逐季", "FREQ=MONTHLY;INTERVAL=3"),
        ("一季度一调度", "FREQ=MONTHLY;INTERVAL=3"),
        ("季度一研判", "FREQ=MONTHLY;INTERVAL=3"),
        ("季度终了后30日内", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=30"),
        ("每季度末", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        ("每季度末月", "FREQ=MONTHLY;BYMONTH=3,6,9,12"),
        ("每季度首月10日前", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
        ("每季度最后一个月25日前", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"),
        ("每季度结束后10日内", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
        ("每月", "FREQ=MONTHLY"),
        ("逐月", "FREQ=MONTHLY"),
        ("半月一汇报", "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
        ("月度结束后10日内", "FREQ=MONTHLY;BYMONTHDAY=10"),
        ("按月", "FREQ=MONTHLY"),
        ("每两个月", "FREQ=MONTHLY;INTERVAL=2"),
        ("每月5日前", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("每月10日、20日前", "FREQ=MONTHLY;BYMONTHDAY=10,20"),
        ("每月底前", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("每月上旬", "FREQ=MONTHLY;BYMONTHDAY=10"),
        ("每月最后一个工作日", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("每月第一个周一", "FREQ=MONTHLY;BYDAY=1MO"),
        ("双月", "FREQ=MONTHLY;BYMONTH=2,4,6,8,10,12"),
        ("每旬", "FREQ=MONTHLY;BYMONTHDAY=10,20,-1"),
        ("每周", "FREQ=WEEKLY"),
        ("每周五", "FREQ=WEEKLY;BYDAY=FR"),
        ("每周五下午下班前", "FREQ=WEEKLY;BYDAY=FR"),
        ("每周一、周三", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("每周一至周五", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("每两周", "FREQ=WEEKLY;INTERVAL=2"),
        ("隔周", "FREQ=WEEKLY;INTERVAL=2"),
        ("每个工作日", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("每天", "FREQ=DAILY"),
        ("每日", "FREQ=DAILY"),
        ("每10天调度一次", "FREQ=DAILY;INTERVAL=10"),
    ],
)
def test_what_recurs(text: str, rule: str) -> None:
    expression = read(text)
    assert (expression.kind, expression.rrule) == ("recurring", rule)
    assert rrulestr(rule, dtstart=START)[3] > START


def test_how_often_within_a_period_is_kept() -> None:
    expression = read("每年至少检查2次")
    assert (expression.rrule, expression.times) == ("FREQ=YEARLY", 2)


def test_working_days_after_each_period_have_no_fixed_day() -> None:
    expression = read("每月结束后5个工作日内")
    assert (expression.rrule, expression.working_days, expression.note) == ("FREQ=MONTHLY", 5, "working_days_after")


@pytest.mark.parametrize("text", ["2026年起，每年3月底前报送", "从2026年1月起，务于每年3月底前报送"])
def test_a_rule_begins_where_the_words_say(text: str) -> None:
    expression = read(text)
    assert (expression.rrule, expression.start) == ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "trigger", "end"),
    [
        ("收到申请之日起20个工作日内", "2026-03-02", "2026-03-30"),
        ("自接到通知之日起15日内", "2026-01-31", "2026-02-15"),
        ("受理后7个工作日内", "2026-09-28", "2026-10-13"),  # the National Day holidays and a shifted Saturday
        ("10个工作日内", "2026-04-28", "2026-05-14"),
        ("1个月内", "2026-01-31", "2026-02-28"),
        ("3个月内", "2025-11-30", "2026-02-28"),
        ("两年内", "2024-02-29", "2026-02-28"),
        ("半年内", "2026-08-31", "2027-02-28"),
        ("一年半内", "2026-03-02", "2027-09-02"),
        ("一周内", "2026-03-02", "2026-03-09"),
        ("一月内", "2026-03-02", "2026-04-02"),
        ("半个月内", "2026-03-02", "2026-03-17"),
        ("接到投诉后24小时内", "2026-03-02", "2026-03-03"),
        ("48小时内", "2026-03-02", "2026-03-04"),
        ("有效期届满30日前", "2026-12-31", "2026-12-01"),
        ("提前5个工作日", "2026-03-16", "2026-03-09"),
        ("会议召开前3个工作日", "2026-03-16", "2026-03-11"),
        ("期满前3个月", "2026-12-31", "2026-09-30"),
        ("次日内", "2026-03-02", "2026-03-03"),
    ],
)
def test_limits_count_from_the_trigger_and_not_its_day(text: str, trigger: str, end: str) -> None:
    expression = read(text, trigger=date.fromisoformat(trigger))
    assert (expression.kind, str(expression.end)) == ("relative", end)
    without = read(text)
    assert (without.kind, without.end, without.note) == ("relative", None, "event_unknown")


def test_working_days_keep_their_count() -> None:
    assert read("15个工作日内").working_days == 15
    assert read("15日内").working_days is None


def test_a_year_without_a_calendar_is_said_so_and_not_guessed() -> None:
    expression = read("10个工作日内", trigger=date(2090, 12, 25))
    assert (expression.end, expression.candidates, expression.note) == (None, (), "year_not_published")


@pytest.mark.parametrize(
    ("text", "on", "end"),
    [
        ("1月底前", "2026-12-20", "2027-01-31"),
        ("3月底前", "2026-12-20", "2027-03-31"),
        ("11月底前", "2026-12-20", "2027-11-30"),
        ("12月底前", "2026-12-20", "2026-12-31"),
        ("2月底前", "2026-03-02", "2026-02-28"),
        ("6月底前", "2026-10-15", "2027-06-30"),
        ("一季度末", "2026-12-20", "2027-03-31"),
        ("2026年1月底前", "2026-12-20", "2026-01-31"),
    ],
)
def test_a_missing_year_counts_from_the_day_of_issue(text: str, on: str, end: str) -> None:
    assert str(read(text, on=date.fromisoformat(on)).end) == end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月底前启动、12月底前完成", "12月底前"),
        ("2026年3月启动，9月底前完成", "9月底前"),
        ("请于9月底前完成2025年度考核", "9月底前"),
        ("2025年增长6%，年底前完成验收，每季度报告进展", "年底前"),
        ("持续推进老旧小区改造，10月底前完工", "10月底前"),
        ("按《2027年底前工作方案》于6月底前完成", "6月底前"),
    ],
)
def test_of_several_the_one_that_sets_the_deadline(text: str, expected: str) -> None:
    times = read_times(text, on=ON)
    assert times.main.text == expected
    assert times.main in times.all


def test_a_month_takes_the_year_that_the_sentence_named() -> None:
    assert str(read("2027年3月启动，9月底前完成").end) == "2027-09-30"


def test_the_year_of_a_plan_goes_before_the_day_of_issue() -> None:
    words = "3月底前完成方案，年底前完成建设"
    found = find_times(words, 0, len(words), Dating(date(2026, 12, 20), 2027))
    assert [str(each.expression.end) for each in found] == ["2027-03-31", "2027-12-31"]


def test_without_a_day_of_issue_the_year_of_the_plan_counts() -> None:
    words = "3月底前和今年底前"
    assert [str(each.expression.end) for each in find_times(words, 0, len(words), Dating(None, 2027))] == [
        "2027-03-31",
        "2027-12-31",
    ]
    assert [each.expression.note for each in find_times(words, 0, 5, Dating())] == ["year_missing"]


def test_expressions_stand_in_order_with_their_places() -> None:
    words = "自2026年1月1日起,市财政局每季度报告,9月底前完成。"
    found = find_times(words, 0, len(words), Dating(ON, 2026))
    assert [words[each.first : each.last] for each in found] == ["自2026年1月1日起", "每季度", "9月底前"]
    assert all(words[each.first : each.last] == each.expression.text for each in found)


_WORDS = (
    "2026 2027 9 12 31 1. . 二〇二六 三十 五 半 年 月 日 底 末 前 以前 内 起 至 到 自 — - 、 ， 。 《 》 “ ” 每 季度 "
    "周 旬 个 工作日 之日 印发 收到 后 有效期 十四五 期间 春节 国庆 汛期 长期 持续推进 次 一次 第 上 下 今 明 去 近 "
    "不超过 届满 提前 小时 ( ) 元 人"
)
_PIECES = st.sampled_from(_WORDS.split())


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_PIECES, max_size=14), st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.booleans())
def test_no_words_break_it(pieces: list[str], on: date, is_triggered: bool) -> None:
    text = "".join(pieces) or "年"
    view = make_view(text)
    last = 0
    for found in find_times(view.folded, 0, len(view.folded), Dating(on, on.year), on if is_triggered else None):
        expression = found.expression
        assert last <= found.first < found.last <= len(view.folded)
        assert not expression.note or expression.note in NOTES
        assert expression.start is None or expression.end is None or expression.start <= expression.end
        if expression.rrule is not None:
            rrulestr(expression.rrule, dtstart=START)
        last = found.last
    read_times(text, on=on)


@pytest.mark.parametrize(
    "piece",
    ["9月", "2026年", "每", "每1", "收到", "一二三", "之日起", "1-", "前", "自印发", "3个工作日内", "《", "“十四五"],
)
def test_endless_words_cost_no_more_than_their_length(piece: str) -> None:
    short = _seconds(piece * 500)
    assert _seconds(piece * 2_000) < short * 12 + 0.5


def _seconds(words: str) -> float:
    begun = time.process_time()
    find_times(words, 0, len(words), Dating(ON, 2026))
    return time.process_time() - begun
