"""Review: open questions, decisions written as ``by: editor``, rejections remembered. All data invented."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from generator import content
from generator.app.cli import main
from generator.base import disk
from generator.base.errors import ContentError
from generator.content.decisions import Decision, DecisionAction, format_decisions, parse_decisions
from generator.ingest.review.review_queue import apply_decisions, drop_rejected, list_questions, make_decision
from generator.model import (
    Actual,
    Comparator,
    DecidedBy,
    District,
    Role,
    SourceRef,
    Status,
    StatusValue,
    Target,
    TargetKind,
    Task,
    parse_period,
)
from tests.builders import make_actual, make_district, make_target, make_task, make_update

Q2 = parse_period("2025Q2")
PROGRESS = "已推荐25家企业申报高新技术企业。新认定高新技术企业9家。预计实现进出口总额72.8亿元。"
COMMITMENT = "力争进出口总额实现130亿元，新认定高新技术企业20家。"
TABLE = "虚构的表"
SITE = "title: 测试\ndistricts: [jia]\n"
DISTRICT = "name: 甲区\ndepartments:\n  - {name: 区商务局, slug: swj, kind: bureau}\n"


TRADE = make_target(130, "亿元", TargetKind.AMOUNT, metric="进出口总额", quote="力争进出口总额实现130亿元")
FIRMS = make_target(20, "家", name="t2", metric="新认定高新技术企业", quote="新认定高新技术企业20家")


SOURCE = SourceRef(file="sources/2025Q2.txt", sha256=hashlib.sha256(TABLE.encode()).hexdigest(), row=1)


def _task(targets: tuple[Target, ...] = (TRADE, FIRMS), actuals: tuple[Actual, ...] = ()) -> Task:
    return make_task(
        1,
        COMMITMENT,
        district="jia",
        title="外贸和企业",
        departments={"区商务局": Role.LEAD},
        targets=targets,
        updates=(make_update(progress=PROGRESS, source=SOURCE, actuals=actuals),),
    )


def _district(task: Task) -> District:
    return make_district(task, name="jia")


def _correct(**values: object) -> Decision:
    return Decision(task="jia-2025-001", decision=DecisionAction.CORRECT, **values)  # type: ignore[arg-type]


def test_doubtful_and_missing_figures_are_asked_about() -> None:
    questions = list_questions(_district(_task()))
    found = {(q.candidate.proposal.value, q.target.id if q.target else None) for q in questions}
    assert {(Decimal("72.8"), "t1"), (Decimal(9), "t2")} <= found
    for question in questions:
        for (start, end), quote in zip(question.candidate.spans, question.candidate.quotes, strict=True):
            assert question.text[start:end] == quote
        assert question.candidate.reason


def test_a_target_that_the_content_lacks_is_asked_about() -> None:
    questions = [q for q in list_questions(_district(_task(targets=(TRADE,)))) if q.period is None]
    assert [q.candidate.quotes for q in questions] == [("新认定高新技术企业20家",)]


def test_an_accepted_figure_is_an_editors_and_is_not_asked_again() -> None:
    district = _district(_task())
    question = next(q for q in list_questions(district) if q.target and q.target.id == "t1")
    (task,), rejections = apply_decisions(district, [make_decision(question, DecisionAction.ACCEPT)])
    (actual,) = task.updates[0].actuals
    assert (actual.value, actual.by, actual.quotes) == (Decimal("72.8"), "editor", question.candidate.quotes)
    assert rejections == ()
    assert all(q.target is None or q.target.id != "t1" for q in list_questions(_district(task)))


def test_a_rejected_figure_is_remembered_and_not_asked_again() -> None:
    district = _district(_task())
    asked = list_questions(district)
    changed, rejections = apply_decisions(district, [make_decision(q, DecisionAction.REJECT) for q in asked])
    assert changed == ()
    assert len(rejections) == len(asked)
    assert list_questions(district, rejections) == ()
    again = parse_decisions(format_decisions(rejections).encode(), "content/jia/review.yaml")
    assert list_questions(district, again) == ()


def test_a_figure_read_by_rule_can_be_rejected_for_good() -> None:
    read = make_actual(9, "家", "新认定高新技术企业9家", target="t2")
    district = _district(_task(actuals=(read,)))
    decision = Decision(
        task="jia-2025-001", decision=DecisionAction.REJECT, period=Q2, target="t2", quotes=read.quotes
    )
    (task,), rejections = apply_decisions(district, [decision])
    assert task.updates[0].actuals == ()
    assert drop_rejected(_task(actuals=(read,)), rejections) == task
    other = make_actual(9, "家", *read.quotes)
    assert drop_rejected(_task(actuals=(other,)), rejections).updates[0].actuals == (other,)


def test_a_corrected_target_keeps_its_id_and_a_new_one_gets_the_next() -> None:
    new = _correct(quotes=("新认定高新技术企业20家",), value=Decimal(20), unit="家", kind=TargetKind.COUNT)
    old = _correct(target="t1", metric="进出口", comparator=Comparator.AT_LEAST)
    (task,), _ = apply_decisions(_district(_task(targets=(TRADE,))), [new, old])
    assert [(t.id, t.metric, t.by) for t in task.targets] == [
        ("t1", "进出口", "editor"),
        ("t2", "新认定高新技术企业", "editor"),
    ]


def test_a_rejected_target_takes_its_figures_along() -> None:
    answer = make_actual(9, "家", "9家", target="t2")
    decision = Decision(
        task="jia-2025-001", decision=DecisionAction.REJECT, target="t2", quotes=(FIRMS.quote,)
    )
    (task,), _ = apply_decisions(_district(_task(actuals=(answer,))), [decision])
    assert [t.id for t in task.targets] == ["t1"]
    assert task.updates[0].actuals == ()


def test_a_status_can_be_decided() -> None:
    decision = _correct(period=Q2, status=StatusValue.COMPLETED, quotes=("新认定高新技术企业9家",))
    (task,), _ = apply_decisions(_district(_task()), [decision])
    wanted = Status(value=StatusValue.COMPLETED, quote="新认定高新技术企业9家", by=DecidedBy.EDITOR)
    assert task.updates[0].status == wanted


def test_a_part_is_accepted_corrected_and_taken_away() -> None:
    update = make_update(progress="柳溪路已建成通车。", source=SOURCE)
    task = make_task(2, "推动柳溪路、桃源路等道路改造。", district="jia", updates=(update,))
    district = _district(task)
    accepted = Decision(task=task.id, decision=DecisionAction.ACCEPT, period=Q2, part="柳溪路")
    (changed,), _ = apply_decisions(district, [accepted, replace(accepted, part="桃源路")])
    assert [(p.id, p.name, p.by) for p in changed.parts] == [
        ("p1", "柳溪路", DecidedBy.EDITOR),
        ("p2", "桃源路", DecidedBy.EDITOR),
    ]
    assert [r.status for r in changed.updates[0].parts] == [StatusValue.COMPLETED, StatusValue.NO_INFORMATION]
    refused = replace(accepted, decision=DecisionAction.REJECT)
    (left,), remembered = apply_decisions(_district(changed), [refused])
    assert [p.name for p in left.parts] == ["桃源路"]
    assert [r.part for r in left.updates[0].parts] == ["p2"]
    assert remembered == (refused,)


@pytest.mark.parametrize(
    "decision",
    [
        Decision(task="jia-2025-001", decision=DecisionAction.ACCEPT, period=Q2, part="没有这个名称"),
        Decision(task="jia-2025-099", decision=DecisionAction.REJECT),
        Decision(
            task="jia-2025-001", decision=DecisionAction.ACCEPT, period=parse_period("2025Q3"), target="t1"
        ),
        Decision(task="jia-2025-001", decision=DecisionAction.ACCEPT, period=Q2, target="t9"),
        Decision(
            task="jia-2025-001", decision=DecisionAction.ACCEPT, period=Q2, target="t1", value=Decimal(1)
        ),
        _correct(period=Q2, target="t1", value=Decimal(1), unit="亿元", quotes=("没有这句话",)),
        _correct(quotes=("没有这句话",), value=Decimal(1), unit="个"),
        _correct(period=Q2, status=StatusValue.COMPLETED, quotes=("没有这句话",)),
    ],
)
def test_a_decision_about_what_is_not_there_is_refused(decision: Decision) -> None:
    with pytest.raises(ContentError) as refused:
        apply_decisions(_district(_task()), [decision])
    (problem,) = refused.value.problems
    assert problem.place.field == "decisions[0]"
    assert problem.hint


# -- the command ------------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    task = content.format_task(_task())
    commented = task.replace("title:", "# 手写的注释\ntitle:")
    files = {"site.yaml": SITE, "content/jia/district.yaml": DISTRICT, "content/jia/2025/001.yaml": commented}
    files["content/jia/sources/2025Q2.txt"] = TABLE
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(left.value.code or 0)


def _task_text(site: Path) -> str:
    return (site / "content/jia/2025/001.yaml").read_text(encoding="utf-8")


def test_the_list_has_one_line_a_question(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--root", str(site), "review", "--list", "--district", "jia") == 0
    head, *lines = capsys.readouterr().out.splitlines()
    rows = [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]
    assert {row["value"] for row in rows} >= {"72.8", "9"}
    assert _run("--root", str(site), "review", "--list", "--format", "json") == 0
    assert [json.loads(line)["value"] for line in capsys.readouterr().out.splitlines()] == [
        row["value"] for row in rows
    ]


def test_without_a_terminal_nothing_is_asked(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--root", str(site), "review") == 2
    assert "--list" in capsys.readouterr().err


def test_an_unknown_district_is_a_wrong_use(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--root", str(site), "review", "--list", "--district", "yi") == 2
    assert "jia" in capsys.readouterr().err


def test_a_decision_file_is_applied_and_can_be_applied_again(site: Path) -> None:
    questions = list_questions(
        content.parse_site(disk.read_tree(site, ["site.yaml", "content"])).districts[0]
    )
    decided = [
        make_decision(
            q,
            DecisionAction.ACCEPT if q.candidate.proposal.value == Decimal("72.8") else DecisionAction.REJECT,
        )
        for q in questions
    ]
    path = site / "decisions.yaml"
    path.write_text(format_decisions(decided), encoding="utf-8")
    assert _run("--root", str(site), "review", "--decisions", str(path)) == 0
    first, rejected = _task_text(site), (site / "content/jia/review.yaml").read_bytes()
    assert "by: editor" in first
    assert "# 手写的注释" in first
    assert _run("--root", str(site), "review", "--decisions", str(path)) == 0
    assert (_task_text(site), (site / "content/jia/review.yaml").read_bytes()) == (first, rejected)


def test_a_clerk_decides_at_the_terminal(site: Path) -> None:
    count = len(
        list_questions(content.parse_site(disk.read_tree(site, ["site.yaml", "content"])).districts[0])
    )
    assert count >= 2
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", "--root", str(site), "review"]
    environment = {**os.environ, "TERM": "dumb", "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as child:
        os.close(theirs)
        os.write(ours, b"x\nc\n70\n\n\nr\n" + b"l\n" * count)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        assert child.wait(timeout=60) == 0
    os.close(ours)
    text = shown.decode("utf-8")
    assert "72.8亿元" in text
    assert "已写入 2 个文件" in text
    assert "value: 70" in _task_text(site)
    assert "by: editor" in _task_text(site)
    assert "decision: reject" in (site / "content/jia/review.yaml").read_text(encoding="utf-8")
