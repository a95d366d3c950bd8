"""government-pages.md, groups A and B, on the built sites: elements, meta tags, accessibility of the markup.

What needs a browser is in tests/browser. docs/government-checks.md says where each id is tested, or why not.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.audit import appearance, heads, structure, styles
from tests.audit.built import Built


def found(findings: Iterable[str]) -> list[str]:
    """The first findings; a test fails with them."""
    return list(findings)[:20]


def test_A_01_every_page_names_the_site(built: Built) -> None:
    assert found(heads.check_site_tags(built)) == []


def test_A_02_every_page_names_its_column(built: Built) -> None:
    assert found(heads.check_column_tags(built)) == []


def test_A_03_every_article_names_title_date_and_source(built: Built) -> None:
    assert found(heads.check_article_tags(built)) == []


def test_A_03_there_are_articles(built: Built) -> None:
    tasks = sum(len(district.tasks) for district in built.site.districts)
    assert len(heads.articles(built)) >= tasks > 0


def test_A_04_optional_tags_hold_something(built: Built) -> None:
    assert found(heads.check_optional_tags(built)) == []


def test_A_05_D_03_publish_dates_have_the_standard_form(built: Built) -> None:
    assert found(heads.check_pub_dates(built)) == []


def test_A_05_an_official_site_with_dated_tables_has_publish_dates(official: Built) -> None:
    assert all("PubDate" in page.meta for page in official.pages.values() if page.is_task)


def test_A_06_column_types_come_from_the_list(built: Built) -> None:
    assert found(heads.check_column_types(built)) == []


def test_A_07_A_08_domain_and_code_are_those_of_the_configuration(built: Built) -> None:
    assert found(heads.check_identity_tags(built)) == []


def test_A_09_B_15_header_and_footer_are_the_same_everywhere(built: Built) -> None:
    assert found(heads.check_landmarks(built)) == []


def test_A_10_A_11_A_13_C_14_identity_in_the_footer_or_none_at_all(built: Built) -> None:
    assert found(heads.check_footers(built)) == []


def test_A_12_C_06_nothing_is_loaded_from_outside(built: Built) -> None:
    assert found(heads.check_nothing_from_outside(built)) == []


def test_A_14_titles_are_unique_and_name_page_and_site(built: Built) -> None:
    assert found(heads.check_titles(built)) == []


def test_A_15_C_12_breadcrumbs(built: Built) -> None:
    assert found(heads.check_breadcrumbs(built)) == []


def test_A_16_at_most_three_hues(sample: Built) -> None:
    assert found(styles.check_colours(sample)) == []


def test_A_18_weights(built: Built) -> None:
    assert found(appearance.check_weights(built)) == []


def test_A_20_no_blank_columns(built: Built) -> None:
    assert found(heads.check_no_blank_columns(built)) == []


def test_A_21_a_date_on_every_page(built: Built) -> None:
    assert found(heads.check_publish_time(built)) == []


def test_A_22_the_source_on_every_article(built: Built) -> None:
    assert found(heads.check_source_shown(built)) == []


def test_A_23_links_to_other_hosts_are_marked(built: Built) -> None:
    assert found(heads.check_outside_links(built)) == []


def test_A_25_every_page_within_three_steps_and_columns_on_the_site_map(built: Built) -> None:
    assert found(heads.check_reachable(built)) == []


def test_A_26_nothing_moves_or_opens_by_itself(built: Built) -> None:
    assert found(heads.check_calm(built)) == []


def test_B_04_E_04_language(built: Built) -> None:
    assert found(structure.check_language(built)) == []


def test_B_06_G_04_G_05_marks_have_word_and_shape(built: Built) -> None:
    assert found(structure.check_marks(built)) == []


def test_B_07_zooming_is_allowed(built: Built) -> None:
    assert found(structure.check_viewport(built)) == []


def test_B_10_focus_shows_in_old_browsers_too(sample: Built) -> None:
    assert found(styles.check_focus(sample)) == []


def test_B_11_outline_and_landmarks(built: Built) -> None:
    assert found(structure.check_outline(built)) == []


def test_B_12_data_tables(built: Built) -> None:
    assert found(structure.check_tables(built)) == []


def test_B_13_charts_have_names_and_their_numbers_in_a_table(built: Built) -> None:
    assert found(structure.check_charts(built)) == []


def test_B_13_there_are_charts(built: Built) -> None:
    assert any(page.find("//figure//*[@role='img']") for page in built.pages.values())


def test_B_14_less_motion(sample: Built) -> None:
    assert found(styles.check_motion(sample)) == []


def test_B_16_B_18_elder_mode_and_sizes_on_every_page(built: Built) -> None:
    assert found(structure.check_elder_entry(built)) == []


def test_B_19_reading_aloud_waits_for_a_voice(built: Built) -> None:
    assert found(structure.check_reading_aloud(built)) == []


def test_B_20_terms_are_explained(built: Built) -> None:
    assert found(structure.check_terms_explained(built)) == []


def test_D_04_old_figures_say_that_they_are_old(built: Built) -> None:
    assert found(heads.check_freshness(built)) == []
