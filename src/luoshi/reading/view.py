"""A view of a text without white space and in one width, with the way back to the offsets of the text.

Official documents break lines anywhere, also inside names and labels. Grammar therefore runs over this view, in which
a name is always in one piece, and only its findings are carried back to the text.
"""

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from luoshi.reading.model import Span

_FILLED: Final = re.compile(r"\S+")
_FOLDS: Final = (
    *((chr(code), chr(code - 0xFEE0)) for code in range(0xFF01, 0xFF5F)),
    *zip("∶﹙﹚﹛﹜﹝﹞﹕﹔﹐﹑｡､｢｣〖〗〘〙", ":(){}〔〕:;,、。、「」【】【】", strict=True),
)
# Traditional characters of the words that the grammar knows, each before its simplified form. Folding is for finding
# only: what was found is always shown as printed.
_PAIRS: Final = (
    "責责單单牽牵頭头領领導导門门負负實实執执參参與与協协辦办聯联繫系時时間间處处職职財财務务發发員员會会廳厅區区縣县鄉乡鎮镇衛卫設设機机構构隊队監监體体業业產产學学車车農农險险資资電电團团館馆總总長长記记"
    "書书組组園园級级屬属駐驻關关於于條条節节編编號号頁页轉转錄录細细則则規规劃划計计標标準准綱纲議议決决報报請请復复紀纪範范圍围預预獎奖補补貼贴廢废頒颁佈布試试達达過过確确爭争項项億亿萬万兩两個个後后內内"
    "週周畝亩噸吨頃顷幣币價价稅税費费積积極极從从為为無无國国東东這这來来對对開开應应當当進进還还沒没點点問问題题現现經经濟济動动種种兒儿親亲歲岁護护養养醫医療疗藥药馬马魚鱼鳥鸟龍龙龜龟麥麦黃黄齊齐齒齿飛飞"
    "風风飯饭餘余驗验驅驱騎骑騰腾驟骤魯鲁鮮鲜鹽盐黨党齡龄陽阳陰阴階阶際际陸陆隨随雙双雜杂離离難难雲云霧雾靈灵靜静響响頂顶順顺須须頻频額额顏颜願愿類类顧顾顯显鋼钢鐵铁銀银錢钱鏈链鎖锁鑒鉴針针鈉钠鉛铅銅铜鋁铝"
    "鋒锋錦锦鍊链鍋锅鑽钻閉闭閑闲閘闸閣阁閱阅闊阔闢辟貝贝貞贞貢贡貧贫貨货販贩貪贪貫贯貯贮貴贵買买貸贷貿贸賀贺賓宾賜赐賞赏賠赔賢贤賣卖賦赋質质賬账賴赖購购賽赛贊赞贏赢訂订訊讯討讨訓训託托訪访許许訴诉診诊註注"
    "詐诈評评詞词詩诗詢询該该詳详認认誌志語语誠诚誤误說说調调談谈論论諸诸諾诺謀谋講讲謝谢證证識识譜谱譯译讀读變变讓让紅红約约納纳純纯紙纸紛纷紡纺終终結结絕绝給给統统絲丝綜综綠绿維维網网緊紧線线緩缓練练縮缩"
    "縱纵績绩織织續续繼继纖纤軌轨軍军軟软較较載载輔辅輕轻輛辆輝辉輪轮輸输轄辖轟轰運运違违遙遥適适選选遺遗遼辽邊边郵邮鄭郑鄰邻醬酱釋释場场塊块墊垫塵尘壓压壞坏壩坝堅坚塗涂墾垦壽寿夠够夢梦夾夹奪夺奮奋婦妇媽妈"
    "嬰婴孫孙寧宁審审寫写寬宽將将專专尋寻層层屆届歷历島岛峽峡崗岗嶺岭巖岩幫帮帶带幾几庫库廠厂廣广廟庙廚厨張张強强彈弹歸归彙汇徑径徵征憲宪懷怀態态慣惯憂忧戰战戲戏戶户撥拨擴扩擊击擔担據据擬拟攝摄擇择擠挤損损"
    "換换揚扬搶抢摯挚撐撑撲扑攔拦斷断數数敗败敵敌暫暂曆历曉晓曬晒權权樓楼樹树樣样橋桥檔档檢检櫃柜欄栏歐欧歡欢殘残毀毁氣气沖冲況况淚泪淨净減减溫温滅灭滿满漁渔漲涨潔洁潤润澤泽濕湿灣湾灘滩瀾澜灑洒災灾烏乌煉炼"
    "煙烟熱热燈灯燒烧營营爾尔牆墙狀状獨独獲获獻献環环畫画異异瘋疯盜盗盡尽盤盘眾众矯矫礎础礦矿碼码禮礼禦御稱称穩稳窮穷竊窃競竞筆笔築筑簡简簽签籌筹糧粮緒绪罰罚羅罗義义習习聖圣聲声聽听腦脑腳脚膽胆臨临臺台興兴"
    "舊旧艙舱艱艰藝艺蘇苏蘭兰虛虚蟲虫衆众術术衝冲裝装製制複复襲袭見见視视覺觉覽览觀观觸触僅仅們们倉仓偉伟側侧偵侦備备傳传債债傷伤傾倾僑侨儀仪儉俭優优償偿儲储兇凶冊册凍冻劇剧勁劲勝胜勞劳勢势勵励勸劝匯汇卻却"
    "叢丛啟启喪丧喬乔嘆叹嚴严囑嘱圓圆圖图爲为併并裏里裡里幹干麵面採采憑凭黴霉滬沪瓊琼贛赣閩闽粵粤晉晋隴陇"
)
_TRADITIONAL: Final = tuple(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_SIMPLER: Final = str.maketrans(dict(_TRADITIONAL))
_IS_TRADITIONAL: Final = re.compile(f"[{_PAIRS[::2]}]")
_TABLE: Final = str.maketrans(dict(_FOLDS))
_SHORT: Final = 500
OPENING: Final = "(〔[【{"
CLOSING: Final = ")〕]】}"


def fold(text: str) -> str:
    """Return the text with full-width letters, figures and punctuation in half width; the length stays."""
    if len(text) < _SHORT:
        return text.translate(_TABLE)
    for wide, usual in _FOLDS:  # over a long text ten times as fast as the table
        text = text.replace(wide, usual)
    return text


def fold_words(text: str) -> str:
    """Return the text folded, and the words of the grammar in simplified characters; the length stays."""
    return simplify(fold(text))


def simplify(text: str) -> str:
    """Return the text with the words of the grammar in simplified characters; widths and the length stay."""
    if _IS_TRADITIONAL.search(text) is None:
        return text
    if len(text) < _SHORT:
        return text.translate(_SIMPLER)
    for traditional in set(_IS_TRADITIONAL.findall(text)):
        text = text.replace(traditional, traditional.translate(_SIMPLER))
    return text


@dataclass(frozen=True, slots=True)
class View:
    """`plain` is the text without white space, `folded` the same in one width and script, `offsets` the way back."""

    plain: str
    folded: str
    offsets: "array[int]"

    def index_of(self, offset: int) -> int:
        """Return the first index of the view at or after an offset of the text."""
        return bisect_left(self.offsets, offset)

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text from one index of the view to another, exclusive; empty spans stay empty."""
        if not self.offsets:
            return Span(0, 0)
        first = self.offsets[min(start, len(self.offsets) - 1)]
        return Span(first, self.offsets[end - 1] + 1) if end > start else Span(first, first)


def make_view(text: str) -> View:
    """Return the view of a text, in time and memory proportional to its length."""
    pieces: list[str] = []
    offsets = array("I")
    for match in _FILLED.finditer(text):
        pieces.append(match.group())
        offsets.extend(range(match.start(), match.end()))
    plain = "".join(pieces)
    return View(plain, fold_words(plain), offsets)
