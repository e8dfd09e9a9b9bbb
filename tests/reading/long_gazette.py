"""An invented gazette of any length: contents, letters with plans and measures, documents broken off and continued."""

SUBJECTS = [
    "防汛抗旱",
    "植树造林",
    "公园管理",
    "道路养护",
    "稳岗就业",
    "养老服务",
    "古树保护",
    "助餐补贴",
    "河湖保护",
    "消防安全",
]
UNITS = [
    "市水利局",
    "市林业局",
    "市城管局",
    "市交通运输局",
    "市人力资源社会保障局",
    "市民政局",
    "市财政局",
    "市消防救援支队",
]
ARTICLES = 14


def gazette(items: int) -> str:
    """Return a gazette of so many documents, about five thousand characters each."""
    numbered = [(number, SUBJECTS[number % len(SUBJECTS)]) for number in range(1, items + 1)]
    contents = "".join(
        f"关于加强{subject}工作（第{number}批）的通知\n青政发〔2033〕{number}号..... {number * 2}\n"
        for number, subject in numbered
    )
    body: list[str] = []
    for number, subject in numbered:
        whole = _letter(number, subject) + _plan(number, subject) + _measures(number, subject)
        cut = whole.index("第九条")
        if number % 10 == 5 and number < items:
            body += [whole[:cut], f"（下转第{number * 2 + 3}页）\n"]
            rest = f"（上接第{number * 2}页）\n{whole[cut:]}"
        else:
            body.append(whole)
            if number % 10 == 6:
                body.append(rest)
    return f"青岚市人民政府公报\n2033年第1期\n目 录\n{contents}{''.join(body)}"


def _letter(number: int, subject: str) -> str:
    return (
        f"青岚市人民政府文件\n青政发〔2033〕{number}号\n青岚市人民政府\n关于加强{subject}工作（第{number}批）的通知\n"
        "各县（市、区）人民政府，市政府各部门：\n"
        f"现将《青岚市{subject}实施方案》《青岚市{subject}资金管理办法》印发给你们，请认真贯彻执行。\n"
        f"青岚市人民政府\n2033年{number % 12 + 1}月{number % 28 + 1}日\n"
    )


def _plan(number: int, subject: str) -> str:
    lines = [f"青岚市{subject}实施方案\n为做好{subject}工作，制定本方案。\n"]
    for section, head in enumerate("一二三四", 1):
        lines.append(f"{head}、第{section}阶段任务\n")
        for task in range(1, 5):
            lead, helper = UNITS[(number + task) % len(UNITS)], UNITS[(number + section) % len(UNITS)]
            lines.append(
                f"{(section - 1) * 4 + task}. 推进{subject}项目建设，"
                f"全年完成投资{number + task}亿元，同比增长{task}.5%以上，"
                f"2033年{section * 3}月底前建成示范点{task * 3}处，带动就业{number * 10}人，每季度报送一次进展情况。"
                f"（牵头单位：{lead}；配合单位：{helper}、各县（市、区）人民政府）\n"
            )
    return "".join(lines)


def _measures(number: int, subject: str) -> str:
    lines = [f"青岚市{subject}资金管理办法\n第一章 总 则\n"]
    for article in range(1, ARTICLES):
        if article == 10:
            lines.append("第二章 附 则\n")
        lines.append(
            f"第{_chinese(article)}条 {subject}资金由市财政局会同有关部门管理，"
            f"按照《青岚市预算管理办法》（青财预〔2030〕{article}号）执行，"
            "专款专用，任何单位和个人不得截留、挤占、挪用，并接受审计监督。\n"
            "县级财政部门应当于每年3月10日前将资金使用情况报市财政局。\n（一）项目支出；\n（二）奖励支出。\n"
        )
    return f"{''.join(lines)}第{_chinese(ARTICLES)}条 本办法自2033年7月1日起施行，有效期5年。\n"


def _chinese(number: int) -> str:
    figures = "一二三四五六七八九十"
    return figures[number - 1] if number <= 10 else f"十{figures[number - 11]}"
