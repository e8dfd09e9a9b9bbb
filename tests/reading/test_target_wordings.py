"""Wordings of figures met in reports and plans of other places, retold in words of invented ones."""

import pytest
from tests.reading.reader import read

from luoshi.reading.findings import Target

HEAD = "政府工作报告\n——2031年1月20日在青岚市第九届人民代表大会第五次会议上\n各位代表：\n"
PAST = HEAD + "一、2030年工作回顾\n"
AHEAD = HEAD + "二、2031年工作安排\n"
PLAN = "2031年青岚市重点工作责任分解方案\n各有关单位：\n一、重点工作\n"


def targets(text: str) -> list[Target]:
    """Every target of an invented text."""
    return [target for document in read(text).documents for target in document.targets]


def told(target: Target) -> str:
    """A target in one line."""
    value = "-" if target.value is None else f"{target.value:g}"
    return f"{target.indicator} {target.comparator} {value} {target.unit or target.reference}"


PROMISED = {
    "为超过6万名适龄妇女免费提供两癌筛查。": ["适龄妇女免费提供两癌筛查 > 60000 名"],
    "支持超12所乡镇中学补短板。": ["乡镇中学补短板 > 12 所"],
    "为8千名困境、留守儿童开展心理评估。": ["困境、留守儿童开展心理评估 = 8000 名"],
    "整合提升90个民生综合体。": ["民生综合体 = 90 个"],
    "整体提升40所学校、15家医院周边环境。": ["学校 = 40 所", "医院周边环境 = 15 家"],
    "改造提升超300个已建成村庄的污水设施。": ["已建成村庄的污水设施 > 300 个"],
    "实施青石路、柳河路等21条道路改造。": ["道路改造 = 21 条"],
    "争取30个以上项目纳入省级用地保障范围。": ["项目纳入省级用地保障范围 >= 30 个"],
    "着力推进60个先进制造业项目。": ["先进制造业项目 = 60 个"],
    "推进垃圾分类，市城区4个街道基本建成示范片区。": ["街道基本建成示范片区 = 4 个"],
    "确保完成年度投资350亿以上。": ["年度投资 >= 3.5e+10 元"],
    "高技术产业投资增幅高于固定资产投资。": ["高技术产业投资增幅 > - 固定资产投资"],
    "提升改造210公里农村公路。": ["农村公路 = 210 公里"],
    "新增开发装机突破100万千瓦。": ["开发装机 > 1e+06 千瓦"],
    "将托管帮扶从15个县（市）扩大到57个县（市）。": ["托管帮扶 = 57 个"],
    "实现8万以上贫困人口脱贫。": ["贫困人口脱贫 >= 80000 人"],
    "9个山区县、1个水库移民县摘帽。": ["山区县 = 9 个", "水库移民县摘帽 = 1 个"],
    "为7万妇女免费开展筛查。": ["妇女免费开展筛查 = 70000 人"],
    "建成通车青南、柳平、周北3条高速公路。": ["高速公路 = 3 条"],
    "为8万名80岁以上老人发放津贴。": ["80岁以上老人发放津贴 = 80000 名"],
    "增加1万个普通高中学位，改善条件。": ["普通高中学位 = 10000 个"],
    "60%公办学校纳入集团化管理。": ["公办学校纳入集团化管理 = 60 %"],
    "现有超载区逐步退出，森林覆盖率超过24%。": ["森林覆盖率 > 24 %"],
    "省级以上绿色工厂达到30家，其中国家级5家。": ["省级以上绿色工厂 = 30 家", "国家级绿色工厂 = 5 家"],
    "打造3个省级、10个市级示范村。": ["省级示范村 = 3 个", "市级示范村 = 10 个"],
    "建成区绿化覆盖率、绿地率分别达到42%和38%。": ["建成区绿化覆盖率 = 42 %", "绿地率 = 38 %"],
    "高标准农田累计建成50万亩。": ["高标准农田 = 500000 亩"],
    "每个乡镇建成1所公办中心幼儿园。": ["公办中心幼儿园 = 1 所"],
    "落实市委九届八次全会精神。": [],
    "经济总量迈上5万亿台阶。": [],
}


@pytest.mark.parametrize(("words", "expected"), PROMISED.items())
def test_promises(words: str, expected: list[str]) -> None:
    """Each wording gives its figure, and no other."""
    assert [told(target) for target in targets(AHEAD + words + "\n")] == expected


