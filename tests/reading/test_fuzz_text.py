"""Documents changed at random: none raises, none hangs, none takes more memory, every span stays inside the text.

The random numbers are seeded, so that a failure can be had again from its number.
"""

import random
import resource
import time
from typing import Final

import pytest
from tests.reading.reader import DOCUMENTS
from tests.reading.test_documents import check_spans

from luoshi.reading import read_bytes, to_json

TEXTS: Final = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.iterdir())]
SHORT = 200
LONG = 20_000
SECONDS_EACH = 3.0
MEGABYTES = 300
PIECES: Final = [
    *"（）〔〕[]【】()《》“”、，；：。！？\n\t\f#*|%‰～-—△①\u200b\u3000\xa0\x00�",
    *("牵头单位：", "责任单位:", "配合单位：", "责 任 单 位：", "（市财政局负责）", "由市财政局牵头，市民政局配合。"),
    *("等", "等部门", "和", "及", "分别", "以上", "左右", "不低于", "控制在", "力争", "确保新增"),
    *("一、", "（一）", "1.", "(1)", "第一条 ", "第二章 总则\n", "1.1 ", "附件2\n", "附：", "名词解释\n1.甲：乙。\n"),
    *(
        "青政发〔2031〕3号",
        "\n青政发〔2031〕3号\n",
        "（上接第3页）",
        "（下转第9页）",
        "自2031年13月40日起施行，有效期至2030年2月30日",
    ),
    *(
        "每年3月10日前",
        "每季度末月",
        "15个工作日内",
        "印发之日起99999999个月内",
        "十四五期间",
        "到9999年底",
        "0年0月0日",
    ),
    *(
        "增长6%以上",
        "分别增长7.5%和8%左右",
        "4万亿千百人",
        "三百五十万零两亩",
        "1e999元",
        "，" * 40,
        "9" * 60,
        "零点五个百分点",
    ),
    *(
        "大事记\n2-6日，市长甲调研。\n△乙来访。\n",
        "任命：\n甲、乙为丙局丁长；\n免去：\n戊的己局庚长职务自然免除（保留原职级待遇）。\n",
    ),
    *(
        "序号\t任务\t责任单位\t完成时限\n1\t修路\t市交通局\t12月\n",
        "县区\t总数\t城镇\n甲县\t3\t1\n合 计\t9\t1\n",
        "\t" * 30,
    ),
]


def mutate(text: str, rng: random.Random) -> str:
    """Return the text with up to twelve changes: pieces put in, stretches taken out, doubled, moved or turned round."""
    for _ in range(rng.randint(1, 12)):
        at, length = rng.randrange(len(text) + 1), rng.choice((0, 1, 3, 12, 80))
        taken = text[at : at + length]
        put = rng.choice((rng.choice(PIECES), "", taken * 2, taken[::-1], rng.choice(PIECES) * rng.randint(1, 30)))
        text = text[:at] + put + text[at + length :]
        if rng.random() < 0.05:
            lines = text.split("\n")
            rng.shuffle(lines)
            text = "\n".join(lines)
    return text


def read_mutated(number: int) -> None:
    """Read one mutated document and check what every reading keeps to."""
    rng = random.Random(number)
    text = mutate(rng.choice(TEXTS), rng)
    if rng.random() < 0.1:
        text = text.replace("\n", "")
    name = rng.choice(("plan.txt", "plan.md", "plan.html"))
    data = (f"<html><body><p>{text}</p></body></html>" if name == "plan.html" else text).encode("utf-8", "replace")
    began = time.process_time()
    reading = read_bytes(data, name=name)
    assert time.process_time() - began < SECONDS_EACH, f"document {number} took too long"
    check_spans(reading)
    to_json(reading)


@pytest.mark.parametrize("first", range(0, SHORT, 50))
def test_mutated_documents_are_read(first: int) -> None:
    for number in range(first, first + 50):
        read_mutated(number)


@pytest.mark.soak
def test_twenty_thousand_mutated_documents_are_read() -> None:
    for number in range(SHORT, SHORT + 2_000):
        read_mutated(number)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(SHORT + 2_000, SHORT + LONG):
        read_mutated(number)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < MEGABYTES, f"memory grew by {grown:.0f} MB"
