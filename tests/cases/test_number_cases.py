"""The written cases of quantities, targets and actuals: input and expected pairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.ingest.numbers.promised_targets import parse_targets
from generator.ingest.numbers.reported_actuals import parse_actuals
from generator.language.quantities import Mention, find_mentions, find_unread
from generator.model import Actual, Target, parse_period

_CASES = Path(__file__).parent.parent / "cases"


def _read_cases(name: str) -> list[tuple[str, str, str]]:
    """(name, input, expected) of every case; parts stand between lines of a single dot."""
    text = (_CASES / name).read_text(encoding="utf-8").split("\n\n", 1)[1]
    parts = [[]]  # type: list[list[str]]
    for line in text.splitlines():
        if line == ".":
            parts.append([])
        else:
            parts[-1].append(line)
    texts = ["\n".join(lines).strip() for lines in parts[:-1]]
    return list(zip(texts[::3], texts[1::3], texts[2::3], strict=True))


def _cases(name: str) -> list[object]:
    return [pytest.param(given, expected, id=title) for title, given, expected in _read_cases(name)]


def _number(target: Target) -> str:
    upper = "" if target.value_max is None else f"—{target.value_max:f}"
    return f"{target.value:f}{upper}"


def _target_line(target: Target) -> str:
    return f"{target.kind} {_number(target)} {target.unit} {target.comparator} | {target.metric}"


def _actual_line(actual: Actual) -> str:
    stated = "" if actual.stated_completion is None else f" {actual.stated_completion:f}"
    return f"{actual.target} {actual.value:f} {actual.unit} {actual.basis}{stated} | {actual.quotes[0]}"


def _mention_line(text: str, mention: Mention) -> str:
    quantity = mention.quantity
    upper = "" if quantity.value_max is None else f"—{quantity.value_max:f}"
    flags = [
        word for word, flag in (("约", mention.about), ("降", mention.falls), ("名", mention.named)) if flag
    ]
    words = " ".join([f"{quantity.value:f}{upper}", quantity.unit, mention.comparator, *flags])
    return f"{words} | {text[mention.start : mention.end]}"


@pytest.mark.parametrize(("text", "expected"), _cases("quantities.md"))
def test_quantities(text: str, expected: str) -> None:
    mentions = find_mentions(text)
    lines = [_mention_line(text, mention) for mention in mentions]
    lines += [f"? {unread.reason} | {unread.words}" for unread in find_unread(text)]
    assert "\n".join(lines) == expected
    for mention in mentions:
        assert mention.start <= mention.quantity.start < mention.quantity.end <= mention.end


@pytest.mark.parametrize(("text", "expected"), _cases("targets.md"))
def test_targets(text: str, expected: str) -> None:
    targets, candidates = parse_targets(text)
    lines = [_target_line(target) for target in targets]
    proposals = [c.proposal for c in candidates if isinstance(c.proposal, Target)]
    wanted = expected.splitlines()
    assert lines == [line for line in wanted if not line.startswith("?")]
    assert [f"? {_target_line(p)}" for p in proposals] == [line for line in wanted if line.startswith("?")]
    assert all(target.quote in text for target in (*targets, *proposals))


@pytest.mark.parametrize(("text", "expected"), _cases("actuals.md"))
def test_actuals(text: str, expected: str) -> None:
    period, commitment, progress = text.split("\n", 2)
    targets, _ = parse_targets(commitment)
    actuals, candidates = parse_actuals(targets, progress, period=parse_period(period), commitment=commitment)
    assert "\n".join(map(_actual_line, actuals)) == expected
    for quote in (quote for actual in actuals for quote in actual.quotes):
        assert quote in progress
    for candidate in candidates:
        assert all(progress[start:end] in candidate.quotes for start, end in candidate.spans)
