"""government-pages.md, groups E and F, on the built sites: type, browsers, numbers, dates, punctuation."""

from __future__ import annotations

from collections.abc import Iterable

from tests.audit import appearance, links, markup, progress, scripts, styles, wording
from tests.audit.built import Built


def found(findings: Iterable[str]) -> list[str]:
    """The first findings; a test fails with them."""
    return list(findings)[:20]


def test_E_01_charset(built: Built) -> None:
    assert found(appearance.check_charset(built)) == []


def test_E_02_E_03_system_fonts(sample: Built) -> None:
    assert found(styles.check_fonts(sample)) == []


def test_E_07_no_space_indents(built: Built) -> None:
    assert found(wording.check_no_space_indents(built)) == []


def test_E_09_E_11_line_breaking_is_told_to_the_browser(sample: Built) -> None:
    assert found(styles.check_line_breaking(sample)) == []


def test_E_13_figures_of_equal_width(sample: Built) -> None:
    assert found(styles.check_figures_aligned(sample)) == []


def test_E_15_scripts_are_of_2019(sample: Built) -> None:
    assert found(scripts.check_scripts(sample)) == []


def test_E_15_newer_scripts_of_others_are_never_asked_for_by_a_page(built: Built) -> None:
    assert found(scripts.check_third_party(built)) == []


def test_E_16_styles_have_fallbacks(sample: Built) -> None:
    assert found(styles.check_sheets(sample)) == []


def test_E_17_browsers_with_two_kernels(built: Built) -> None:
    assert found(appearance.check_kernels(built)) == []


def test_E_18_everything_is_there_without_script(built: Built) -> None:
    assert found(appearance.check_content_without_script(built)) == []


def test_E_22_links_are_relative_and_explicit(built: Built) -> None:
    assert found(links.check_relative(built)) == []


def test_E_24_storage_is_only_tried(sample: Built) -> None:
    assert found(scripts.check_storage_guarded(sample)) == []


def test_F_01_amounts_as_printed(built: Built) -> None:
    assert found(wording.check_units_as_printed(built)) == []


def test_F_03_no_mixed_forms_of_numbers(built: Built) -> None:
    assert found(wording.check_wording(built, "F-03")) == []


def test_F_04_leading_zeros_and_half_width_digits(built: Built) -> None:
    assert found(wording.check_wording(built, "F-04")) == []


def test_F_05_ranges_carry_their_unit_twice(built: Built) -> None:
    assert found(wording.check_wording(built, "F-05")) == []


def test_F_06_signs_of_ranges(built: Built) -> None:
    assert found(wording.check_wording(built, "F-06")) == []


def test_F_08_dates_in_prose(built: Built) -> None:
    assert found(wording.check_wording(built, "F-08")) == []


def test_F_10_no_relative_time(built: Built) -> None:
    assert found(wording.check_wording(built, "F-10")) == []


def test_E_12_F_11_punctuation(built: Built) -> None:
    assert found(wording.check_wording(built, "F-11")) == []


def test_F_12_outline_numbers(built: Built) -> None:
    assert found(wording.check_wording(built, "F-12")) == []


def test_F_14_falling_is_said_in_words(built: Built) -> None:
    assert found(wording.check_wording(built, "F-14")) == []


def test_D_05_no_placeholders(built: Built) -> None:
    assert found(wording.check_wording(built, "D-05")) == []


def test_F_02_shares_have_one_decimal(built: Built) -> None:
    assert found(wording.check_decimals(built)) == []


def test_F_07_differences_in_points(built: Built) -> None:
    assert found(wording.check_points(built)) == []


def test_F_09_periods_and_scopes(built: Built) -> None:
    assert found(wording.check_periods(built)) == []


def test_F_11_pairs(built: Built) -> None:
    assert found(wording.check_pairs(built)) == []


def test_F_13_shares_follow_from_their_counts(built: Built) -> None:
    assert found(progress.check_shares(built)) == []


def test_html_parses_without_error(sample: Built) -> None:
    assert found(f for page in sample.pages.values() for f in markup.check_parsing(page)) == []


def test_html_of_the_real_site_parses_without_error(real: Built) -> None:
    kinds: dict[str, str] = {}
    for url in real.pages:
        kinds.setdefault("/".join(url.split("/")[:-1]), url)
    few = [*kinds.values(), *(f"{d.id}/index.html" for d in real.site.districts)]
    assert found(f for url in few for f in markup.check_parsing(real.pages[url])) == []


def test_html_is_well_built(built: Built) -> None:
    assert found(f for page in built.pages.values() for f in markup.check_structure(page)) == []
