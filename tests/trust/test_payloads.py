"""A few of the texts that ``make payloads`` tries in every field; which ones is drawn anew and told."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.trust.hostile_visits import KINDS, ingest_table, make_hostile_site, visit_all, visit_site
from tests.trust.payloads import make_payloads

pytestmark = [pytest.mark.slow, pytest.mark.browser]
_SOME = 45


def some_payloads() -> tuple[int, tuple[str, ...]]:
    """Where they begin, and every so-many-th from there."""
    start = secrets.randbelow(_SOME)
    return start, make_payloads()[start::_SOME]


def test_no_text_of_any_field_becomes_more_than_text(chromium: Browser, tmp_path: Path) -> None:
    start, payloads = some_payloads()
    output = make_hostile_site(tmp_path / "made", payloads)
    opened, wrong = visit_site(chromium, output, tmp_path, [False])
    assert wrong == [], f"payloads {start}::{_SOME}"
    assert opened > 50


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_of_a_received_table_is_lost(kind: str, tmp_path: Path) -> None:
    start, payloads = some_payloads()
    assert ingest_table(tmp_path / "site", payloads, kind) == [], f"payloads {start}::{_SOME}"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>__ran(1)</script>",
        "<p onclick=x>x</p>",
        "<a href='javascript:x'>x</a>",
        "<iframe></iframe>",
        "<img src=https://evil.invalid/x.png>",
    ],
)
def test_what_is_more_than_text_is_found(chromium: Browser, markup: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><title>x</title>{markup}", encoding="utf-8")
    assert list(visit_all(chromium, [page], policy=False)) != []
