"""Figures with units: exact values, units kept, multipliers resolved, and what is no quantity."""

from decimal import Decimal

import pytest

from luoshi.standards.quantities import Quantity, find_quantities, kind_of_unit, parse_number

NUMBERS = {
    "5": "5",
    "4.5": "4.5",
    "1,200": "1200",
    "12,345,678": "12345678",
    "4万": "40000",
    "1.1万": "11000",
    "100亿": "10000000000",
    "1.4万亿": "1400000000000",
    "5千": "5000",
    "3百": "300",
    "2.5千万": "25000000",
    "十": "10",
    "十二": "12",
    "二十": "20",
    "一百零八": "108",
    "一千零五": "1005",
    "两百": "200",
    "四万五千": "45000",
    "四万五": "45000",
    "三亿二千万": "320000000",
    "一万亿": "1000000000000",
    "二〇二一": "2021",
    "六点五": "6.5",
    "零点三": "0.3",
}

FOUND = {
    "新增就业4万人": [("40000", None, "人")],
    "产能100亿斤": [("10000000000", None, "斤")],
    "容量368万千伏安": [("3680000", None, "千伏安")],
    "装机350万千瓦": [("3500000", None, "千瓦")],
    "用电2千瓦时": [("2", None, "千瓦时")],
    "造林7万亩": [("70000", None, "亩")],
    "修复253.5公顷": [("253.5", None, "公顷")],
    "增长6%": [("6", None, "%")],
    "死亡率2.3‰": [("2.3", None, "‰")],
    "提高0.5个百分点": [("0.5", None, "个百分点")],
    "提高3百分点": [("3", None, "个百分点")],
    "浓度35微克/立方米": [("35", None, "微克/立方米")],
    "补助580元/人": [("580", None, "元/人")],
    "20.5人/万人": [("20.5", None, "人/万人")],
    "投资3500亿元": [("350000000000", None, "元")],
    "外资2亿美元": [("200000000", None, "美元")],
    "绿地19.5万平米": [("195000", None, "平方米")],
    "节约标煤5万吨标煤": [("50000", None, "吨标准煤")],
    "百分之九十五": [("95", None, "%")],
    "百分之六点五": [("6.5", None, "%")],
    "千分之三": [("0.3", None, "%")],
    "三分之一": [("33.33", None, "%")],
    "九成以上": [("90", None, "%")],
    "增长两倍": [("2", None, "倍")],
    "6%-6.5%": [("6", "6.5", "%")],
    "6%至6.5%": [("6", "6.5", "%")],
    "1—2个": [("1", "2", "个")],
    "2~3家": [("2", "3", "家")],
    "10-12万人": [("100000", "120000", "人")],
    "10万至12万人": [("100000", "120000", "人")],
    "两到三家": [("2", "3", "家")],
    "突破千亿元": [("100000000000", None, "元")],
    "10件和20项": [("10", None, "件"), ("20", None, "项")],
    "压缩至3个工作日": [("3", None, "个工作日")],
    "达到80岁": [("80", None, "岁")],
}

NO_QUANTITIES = [
    "世界500强",
    "G309冠县段",
    "第十一届",
    "第3次会议",
    "PM2.5平均浓度",
    "5A级景区",
    "12345热线",
    "2×66万千瓦",
    "万元GDP能耗",
    "2020—2025年",
    "3个多月",
    "数十家企业",
    "几个方面",
    "一带一路",
    "〔2021〕9号",
    "4G网络",
    "",
]


def _brief(found: Quantity) -> tuple[str, str | None, str]:
    high = None if found.high is None else f"{found.high:f}"
    value = found.value.quantize(Decimal("0.01")) if found.value % 1 and len(str(found.value)) > 9 else found.value
    return f"{value.normalize():f}", None if high is None else f"{Decimal(high).normalize():f}", found.unit


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_a_number_has_its_exact_value(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "万", "abc", "1.2.3", "十a", "9" * 40, "点五", "百分"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) in (None, Decimal(10000))
    assert text == "万" or parse_number(text) is None


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_a_quantity_keeps_its_unit(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert [_brief(found) for found in find_quantities(text)] == expected


@pytest.mark.parametrize("text", NO_QUANTITIES)
def test_what_is_no_quantity(text: str) -> None:
    assert list(find_quantities(text)) == []


@pytest.mark.parametrize("text", ["1300余万剂次", "2万余套", "5800余亩", "10多万人", "三十余家"])
def test_more_than_the_figure_is_noted(text: str) -> None:
    (found,) = find_quantities(text)
    assert found.more


def test_a_quantity_stands_where_it_is_printed() -> None:
    text = "建设标准厂房20万平方米以上"
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == "20万平方米"


def test_a_share_of_a_longer_text_is_read() -> None:
    text = "甲5家乙6家丙7家"
    assert [found.value for found in find_quantities(text, 3, 6)] == [6]


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("家", "count"), ("亩", "measure"), ("元", "money"), ("%", "share"), ("元/月", "money"), ("朵", None)],
)
def test_a_unit_has_its_kind(unit: str, kind: str | None) -> None:
    assert kind_of_unit(unit) == kind
