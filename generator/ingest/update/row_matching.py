"""Which row of a new table is which known task: by text and number together; doubt is told, not decided."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from generator.model import Task

NEW = "new"
"""A decision: this row is a task that was not there before."""
FROM = "from:"
"""A decision that begins so: this row is a new task that came of the one named behind it."""

_SURE = 0.85
"""From here two texts are the same task whatever their numbers."""
_LIKELY = 0.7
"""From here they are the same task when the number fits too."""
_POSSIBLE = 0.4
"""From here a fitting number makes it a question for a person."""
_MARGIN = 0.08
"""By so much the best candidate must be ahead of the next."""
_CONTINUES = 0.75
"""A part that is so much like the whole is the task itself; the others have split off."""
_INSIDE = 0.65
"""Share of a text's pairs of characters that stand in another text which it was part of."""
_OWN = 0.2
"""By so much that share must be greater than in any other text: common phrases make no part."""
_COVERED = 0.7
"""Share of a text that its parts must cover together."""
_SHORT = 12
"""Texts shorter than this are alike by chance."""
_BEST = 6
"""So many candidates of each row and of each task are looked at."""
_Ranked = tuple[float, int, int, float]
"""Likeness with the bonus for a fitting number, row, task, likeness."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COMMON = 60
"""A pair of characters in more texts than this finds no candidates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A row that is a known task."""

    row: int
    """Position in the new table, from 0."""
    task: int
    """Position among the known tasks, from 0."""
    score: float
    """Likeness of the two texts, 0-1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A task that became several rows, or several tasks that became one row."""

    rows: tuple[int, ...]
    tasks: tuple[int, ...]
    is_sure: bool = True
    """Whether the parts cover nearly all of the whole; otherwise a person is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A row that a person must decide."""

    row: int
    candidates: tuple[int, ...]
    """Known tasks that it may be, most alike first."""
    scores: tuple[float, ...]
    """Their likeness, 0-1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Every row and every known task is in exactly one of: matches, splits or merges (parts that do not
    continue), doubts (rows only), new, missing."""

    matches: tuple[Match, ...]
    splits: tuple[Split, ...]
    """One task, several rows; rows that continue the task are matches, not listed here."""
    merges: tuple[Split, ...]
    """Several tasks, one row; a task that continues as the row is a match, not listed here."""
    doubts: tuple[Doubt, ...]
    new: tuple[int, ...]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A task as the matching sees it."""

    task: Task
    texts: tuple[str, ...]
    """Its commitment now, and as the last table printed it."""


@dataclass(slots=True)
class _Work:
    """What is still open while matching."""

    rows: Sequence[Task]
    known: Sequence[Known]
    row_texts: list[str]
    task_texts: list[tuple[str, ...]]
    matched: dict[int, Match] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    splits: list[Split] = field(default_factory=list)
    merges: list[Split] = field(default_factory=list)
    new: set[int] = field(default_factory=set)

    def pair(self, row: int, task: int, score: float) -> None:
        self.matched[row] = Match(row=row, task=task, score=score)
        self.taken.add(task)

    def open_rows(self) -> list[int]:
        settled = {row for split in (*self.splits, *self.merges) for row in split.rows}
        return [r for r in range(len(self.rows)) if r not in self.matched and r not in self.new | settled]

    def open_tasks(self) -> list[int]:
        settled = {task for split in (*self.splits, *self.merges) for task in split.tasks}
        return [t for t in range(len(self.known)) if t not in self.taken | settled]


