"""Word the responsibility clause of a task in each of the ways in which official documents word it."""

from luoshi.demo.sources import Names, Official, Role, Task

LABELS: dict[Role, str] = {
    "lead_leaders": "牵头领导",
    "lead_units": "牵头单位",
    "responsible_units": "责任单位",
    "cooperating_units": "配合单位",
}
VERB_FORMS = {
    "负责": "（{responsible_units}负责）",
    "责任单位": "（责任单位：{responsible_units}）",
    "牵头/配合": "（{lead_units}牵头，{cooperating_units}配合）",
    "牵头/按职责分工": "（{lead_units}牵头，{responsible_units}按职责分工负责）",
    "负责/实施": "（{responsible_units}负责，{implementing_units}具体实施）",
}


def joined(names: Names) -> str:
    """Return the names as print lists them: 、 within a kind, ， between kinds."""
    return "，".join("、".join(kind) for kind in names)


def labelled(task: Task, *, bold: bool = False) -> str:
    """Return 牵头领导：…；牵头单位：…；配合单位：… without brackets or a full stop."""
    mark = "**" if bold else ""
    return "；".join(
        f"{mark}{label}：{mark}{_listed(task, role)}" for role, label in LABELS.items() if role in task.names
    )


def clause_after(task: Task, document: Official) -> str:
    """Return the clause that stands in the task's own paragraph, empty where it has a paragraph to itself."""
    if not task.names:
        return ""
    if document.clause == "bracket":
        return f"〔{labelled(task)}〕"
    if document.clause == "verb":
        names = {role: joined(listed) for role, listed in task.names.items()}
        return VERB_FORMS[task.form].format(**names)
    return ""


def clause_below(task: Task, document: Official) -> str:
    """Return the clause that stands in a paragraph of its own, empty where there is none."""
    if not task.names:
        return ""
    if document.clause == "own-line":
        return f"{labelled(task, bold=True)}。"
    if document.clause == "own-paragraph":
        return f"责任单位：{joined(task.names['responsible_units'])}"
    return ""


def _listed(task: Task, role: Role) -> str:
    words = joined(task.names[role]) + ("等" if role in task.etc else "")
    return words + ("分别负责" if task.separately and role == "lead_units" else "")
