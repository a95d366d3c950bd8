"""No listed private number, no name is in clear in any byte of a site full of them. All invented."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import cycle

import pytest

from generator.app.cli import main
from tests.trust.filled_site import Take, read_output, write_site
from tests.unit.language.test_private_cases import NAMES, NUMBERS, digits_of

pytestmark = pytest.mark.slow
_NEAR = re.compile(r"[^\n<>{}\[\]\"]+")
_TEXTS = (".html", ".json", ".csv", ".svg", ".xml", ".txt", ".js", ".rels")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """File → text of every file that the build of such a site makes, unpacked."""
    root = tmp_path_factory.mktemp("private") / "site"
    forms = cycle([f"监督科，{form.strip()}，请拨打" for _, form in NUMBERS])
    names = cycle([text for _, field, text in NAMES if field not in ("leaders", "contacts")])
    people = {field: cycle([t for _, f, t in NAMES if f == field]) for field in ("leaders", "contacts")}

    def take(field: str) -> str:
        if field.startswith("departments."):
            return ""
        if field == "leaders":
            return next(people["leaders"])
        if field == "contacts.office":
            return next(people["contacts"])
        if field == "contacts.phones":
            return next(forms).strip("监督科，请拨打")
        return f"{next(forms)}；{next(names)}"

    takes: list[Take] = [take] * 25
    district = {"publisher": next(forms)}
    write_site(root, takes, settings={"mask_names": True, "description": next(forms)}, district=district)
    with pytest.raises(SystemExit) as left:
        main(["--root", str(root), "build", "--quiet"])
    assert left.value.code == 0
    return [
        (name, html.unescape(data.decode("utf-8")))
        for name, data in read_output(root)
        if name.endswith(_TEXTS)
    ]


def test_no_number_is_in_clear_in_any_file(texts: list[tuple[str, str]]) -> None:
    wanted = {number for numbers, _ in NUMBERS for number in numbers.split()}
    found = set()
    for name, text in texts:
        plain = unicodedata.normalize("NFKC", text)
        for piece in _NEAR.finditer(plain):
            digits = digits_of(piece[0])
            if len(digits) >= 11:
                found |= {(name, number) for number in wanted if number in digits}
    assert sorted(found)[:20] == []


def test_no_name_is_in_clear_in_any_file(texts: list[tuple[str, str]]) -> None:
    given = {name for name, *_ in NAMES}
    found = {
        text[max(0, at - 20) : at + 20] for _, text in texts for name in given if (at := text.find(name)) >= 0
    }
    assert sorted(found)[:20] == []
