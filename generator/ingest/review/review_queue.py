"""What the rules could not decide, a person decides; it goes into the YAML as ``by: editor``.

Pure: questions are made from a district, decisions change tasks. Rejections are kept so that the same words
are not proposed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.base.errors import ContentError, Problem
from generator.base.messages import Message, reason_of
from generator.base.places import Place
from generator.content.decisions import Decision, DecisionAction, is_about
from generator.ingest.numbers import (
    Candidate,
    CandidateKind,
    Confidence,
    find_actuals,
    is_rejected,
    parse_targets,
)
from generator.ingest.review.part_decisions import apply_to_part
from generator.model import (
    Actual,
    Basis,
    Comparator,
    DecidedBy,
    District,
    Period,
    Status,
    StepDecision,
    Target,
    TargetKind,
    Task,
    Update,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One proposal in its task, for a person to decide."""

    task: Task
    period: Period | None
    """None for a target."""
    text: str
    """The commitment or the progress text that the spans point into."""
    candidate: Candidate

    @property
    def target(self) -> Target | None:
        """The target that an actual would answer; None for a proposed target."""
        proposal = self.candidate.proposal
        if isinstance(proposal, Target):
            return None
        return next((t for t in self.task.targets if t.id == proposal.target), None)


def list_questions(district: District, decided: Iterable[Decision] = ()) -> tuple[Question, ...]:
    """Every open question of a district: by task, commitment first, then period by period.

    Left out: what ``decided`` rejects, and proposals for targets that have a figure in that period.
    """
    decisions = tuple(decided)
    names = frozenset(name for d in district.departments for name in (d.name, *d.aliases))
    found = [q for task in district.tasks for q in _questions(task, names)]
    return tuple(q for q in found if not _is_decided(q, decisions))


def _questions(task: Task, names: frozenset[str]) -> list[Question]:
    read, doubtful = parse_targets(task.commitment, task.year)
    known = {(t.quote, t.value) for t in task.targets}
    proposals = [_as_candidate(t, task.commitment) for t in read if not _covered(t, task)]
    found = [
        Question(task=task, period=None, text=task.commitment, candidate=candidate)
        for candidate in (*proposals, *doubtful)
        if isinstance(candidate.proposal, Target)
        and (candidate.proposal.quote, candidate.proposal.value) not in known
        and not _covered(candidate.proposal, task)
    ]
    for update in task.updates:
        if update.progress is not None and task.at(update.period).targets == task.targets:
            found += _questions_of(task, update, update.progress, names)
    return found


def list_period_questions(
    district: District, task: Task, period: Period, decided: Iterable[Decision] = ()
) -> tuple[Question, ...]:
    """Open questions of one task in one period, by target."""
    update = task.update_of(period)
    if update is None or not update.progress or task.at(period).targets != task.targets:
        return ()
    names = frozenset(name for d in district.departments for name in (d.name, *d.aliases))
    decisions = tuple(decided)
    found = _questions_of(task, update, update.progress, names)
    return tuple(q for q in found if not _is_decided(q, decisions))


def _covered(target: Target, task: Task) -> bool:
    """Whether the task has the same number in the same words already."""
    return any(
        t.value == target.value
        and t.unit == target.unit
        and (t.quote in target.quote or target.quote in t.quote)
        for t in task.targets
    )


def _as_candidate(target: Target, text: str) -> Candidate:
    start = text.find(target.quote)
    return Candidate(
        proposal=target,
        spans=((start, start + len(target.quote)),),
        reason=Message("按规则读出，但内容里没有"),
        confidence=Confidence.LIKELY,
    )


def _questions_of(task: Task, update: Update, progress: str, names: frozenset[str]) -> list[Question]:
    """Proposals for targets that have no figure in this period."""
    actuals, doubtful = find_actuals(
        task.targets,
        update,
        earlier=_earlier(task, update.period),
        commitment=task.commitment,
        departments=names,
    )
    answered = {actual.target for actual in update.actuals}
    sure = [_as_answer(actual, progress) for actual in actuals]
    return [
        Question(task=task, period=update.period, text=progress, candidate=candidate)
        for candidate in (*sure, *doubtful)
        if isinstance(candidate.proposal, Actual) and candidate.proposal.target not in answered
    ]