def normal_text(text: str) -> str:
    """Letters and digits alone, full-width forms folded: what two printings of one text have in common."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(c for c in folded if c.isalnum() or c in "%+-")


def match_rows(rows: Sequence[Task], known: Sequence[Known], decisions: Mapping[int, str]) -> Matching:
    """Rows of a new table against the known tasks of the same year.

    ``decisions``: row position → task id, or ``NEW``; a person's word outranks every rule.
    """
    work = _Work(
        rows=rows,
        known=known,
        row_texts=[normal_text(row.commitment) for row in rows],
        task_texts=[tuple(dict.fromkeys(normal_text(text) for text in k.texts)) for k in known],
    )
    _take_decisions(work, decisions)
    _match_equal(work)
    _find_parts(work)
    doubts = _match_alike(work)
    return Matching(
        matches=tuple(work.matched[row] for row in sorted(work.matched)),
        splits=tuple(work.splits),
        merges=tuple(work.merges),
        doubts=tuple(doubts),
        new=tuple(sorted({*work.open_rows(), *work.new} - {doubt.row for doubt in doubts})),
        missing=tuple(work.open_tasks()),
    )


def _take_decisions(work: _Work, decisions: Mapping[int, str]) -> None:
    ids = {k.task.id: index for index, k in enumerate(work.known)}
    for row, decision in decisions.items():
        if decision in ids:
            work.pair(row, ids[decision], _score(work, row, ids[decision]))
        else:
            work.new.add(row)


def _score(work: _Work, row: int, task: int) -> float:
    return max(fuzz.ratio(work.row_texts[row], text) for text in work.task_texts[task]) / 100


def _match_equal(work: _Work) -> None:
    """Equal texts; where a text stands several times, the equal number decides, then the order."""
    by_text: dict[str, list[int]] = defaultdict(list)
    for task in work.open_tasks():
        for text in work.task_texts[task]:
            by_text[text].append(task)
    rows_by_text: dict[str, list[int]] = defaultdict(list)
    for row in work.open_rows():
        if work.row_texts[row]:
            rows_by_text[work.row_texts[row]].append(row)
    for text, rows in rows_by_text.items():
        same_number = {work.known[task].task.number: task for task in by_text.get(text, ())}
        for row in rows:
            partner = same_number.get(work.rows[row].number)
            if partner is not None and partner not in work.taken:
                work.pair(row, partner, 1.0)
        rest = [row for row in rows if row not in work.matched]
        tasks = [task for task in by_text.get(text, ()) if task not in work.taken]
        for row, task in zip(rest, tasks, strict=False):
            work.pair(row, task, 1.0)


# -- one task became several, several became one


def _find_parts(work: _Work) -> None:
    rows, tasks = work.open_rows(), work.open_tasks()
    row_pairs = {row: make_pairs(work.row_texts[row]) for row in rows}
    task_pairs = {task: make_pairs(work.task_texts[task][-1]) for task in tasks}
    every_row = {row: make_pairs(text) for row, text in enumerate(work.row_texts)}
    every_task = {task: make_pairs(texts[-1]) for task, texts in enumerate(work.task_texts)}
    for task, parts in _inside(row_pairs, task_pairs, every_task).items():
        parts = [row for row in parts if row in set(work.open_rows())]
        covered = _covered(task_pairs[task], (row_pairs[row] for row in parts))
        if len(parts) < 2 or covered < _COVERED:
            continue
        best = max(parts, key=lambda row: _score(work, row, task))
        if (score := _score(work, best, task)) >= _CONTINUES:
            work.pair(best, task, score)
        rest = tuple(p for p in parts if p not in work.matched)
        work.splits.append(Split(rows=rest, tasks=(task,), is_sure=covered >= _SURE))
    for row, whole in _inside(task_pairs, row_pairs, every_row).items():
        parts = [task for task in whole if task in set(work.open_tasks())]
        if row not in set(work.open_rows()) or len(parts) < 2:
            continue
        if _covered(row_pairs[row], (task_pairs[task] for task in parts)) < _COVERED:
            continue
        best = max(parts, key=lambda task: _score(work, row, task))
        if (score := _score(work, row, best)) >= _CONTINUES:
            work.pair(row, best, score)
        work.merges.append(Split(rows=(row,), tasks=tuple(p for p in parts if p not in work.taken)))


def make_pairs(text: str) -> frozenset[str]:
    """Every two characters that stand side by side."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _inside(
    parts: Mapping[int, frozenset[str]],
    wholes: Mapping[int, frozenset[str]],
    every: Mapping[int, frozenset[str]],
) -> dict[int, list[int]]:
    """Whole → the parts that stand in it, beyond catchwords, and not as much in any other of ``every``."""
    posting: dict[str, list[int]] = defaultdict(list)
    for whole, pairs in every.items():
        for pair in pairs:
            posting[pair].append(whole)
    found: dict[int, list[int]] = defaultdict(list)
    for part, pairs in parts.items():
        if len(pairs) < 4:
            continue
        counts = Counter(w for pair in pairs if len(posting[pair]) <= _COMMON for w in posting[pair])
        near = [w for w, _ in counts.most_common(6)]
        shares = sorted(((len(pairs & every[w]) / len(pairs), w) for w in near), reverse=True)
        if not shares or shares[0][0] < _INSIDE or (len(shares) > 1 and shares[0][0] - shares[1][0] < _OWN):
            continue
        whole = shares[0][1]
        if whole in wholes and len(pairs) < len(wholes[whole]):
            found[whole].append(part)
    return {whole: sorted(inside) for whole, inside in sorted(found.items())}


def _covered(whole: frozenset[str], parts: Iterable[frozenset[str]]) -> float:
    union: frozenset[str] = frozenset().union(*parts)
    return len(whole & union) / max(len(whole), 1)


# -- alike, not equal


