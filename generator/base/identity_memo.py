"""Results of pure functions over frozen values, made once for each object that is asked about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")
_MOST = 20_000
"""Results that one function keeps; then it begins anew."""
_KEPT: list[dict[Any, Any]] = []


def once_each(function: Callable[..., T]) -> Callable[..., T]:
    """Decorator: the same objects (not equal ones, which cost more to compare than to ask about) → the same
    result, made once. The arguments must be frozen; they are kept alive, so that no id comes twice."""
    kept: dict[tuple[object, ...], tuple[object, T]] = {}
    _KEPT.append(kept)

    @wraps(function)
    def ask(*values: object, **named: object) -> T:
        key = (*map(id, values), *((name, id(value)) for name, value in named.items()))
        found = kept.get(key)
        if found is None:
            if len(kept) >= _MOST:
                kept.clear()
            found = kept[key] = (
                (values, named),
                function(*values, **named),
            )
        return found[1]

    return ask


def forget_results() -> None:
    """Let go of every result and of what it was made from."""
    for kept in _KEPT:
        kept.clear()
