"""Small layouts of the field, each with what it has to be read as. All of it is invented.

A case is a Markdown file: a sentence, the source in a fence that names its file, the expected reading in a
fence of YAML. Departments are written ``name role``; what is not expected must not be read.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.base.errors import TaizhangError
from generator.ingest.draft import Draft, make_draft
from generator.model import District, Task, parse_period

_FOLDER = Path(__file__).parent / "layouts"
_CASES = sorted(_FOLDER.glob("*.md"))
_SOURCE = re.compile(r"^````source (?P<name>\S+)\n(?P<text>.*?)^````$", re.MULTILINE | re.DOTALL)
_EXPECTED = re.compile(r"^````expected\n(?P<text>.*?)^````$", re.MULTILINE | re.DOTALL)
_UPDATE_KEYS = (
    "progress",
    "next_steps",
    "next_steps_from",
    "plan",
    "reported_status",
    "reported_completion",
    "remarks",
)


def read_case(path: Path) -> tuple[str, bytes, dict[str, Any]]:
    """File name, bytes and expected reading of a case."""
    text = path.read_text(encoding="utf-8")
    source, expected = _SOURCE.search(text), _EXPECTED.search(text)
    assert source is not None
    assert expected is not None
    return source["name"], source["text"].rstrip("\n").encode(), yaml.safe_load(expected["text"])


def describe(name: str, data: bytes) -> dict[str, Any]:
    """The reading of a file in the words of the cases."""
    district = District(id="ceshi", name="测试区")
    try:
        draft = make_draft(data, name, district=district, period=parse_period("2025Q3"))
    except TaizhangError as error:
        return {"refused": [p.what for p in error.problems if p.level == "error"]}
    assert draft.ledger.unaccounted == 0 or any(p.level == "error" for p in draft.problems)
    return {"tasks": [_describe_task(task) for task in draft.tasks]} | _describe_doubts(draft)


def _describe_doubts(draft: Draft) -> dict[str, Any]:
    """Warnings that concern the reading (that the directory is empty goes without saying)."""
    doubts = [p.what for p in draft.problems if "名录" not in p.what]
    return {"doubts": doubts} if doubts else {}


def _describe_task(task: Task) -> dict[str, Any]:
    found: dict[str, Any] = {"number": task.number}
    if task.number_inferred:
        found["inferred"] = True
    for key in ("number_printed", "section", "subsection", "commitment", "deadline"):
        if getattr(task, key) is not None:
            found[key] = getattr(task, key)
    found["departments"] = [f"{a.name} {a.role}" for a in task.departments]
    if task.leaders:
        found["leaders"] = list(task.leaders)
    if task.contacts:
        found["contacts"] = [" ".join((c.office, *c.phones)) for c in task.contacts]
    for update in task.updates:
        found |= {key: getattr(update, key) for key in _UPDATE_KEYS if getattr(update, key) is not None}
    return found


def test_there_are_cases() -> None:
    assert len(_CASES) >= 20


@pytest.mark.parametrize("path", _CASES, ids=lambda path: str(path.stem))
def test_a_layout_is_read_as_expected(path: Path) -> None:
    name, data, expected = read_case(path)
    assert describe(name, data) == expected