def _earlier(task: Task, period: Period) -> tuple[Update, ...]:
    return tuple(u for u in task.updates if u.period.order < period.order)


def _as_answer(actual: Actual, progress: str) -> Candidate:
    starts = [progress.find(quote) for quote in actual.quotes]
    spans = tuple((start, start + len(q)) for start, q in zip(starts, actual.quotes, strict=True))
    return Candidate(
        proposal=actual, spans=spans, reason=Message("按规则读出，但内容里没有"), confidence=Confidence.LIKELY
    )


def _is_decided(question: Question, decisions: Sequence[Decision]) -> bool:
    quotes = question.candidate.quotes
    rejected = [d for d in decisions if d.decision is DecisionAction.REJECT]
    proposal, period = question.candidate.proposal, question.period
    if period is not None and isinstance(proposal, Actual):
        earlier = _earlier(question.task, period)
        if is_rejected(rejected, question.task.id, proposal, question.text, earlier):
            return True
    return any(_rejects(d, question.task.id, question.period, question.candidate, quotes) for d in rejected)


def _rejects(
    decision: Decision, task: str, period: Period | None, candidate: Candidate, quotes: tuple[str, ...]
) -> bool:
    proposal = candidate.proposal
    same_target = isinstance(proposal, Target) or decision.target in (None, proposal.target)
    same_value = decision.value is None or decision.value == proposal.value
    return is_about(decision, task, period, quotes) and same_target and same_value


# -- decisions --------------------------------------------------------------------------------------------


def make_decision(question: Question, action: DecisionAction, *, reason: str | None = None) -> Decision:
    """Accept or reject a question's proposal as it is."""
    proposal = question.candidate.proposal
    return Decision(
        task=question.task.id,
        decision=action,
        period=question.period,
        target=proposal.target if isinstance(proposal, Actual) else None,
        value=proposal.value,
        unit=proposal.unit,
        quotes=question.candidate.quotes,
        reason=reason,
    )


def apply_decisions(
    district: District, decisions: Iterable[Decision], earlier: Iterable[Decision] = ()
) -> tuple[tuple[Task, ...], tuple[Decision, ...]]:
    """Tasks that change, and all rejections to remember (``earlier`` ones first, each once).

    Raises: ContentError for decisions about what is not there, all at once.
    """
    tasks = {task.id: task for task in district.tasks}
    names = frozenset(name for d in district.departments for name in (d.name, *d.aliases))
    problems: list[Problem] = []
    rejections = list(earlier)
    for number, decision in enumerate(decisions, start=1):
        task = tasks.get(decision.task)
        try:
            if task is None:
                raise ValueError(Message("没有任务 {task}", task=decision.task))
            tasks[task.id] = _apply(task, decision, names)
        except ValueError as error:
            problems.append(
                Problem(
                    place=Place(field=f"decisions[{number - 1}]"),
                    what=reason_of(error),
                    hint=Message("照 --list 的写"),
                )
            )
            continue
        if decision.decision is DecisionAction.REJECT and decision not in rejections:
            rejections.append(decision)
    if problems:
        raise ContentError(problems)
    changed = tuple(tasks[task.id] for task in district.tasks if tasks[task.id] != task)
    return changed, tuple(rejections)


def _apply(task: Task, decision: Decision, names: frozenset[str]) -> Task:
    if decision.period is None:
        return _apply_to_targets(task, decision)
    index = next((i for i, u in enumerate(task.updates) if u.period == decision.period), None)
    if index is None:
        raise ValueError(Message("{id} 没有 {period} 这一期", id=task.id, period=decision.period))
    if decision.part is not None:
        return apply_to_part(task, index, decision)
    update = task.updates[index]
    if decision.status is not None:
        changed = _apply_to_status(update, decision)
    elif decision.step is not None:
        changed = _apply_to_step(task, update, decision)
    else:
        changed = _apply_to_actuals(task, update, decision, names)
    return replace(task, updates=(*task.updates[:index], changed, *task.updates[index + 1 :]))