def _match_alike(work: _Work) -> list[Doubt]:
    """Pairs that are beyond doubt are taken; the rows in doubt are returned."""
    rows, tasks = work.open_rows(), work.open_tasks()
    if not rows or not tasks:
        return []
    offsets = _offsets(work)
    scores = _likeness(work, rows, tasks, offsets)
    ranked = sorted(
        (
            (score + (0.1 if _number_fits(work, row, task, offsets) else 0), row, task, score)
            for (row, task), score in scores.items()
        ),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    rivals: dict[tuple[str, int], list[_Ranked]] = defaultdict(list)
    for entry in ranked:
        rivals["row", entry[1]].append(entry)
        rivals["task", entry[2]].append(entry)
    asked: set[int] = set()
    for weight, row, task, score in ranked:
        if row in work.matched or task in work.taken or row in asked:
            continue
        near = (
            w
            for w, r, t, _ in (*rivals["row", row], *rivals["task", task])
            if (r, t) != (row, task) and r not in work.matched and t not in work.taken
        )
        clear = weight - max(near, default=0.0) >= _MARGIN
        verdict = _verdict(work, row, task, score, clear, fits=weight > score)
        if verdict is True:
            work.pair(row, task, score)
        elif verdict is None:
            asked.add(row)
    return [_make_doubt(work, row, scores) for row in sorted(asked)]


def _likeness(
    work: _Work, rows: list[int], tasks: list[int], offsets: list[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    """Likeness of the best open pairs from ``_POSSIBLE`` on, and of those with a fitting number."""
    choices = [(task, text) for task in tasks for text in work.task_texts[task]]
    table = process.cdist(
        [work.row_texts[row] for row in rows],
        [text for _, text in choices],
        scorer=fuzz.ratio,
        score_cutoff=_POSSIBLE * 100,
    )
    places = {(i, int(j)) for i, line in enumerate(table) for j in line.argsort()[-_BEST:]}
    places |= {(int(i), j) for j, line in enumerate(table.T) for i in line.argsort()[-_BEST:]}
    by_number = {work.known[task].task.number: j for j, (task, _) in enumerate(choices)}
    shifts = {0, *(shift for _, shift in offsets)} if len(offsets) < _COMMON else {0}
    for i, row in enumerate(rows):
        numbers = (work.rows[row].number - shift for shift in shifts)
        places |= {(i, by_number[number]) for number in numbers if number in by_number}
    found: dict[tuple[int, int], float] = {}
    for i, j in places:
        if table[i, j] > 0:
            key = (rows[i], choices[j][0])
            found[key] = max(found.get(key, 0.0), float(table[i, j]) / 100)
    return found


def _offsets(work: _Work) -> list[tuple[int, int]]:
    """Number of a task matched by its text → by how much the new table has moved it."""
    found = [
        (work.known[m.task].task.number, work.rows[m.row].number - work.known[m.task].task.number)
        for m in work.matched.values()
        if m.score == 1.0
    ]
    return sorted(found)


def _number_fits(work: _Work, row: int, task: int, offsets: list[tuple[int, int]]) -> bool:
    """Same number, or moved by as much as the nearest tasks before or behind it."""
    new, old = work.rows[row].number, work.known[task].task.number
    if new == old:
        return True
    before = next((shift for number, shift in reversed(offsets) if number < old), None)
    behind = next((shift for number, shift in offsets if number > old), None)
    return new - old in {before, behind}


def _verdict(work: _Work, row: int, task: int, score: float, clear: bool, *, fits: bool) -> bool | None:
    """True: the same task; False: not; None: a person must say. ``clear``: no rival is nearly as good."""
    if _same_but_numbers(work, row, task) and (clear or fits):
        return True
    short = min(len(work.row_texts[row]), min(map(len, work.task_texts[task]))) < _SHORT
    if score >= (0.9 if short else _SURE) and (clear or fits):
        return True
    if score >= _LIKELY and clear and not short and (fits or _same_bodies(work, row, task)):
        return True
    return None if score >= _LIKELY or (fits and score >= _POSSIBLE) else False


def _same_but_numbers(work: _Work, row: int, task: int) -> bool:
    bare = _NUMBER.sub("", work.row_texts[row])
    return bool(bare) and any(bare == _NUMBER.sub("", text) for text in work.task_texts[task])


def _same_bodies(work: _Work, row: int, task: int) -> bool:
    new = {a.name for a in work.rows[row].departments}
    old = {a.name for a in work.known[task].task.departments}
    return bool(new) and len(new & old) * 2 >= len(new | old)


def _make_doubt(work: _Work, row: int, scores: Mapping[tuple[int, int], float]) -> Doubt:
    found = sorted(
        ((score, task) for (r, task), score in scores.items() if r == row and task not in work.taken),
        key=lambda entry: (-entry[0], entry[1]),
    )[:4]
    return Doubt(row=row, candidates=tuple(t for _, t in found), scores=tuple(s for s, _ in found))
