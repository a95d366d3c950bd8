"""Every listed form of a private number and of a name is masked, and no number of an office. All invented."""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata

import pytest

from generator.language import privacy
from generator.model import Contact, Site, SiteConfig
from generator.site.private_scan import find_clear_numbers, fold_text
from tests.builders import make_district, make_task
from tests.paths import TESTS

_WORDS = {**dict(zip("〇一二三四五六七八九", "0123456789", strict=True)), "零": "0", "幺": "1"}
_WORDS |= dict(zip("壹贰叁肆伍陆柒捌玖", "123456789", strict=True))
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def read_cases(name: str) -> list[list[str]]:
    """Lines of a file of cases, cut at tabs: ``13812345678	138 1234 5678``."""
    lines = (TESTS / "cases" / name).read_text(encoding="utf-8").splitlines()
    found = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [[_ESCAPE.sub(lambda m: chr(int(m[1], 16)), part) for part in parts] for parts in found]


def digits_of(text: str) -> str:
    """The digits of a text alone, in whatever script or word they stand; written apart from the masks."""
    found = []
    for sign in text:
        if unicodedata.digit(sign, None) is not None:
            found.append(str(unicodedata.digit(sign)))
        elif sign in "XxＸｘ":
            found.append("X")
        else:
            found.append(_WORDS.get(sign, ""))
    return "".join(found)


NUMBERS = read_cases("private_numbers.txt")
NAMES = read_cases("private_names.txt")


def test_there_are_as_many_cases_as_are_promised() -> None:
    assert len({tuple(case) for case in NUMBERS}) >= 150
    assert len({tuple(case) for case in NAMES}) >= 60


@pytest.mark.parametrize(("numbers", "form"), NUMBERS, ids=range(len(NUMBERS)))
def test_a_private_number_in_a_listed_form_is_not_in_clear(numbers: str, form: str) -> None:
    masked = privacy.mask_text(f"监督科，{form}，请拨打。")
    assert [number for number in numbers.split() if number in digits_of(masked)] == []
    assert find_clear_numbers(fold_text(masked)) == []


@pytest.mark.parametrize(("name", "field", "text"), NAMES, ids=range(len(NAMES)))
def test_a_name_in_a_listed_place_is_masked_where_it_is_asked_for(name: str, field: str, text: str) -> None:
    contacts = (Contact(office=text, phones=("51806738",)),) if field == "contacts" else ()
    leaders = (text,) if field == "leaders" else ()
    task = make_task(title=text if not (contacts or leaders) else "无", contacts=contacts, leaders=leaders)
    config = SiteConfig(title="台账", districts=("ceshi",), mask_names=True)
    masked = privacy.mask_site(Site(config=config, districts=(make_district(task),))).districts[0].tasks[0]
    told = [masked.title, *masked.leaders, *(contact.office for contact in masked.contacts)]
    assert [each for each in told if name in each or name[-2:] in each] == []


def _office_numbers(dice: random.Random) -> list[str]:
    """What the field prints in its contact columns and texts, of every form that is known."""

    def digits(count: int) -> str:
        return str(dice.randint(2, 8)) + "".join(dice.choices("0123456789", k=count - 1))

    area = dice.choice(("0531", "0532", "010", "021", "0755", "0538"))
    return [
        digits(8), digits(7), f"{area}-{digits(8)}", f"{area}{digits(8)}", f"({area}){digits(8)}",
        f"（{area}）{digits(7)}", f"{area} {digits(8)}", f"{digits(8)} {digits(8)}",
        f"{digits(8)}、{digits(8)}",
        f"{digits(8)}/{digits(8)}", f"{digits(8)}，{digits(8)}，{digits(8)}", f"{digits(8)}转{digits(4)}",
        f"{area}-{digits(8)}-{digits(4)}", f"{digits(4)} {digits(4)}", f"{digits(4)}-{digits(4)}",
        f"400-{dice.randint(100, 999)}-{digits(4)}", f"800{digits(7)}", f"+86-531-{digits(8)}",
        f"86-{area[1:]}-{digits(8)}", "12345", "96119", f"12345转{digits(1)}", f"{digits(8)}\n{digits(8)}",
        f"综合科{digits(8)} 业务科{digits(8)}", f"1{dice.randint(30, 99)}{digits(8)}元",
        f"1{dice.randint(30, 99)}{digits(8)}万元", f"{dice.randint(1300, 1999)}、{digits(4)}、{digits(4)}",
        "2021 2022 2023 2024", f"{dice.randint(2018, 2026)}-{digits(6)}-{digits(2)}-03-{digits(6)}",
        f"{dice.randint(2018, 2026)}-06-30 {dice.randint(2018, 2026)}-12-31",
        f"1{digits(3)} 1{digits(3)} 1{digits(3)}",
        "施工许可证370104202303150102", f"150×{digits(4)}×{digits(4)}毫米",
        f"150+{digits(4)}+{digits(4)}", f"① {digits(8)} ②{digits(8)}",
        f"鲁（2024）测试区不动产权第{digits(7)}号", f"13.{digits(2)}万平方米、15.{digits(2)}公里",
    ]  # fmt: skip


def test_no_office_number_is_masked() -> None:
    dice = random.Random(500)
    texts = [f"办公室{text}，" for _ in range(20) for text in _office_numbers(dice)]
    assert len(set(texts)) >= 500
    assert [text for text in texts if privacy.mask_text(text) != text] == []


def test_no_checksum_is_masked() -> None:
    kinds = ("sha256", "md5")
    sums = [hashlib.new(kind, str(n).encode()).hexdigest() for n in range(10_000) for kind in kinds]
    texts = [f"校验和 {each}。" for each in sums]
    assert [text for text in texts if privacy.mask_text(text) != text] == []


_NO_NAMES = (
    "由施工方负责 由卫健牵头 群众安全感提升， 责任领导：高新区 成员：司法局、民政局 "
    "党组书记带队 万人（万人，个百分点） 由专班负责 河长制全面推行 高校教授进社区 "
    "单位：万元 专班：卫健、文旅 牵头人：区委组织部 满意率（满意） "
)


@pytest.mark.parametrize("text", _NO_NAMES.split())
def test_what_only_looks_like_a_name_stays(text: str) -> None:
    assert privacy.mask_names(text) == text