def _apply_to_targets(task: Task, decision: Decision) -> Task:
    kept = [t for t in task.targets if not _means(t, decision)]
    if decision.decision is DecisionAction.REJECT:
        updates = tuple(
            _without(update, {t.id for t in task.targets} - {t.id for t in kept}) for update in task.updates
        )
        return replace(task, targets=tuple(kept), updates=updates)
    old = next((t for t in task.targets if _means(t, decision)), None)
    proposal = old or _proposed_target(task, decision)
    name = old.id if old else _next_id(task)
    target = _make_target(task, decision, proposal, name)
    if old is not None:
        return replace(task, targets=tuple(target if t is old else t for t in task.targets))
    return replace(task, targets=tuple(sorted((*task.targets, target), key=lambda t: _place(task, t))))


def _means(target: Target, decision: Decision) -> bool:
    if decision.target is not None:
        return target.id == decision.target
    same = decision.value is None or decision.value == target.value
    return same and target.quote in decision.quotes


def _without(update: Update, removed: set[str]) -> Update:
    return replace(update, actuals=tuple(a for a in update.actuals if a.target not in removed))


def _next_id(task: Task) -> str:
    used = [int(t.id[1:]) for t in task.targets if t.id[1:].isdigit()]
    return f"t{max(used, default=0) + 1}"


def _place(task: Task, target: Target) -> int:
    return task.commitment.find(target.quote) + target.quote.find(f"{target.value:f}".rstrip("0").rstrip("."))


def _proposed_target(task: Task, decision: Decision) -> Target | None:
    read, doubtful = parse_targets(task.commitment, task.year)
    proposals = [*read, *(c.proposal for c in doubtful if isinstance(c.proposal, Target))]
    return next((t for t in proposals if _means(replace(t, id=""), replace(decision, target=None))), None)


def _make_target(task: Task, decision: Decision, base: Target | None, name: str) -> Target:
    quote = decision.quotes[0] if decision.quotes else base.quote if base else ""
    value = decision.value if decision.value is not None else base.value if base else None
    unit = decision.unit or (base.unit if base else None)
    if value is None or unit is None or not quote or quote not in task.commitment:
        raise ValueError(Message("{id} 的目标要有 value、unit 和任务原文里的 quote", id=task.id))
    return Target(
        id=name,
        metric=decision.metric or (base.metric if base else quote),
        value=value,
        value_max=decision.value_max if decision.value_max is not None else base.value_max if base else None,
        unit=unit,
        comparator=decision.comparator or (base.comparator if base else Comparator.EQUAL),
        kind=decision.kind or (base.kind if base else TargetKind.COUNT),
        quote=quote,
        by=DecidedBy.EDITOR,
    )


def _apply_to_status(update: Update, decision: Decision) -> Update:
    quote = decision.quotes[0] if decision.quotes else None
    if quote is not None and quote not in (update.progress or ""):
        raise ValueError(Message("“{quote}”不是 {task} 推进情况里的原话", quote=quote, task=decision.task))
    assert decision.status is not None
    return replace(update, status=Status(value=decision.status, quote=quote, by=DecidedBy.EDITOR))


def _apply_to_step(task: Task, update: Update, decision: Decision) -> Update:
    """The outcome replaces an earlier decision about the same step."""
    quote = decision.quotes[0] if decision.quotes else None
    said = [u.next_steps or "" for u in task.updates if u.period.order < update.period.order]
    if not decision.step or not any(decision.step in text for text in said):
        raise ValueError(
            Message(
                "“{step}”不是 {task} 以前哪一期下一步计划里的原话", step=decision.step or "", task=task.id
            )
        )
    if decision.outcome is None:
        raise ValueError(Message("要写明 outcome：{words} 后来怎样", words=decision.step))
    if quote is not None and quote not in f"{update.progress}\n{update.next_steps}":
        raise ValueError(Message("“{quote}”不是 {task} 推进情况里的原话", quote=quote, task=decision.task))
    made = StepDecision(step=decision.step, outcome=decision.outcome, quote=quote, by=DecidedBy.EDITOR)
    return replace(update, outcomes=(*(o for o in update.outcomes if o.step != made.step), made))


def _apply_to_actuals(task: Task, update: Update, decision: Decision, names: frozenset[str]) -> Update:
    if decision.target not in {t.id for t in task.targets}:
        raise ValueError(Message("{id} 没有目标 {target}", id=task.id, target=decision.target))
    others = tuple(a for a in update.actuals if a.target != decision.target)
    old = next((a for a in update.actuals if a.target == decision.target), None)
    if decision.decision is DecisionAction.REJECT:
        return replace(update, actuals=others) if old and _same_words(old, decision) else update
    base = old or _proposed_actual(task, update, decision, names)
    actual = _make_actual(task, update, decision, base)
    order = [t.id for t in task.targets]
    return replace(update, actuals=tuple(sorted((*others, actual), key=lambda a: order.index(a.target))))


