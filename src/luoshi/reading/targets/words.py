"""The words around figures in official Chinese, by what they do to the figure."""

import re
import tomllib
from importlib.resources import files
from typing import Final

_TABLES: Final[dict[str, dict[str, str]]] = tomllib.loads(
    files("luoshi.reading.targets").joinpath("words.toml").read_text(encoding="utf-8")
)
BEFORE: Final[dict[str, str]] = {word: code for code, words in _TABLES["before"].items() for word in words.split()}
LONGEST_BEFORE: Final = max(map(len, BEFORE))
OPENING: Final = frozenset(_TABLES["head"]["opening"].split())
ACTING: Final = frozenset(_TABLES["head"]["acting"].split())
WEAK: Final = frozenset(_TABLES["head"]["weak"].split())
MADE: Final = frozenset(_TABLES["head"]["made"].split())
BARE: Final = frozenset(_TABLES["head"]["bare"].split())
TAILS: Final = tuple(sorted(_TABLES["names"]["tails"].split(), key=len, reverse=True))
SETTING: Final = tuple(_TABLES["names"]["setting"].split())
LONGEST_HEAD: Final = max(map(len, OPENING | ACTING))
JOINS: Final = re.compile(r"(?:、|或者|或|和|及|以及|并(?![购网联轨])|与|暨)+")
HEAD_TIME: Final = re.compile(
    r"今明两年|“[^”]{2,8}”(?:期间|时期|末|以来)|近[一二三四五两\d]{1,2}年|[一二三四五两\d]{1,2}年(?:内|来|间|时间|累计)|"
    r"(?:截至|截止|到|至|在|于|从)?(?:(?:\d{4}|今|明|本|去|后|当|次|每|两)年)?(?:年?(?:底|末|初|内|中)|\d{1,2}月(?:\d{1,2}日|份|底|末)?|"
    r"(?:上|下)半年|[一二三四]季度(?:末)?)?(?:以前|之前|前|以内|之内|内|起|期间)?,?"
)
# Short words that open a clause, unless they begin a longer word.
HEAD_SHORT: Final = re.compile(
    r"将(?!军)|要(?!素|道|塞|闻|件|点)|再(?!生|就业|贷款|融资|制造|保险)|并(?!网|购|联|轨)|且|又|另|还(?!款|贷|迁|建)|也|使(?!用)|让(?!利)|"
    r"已|可(?!网|再|持续|支配|循环|用|利用|研|吸入)|共(?!享|建|同|有|性|青|振|产|治)|各(?!类|级|项|种|地)|均(?!衡)|约"
)
# Words that begin like a verb and are names.
HEAD_NAMES: Final = re.compile(
    r"高标准(?:基本)?农田|服务(?:业|贸易|外包|消费|器|站|中心|平台|点|设施|体系|事项|区|型)|研发(?:投入|经费|费用|机构|平台|中心|人员|活动)|开发区|登记(?:失业|注册)|"
    r"投入(?:强度|产出)|主导(?:产业|产品|品种)|引导基金|投资(?:强度|总额|完成额|规模|项目|额)|安置[房区]|应用场景|转移(?:支付|就业)|储备粮|救助站|发展(?:区|改革|指数)|"
    r"通车里程|改造面积|建设用地|处置率|设施|运营(?:里程|车辆)|覆盖(?:率|面)|培训(?:人次|人数|班|基地)|监测(?:站|点)|检查站|孵化(?:器|载体|基地|面积)|"
    r"合计|监测对象|并购|建成区|基本(?:医疗|医保|养老|公共|生活|殡葬|药物|农田)|和(?:美(?!德)|谐|平)|注册(?:商标|资本)|提升(?:行动|工程)|推广面积|落实率|整合率|签约率|吸引力|成功率|重点|保持率"
)
COMPARED: Final = re.compile(
    r"(?:比|较|与)(?:上一?年|去年|前年|年初|五年前|上届|往年|疫情前|同期|当前|\d{4}年|\d{4}年度|“[^”]{1,6}”|期初|改革前|整治前)"
    r"(?:同期|度|年?底|年?末|初|末期|时期|基数)?(?:相比)?$|"
    r"(?:\d{4}|今|去|本|上|前)年(?:年?底|年?末)?的?$"
)
AFTER: Final[dict[str, str]] = {
    "及以上": ">=",
    "或以上": ">=",
    "以上": ">=",
    "之上": ">=",
    "及以下": "<=",
    "以下": "<=",
    "以内": "<=",
    "之内": "<=",
    "内": "<=",
    "左右": "~",
    "上下": "~",
    "之多": "=",
}
AFTER_PATTERN: Final = re.compile("|".join(sorted(AFTER.keys() - {"内"}, key=len, reverse=True)))
AFTER_WITHIN: Final = re.compile("|".join(sorted(AFTER, key=len, reverse=True)))

