"""Invented documents of an invented city, and how they are brought in during a test."""

import datetime as dt
from collections.abc import Sequence

from luoshi.access.models import User
from luoshi.documents.actions import receive_file
from luoshi.documents.jobs import read_job
from luoshi.documents.models import Document, ImportJob

NOW = dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC)

TASKS = (
    "新建中小学24所，新增学位2.1万个。〔牵头领导：林予安；牵头单位：市教育局；配合单位：市财政局、市自然资源和规划局〕",
    "城镇新增就业4万人。〔牵头领导：苏映川；牵头单位：市人力资源社会保障局；配合单位：各县（市、区）人民政府〕",
    "改造老旧小区172个，6月底前全部开工。〔牵头领导：林予安；牵头单位：市住房城乡建设局；配合单位：市财政局等〕",
)


def plan(
    tasks: Sequence[str] = TASKS, *, number: str = "云政发〔2026〕1号", subject: str = "2026年市政府工作报告重点工作"
) -> str:
    """Return the text of a task plan with its letter."""
    items = "\n\n".join(f"{index}. {task}" for index, task in enumerate(tasks, start=1))
    return (
        f"云川市人民政府文件\n\n{number}\n\n云川市人民政府\n关于印发{subject}任务分工方案的通知\n\n"
        "各县（市、区）人民政府，市政府各部门：\n\n"
        f"现将《{subject}任务分工方案》印发给你们，请认真贯彻执行。\n\n"
        f"云川市人民政府\n\n2026年1月29日\n\n{subject}任务分工方案\n\n一、主要任务\n\n{items}\n"
    )


def receive(user: User, text: str | bytes, *, name: str = "plan.txt", plan_year: int | None = None) -> ImportJob:
    """Take a file in without reading it."""
    content = text.encode() if isinstance(text, str) else text
    return receive_file(acting_user=user, name=name, chunks=[content], now=NOW, plan_year=plan_year)


def bring_in(user: User, text: str | bytes, *, name: str = "plan.txt", plan_year: int | None = None) -> ImportJob:
    """Take a file in and read it."""
    return read_job(receive(user, text, name=name, plan_year=plan_year))


def brought_in(user: User, text: str | bytes, *, name: str = "plan.txt") -> Document:
    """Take a file with one document in and return the document."""
    job = bring_in(user, text, name=name)
    assert job.reading is not None, job.message_code
    return job.reading.documents.get()
