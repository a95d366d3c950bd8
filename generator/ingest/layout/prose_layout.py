"""Tasks in running text: paragraphs with label lines under them, or with the bodies in brackets behind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.places import NOWHERE, Place
from generator.ingest.layout.cell_features import done_share, is_furniture, is_note
from generator.ingest.layout.department_names import looks_like_body, share_of_bodies
from generator.ingest.layout.heading_roles import OFFICE_ROLES, ROLE_WORDS, ColumnRole, heading_role
from generator.ingest.layout.inline_labels import Segment, responsible_bracket, split_labels
from generator.ingest.layout.learned_labels import learn_labels
from generator.ingest.layout.row_numbers import number_value
from generator.ingest.layout.row_records import Placement, RowRecord, heading_level, nest
from generator.ingest.layout.source_pieces import SourcePiece, visible

R = ColumnRole
_NUMBERS = (
    ("chinese", re.compile(r"\s*[一二三四五六七八九十百]{1,4}\s*[、.．]")),
    ("bracketed chinese", re.compile(r"\s*[（(][一二三四五六七八九十]{1,3}[)）]\s*[、.]?")),
    ("ordinal", re.compile(r"\s*第[一二三四五六七八九十百\d]{1,4}[条项件][：:、.]?\s*")),
    ("named", re.compile(r"\s*(?:项目|任务|实事)\s*[一二三四五六七八九十\d]{1,3}\s*[：:、.．]")),
    ("digit", re.compile(r"\s*\d{1,3}\s*(?:[．、]|\.(?!\d))")),
    ("bracketed digit", re.compile(r"\s*[（(]\d{1,3}[)）]\s*[、.]?")),
    (
        "alone",
        re.compile(r"\s*(?:NO[.．]?|No[.．]?|第)?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:号|项)?\s*$"),
    ),
    ("keycap", re.compile(r"\s*(?:\d\ufe0f?\u20e3|\U0001f51f)+\s*")),
    ("circled", re.compile(r"\s*[①-⑳]")),
    (
        "boxed",
        re.compile(
            r"\s*[【\[〔]\s*(?:项目|任务|实事|事项)?\s*[一二三四五六七八九十\d]{1,3}\s*[】\]〕][：:]?\s*"
        ),
    ),
)


_NONE: Mapping[str, ColumnRole] = {}
_PART = re.compile(r"[；;，,。]\s*(?P<label>[\u4e00-\u9fff]{2,8})[：:]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A paragraph with what the reading needs of it."""

    piece: SourcePiece
    segments: tuple[Segment, ...]
    bracket: re.Match[str] | None
    """Bracket with the responsible bodies in the part before any label."""
    numbering: str
    """Kind of the number that it starts with; empty without."""

    @property
    def plain(self) -> SourcePiece:
        """What stands before the first label."""
        return self.segments[0].value

    @property
    def opens_with_label(self) -> bool:
        """Nothing stands before the first label."""
        return len(self.segments) > 1 and not self.plain.text

    @property
    def names_bodies(self) -> bool:
        """It says who is responsible."""
        return self.bracket is not None or any(s.role in OFFICE_ROLES for s in self.segments)