RISING: Final = ("增幅", "增速", "涨幅", "增长率", "增长")
FALLING: Final = ("降幅", "下降率", "降低率", "削减率", "减排率", "压减率")

# Ends of names of things that are measured; what stands before 、 with such an end has the figure too.
MEASURED: Final = re.compile(
    r"(?:收入|支出|利税|利润|产值|增加值|[率额量值费]|投资|消费|能耗|水耗|电耗|浓度|比重|占比|比例|人数|面积|里程|出口|进口|余额|规模|税收|密度|"
    r"强度|产能|指数|天数|营收|总产|单产|成本|时间|时限|存款|贷款|生产总值|GDP|PM\d[\d.]*|数|幅|度|水平|外资|需氧量|氨氮)$"
)
RULES: Final = re.compile(
    r"给予|同一(?:企业|单位|项目|个人)|补贴标准|补助标准|奖励标准|一次性|罚款|处以|最高|额度|贴息|担保费|免征|减免|减半|减按|每人|每户|每亩|每家|每次|每日|人均补|"
    r"按照?[^,]{0,30}(?:标准|比例)|(?:补贴|补助|奖励|奖补|资助)(?:资金)?$|缴费|缴纳|收取|违约金|保证金|自付|报销|起付|封顶|划拨|核定"
)
GOALS: Final = re.compile(
    r"目标|力争|确保|争取|到20\d\d年|年底|年内|达到|新增|新建|建成|完成|实现|打造|培育|创建|突破|超过|不低于|不高于|不少于|不大于|不超过|合计|总计|推广|控制在|稳定在|保持在|以上|左右|提高|增长|下降|降低|"
    r"(?:改造|整治|治理|修复|开发|开行|开通|引进|招引|发放|举办|培训|改建|扩建|购置|加装|更新|选派|筹集)[^,。;:]{1,24}\d"
)
RESULT_ONLY: Final = re.compile(
    r"(?:截至|截止)(?:20\d\d年|目前|\d{1,2}月)|目前|已(?:建成|完成|累计|有|达)[^,;的]{0,12}\d|累计已|现有[^,;的]{0,12}\d|现已[^,;的]{0,12}\d"
)

# After a figure that already has its noun; the shorter list where the noun may still follow.
ENDING: Final = re.compile(
    r"(?:□+)?(?:等|惠及|带动|拉动|用于|同比|增长|占|较|比|并(?!购|网)|且|和|及|以及|与|或|大关|关口|台阶|位居|的(?:目标|水平|要求|标准|任务|规模|增速|速度)$)"
)
FOLLOWING_VERB: Final = re.compile(
    r"(?:□+)?(?:完成|建成|达到|达标|开工|投用|投入|投产|通车|入选|升规|纳统|上市|实现|竣工|完工|顺利|全部|惠及|带动|拉动|用于|支持|增长|占|同比|"
    r"成功|获批|获|并|且|位居|居(?!民|家|住)|较|比|为(?!民|农)|再(?!生)|提升|提高|高于|快于|下降|以确保|创(?!业|新|客|意)|列(?!车)|连续|大关|关口|台阶|是|有效|助力|解决|受益|服务(?!中心|站|点|平台|业|区)|覆盖|新增|基本(?!农田)|正式|交付|启用|"
    r"进入|等|转化|落地|脱贫|超额|相继|签约|和|及|以及|与|或|的(?:目标|水平|要求|标准|任务|规模|增速|速度|增长|比例|(?:增长|递增)?(?:速度|幅度)|增长率|增幅)$)"
)
MILESTONES: Final = re.compile(
    r"通过|验收|创成|建设?完工|建成|完成|达到|达标|开工|投用|投入使用|投产|通车|入选|升规|纳统|上市|实现|竣工|完工|启用|创建|开通|摘帽|脱贫|退出|覆盖|改造|运营|整治|安置|入库|纳入|列入|用于|投向|提能升级"
)
FUNDS: Final = ("资金", "贷款", "债券", "消费券", "基金", "投资", "税", "补贴", "融资", "产值", "收入", "授信", "奖金")
EMPTY_NOUNS: Final = re.compile(
    r"^(?:方面|环节|层面|维度|原则|阶段|部分|大类|以来|左右|角度|重大$|基本原则|字|头|关键|类别|位次|名次|月|工作日|小时)"
)
