"""``taizhang check``: every problem of all content at once."""

from __future__ import annotations

import datetime as dt
import json
import sys

import click

from generator.app import inspection
from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, option
from generator.base.errors import Severity, make_problem_row
from generator.base.messages import Message


@command("check", Message("一次列出全部内容的全部问题。"))
@option("--strict", is_flag=True, words=Message("提醒也算错误"))
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", words=Message("输出格式"))
@option("--verbose", is_flag=True, words=Message("同一类提醒逐条列出，不合并"))
@click.pass_obj
def check(settings: Settings, strict: bool, form: str, verbose: bool) -> int:
    """Exit code 0 when nothing is wrong, 1 otherwise."""
    problems = inspection.check_content(settings.site_root(), today=dt.date.today(), verbose=verbose)
    failed = any(strict or p.level is Severity.ERROR for p in problems)
    if form == "json":
        rows = [make_problem_row(problem, settings.english) for problem in problems]
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return int(failed)
    settings.print_problems(problems)
    if not problems:
        settings.say(Message("内容没有问题。"))
    return int(failed)
