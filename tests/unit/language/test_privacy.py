"""privacy: what is masked, what stays, and that the length never changes. All numbers invented."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language import privacy
from generator.model import Contact, Site, SiteConfig
from tests.builders import make_district, make_task

VALID_ID = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("静态办 13812345678", "静态办 138****5678"),
        ("138 1234 5678", "138 **** 5678"),
        ("138-1234-5678", "138-****-5678"),
        ("区民政局51806738", "区民政局51806738"),
        ("0531-51806738", "0531-51806738"),
        ("总投资13812345678.5元", "总投资13812345678.5元"),
        (f"身份证{VALID_ID}。", "身份证" + "＊" * 18 + "。"),
        ("项目代码110105194912310021", "项目代码110105194912310021"),
        ("110105********1234", "＊" * 18),
        ("没有数字", "没有数字"),
    ],
)
def test_private_numbers_are_starred_and_office_numbers_stay(text: str, masked: str) -> None:
    assert privacy.mask_text(text) == masked


@given(st.text(alphabet="0123456789 -*Xx.区人年亿", max_size=60))
def test_a_masked_text_has_its_length_and_nothing_private(text: str) -> None:
    masked = privacy.mask_text(text)
    assert len(masked) == len(text)
    assert privacy.find_numbers(masked) == ()


def test_a_site_is_masked_everywhere_and_names_on_request() -> None:
    phones = (Contact(office="区测试局（张三）", phones=("13812345678",)),)
    task = make_task(title="电话13812345678", contacts=phones)
    config = SiteConfig(title="台账", districts=("ceshi",), mask_names=True)
    site = Site(config=config, districts=(make_district(task),))
    masked = privacy.mask_site(site).districts[0].tasks[0]
    assert masked.title == "电话138****5678"
    assert masked.contacts[0] == Contact(office="区测试局（张*）", phones=("138****5678",))
    assert privacy.is_masked(masked.title)


PRIVATE = (
    "138 1234 5678",
    "138-1234-5678",
    "+8613652241578",
    "008613652241578",
    "8613652241578",
    "013652241578",
    "135.5028.8902",
    "137—5294—4748",
    "137 – 5294 – 4748",
    "(137)52944748",
    "（138）12345678",
    "1325-1963-910",
    "138\u200b1234\u200b5678",
    "138\u00ad12345678",
    "\ufeff13812345678",
    "138,1234,5678",
    "１３８１２３４５６７８",
    "手机:+86 138-1234-5678",
    "No.13912345678",
    "138\u00a01234\u00a05678",
    "138\n1234\n5678",
    "tel13812345678",
    "138 12345678",
    "1381234 5678",
    "138123 45678",
    "+86-13812345678",
    "（+86）13812345678",
    "138·1234·5678",
    "١٣٨١٢٣٤٥٦٧٨",
    "①13812345678",
    "5180673813812345678",
    "6222 0130 7418 5296 302",
    "6222-0130-7418-5296-302",
    "6222013074185296302",
    "110105 19491231 002X",
    "110105-1949-1231-002X",
    "1101 0519 4912 3100 2X",
    "１１０１０５１９４９１２３１００２Ｘ",
)
OFFICE = (
    "0531-51806738",
    "53190001 53190002",
    "82037974 51808060",
    "053151806738",
    "0531 51806738",
    "(0531)51806738",
    "（0531）5180-6738",
    "51806738、51808060",
    "5180673851808060",
    "400-123-4567",
    "4001234567",
    "12345",
    "95598",
    "0531-51806738-8012",
    "0531-81238123转8012",
    "010-12345678",
    "01012345678",
    "总投资13812345678元",
    "13812345678.5",
    "13812345678万元",
    "2025-06-30",
    "1500、1800、2300、2400",
    "20250630 20251231",
    "项目代码110105194912310021",
)


@pytest.mark.parametrize("text", PRIVATE)
def test_a_private_number_in_any_form_is_starred(text: str) -> None:
    masked = privacy.mask_text(f"综合科{text}，请拨打。")
    assert len(masked) == len(f"综合科{text}，请拨打。")
    assert privacy.find_numbers(masked) == ()
    digits = [c for c in masked if c.isdigit()]
    assert len(digits) <= len([c for c in text if c.isdigit()]) - 4


@pytest.mark.parametrize("text", OFFICE)
def test_an_office_number_or_an_amount_is_never_starred(text: str) -> None:
    assert privacy.mask_text(f"综合科{text}。") == f"综合科{text}。"


def test_glued_mobile_numbers_are_starred_one_by_one() -> None:
    assert privacy.mask_text("1381234567813912345678") == "138****5678139****5678"


def test_no_checksum_is_taken_for_a_number() -> None:
    sums = (hashlib.sha256(str(i).encode()).hexdigest() for i in range(20_000))
    assert [text for text in sums if privacy.find_numbers(f"校验和 {text}。")] == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系人：欧阳小明", "联系人：欧阳**"),
        ("分管领导：王伟、李强", "分管领导：王*、李*"),
        ("由李明科长负责", "由李*科长负责"),
        ("主任张三，电话", "主任张*，电话"),
        ("（王小明）", "（王**）"),
        ("区长助理和办公室主任", "区长助理和办公室主任"),
        ("责任人：区财政局", "责任人：区财政局"),
    ],
)
def test_a_name_keeps_its_surname(text: str, masked: str) -> None:
    assert privacy.mask_names(text) == masked


@pytest.mark.parametrize(
    ("office", "masked"),
    [
        ("综合科 张三", "综合科 张*"),
        ("综合科张三", "综合科张*"),
        ("办公室 李四 51806738", "办公室 李* 51806738"),
        ("区教育局王小明", "区教育局王**"),
        ("区发展改革局综合监管科", "区发展改革局综合监管科"),
        ("王官庄街道", "王官庄街道"),
        ("城建科", "城建科"),
    ],
)
def test_a_person_in_the_name_of_an_office_keeps_the_surname(office: str, masked: str) -> None:
    site = _site_of(Contact(office=office, phones=("51806738",)), leaders=("欧阳小明", "区政府办公室"))
    task = privacy.mask_site(site).districts[0].tasks[0]
    assert task.contacts[0].office == masked
    assert task.leaders == ("欧阳**", "区政府办公室")


def _site_of(contact: Contact, leaders: tuple[str, ...]) -> Site:
    task = make_task(commitment="无", contacts=(contact,), leaders=leaders)
    config = SiteConfig(title="台账", districts=("ceshi",), mask_names=True)
    return Site(config=config, districts=(make_district(task),))
