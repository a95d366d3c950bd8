"""What is printed of a figure: the number promised, the number reported, the distance, the standing."""

from __future__ import annotations

from fractions import Fraction

from generator.figures import Reason, Standing, TargetFigure, TaskFigures, standing_of
from generator.language.number_context import growth_verb, is_forecast, promises_fall
from generator.model import Actual, Basis, Comparator, StatusValue, Target, TargetKind
from generator.wording.catalogue import Words
from generator.wording.numbers import (
    format_amount,
    format_number,
    format_percent,
    format_points,
    round_number,
)

_GOALS = {Comparator.AT_LEAST: "at_least", Comparator.AT_MOST: "at_most", Comparator.EQUAL: "equal"}
_PREFIXES = {Reason.QUARTER_ONLY: "at_least", Reason.STOCK: "present"}
_POINT_UNITS = ("%", "％", "百分点")


def format_standing(standing: Standing, words: Words) -> str:
    """The word of a standing: 欠序时."""
    return words(f"figures.standing.{standing.value}")


def format_kind(kind: TargetKind, words: Words) -> str:
    """What sort of number a target is: 数量."""
    return words(f"figures.kind.{kind.value}")


def format_basis(basis: Basis, words: Words) -> str:
    """What a reported number covers: 累计."""
    return words(f"figures.basis.{basis.value}")


def format_goal(target: Target, words: Words) -> str:
    """The number promised: 923亩以上, 15%～30%, 下降4%以上; the verb where the target's name lacks it."""
    amount = format_amount(target.value, target.unit, target.value_max)
    if target.kind is TargetKind.GROWTH:
        amount = _promised_growth(target, amount, words)
    return words(f"figures.goal.{_GOALS[target.comparator]}", amount=amount)


def _promised_growth(target: Target, amount: str, words: Words) -> str:
    """With the verb of the promise, in Chinese to the letter; without, where the target's name has it."""
    if target.value < 0 and target.value_max is None:
        return words("figures.fall", amount=format_amount(-target.value, target.unit))
    verb = growth_verb(target.quote, format_number(target.value))
    if verb in target.metric:
        return amount
    if words.language.startswith("zh"):
        return verb + amount
    return words("figures.fall" if promises_fall(verb) else "figures.rise", amount=amount)


def format_actual(target: Target, actual: Actual, words: Words) -> str:
    """The number reported: 320亩, 下降4.18%; 预计 before one that its words only expect.

    A growth is signed as its promise is meant: where a fall is promised, 4 is a fall and -4 a rise.
    """
    amount = format_amount(abs(actual.value), actual.unit)
    falls = promises_fall(target.quote)
    if target.kind is not TargetKind.GROWTH or (actual.value >= 0 and not falls):
        amount = format_amount(actual.value, actual.unit)
        if target.kind is TargetKind.GROWTH and actual.value > 0:
            amount = _reported_growth(target, actual, amount, words)
    elif actual.value < 0:
        amount = words("figures.rise" if falls else "figures.fall", amount=amount)
    elif not promises_fall(target.metric):
        amount = words("figures.fall", amount=amount)
    expected = is_forecast(actual.quotes, format_number(abs(actual.value)))
    return words("figures.expected", amount=amount) if expected else amount


def _reported_growth(target: Target, actual: Actual, amount: str, words: Words) -> str:
    """With the verb of the report, in Chinese to the letter; without, where the target's name has it."""
    number = format_number(actual.value)
    verb = next(filter(None, (growth_verb(quote, number) for quote in actual.quotes)), "")
    if not verb or promises_fall(verb) or verb in target.metric:
        return amount
    return verb + amount if words.language.startswith("zh") else words("figures.rise", amount=amount)


def format_reported(figure: TargetFigure, words: Words) -> str:
    """The number reported in a period, with what limits it: 至少3座, 15.1%（截至5月）, 287个（口径不同）.

    Empty when there is none. One quarter's figure is the least that the year has so far.
    """
    if figure.actual is None:
        return ""
    amount = format_actual(figure.target, figure.actual, words)
    if figure.reason in _PREFIXES:
        amount = words(f"figures.{_PREFIXES[figure.reason]}", amount=amount)
    limits = format_limits(figure, words)
    return (
        words("figures.limited", amount=amount, limits=words("format.list").join(limits))
        if limits
        else amount
    )


def format_limits(figure: TargetFigure, words: Words) -> tuple[str, ...]:
    """What keeps a figure from being just what was promised: an earlier date, another thing counted."""
    dated = words("figures.until", month=figure.as_of.month) if figure.is_dated else ""
    other = words("figures.other_basis") if figure.actual and figure.actual.note else ""
    return tuple(filter(None, (dated, other)))


def format_amounts(figure: TargetFigure, words: Words) -> str:
    """The number reported of the number promised: 320亩 / 923亩以上."""
    goal = format_goal(figure.target, words)
    return words("figures.of", actual=format_reported(figure, words), goal=goal)


