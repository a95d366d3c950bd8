"""``taizhang verify``: is what was published what the content gives?"""

from __future__ import annotations

from pathlib import Path

import click

from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, option
from generator.app.verification import verify_site
from generator.base.errors import Severity
from generator.base.messages import Message


@command("verify", Message("重新生成，和已发布的网站文件夹或离线压缩包逐个文件对照；不写入任何文件。"))
@click.argument("target", metavar="DIR|ZIP", type=click.Path(path_type=Path))
@option("--base-url", metavar="URL", words=Message("发布网址，生成时用了就要写上"))
@click.pass_obj
def verify(settings: Settings, target: Path, base_url: str | None) -> int:
    """Exit code 1 when anything differs."""
    count, problems = verify_site(settings.site_root(), target, base_url=base_url)
    settings.print_problems(problems)
    if any(problem.level is Severity.ERROR for problem in problems):
        return 1
    settings.say(Message("一致：{files} 个文件都和清单、和重新生成的一样。", files=count))
    return 0
