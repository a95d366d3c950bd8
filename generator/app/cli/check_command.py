"""``taizhang check``: every problem of all content at once."""

from __future__ import annotations

import datetime as dt
import json
import sys

import click

from generator.app import inspection
from generator.app.cli.screen import Settings, print_problems
from generator.base.errors import make_problem_row


@click.command(help="一次列出全部内容的全部问题。")
@click.option("--strict", is_flag=True, help="提醒也算错误")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.option("--verbose", is_flag=True, help="同一类提醒逐条列出，不合并")
@click.pass_obj
def check(settings: Settings, strict: bool, form: str, verbose: bool) -> int:
    """Exit code 0 when nothing is wrong, 1 otherwise."""
    problems = inspection.check_content(settings.site_root(), today=dt.date.today(), verbose=verbose)
    failed = any(strict or p.level == "error" for p in problems)
    if form == "json":
        rows = [make_problem_row(problem) for problem in problems]
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return int(failed)
    print_problems(problems, settings.lang)
    if not problems:
        settings.say("内容没有问题。", "No problems.")
    return int(failed)
