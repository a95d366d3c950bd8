"""What is kept, what lags, what was promised in numbers and not reported. All tasks are invented."""

from __future__ import annotations

from decimal import Decimal

from generator.figures import TaskFigures, make_findings
from generator.figures.assessment import assess_task
from generator.figures.findings import PromiseLists, share_of_due
from generator.model import Actual, Basis, SiteConfig, Target, TargetKind, parse_period
from tests.builders import make_actual, make_target, make_task, make_update

CONFIG, Q2 = SiteConfig(title="甲区", districts=("jia",)), parse_period("2025Q2")


def told(number: int, target: Target | None, actual: Actual | None = None) -> TaskFigures:
    update = make_update(actuals=(actual,) if actual else ())
    task = make_task(number, targets=(target,) if target else (), updates=(update,))
    return assess_task(task, Q2, CONFIG)


def amount(number: int, done: str | None, basis: Basis = Basis.YEAR_TO_DATE) -> TaskFigures:
    actual = make_actual(done, "个", "建成", basis=basis) if done else None
    return told(number, make_target("100", "个", TargetKind.COUNT), actual)


def rate(number: int, promised: str, reached: str) -> TaskFigures:
    target = make_target(promised, "%", TargetKind.GROWTH, quote=f"增长{promised}%")
    return told(number, target, make_actual(reached, "%", f"增长{reached}%", basis=Basis.GROWTH))


def numbers(pairs: object) -> list[int]:
    return [pair.task.task.number for pair in pairs]  # type: ignore[attr-defined]


def test_a_rate_below_zero_is_worse_than_any_amount() -> None:
    found = make_findings([amount(1, "20"), rate(2, "3", "-4.18"), rate(3, "3.5", "0.1"), amount(4, "40")])
    assert numbers(found.behind) == [2, 3, 1, 4]
    assert share_of_due(found.behind[2].figure) == Decimal("0.4")


def test_reaching_the_schedule_and_being_just_below_it_are_two_things() -> None:
    found = make_findings([amount(1, "50"), amount(2, "46"), amount(3, "60"), amount(4, "44")])
    assert (numbers(found.reaching), numbers(found.near), numbers(found.behind)) == ([1, 3], [2], [4])
    assert found.comparable == 4


def test_kept_is_what_the_year_has_already() -> None:
    found = make_findings(
        [amount(1, "120"), amount(2, "100", Basis.QUARTER), rate(3, "3", "5"), amount(4, "30", Basis.QUARTER)]
    )
    assert numbers(found.kept) == [1, 2], "a rate of part of the year may still fall"
    assert numbers(found.bounded) == [2, 4]


def test_every_promised_number_is_in_one_place() -> None:
    tasks = [amount(1, "60"), amount(2, None), told(3, None), amount(4, "30", Basis.QUARTER)]
    found: PromiseLists = make_findings(tasks)
    assert [each.task.task.number for each in found.unreported] == [2]
    assert [task.task.number for task in found.unmeasured] == [3]
    assert found.targets == found.comparable + len(found.bounded) + found.unreported_targets == 3
