"""Values of the model as bytes, kept between runs beside the site, and read back without trusting the file.

A site folder may come from anybody, its cache with it: a file there may make values of the program's own
frozen types, and run nothing.
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import io
import pickle
from dataclasses import is_dataclass
from enum import Enum

from generator.base import messages

_PROGRAM = f"{__name__.partition('.')[0]}."
_PLAIN = {decimal.Decimal, fractions.Fraction, datetime.date, frozenset, set, messages.restore}
_FAULTS = (pickle.UnpicklingError, ValueError, TypeError, LookupError, EOFError, AttributeError, ImportError)


def format_kept(value: object) -> bytes:
    """A value made of the program's frozen types as bytes."""
    return pickle.dumps(value, protocol=5)


def parse_kept(data: bytes) -> object:
    """The value that ``format_kept`` wrote.

    Raises: ValueError for bytes that are damaged, name a type that is gone, or anything but a type.
    """
    try:
        return _Reader(io.BytesIO(data)).load()
    except _FAULTS as error:
        raise ValueError(f"no kept value: {error}") from error


class _Reader(pickle.Unpickler):
    """Finds the program's types and nothing that does something."""

    def find_class(self, module: str, name: str) -> object:
        """The type. Raises: UnpicklingError."""
        found: object = super().find_class(module, name) if _may_hold(module) else None
        if found in _PLAIN or (isinstance(found, type) and _is_value(found)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _may_hold(module: str) -> bool:
    return module.startswith(_PROGRAM) or module in {"builtins", "decimal", "fractions", "datetime"}


def _is_value(found: type) -> bool:
    return found.__module__.startswith(_PROGRAM) and (is_dataclass(found) or issubclass(found, Enum))
