"""How well a column fits a role by what stands in it: its cells, and how they repeat and fill it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from generator.ingest.layout.cell_features import done_share, fit_score, is_percentage, is_status_word
from generator.ingest.layout.column_content import Content
from generator.ingest.layout.department_names import is_person, share_of_bodies, split_names
from generator.ingest.layout.heading_roles import ColumnRole
from generator.ingest.layout.row_numbers import is_number, number_value
from generator.ingest.layout.source_pieces import squeeze, visible

R = ColumnRole
_FIGURE = re.compile(
    r"[-−+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−+]?\d+(?:\.\d+)?|[/／—–\-]+|未?下达|年度指标", re.ASCII
)
_SAMPLE = 24


def is_figure(text: str) -> bool:
    """Whether a cell is a bare number without its unit (or the sign for none)."""
    return _FIGURE.fullmatch(squeeze(text)) is not None


@lru_cache(maxsize=4096)
def column_fit(role: ColumnRole, content: Content) -> float:
    """How well a column fits a role: about -4 (not at all) to 3 (surely), 0 where it says nothing."""
    texts = _sample(content.texts)
    if not texts:
        return -2.0 if role is R.TASK else 0.0
    mean = sum(max(-3.0, min(3.0, fit_score(role, text))) for text in texts) / len(texts)
    extra = _EXTRAS.get(role)
    return mean + (extra(content, texts) if extra else 0.0)


def _sample(texts: tuple[str, ...]) -> tuple[str, ...]:
    step = max(1, len(texts) // _SAMPLE)
    return texts[::step][:_SAMPLE]


def repeats(content: Content) -> bool:
    """Whether a column says the same for several rows: cells merged downwards, empty below, or equal."""
    filled = len(content.texts)
    return content.merged or filled < 0.7 * content.rows or len(set(content.texts)) < 0.75 * filled


def _as_number(_content: Content, texts: tuple[str, ...]) -> float:
    values = [v for text in texts if is_number(text) and (v := number_value(text)) is not None]
    falls = sum(b < a and b != 1 for a, b in pairwise(values))
    equal = len(values) > 2 and len(set(values)) * 2 < len(values)
    return -2.0 if values and (falls * 3 > len(values) or equal) else 0.0


def _as_group(content: Content, texts: tuple[str, ...]) -> float:
    figures = sum(map(is_figure, texts)) / len(texts)
    score = 1.2 if repeats(content) else -0.8
    return score - (1.0 if content.size > 24 else 0.0) - 2.0 * figures


def _as_task(content: Content, texts: tuple[str, ...]) -> float:
    figures = sum(map(is_figure, texts)) / len(texts)
    words = sum(map(is_status_word, texts)) / len(texts)
    filled = len(content.texts) / max(content.rows, 1)
    same = len(set(content.texts)) / len(content.texts)
    score = min(visible("".join(texts)) / len(texts) / 20, 1.0) - 1.5 * words - figures
    return (
        score - (1.0 if content.merged else 0.0) - 1.5 * max(0.0, 0.8 - filled) - 2.0 * max(0.0, 0.8 - same)
    )


def _as_progress(_content: Content, texts: tuple[str, ...]) -> float:
    figures = sum(map(is_figure, texts)) / len(texts)
    percent = sum(map(is_percentage, texts)) / len(texts)
    dates = sum(_is_date(text) for text in texts) / len(texts)
    return 0.6 * done_share(list(texts)) - 0.6 * figures - 0.4 * percent - dates


def _is_date(text: str) -> bool:
    return re.fullmatch(r"20\d\d\s*(?:年|[-—./])?.{0,12}", squeeze(text)) is not None


def _as_status(content: Content, texts: tuple[str, ...]) -> float:
    share = len(set(content.texts)) / len(content.texts)
    words = sum(map(is_status_word, texts)) / len(texts)
    return (0.5 if share < 0.6 else 0.0) - (1.8 if words < 0.3 and content.size > 6 else 0.0)


def _as_completion(_content: Content, texts: tuple[str, ...]) -> float:
    signs = sum(text.strip().endswith(("%", "％")) for text in texts) / len(texts)
    bare = sum(map(is_figure, texts)) / len(texts)
    prose = sum(
        visible(text) > 10 or (visible(text) > 5 and not is_percentage(text)) for text in texts
    ) / len(texts)
    return 0.8 * signs - 1.2 * bare - 2.0 * prose


def _as_remarks(content: Content, texts: tuple[str, ...]) -> float:
    figures = sum(map(is_figure, texts)) / len(texts)
    return 0.3 * figures + (0.2 if len(content.texts) < 0.5 * content.rows else 0.0)


def _as_leader(_content: Content, texts: tuple[str, ...]) -> float:
    return 1.2 * sum(is_person(text) and not is_status_word(text) for text in texts) / len(texts) - 1.5 * sum(
        share_of_bodies(text) >= 0.8 for text in texts
    ) / len(texts)


def _as_offices(_content: Content, texts: tuple[str, ...]) -> float:
    return -1.0 if all(visible(text) <= 4 and share_of_bodies(text) < 0.5 for text in texts) else 0.0


def _as_lead(content: Content, texts: tuple[str, ...]) -> float:
    """One body in every row."""
    one = sum(len(split_names(t)) == 1 for t in texts) / len(texts)
    return _as_offices(content, texts) + (0.4 if one > 0.9 and len(content.texts) >= content.rows else -0.2)


def _as_joint(content: Content, texts: tuple[str, ...]) -> float:
    """Several bodies in a row, or none."""
    many = sum(len(split_names(t)) > 1 for t in texts) / len(texts)
    return _as_offices(content, texts) + (
        0.4 if many > 0.25 or len(content.texts) < 0.9 * content.rows else -0.2
    )


def _as_plan(content: Content, _texts: tuple[str, ...]) -> float:
    return 0.3 if content.size >= 6 else -0.3


_EXTRAS = {
    R.NUMBER: _as_number,
    R.GROUP: _as_group,
    R.TASK: _as_task,
    R.PROGRESS: _as_progress,
    R.STATUS: _as_status,
    R.COMPLETION: _as_completion,
    R.REMARKS: _as_remarks,
    R.LEADER: _as_leader,
    R.PLAN: _as_plan,
    R.DEPARTMENT: _as_offices,
    R.LEAD: _as_lead,
    R.JOINT: _as_joint,
}