def _same_words(actual: Actual, decision: Decision) -> bool:
    return not decision.quotes or set(decision.quotes) == set(actual.quotes)


def _proposed_actual(task: Task, update: Update, decision: Decision, names: frozenset[str]) -> Actual | None:
    questions = _questions_of(task, replace(update, actuals=()), update.progress or "", names)
    for question in questions:
        proposal = question.candidate.proposal
        if isinstance(proposal, Actual) and proposal.target == decision.target:
            same = decision.value is None or decision.value == proposal.value
            if same and (not decision.quotes or set(decision.quotes) == set(proposal.quotes)):
                return proposal
    return None


def _make_actual(task: Task, update: Update, decision: Decision, base: Actual | None) -> Actual:
    if base is None and decision.decision is DecisionAction.ACCEPT:
        raise ValueError(
            Message(
                "{id} {period} 的 {target} 没有这样的建议",
                id=task.id,
                period=update.period,
                target=decision.target,
            )
        )
    quotes = decision.quotes or (base.quotes if base else ())
    value = decision.value if decision.value is not None else base.value if base else None
    unit = decision.unit or (base.unit if base else None)
    basis = decision.basis or (base.basis if base else Basis.YEAR_TO_DATE)
    progress = update.progress or ""
    if value is None or unit is None or not quotes or any(quote not in progress for quote in quotes):
        raise ValueError(
            Message(
                "{id} {period} 的完成数要有 value、unit 和推进情况原文里的 quote",
                id=task.id,
                period=update.period,
            )
        )
    stated = decision.stated_completion
    return Actual(
        target=decision.target or "",
        value=value,
        unit=unit,
        basis=basis,
        quotes=quotes,
        stated_completion=stated if stated is not None else base.stated_completion if base else None,
        note=decision.note or (base.note if base else None),
        by=DecidedBy.EDITOR,
    )


def drop_rejected(task: Task, decisions: Iterable[Decision]) -> Task:
    """The task as read by rule, without figures that a person has rejected."""
    rejected = [d for d in decisions if d.decision is DecisionAction.REJECT and d.task == task.id]
    targets = tuple(t for t in task.targets if not any(_hits_target(d, t) for d in rejected))
    known = {t.id for t in targets}
    updates = tuple(
        replace(
            update,
            actuals=tuple(
                a
                for a in update.actuals
                if a.target in known
                and not any(_hits_actual(d, update.period, a) for d in rejected)
                and not is_rejected(rejected, task.id, a, update.progress or "", task.updates[:place])
            ),
        )
        for place, update in enumerate(task.updates)
    )
    return replace(task, targets=targets, updates=updates)


def _hits_target(decision: Decision, target: Target) -> bool:
    same = decision.value in (None, target.value)
    return decision.period is None and same and target.quote in decision.quotes


def _hits_actual(decision: Decision, period: Period, actual: Actual) -> bool:
    same = decision.target in (None, actual.target) and decision.value in (None, actual.value)
    return same and is_about(decision, decision.task, period, actual.quotes)


def question_row(question: Question) -> dict[str, str]:
    """A question as plain words for --list: one key a column."""
    proposal, candidate = question.candidate.proposal, question.candidate
    target = question.target
    return {
        "task": question.task.id,
        "period": "" if question.period is None else str(question.period),
        "kind": candidate.kind,
        "target": proposal.target
        if candidate.kind is CandidateKind.ACTUAL and isinstance(proposal, Actual)
        else "",
        "metric": target.metric if target else proposal.metric if isinstance(proposal, Target) else "",
        "promised": f"{target.value:f}{target.unit}" if target else "",
        "value": f"{proposal.value:f}",
        "unit": proposal.unit,
        "quote": " … ".join(candidate.quotes),
        "spans": " ".join(f"{start}-{end}" for start, end in candidate.spans),
        "confidence": candidate.confidence,
        "reason": candidate.reason,
    }
