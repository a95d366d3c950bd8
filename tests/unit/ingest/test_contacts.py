"""Offices and their phones, as printed in one cell. All data invented."""

from __future__ import annotations

import pytest

from generator.ingest.layout.contacts import read_contacts


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("甲局一科51800001乙局二科 51800002", [("甲局一科", ("51800001",)), ("乙局二科", ("51800002",))]),
        ("甲局 51800001 51800002", [("甲局", ("51800001", "51800002"))]),
        ("甲局 一科51800001 二科51800002", [("甲局一科", ("51800001",)), ("二科", ("51800002",))]),
        ("综合科：0531-51800001转12", [("综合科", ("0531-51800001转12",))]),
        ("51800001", [("", ("51800001",))]),
        ("甲局", [("甲局", ())]),
        ("", []),
    ],
)
def test_offices_and_phones_come_apart(text: str, contacts: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(c.office, c.phones) for c in read_contacts(text)] == contacts
