"""government-pages.md, groups C and G, on the built sites: articles, and how progress is shown."""

from __future__ import annotations

from collections.abc import Iterable

from tests.audit import articles, progress, structure, styles
from tests.audit.built import Built


def found(findings: Iterable[str]) -> list[str]:
    """The first findings; a test fails with them."""
    return list(findings)[:20]


def test_C_01_C_02_information_table_without_invented_index_number(built: Built) -> None:
    assert found(articles.check_record(built)) == []


def test_C_03_line_under_the_title(built: Built) -> None:
    assert found(articles.check_heading_line(built)) == []


def test_C_04_print_style(sample: Built) -> None:
    assert found(styles.check_print(sample)) == []


def test_C_05_the_qr_code_says_the_address(built: Built) -> None:
    assert found(articles.check_qr(built)) == []


def test_C_07_no_invented_counters(built: Built) -> None:
    assert found(articles.check_no_counters(built)) == []


def test_C_08_downloads_are_what_they_say(built: Built) -> None:
    assert found(articles.check_attachments(built)) == []


def test_C_10_four_dates_each_with_its_label(built: Built) -> None:
    assert found(articles.check_dates(built)) == []


def test_C_11_catalogue_of_what_is_public(built: Built) -> None:
    assert found(articles.check_catalogue(built)) == []


def test_C_13_units_are_linked_and_lead_is_a_word(built: Built) -> None:
    assert found(articles.check_departments_linked(built)) == []


def test_C_15_quotations_are_pieces_of_the_source(built: Built) -> None:
    assert found(articles.check_quotes(built)) == []


def test_C_15_texts_stand_to_the_letter(built: Built) -> None:
    assert found(articles.check_verbatim(built)) == []


def test_D_09_office_telephones_can_be_dialled(built: Built) -> None:
    assert found(structure.check_no_phone_without_link(built)) == []


def test_G_01_the_share_of_the_year_beside_each_completion(built: Built) -> None:
    assert found(progress.check_schedule(built)) == []


def test_G_02_G_08_targets_are_shown_as_what_they_are(built: Built) -> None:
    assert found(progress.check_targets_shown(built)) == []


def test_G_03_G_10_own_judgement_is_called_so(built: Built) -> None:
    assert found(progress.check_own_judgement_marked(built)) == []


def test_G_06_counts_add_up_and_lead_to_what_they_count(built: Built) -> None:
    assert found(progress.check_counts(built)) == []


def test_G_06_totals(built: Built) -> None:
    assert found(progress.check_totals(built)) == []


def test_G_07_the_record_is_complete(built: Built) -> None:
    assert found(progress.check_record_complete(built)) == []


def test_G_08_every_figure_names_its_target(built: Built) -> None:
    assert found(progress.check_values_keyed(built)) == []


def test_G_09_bars_are_as_long_as_their_values(built: Built) -> None:
    assert found(progress.check_bars(built)) == []