@dataclass(slots=True)
class _ProseState:
    items: tuple[Item, ...]
    task_kind: str
    """Kind of numbering in front of tasks; empty when tasks are not numbered."""
    last_start: int
    """Index of the paragraph with which the last task begins."""
    last_label: int
    """Index of the last paragraph that opens with a label; -1 without any."""
    plain_tells: bool
    """Paragraphs without a label below the tasks mostly tell of things done."""
    headings: tuple[SourcePiece, ...] = ()
    records: list[RowRecord] = field(default_factory=list)
    fields: list[tuple[ColumnRole, SourcePiece]] = field(default_factory=list)
    extras: list[tuple[str, SourcePiece]] = field(default_factory=list)
    where: Place = NOWHERE
    open_role: ColumnRole | None = None
    """Prose field that the next plain paragraph goes on with."""
    goes_on: bool = False
    """Some task goes on in a paragraph without a label."""
    placements: list[Placement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def close(self) -> None:
        """Put the record that is being gathered among the finished ones."""
        if any(role is R.TASK for role, _ in self.fields):
            self.records.append(
                RowRecord(
                    where=self.where,
                    sections=self.headings,
                    fields=tuple(self.fields),
                    extras=tuple(self.extras),
                )
            )
        self.fields, self.extras, self.open_role = [], [], None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningText:
    """Records of running text and what stands around them."""

    records: tuple[RowRecord, ...]
    placements: tuple[Placement, ...]
    problems: tuple[Problem, ...]
    used: int
    """Number of paragraphs at the start that stand before the first task or heading (title, preamble)."""


def read_running(paragraphs: Sequence[SourcePiece]) -> RunningText | None:
    """Tasks of running text; None when fewer than two paragraphs say who is responsible."""
    learned = learn_labels(paragraphs)
    items = tuple(make_item(piece, learned) for piece in paragraphs)
    if sum(item.names_bodies for item in items) < 2:
        return None
    starts = _task_starts(items)
    if len(starts) < 2:
        return None
    kinds = Counter(items[i].numbering for i in starts)
    labelled = (index for index, item in enumerate(items) if item.opens_with_label)
    state = _ProseState(
        items=items,
        task_kind=kinds.most_common(1)[0][0],
        last_start=max(starts),
        last_label=max(labelled, default=-1),
        plain_tells=_plain_tells(items, starts),
    )
    first = _first_heading(items, starts)
    for index in range(first, len(items)):
        _read_item(state, index, starts)
    _cut_signature(state)
    state.close()
    if learned:
        state.problems.append(_tell_learned(learned, items[first].piece.where))
    return RunningText(
        records=_expect(_settle_roles(state.records)),
        placements=tuple(state.placements),
        problems=tuple(state.problems),
        used=first,
    )


def _plain_tells(items: Sequence[Item], starts: frozenset[int]) -> bool:
    """Whether the paragraphs right below the bodies, where most tasks have one, tell of things done."""
    below = [
        items[i].piece.text
        for i in range(1, len(items))
        if items[i - 1].names_bodies and not (i in starts or items[i].numbering or items[i].opens_with_label)
    ]
    return len(below) * 2 > len(starts) and done_share(below) > 0.5


def _tell_learned(learned: Mapping[str, ColumnRole], where: Place) -> Problem:
    """The labels that were read by what stands behind them."""
    words = tuple(
        Message("{name}={role}", name=name, role=ROLE_WORDS[role]) for name, role in learned.items()
    )
    what = Message("有的标签不认识，连同别的标签按内容定了是什么：{labels}", labels=words)
    return Problem(place=where, what=what, hint=Message("请对照原文核对"), level=Severity.WARNING)


def _settle_roles(records: Sequence[RowRecord]) -> tuple[RowRecord, ...]:
    """Records with 责任单位 as the supporters beside a 牵头单位, as the lead beside 配合单位 alone."""
    roles = {role for record in records for role, _ in record.fields}
    if R.LEAD in roles:
        meant = R.JOINT
    elif R.JOINT in roles:
        meant = R.LEAD
    else:
        return tuple(records)
    return tuple(
        replace(r, fields=tuple((meant if role is R.DEPARTMENT else role, p) for role, p in r.fields))
        if meant is R.LEAD or any(role is R.LEAD for role, _ in r.fields)
        else r
        for r in records
    )


def _expect(records: Sequence[RowRecord]) -> tuple[RowRecord, ...]:
    """Records that know what they should say: the labels that most of them have."""
    counts = Counter(role for record in records for role in {role for role, _ in record.fields})
    usual = frozenset(role for role, count in counts.items() if count * 5 >= len(records) * 3)
    return tuple(replace(record, roles=usual) for record in records)


def make_item(piece: SourcePiece, learned: Mapping[str, ColumnRole] = _NONE) -> Item:
    """A paragraph taken apart. ``learned``: labels of this document that no rule knows."""
    segments = split_labels(piece, learned)
    plain = segments[0].value
    kind = next((name for name, pattern in _NUMBERS if pattern.match(plain.text)), "")
    return Item(piece=piece, segments=segments, bracket=responsible_bracket(plain.text), numbering=kind)


def _task_starts(items: Sequence[Item]) -> frozenset[int]:
    """Indices of paragraphs with which a task begins.

    A task is the paragraph that names its bodies itself, or the one above the label lines that name them;
    where tasks are numbered, the nearest paragraph above with that kind of number.
    """
    owners = []
    above = -1
    for index, item in enumerate(items):
        if item.names_bodies and item.plain.text:
            owners.append(index)
        elif item.names_bodies and above >= 0:
            owners.append(above)
        if not item.opens_with_label or item.segments[1].role is R.TASK:
            above = index
    owners = _under_names(items, owners)
    kinds = Counter(items[i].numbering for i in owners if items[i].numbering)
    usual, times = kinds.most_common(1)[0] if kinds else ("", 0)
    if times * 2 < len(owners):
        return frozenset(owners)
    return frozenset(_nearest(items, owner, usual) for owner in owners)


def _under_names(items: Sequence[Item], owners: Sequence[int]) -> list[int]:
    """Owners moved to the numbered line above, where most have one: the name above 目标任务：, a bare 01."""
    labelled = [i for i in owners if items[i].opens_with_label or not items[i].numbering]
    above = [
        i
        for i in labelled
        if i
        and items[i - 1].numbering
        and not items[i - 1].names_bodies
        and (items[i].opens_with_label or items[i - 1].numbering == "alone")
    ]
    kinds = Counter(items[i - 1].numbering for i in above)
    usual, times = kinds.most_common(1)[0] if kinds else ("", 0)
    if times < 2 or times * 3 < len(labelled) * 2:
        return list(owners)
    moved = {i for i in above if items[i - 1].numbering == usual}
    return [i - 1 if i in moved else i for i in owners]


def _nearest(items: Sequence[Item], owner: int, kind: str) -> int:
    """The paragraph with the usual numbering that the owner belongs to: itself or one of the few above it."""
    for index in range(owner, max(owner - 6, -1), -1):
        if items[index].numbering == kind:
            return index
        if index < owner and items[index].names_bodies:
            break
    return owner


def _first_heading(items: Sequence[Item], starts: frozenset[int]) -> int:
    """Index where the tasks begin: the headings directly above the first task belong to it."""
    first = min(starts)
    while first > 0:
        text = items[first - 1].piece.text
        if not heading_level(text) or visible(text) > 60 or re.search(r"[。；;]$", text):
            break
        first -= 1
    if first == min(starts) and first and _is_bare_heading(items, first - 1):
        later = (i - 1 for i in starts if i > first)
        first -= any(_is_bare_heading(items, i) and _ends_task(items[i - 1]) for i in later)
    return first


def _is_bare_heading(items: Sequence[Item], index: int) -> bool:
    """Whether a paragraph can be a heading without a number: short, no sentence, no title with its year."""
    item = items[index]
    text = item.piece.text
    bare = not item.numbering and not item.opens_with_label and not item.names_bodies
    return bare and visible(text) <= 30 and not re.search(r"[。；;：:，,]\s*$|20\d\d", text)


def _ends_task(item: Item) -> bool:
    """Whether a paragraph can be the last of a task: a whole sentence, a short label line, a bracket."""
    text = item.piece.text
    short = item.opens_with_label and item.segments[-1].short
    return short or re.search(r"[。；;！!）)】]\s*$", text) is not None


def _read_item(state: _ProseState, index: int, starts: frozenset[int]) -> None:
    item = state.items[index]
    text = item.piece.text
    if index in starts:
        state.close()
        state.where = item.piece.where
        _read_task(state, item)
    elif is_furniture(text) or (is_note(text) and not item.opens_with_label):
        state.placements.append(Placement(piece=item.piece, field="note", structural=True))
    elif item.opens_with_label:
        _read_labels(state, item.segments[1:])
    elif _counts_on(state, item):
        state.close()
        state.where = item.piece.where
        what = Message("“{text}…”接着前面的序号，看作另一项任务，没有写明单位", text=text[:16])
        hint = Message("请对照原文核对；如果它是上一项的一部分，请在原文里接回上一段")
        state.problems.append(Problem(place=item.piece.where, what=what, hint=hint, level=Severity.WARNING))
        _read_task(state, item)
    elif _is_heading(state, item, index, starts):
        state.close()
        fresh = not (state.records and state.headings and state.headings[-1] in state.records[-1].sections)
        state.headings = nest(state.headings, item.piece, heading_level(text), fresh=fresh)
        if not item.numbering:
            what = Message("“{text}”没有编号，看作分组标题", text=text[:20])
            hint = Message("如果它是上一项的一部分，请在原文里接回上一段")
            state.problems.append(
                Problem(place=item.piece.where, what=what, hint=hint, level=Severity.WARNING)
            )
        state.placements.append(Placement(piece=item.piece, field="section"))
    else:
        _go_on(state, item, last=state.last_label <= index)


def _counts_on(state: _ProseState, item: Item) -> bool:
    """Whether a paragraph has the number behind that of the task above, of which all is said."""
    numbers = [p.text for role, p in state.fields if role is R.NUMBER]
    if not numbers or item.numbering != state.task_kind or state.open_role is not None:
        return False
    printed = next((m[0] for _, pattern in _NUMBERS if (m := pattern.match(item.plain.text))), "")
    value, above = number_value(printed), number_value(numbers[0])
    return value is not None and above is not None and value == above + 1


def _is_heading(state: _ProseState, item: Item, index: int, starts: frozenset[int]) -> bool:
    """A short line without a full stop, of another numbering than the tasks, with a task further below."""
    text = item.piece.text
    if visible(text) > 50 or re.search(r"[。；;，,]\s*$", text) or state.last_start <= index:
        return False
    if _goes_on_with_bodies(state, text):
        return False
    if item.numbering and item.numbering != state.task_kind:
        below = next(i for i in range(index + 1, len(state.items)) if i in starts)
        levels = [heading_level(p.piece.text) for p in state.items[index + 1 : below]]
        return heading_level(text) in (1, 2) and all(levels)
    if item.numbering or index + 1 not in starts:
        return False
    apart = _is_bare_heading(state.items, index) and _ends_task(state.items[index - 1])
    return apart or state.open_role not in (R.PROGRESS, R.NEXT_STEPS)


def _goes_on_with_bodies(state: _ProseState, text: str) -> bool:
    """Whether a line is the rest of a list of bodies that broke off behind a separator."""
    if not state.fields or state.fields[-1][0] not in OFFICE_ROLES:
        return False
    return (
        re.search(r"[、，,和及]\s*$", state.fields[-1][1].text) is not None and share_of_bodies(text) >= 0.6
    )


def _read_task(state: _ProseState, item: Item) -> None:
    """Number, promise, bodies in brackets and what stands behind, then the labels of the same paragraph."""
    plain = item.plain
    if item.opens_with_label:
        _read_labels(state, item.segments[1:])
        return
    if state.task_kind and item.numbering != state.task_kind and not item.opens_with_label:
        what = Message("“{text}…”没有像其他任务那样编号，当作任务内容", text=plain.text[:16])
        hint = Message("请核对它是任务还是标题")
        state.problems.append(Problem(place=item.piece.where, what=what, hint=hint, level=Severity.WARNING))
    if item.numbering:
        match = next(m for _, pattern in _NUMBERS if (m := pattern.match(plain.text)))
        state.fields.append((R.NUMBER, plain.cut(0, match.end())))
        rest = plain.cut(match.end())
    else:
        rest = plain
    bracket = responsible_bracket(rest.text)
    if bracket is None:
        comma = re.search(r"[，,、;；]\s*$", rest.text) if len(item.segments) > 1 else None
        if comma:
            _structural(state, rest.cut(comma.start()))
            rest = rest.cut(0, comma.start())
        _add(state, R.TASK, rest)
        state.open_role = R.TASK
    else:
        _add(state, R.TASK, rest.cut(0, bracket.start()))
        _structural(state, rest.cut(bracket.start(), bracket.start("inside")))
        _read_bracket(state, rest.cut(bracket.start("inside"), bracket.end("inside")))
        colon = re.compile(r"\s*[：:，,]?").match(rest.text, bracket.end())
        behind = colon.end() if colon else bracket.end()
        _structural(state, rest.cut(bracket.end("inside"), behind))
        _add(state, R.PROGRESS, rest.cut(behind))
        state.open_role = None
    _read_labels(state, item.segments[1:])


def _read_bracket(state: _ProseState, inside: SourcePiece) -> None:
    """What a bracket behind the task says: who is responsible, and often by when."""
    labels = [m for m in _PART.finditer(inside.text) if heading_role(m["label"]) in (R.DEADLINE, R.LEADER)]
    edges = [*(m.start() for m in labels), len(inside.text)]
    spelled = re.match(r"[^：:]*[（(][a-z\u00e0-\u01dc]{1,6}[)）][^：:]*[：:]", inside.text)
    if spelled:
        _structural(state, inside.cut(0, spelled.end()))
    _add(state, R.DEPARTMENT, inside.cut(spelled.end() if spelled else 0, edges[0]))
    for match, end in zip(labels, edges[1:], strict=True):
        following = _PART.search(inside.text, match.end(), end)
        stop = following.start() if following else end
        role = heading_role(match["label"])
        assert role is not None
        _structural(state, inside.cut(match.start(), match.end()))
        _add(state, role, inside.cut(match.end(), stop))
        _add(state, R.DEPARTMENT, inside.cut(stop, end))


def _add(state: _ProseState, role: ColumnRole, piece: SourcePiece) -> None:
    if piece.text:
        state.fields.append((role, piece))


def _structural(state: _ProseState, piece: SourcePiece) -> None:
    if piece.text:
        state.placements.append(Placement(piece=piece, field="label", structural=True))


def _read_labels(state: _ProseState, segments: Sequence[Segment]) -> None:
    for segment in segments:
        assert segment.role is not None
        assert segment.label is not None
        _structural(state, segment.label)
        value = segment.value
        if segment.role is R.DEADLINE and (stop := re.fullmatch(r"[^。]+(。\s*)", value.text)):
            _structural(state, value.cut(stop.start(1)))
            value = value.cut(0, stop.start(1))
        if segment.role in OFFICE_ROLES and (stop := re.search(r"[。；;](?=\s*\S)", value.text)):
            rest = value.cut(stop.end())
            if share_of_bodies(rest.text) < 0.5:
                _add(state, segment.role, value.cut(0, stop.end()))
                _add(state, R.PROGRESS, rest)
                what = Message("“{text}…”前面没有写明是什么，当作进展", text=rest.text[:16])
                hint = Message("请对照原文核对这一段")
                state.problems.append(Problem(place=rest.where, what=what, hint=hint, level=Severity.WARNING))
                state.open_role = R.PROGRESS
                continue
        if segment.role in (R.REMARKS, R.PLAN) and segment.value.text:
            state.extras.append((segment.label.text.strip("：: 【】[]"), value))
        else:
            _add(state, segment.role, value)
        state.open_role = None if segment.short else segment.role


def _cut_signature(state: _ProseState) -> None:
    """The office printed behind the last sentence of the text is its signature, no part of the last task."""
    if not state.fields:
        return
    role, piece = state.fields[-1]
    match = re.search(r"[。；;！]\s+(?P<office>\S{3,20})$", piece.text)
    if role in (R.PROGRESS, R.NEXT_STEPS, R.TASK) and match and looks_like_body(match["office"]):
        state.fields[-1] = (role, piece.cut(0, match.start("office")))
        _leave_out(state, piece.cut(match.start("office")))


def _leave_out(state: _ProseState, piece: SourcePiece) -> None:
    """What stands below the last task and is no part of it; told."""
    state.placements.append(Placement(piece=piece, field="note", structural=True))
    what = Message("末尾的“{office}”看作落款，没有读进任务", office=piece.text[:24])
    hint = Message("请对照原文核对这一处")
    state.problems.append(Problem(place=piece.where, what=what, hint=hint, level=Severity.WARNING))


def _is_signature(text: str) -> bool:
    """Whether a line is the office or the date below the text."""
    return looks_like_body(text) or re.fullmatch(r"\s*20\d\d年\d{1,2}月\d{1,2}日\s*", text) is not None


def _go_on(state: _ProseState, item: Item, *, last: bool) -> None:
    """A plain paragraph inside a task: more of the open field, else progress when it tells of things done.

    ``last``: no label follows any more.
    """
    role = state.open_role
    bodies = state.fields and state.fields[-1][0] in OFFICE_ROLES
    broken = _goes_on_with_bodies(state, item.piece.text)
    if broken or (not last and bodies and role is None and share_of_bodies(item.piece.text) >= 0.6):
        _add(state, state.fields[-1][0], item.plain)
        return
    if not state.fields or (last and _is_signature(item.piece.text)):
        state.placements.append(Placement(piece=item.piece, field="note", structural=True))
        return
    whole = re.search(r"[。；;！]\s*$", state.fields[-1][1].text) is not None
    if last and whole and role is not None and not state.goes_on:
        _leave_out(state, item.piece)
        return
    state.goes_on = True
    if role in (R.REMARKS, R.PLAN):
        state.extras.append(("", item.plain))
    else:
        has_bodies = any(r in (R.DEPARTMENT, R.LEAD) for r, _ in state.fields)
        if role is None or (role is R.TASK and has_bodies):
            told = state.plain_tells or done_share([item.plain.text])
            role = R.PROGRESS if told else R.TASK
            taken = Message("进展") if role is R.PROGRESS else Message("任务内容")
            state.problems.append(
                Problem(
                    place=item.piece.where,
                    what=Message(
                        "“{text}…”前面没有写明是什么，当作{taken}", text=item.plain.text[:16], taken=taken
                    ),
                    hint=Message("请对照原文核对这一段"),
                    level=Severity.WARNING,
                )
            )
        _add(state, role, item.plain)
        state.open_role = role
    _read_labels(state, item.segments[1:])