CLAIMED = {
    "八成以上财政资金用于民生。": ["财政资金用于民生 >= 80 %"],
    "为2万名农民工解决了拖欠工资问题。": ["农民工解决了拖欠工资问题 = 20000 名"],
    "低保标准从796元/月提高至842元/月。": ["低保标准 = 842 元/月"],
    "铁路客运量超过千万人次。": ["铁路客运量 > 1e+07 人次"],
    "PM2.5平均浓度低于每立方米19微克。": ["PM2.5平均浓度 < 19 微克/立方米"],
    "城镇、农村居民收入分别增长5.9%和7%。": ["城镇居民收入 = 5.9 %", "农村居民收入 = 7 %"],
    "失业率、涨幅分别低于全省0.5、1.2个百分点。": ["失业率 = 0.5 个百分点", "涨幅 = 1.2 个百分点"],
    "集成电路、锂电池出口分别增长10%、5%。": ["集成电路出口 = 10 %", "锂电池出口 = 5 %"],
    "刑事、治安案件分别下降6%、3%。": ["刑事案件 = 6 %", "治安案件 = 3 %"],
    "美丽河湖、美丽海湾建成率分别达到30%、50%。": ["美丽河湖建成率 = 30 %", "美丽海湾建成率 = 50 %"],
    "环卫覆盖率、自来水普及率分别提高到60%、92%。": ["环卫覆盖率 = 60 %", "自来水普及率 = 92 %"],
    "养老金制度全面实施、开户60万人。": ["开户 = 600000 人"],
    "96个重点项目全部开工。": ["重点项目 = 96 个"],
    "完成并购重组39起。": ["并购重组 = 39 起"],
    "财政收入达到1350亿元，3年增长58.6%。": ["财政收入 = 1.35e+11 元", "财政收入 = 58.6 %"],
    "生产总值增长8%，快于2029年1.8个百分点。": ["生产总值 = 8 %", "生产总值 = 1.8 个百分点"],
    "主导产业产值突破90亿元。": ["主导产业产值 > 9e+09 元"],
    "保费由每生每年5元提高到8元。": ["保费 = 8 元"],
    "进出口总值五年累计超过38亿元。": ["进出口总值 > 3.8e+09 元"],
    "规上企业达到300家，增加25家。": ["规上企业 = 300 家", "规上企业 = 25 家"],
    "村庄整治基本实现全覆盖。": ["村庄整治覆盖率 = 100 %"],
}


@pytest.mark.parametrize(("words", "expected"), CLAIMED.items())
def test_claims(words: str, expected: list[str]) -> None:
    """Each wording gives its figures, each with its own name."""
    assert [told(target) for target in targets(PAST + words + "\n")] == expected


def test_lines_of_a_list_without_full_stops_do_not_run_together() -> None:
    """Each short line is an item of its own."""
    lines = (
        "新增就业9000人\n为8个小区新增充电设施\n"
        "新建20公里生态绿道及市民健身步道，完善沿线照明和座椅等配套服务设施\n改造11家敬老院\n"
    )
    assert [target.value for target in targets(PLAN + lines)] == [9000, 8, 20, 11]


def test_a_heading_right_below_the_title_is_no_part_of_a_sentence() -> None:
    """Even where no full stop stands between them."""
    text = "政府工作报告\n——2031年1月20日在青岚市第九届人民代表大会第五次会议上\n二、2031年工作安排\n新建学校10所。\n"
    assert [(target.quote, target.role) for target in targets(text)] == [("新建学校10所", "promise")]


YEARS = {
    "一、2030年和“十五五”时期工作回顾\n2030年，新建学校1所。\n"
    "各位代表！2030年目标任务的完成，标志着“十五五”圆满收官。\n新建学校2所。\n": [
        (1, "result", 2030, 2030),
        (2, "result", 2026, 2030),
    ],
    "一、工作回顾\n——这是民生改善的五年。新建学校3所。\n——增速创五年来最高，新建学校4所。\n": [
        (3, "result", 2026, 2030),
        (4, "result", 2026, 2030),
    ],
    "一、2030年工作回顾\n（六）着力办好民生实事，生活品质提高\n新建学校5所。\n": [(5, "result", 2030, 2030)],
    "二、“十五五”发展成就和“十六五”主要目标任务\n过去五年，新建学校6所。\n根据第十六个五年规划建议，新建学校7所。\n": [
        (6, "result", 2026, 2030),
        (7, "promise", 2031, 2035),
    ],
    "二、“十六五”目标任务和2031年工作安排\n“十六五”时期，新建学校8所。\n今年是开局之年。新建学校9所。\n": [
        (8, "promise", 2031, 2035),
        (9, "promise", 2031, 2031),
    ],
    "三、一鼓作气勇争先\n2031年是“十六五”开局之年。新建学校10所。\n": [(10, "promise", 2031, 2031)],
}


@pytest.mark.parametrize(("words", "expected"), YEARS.items())
def test_years_of_a_report(words: str, expected: list[tuple[int, str, int, int]]) -> None:
    """Headings, paragraphs and words say whether a figure is promised or claimed, and of which years."""
    found = [(target.value, target.role, target.since, target.until) for target in targets(HEAD + words)]
    assert found == expected


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("青岚市工业倍增行动计划（2031—2035年）", (2031, 2035)),
        ("青岚市国民经济和社会发展第十六个五年规划纲要", (2031, 2035)),
        ("青岚市“十六五”时期养老服务规划", (2031, 2035)),
    ],
)
def test_years_of_a_plan(title: str, years: tuple[int, int]) -> None:
    """The title of a plan names the years it is for."""
    found = targets(f"{title}\n一、主要目标\n全市新建学校10所以上，养老床位达到500张。\n")
    assert [(target.since, target.until) for target in found] == [years, years]
