"""privacy: what is masked, what stays, and that the length never changes. All numbers invented."""

from __future__ import annotations

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
    assert privacy.find_private(masked) == []


def test_a_site_is_masked_everywhere_and_names_on_request() -> None:
    phones = (Contact(office="区测试局（张三）", phones=("13812345678",)),)
    task = make_task(title="电话13812345678", contacts=phones)
    config = SiteConfig(title="台账", districts=("ceshi",), mask_names=True)
    site = Site(config=config, districts=(make_district(task),))
    masked = privacy.mask_site(site).districts[0].tasks[0]
    assert masked.title == "电话138****5678"
    assert masked.contacts[0] == Contact(office="区测试局（张*）", phones=("138****5678",))
    assert privacy.is_masked(masked.title)
