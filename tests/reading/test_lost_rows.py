"""One cell a line: units below each other, numbers that jump, rows under a merged number, heads without numbers."""

from tests.reading.reader import names, read, tasks_of

NOTICE = "青岚市重点任务分解表\n"


def in_lines(*cells: str, end: str = "\n\n") -> str:
    return NOTICE + "".join(f"{cell}{end}" for cell in cells)


def test_units_below_each_other_are_one_cell() -> None:
    text = in_lines(
        *("序号", "民生实事", "责任单位", "完成时限"),
        *("1", "新建过江步桥3座。", "县交通局", "县住建局", "县重点项目指挥部", "11月底前"),
        *("2", "开工建设全民健身馆。", "县文旅局", "6月底前动工", "启用档案馆新馆。", "9月底前"),
        *("3", "改造老旧小区12个。", "县住建局", "12月底前", "分享到："),
    )
    tasks = tasks_of(read(text))
    assert [names(task)["responsible_units"] for task in tasks] == [
        ["县交通局", "县住建局", "县重点项目指挥部"],
        ["县文旅局"],
        ["县文旅局"],
        ["县住建局"],
    ]
    assert [task.number for task in tasks] == ["1", "2", "2", "3"]
    assert [task.deadline and task.deadline.text for task in tasks] == [
        "11月底前",
        "6月底前动工",
        "9月底前",
        "12月底前",
    ]


def test_numbers_may_jump_and_sections_follow_the_head() -> None:
    text = in_lines(
        *("序号", "重点工作任务", "主要责任单位", "协同配合单位"),
        *("一、主要预期目标", "4", "固定资产投资增长6%左右。", "区发改委", "区住建局、区水利局，各镇人民政府。"),
        *("二、扩大投资", "三、改善民生", "37", "新建中学1所。", "区教育局", "区财政局。", "52"),
    )
    first, second = tasks_of(read(text))
    assert (first.number, first.section, second.number, second.section) == (
        "4",
        "一、主要预期目标",
        "37",
        "三、改善民生",
    )
    assert names(first) == {
        "responsible_units": ["区发改委"],
        "cooperating_units": ["区住建局", "区水利局", "各镇人民政府"],
    }


def test_a_head_without_a_column_of_numbers() -> None:
    text = in_lines(
        *("工作任务", "具体要求", "责任科室", "时限要求"),
        *("规范文件公开", "1", "对规范性文件进行清理，并公布目录。", "办公室", "年底前"),
        *("做好政策解读", "2", "丰富解读形式，提高解读质量。", "各科室", "持续推进"),
        *("3", "开展政策宣讲活动，每季度不少于一次。", "法规科", "全年"),
        end="\n|\n",
    )
    tasks = tasks_of(read(text))
    assert [(task.number, names(task)["responsible_units"]) for task in tasks] == [
        ("1", ["办公室"]),
        ("2", ["各科室"]),
        ("3", ["法规科"]),
    ]
    assert tasks[1].text.startswith("丰富解读形式")
    assert tasks[2].section == "做好政策解读"


def test_people_whose_names_are_spaced_out() -> None:
    text = in_lines(
        *("序号", "目标与任务", "分 管 县领导", "牵头责任单位", "责任单位"),
        *("1", "新增托位300个。", "秦 岚", "县卫健委", "县各有关单位"),
        *("2", "建成职业学院新校区。", "许 远秦 岚", "县教育局", "县各有关单位"),
        end=" |\n",
    )
    assert [names(task)["lead_leaders"] for task in tasks_of(read(text))] == [["秦岚"], ["许远", "秦岚"]]


def test_the_last_row_that_names_nobody_is_none() -> None:
    text = in_lines("序号", "任务", "责任单位", "1", "产值突破3000亿元。", "市经信局", "2", "出口超过20亿美元。")
    assert [task.number for task in tasks_of(read(text))] == ["1"]


def test_labels_alone_on_their_lines_are_no_head() -> None:
    text = in_lines("一、新建小学2所", "责任单位", "市教育局", "二、改造农贸市场", "责任单位", "市商务局")
    assert all("\t" not in task.text for task in tasks_of(read(text)))


