"""The smallest site that every command changes, before and after each of them. All data invented."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.app.cli import main
from generator.sources import read_here
from tests.formats.writers import write_docx
from tests.soak.watched_calls import copy_site, run_command
from tests.year import invented

TABLE = """测试区2025年重点任务推进情况（一季度）
序号 | 重点任务 | 责任单位 | 推进情况 | 下一步计划 | 监督科室 监督电话 |
1 | 新增城镇就业2万人。 | 区人社局 | 1-3月，新增城镇就业5200人。 | 办好春风行动。 | 区人社局87650001 |
2 | 整治背街小巷20条。 | 区城市管理局 | 已整治背街小巷3条。 | 6月底前完成10条。 | 区城市管理局87650006 |
"""
LATER = (
    TABLE.replace("一季度", "上半年").replace("1-3月", "1-6月").replace("5200", "11000").replace("3条", "9条")
)
DECISIONS = """decisions:
  - task: ceshi-2025-001
    period: 2025Q1
    decision: correct
    status: under_way
    quote: 新增城镇就业5200人
"""
Snapshot = dict[str, bytes]
"""Path below the site → bytes; folders end with a slash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One command, the site before it, and the whole states that it may leave."""

    name: str
    arguments: tuple[str, ...]
    """With SITE and IN for the two folders."""
    before: Path
    """The site."""
    old: Snapshot
    new: Snapshot
    again: bool
    """Whether the same command once more changes nothing."""

    def act(self, root: Path) -> Callable[[], object]:
        """The command for a copy of the site."""
        return make_act(self.arguments, root)


def make_act(arguments: tuple[str, ...], root: Path) -> Callable[[], object]:
    """A command of the program for a site folder; IN is the folder that tables come from.

    Temporary files lie in a folder beside the site.
    """
    given = [each.replace("IN/", f"{root.parent}/in/") for each in arguments]

    folder = str(temporary(root))

    def act() -> None:
        tempfile.tempdir = folder
        main(["--root", str(root), *given])

    return act


def temporary(root: Path) -> Path:
    """The folder for temporary files of the commands on a site."""
    folder = root.with_name(f"{root.name}.temporary")
    folder.mkdir(exist_ok=True)
    return folder


def read_site(root: Path) -> Snapshot:
    """Everything that the site folder holds but the caches, folders too."""
    found: Snapshot = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name.split("/")[0] != ".cache":
            found[name if path.is_file() else f"{name}/"] = path.read_bytes() if path.is_file() else b""
    return found


def make_trials(base: Path) -> Mapping[str, Trial]:
    """The commands, each from a site in which it changes something."""
    site = base / "made"
    (base / "in").mkdir(parents=True)
    (base / "in" / "q1.txt").write_text(TABLE, encoding="utf-8")
    (base / "in" / "h1.txt").write_text(LATER, encoding="utf-8")
    (base / "in" / "h1.docx").write_bytes(write_docx(read_here(LATER.encode(), "h1.txt")))
    (base / "in" / "decisions.yaml").write_text(DECISIONS, encoding="utf-8")
    invented.make_site(site)
    _run(site, "ingest", "IN/q1.txt", "--district", "ceshi", "--period", "2025Q1", "--apply")
    _run(site, "build", "--jobs", "2")
    edited = base / "edited"
    copy_site(site, edited)
    task = edited / "content/ceshi/2025/002.yaml"
    task.write_text(task.read_text(encoding="utf-8").replace("title: ", "title: 又", 1), encoding="utf-8")
    rebuilt = base / "rebuilt"
    copy_site(edited, rebuilt)
    _run(rebuilt, "build", "--jobs", "2")
    bare = base / "bare"
    copy_site(site, bare)
    _run(bare, "build", "--no-bundle")
    plans = {
        "ingest": (
            site,
            ("ingest", "IN/h1.txt", "--district", "ceshi", "--period", "2025H1", "--apply"),
            True,
        ),
        "ingest-word": (
            site,
            ("ingest", "IN/h1.docx", "--district", "ceshi", "--period", "2025H1", "--apply"),
            True,
        ),
        "rename": (site, ("rename", "区城市管理局", "区城管局", "--district", "ceshi", "--apply"), False),
        "review": (site, ("review", "--decisions", "IN/decisions.yaml"), True),
        "build": (edited, ("build", "--jobs", "2"), True),
        "bundle": (bare, ("bundle", "--jobs", "2"), True),
        "rollback": (rebuilt, ("rollback",), False),
    }
    return {name: _make_trial(base, name, *plan) for name, plan in plans.items()}


def _make_trial(base: Path, name: str, before: Path, arguments: tuple[str, ...], again: bool) -> Trial:
    after = base / f"after-{name}"
    copy_site(before, after)
    _run(after, *arguments)
    old, new = read_site(before), read_site(after)
    assert old != new, f"{name} changes nothing"
    shutil.rmtree(after)
    return Trial(name=name, arguments=arguments, before=before, old=old, new=new, again=again)


def _run(site: Path, *arguments: str) -> None:
    ending = run_command(make_act(arguments, site), ())
    assert ending.code == 0, ending.printed
