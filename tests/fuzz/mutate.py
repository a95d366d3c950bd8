"""Damage for source files: bytes flipped, cut, doubled and swapped; in packages and PDFs inside one part."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Sequence

_NUMBERS = (b"0", b"-1", b"1", b"2", b"65536", b"1048576", b"99999999999", b"1e9", b"", b"NaN", b"x")
_TOKEN = re.compile(rb"<[^<>]{1,300}>")
_VALUE = re.compile(rb"\"[^\"<>]{0,60}\"")
_CONTAINER = b"\xd0\xcf\x11\xe0"
_PDF_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def mutate(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """A damaged copy of a file; ``others`` lend pieces."""
    if data.startswith(b"PK") and dice.random() < 0.7:
        return _mutate_package(data, dice)
    if data.startswith(_CONTAINER) and dice.random() < 0.8:
        return _flip(data, others, dice)  # anything else breaks the container before the workbook is reached
    if data.startswith(b"%PDF") and dice.random() < 0.5:
        return _mutate_stream(data, others, dice)
    for _ in range(dice.choice((1, 1, 2, 4, 12))):
        data = dice.choice((_flip, _cut, _double, _insert, _truncate, _splice, _retag, _renumber))(
            data, others, dice
        )
    return data


def _flip(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    made = bytearray(data)
    for _turn in range(dice.choice((1, 1, 2, 5, 20)) if made else 0):
        made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def _slice(data: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 4, 16, 64, 512, 4096)))


def _cut(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _slice(data, dice)
    return data[:start] + data[end:]


def _double(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _slice(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 2, 30)) + data[end:]


def _insert(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + dice.randbytes(dice.randint(1, 40)) + data[start:]


def _truncate(data: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _splice(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    other = dice.choice(others)
    start, end = _slice(other, dice)
    place = dice.randrange(len(data) + 1)
    return data[:place] + other[start:end] + data[place + end - start :]


def _retag(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """Delete, double or move one tag."""
    tags = list(_TOKEN.finditer(data))
    if not tags:
        return _flip(data, others, dice)
    one, other = dice.choice(tags), dice.choice(tags)
    put = dice.choice((b"", one.group() * 2, other.group(), one.group() * 40))
    return data[: one.start()] + put + data[one.end() :]


def _renumber(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """Put another value into an attribute, or another number into a PDF."""
    values = list((_PDF_NUMBER if data.startswith(b"%PDF") else _VALUE).finditer(data))
    if not values:
        return _flip(data, others, dice)
    one = dice.choice(values)
    number = dice.choice(_NUMBERS)
    put = number if data.startswith(b"%PDF") else b'"' + number + b'"'
    return data[: one.start()] + put + data[one.end() :]


def _mutate_stream(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """The PDF with one packed stream damaged inside; what follows it stays in its place where it can."""
    stream = dice.choice([*_PDF_STREAM.finditer(data)] or [None])
    try:
        inside = zlib.decompress(stream[1]) if stream else b""
    except zlib.error:
        inside = b""
    if stream is None or not inside:
        return _flip(data, others, dice)
    for _ in range(dice.choice((1, 1, 2, 5, 12))):
        change = dice.choice((_flip, _cut, _double, _insert, _truncate, _number, _number, _number))
        inside = change(inside, (inside,), dice)
    packed = zlib.compress(inside, 9)
    packed += bytes(max(0, len(stream[1]) - len(packed)))
    return data[: stream.start(1)] + packed + data[stream.end(1) :]


def _number(data: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """Another number in the place of one in a PDF's drawing commands or tables."""
    numbers = list(_PDF_NUMBER.finditer(data))
    if not numbers:
        return _flip(data, others, dice)
    one = dice.choice(numbers)
    return data[: one.start()] + dice.choice(_NUMBERS) + data[one.end() :]


def _mutate_package(data: bytes, dice: random.Random) -> bytes:
    """The package with one part damaged, missing, or swapped with another."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, ValueError, KeyError, OSError):
        return _flip(data, (data,), dice)
    name = dice.choice(sorted(parts))
    kind = dice.random()
    if kind < 0.06:
        del parts[name]
    elif kind < 0.1:
        other = dice.choice(sorted(parts))
        parts[name], parts[other] = parts[other], parts[name]
    else:
        for _ in range(dice.choice((1, 1, 2, 5))):
            change = dice.choice(
                (_retag, _retag, _renumber, _renumber, _renumber, _cut, _double, _flip, _truncate)
            )
            parts[name] = change(parts[name], tuple(parts.values()), dice)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in parts.items():
            package.writestr(path, content)
    return made.getvalue()