def test_sections_of_a_table_name_who_leads() -> None:
    text = in_lines(
        *(
            "序号",
            "重点工作任务",
            "责任单位",
            "（一）许知远市长牵头重点工作",
            "1",
            "加快建设科创走廊。",
            "市科技局、市发改委",
        ),
        *("（二）秦岚常务副市长牵头重点工作", "2", "推进人才公寓建设。", "市住建局、团市委配合落实"),
    )
    first, second = tasks_of(read(text))
    assert names(first) == {"lead_leaders": ["许知远市长"], "responsible_units": ["市科技局", "市发改委"]}
    assert names(second) == {"lead_leaders": ["秦岚常务副市长"], "cooperating_units": ["市住建局", "团市委"]}


def test_rows_whose_merged_cells_a_page_left_out() -> None:
    text = (
        f"{NOTICE}类别 | 民生事项名称 | 2031年度任务目标 | 责任单位 | 分管市领导 |\n"
        "四、教育 | 14.改建泉水学校 | 完成2座教学楼建设并投入使用。 | 教育体育局 | 许知远 |\n"
        "15.推进运动场地建设 | 完成13处学校运动场地建设并投入使用。 | 教育体育局 | 秦岚 | |\n"
        "16.推进课后服务 | 对全市34所学校实行课后服务全覆盖。 | 教育体育局 | 秦岚 |\n"
    )
    tasks = tasks_of(read(text))
    assert [task.number for task in tasks] == ["14", "15", "16"]
    assert all(task.section == "四、教育" for task in tasks)
    assert [names(task) for task in tasks[1:]] == [{"lead_leaders": ["秦岚"], "responsible_units": ["教育体育局"]}] * 2


def test_rows_of_two_cells_and_an_empty_one() -> None:
    text = (
        f"{NOTICE}工作任务 | 具体要求 | 责任部门 |\n一、做好网站公开。 | 1.及时更新网站频道的概况信息。 | 办公室 |\n"
        "2.及时反馈网民对征集信息的意见。 | 各科室 | |\n3.及时更新公众号信息。 | 办公室牵头，各科室配合 | |\n"
    )
    assert [names(task) for task in tasks_of(read(text))] == [
        {"responsible_units": ["办公室"]},
        {"responsible_units": ["各科室"]},
        {"lead_units": ["办公室"], "cooperating_units": ["各科室"]},
    ]


def test_tables_in_html_among_plain_text_and_breaks_in_markdown() -> None:
    html = (
        f"{NOTICE}<table><tr><th>序号</th><th>工作任务</th><th>牵头单位</th><th>责任单位</th></tr>\n"
        '<tr><td>1</td><td>新建学校3所</td><td rowspan="2">市教育局</td><td>市住建局</td></tr>\n'
        "<tr><td>2</td><td>改造食堂10个</td><td>各县区政府</td></tr></table>\n各单位要高度重视。\n"
    )
    pipes = (
        f"{NOTICE}| 序号 | 工作任务 | 牵头单位 | 责任单位 |\n|---|---|:-:|---|\n"
        "| 1 | 新建学校3所 | 市教育局 | 市住建局<br>市财政局 |\n"
    )
    assert [names(task) for task in tasks_of(read(html))] == [
        {"lead_units": ["市教育局"], "responsible_units": ["市住建局"]},
        {"lead_units": ["市教育局"], "responsible_units": ["各县区政府"]},
    ]
    assert names(tasks_of(read(pipes))[0])["responsible_units"] == ["市住建局", "市财政局"]


def test_headings_that_count_their_tasks() -> None:
    text = (
        f"{NOTICE}（一）区发改局牵头任务（2项）\n1.生产总值增长6%。（责任单位：区统计局、各街道）\n"
        "2.投资增长8%。（责任单位：区住建局）\n（二）区教育局牵头任务（1项）\n3.新建幼儿园2所。（责任单位：区住建局）\n"
    )
    assert [names(task)["lead_units"] for task in tasks_of(read(text))] == [["区发改局"], ["区发改局"], ["区教育局"]]


def test_what_has_been_done_is_no_task() -> None:
    text = in_lines(
        *("项目", "名称", "内容", "牵头单位", "进展情况"),
        *("养老服务项目", "新增照料中心15家。", "区民政局", "已完成8家照料中心。"),
        *("教育项目", "新建幼儿园3所，新增学位900个。", "区教育局", "正在装修。"),
    )
    tasks = tasks_of(read(text))
    assert [names(task) for task in tasks] == [{"lead_units": ["区民政局"]}, {"lead_units": ["区教育局"]}]
    assert not any("已完成" in task.text or "正在" in task.text for task in tasks)
