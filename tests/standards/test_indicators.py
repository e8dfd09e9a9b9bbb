"""Names of indicators: wordings of one thing meet, other things stay apart."""

import itertools
from time import perf_counter

import pytest

from luoshi.standards.indicators import indicator_key, suggest_same

MEETING = [
    ("规上工业增加值", "规模以上工业增加值", "全市规模以上工业增加值增速", "规模以上工业增加值增幅"),
    ("地区生产总值", "生产总值", "GDP", "全市生产总值增长", "地区生产总值（GDP）"),
    ("一般公共预算收入", "地方一般公共预算收入", "全区一般公共预算收入增幅"),
    ("社会消费品零售总额", "社消零", "社零额", "社会消费品零售总额增速"),
    ("城镇新增就业", "城镇新增就业人数", "新增城镇就业", "新增就业"),
    ("空气优良率", "优良天数比例", "空气质量优良率", "空气质量优良天数比例"),
    ("PM2.5", "PM2.5平均浓度", "细颗粒物（PM2.5）平均浓度", "PM2.5浓度", "ＰＭ2.5"),
    ("万元GDP能耗", "单位GDP能耗", "单位地区生产总值能耗", "万元GDP能耗下降率"),
    ("研发投入强度", "全社会研发投入占GDP比重", "研发投入占地区生产总值的比重", "R&D经费投入强度"),
    ("规上工业企业营收", "规模以上工业企业营业收入"),
    ("省级及以上创新平台", "省级以上创新平台"),
    ("“专精特新”企业", "专精特新企业", "专精特新中小企业"),
    ("外贸进出口", "进出口总额", "外贸进出口总额"),
    ("实际使用外资", "实际利用外资"),
    ("棚改", "棚户区改造"),
    ("固定资产投资", "固定资产投资增速", "全市固定资产投资"),
    ("农村居民人均可支配收入", "农民人均可支配收入"),
]

APART = [
    "地区生产总值",
    "规模以上工业增加值",
    "一般公共预算收入",
    "一般公共预算支出",
    "城镇居民人均可支配收入",
    "农村居民人均可支配收入",
    "出口",
    "进口",
    "进出口总额",
    "空气质量优良天数",
    "空气质量优良天数比例",
    "PM2.5",
    "PM10",
    "存款余额",
    "贷款余额",
    "城镇登记失业率",
    "城镇调查失业率",
    "高新技术企业",
    "科技型中小企业",
    "万元GDP能耗",
    "万元GDP水耗",
    "工业投资",
    "民间投资",
    "固定资产投资",
]


@pytest.mark.parametrize("names", MEETING)
def test_wordings_of_one_indicator_meet(names: tuple[str, ...]) -> None:
    assert len({indicator_key(name) for name in names}) == 1


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(APART, 2)))
def test_other_indicators_stay_apart(first: str, second: str) -> None:
    assert indicator_key(first) != indicator_key(second)


@pytest.mark.parametrize("name", [name for group in MEETING for name in group] + APART + ["", "，", "增长", "全市"])
def test_a_key_of_a_key_is_itself(name: str) -> None:
    key = indicator_key(name)
    assert indicator_key(key) == key


def test_likely_pairs_are_suggested_and_contrary_ones_are_not() -> None:
    names = [
        "培育瞪羚企业",
        "瞪羚企业",
        "农产品加工业产值",
        "农产品加工产值",
        "出口产品质量合格率",
        "进口产品质量合格率",
    ]
    pairs = {frozenset((pair.first, pair.second)) for pair in suggest_same(names)}
    assert frozenset(("农产品加工业产值", "农产品加工产值")) in pairs
    assert frozenset(("出口产品质量合格率", "进口产品质量合格率")) not in pairs


def test_wordings_with_one_key_are_no_suggestion() -> None:
    assert suggest_same(["规上工业增加值", "规模以上工业增加值"]) == []


def test_suggestions_come_likeliest_first_with_scores_up_to_100() -> None:
    found = suggest_same(["新建农村公路", "农村公路", "改造农村公路里程", "农村公路改造"])
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    assert all(0 < pair.score <= 100 for pair in found)


def test_suggestions_miss_nothing_that_comparing_everything_would_find() -> None:
    names = [
        "".join(parts)
        for parts in itertools.product(("规模", "农业", "养老"), ("企业", "机构", "设施"), ("床位", "床位补", "服务点"))
    ]
    pairs = {frozenset((pair.first, pair.second)) for pair in suggest_same(names)}
    one_by_one = {frozenset(both) for both in itertools.combinations(names, 2) if suggest_same(both)}
    assert pairs == one_by_one
    assert len(pairs) > 5


def test_thousands_of_names_are_compared_in_little_time() -> None:
    chars = "工农服城居学医道河泵位床养托就公老高科专绿造湿污垃"
    names = ["".join(parts) for parts in itertools.product(chars, chars, ("产值", "面积项目", "处理能力"))]
    for name in names:
        indicator_key(name)
    started = perf_counter()
    assert suggest_same(names)
    assert perf_counter() - started < 10