def format_completion(figure: TargetFigure) -> str:
    """77.5%; empty without a completion that is set against the schedule."""
    return format_percent(figure.completion) if figure.is_scheduled and figure.completion is not None else ""


def format_rung(status: StatusValue, words: Words) -> str:
    """A rung of the ladder as its standing is called: 实施中."""
    return format_standing(standing_of(status), words)


def format_met(met: bool, words: Words) -> str:
    """Whether a target is reached: 达到目标."""
    return words("figures.met" if met else "figures.not_met")


def is_rate(figure: TargetFigure) -> bool:
    """Whether the target is only reached or not, because it has no completion to set against the schedule."""
    return figure.completion is None and figure.standing is not None


def format_judgement(figure: TargetFigure, words: Words) -> str:
    """The word of a target's standing, 达到目标 or 未达到目标 of a rate; empty when it is not comparable."""
    if figure.standing is None:
        return ""
    return format_met(bool(figure.met), words) if is_rate(figure) else format_standing(figure.standing, words)


def format_task_standing(task: TaskFigures, words: Words) -> str:
    """The word of a task's standing; 达到目标 or 未达到目标 where a rate decides it."""
    decides = task.weakest is not None and task.weakest.standing is task.standing and is_rate(task.weakest)
    if decides and task.weakest is not None:
        return format_judgement(task.weakest, words)
    return format_standing(task.standing, words)


def gap_side(gap: Fraction | None) -> str:
    """Where a figure is from the schedule or the target: ahead, even, behind; empty when not compared."""
    if gap is None:
        return ""
    return "even" if gap == 0 else "ahead" if gap > 0 else "behind"


def format_rate_gap(figure: TargetFigure, words: Words) -> str:
    """How far a rate is from its target, 比目标高1.8个百分点; empty where points are not its measure."""
    if not is_rate(figure) or figure.gap_points is None or not figure.target.unit.endswith(_POINT_UNITS):
        return ""
    side = gap_side(figure.gap_points)
    if figure.reason is Reason.AT_MOST:
        direction = "limit"
    else:
        direction = "fall" if promises_fall(figure.target.quote) else "target"
    return words(f"figures.gap.{direction}.{side}", points=format_points(figure.gap_points))


def format_result(figure: TargetFigure, words: Words) -> str:
    """Completion, or how far a rate is from its target, or whether it is reached; empty for neither."""
    if figure.is_scheduled:
        return format_completion(figure)
    return format_rate_gap(figure, words) or (format_met(bool(figure.met), words) if is_rate(figure) else "")


def format_reason(figure: TargetFigure, words: Words) -> str:
    """Why a target is not set against the schedule; empty when it is.

    Where words of the text were read and not taken, they stand in it with the reason.
    """
    if figure.reason is None:
        return ""
    if figure.actual is None and figure.unused:
        mark = words("workings.list_mark")
        texts = ((mark.join(each.quotes), each.reason) for each in figure.unused)
        return "".join(words("figures.reason.unused", quote=quote, reason=reason) for quote, reason in texts)
    key = "quarter_reached" if figure.reason is Reason.QUARTER_ONLY and figure.met else figure.reason.value
    return words(f"figures.reason.{key}", **_reason_values(figure, words))


def _reason_values(figure: TargetFigure, words: Words) -> dict[str, str]:
    if figure.reason not in _PREFIXES:
        return {}
    return {"amount": format_reported(figure, words), "state": format_state(figure, words)}


def format_state(figure: TargetFigure, words: Words) -> str:
    """In a few words, what is known of a target that is not set against the schedule: 现有36个，尚差4家."""
    if figure.standing is not None or figure.reason is Reason.SCOPE:
        return ""
    if figure.reason is Reason.STOCK and figure.completion is not None:
        missing = Fraction(figure.target.value) * (1 - figure.completion)
        gap = format_amount(round_number(missing, 4), figure.target.unit)
        return words("figures.state.stock", gap=gap)
    if figure.reason is Reason.QUARTER_ONLY:
        return words("figures.state.quarter_reached" if figure.met else "figures.state.quarter")
    return words("figures.state.unused" if figure.unused else "figures.state.none")


def format_quotes(figure: TargetFigure, words: Words) -> tuple[str, ...]:
    """The words that a reported number was read from, one line each."""
    quotes = figure.actual.quotes if figure.actual else ()
    return tuple(words("charts.quote", text=quote) for quote in quotes)


def format_evidence(task: TaskFigures, words: Words) -> tuple[str, ...]:
    """The words that a task's standing rests on: those of the weakest target's figure, else of the status."""
    if task.weakest is not None:
        return format_quotes(task.weakest, words)
    quote = task.update.status.quote if task.update else None
    return (words("charts.quote", text=quote),) if quote else ()
