"""HTML copied to the letter but for the tags that are to be others."""

from __future__ import annotations

import pytest

from generator.site.editions.markup_copy import Attributes, copy_markup

PAGE = (
    '<!doctype html><p class=a hidden>1 &lt; 2 &#10; <br/><svg viewBox="0 0 1 1"><use href="#m"/></svg>'
    '<script>if (a < b) "</p>"</script><!-- c --><q title="&quot;">“x”</q>'
)


def keep(_: str, found: Attributes) -> Attributes:
    return found


def test_what_nothing_changes_stays_to_the_letter() -> None:
    assert copy_markup(PAGE, keep) == PAGE


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('<a id="x" title="1 &amp; 2">t</a>', '<a id="s--x" title="1 &amp; 2">t</a>'),
        ('<svg id="x" viewBox="0 0 1 1"/>', '<svg id="s--x" viewBox="0 0 1 1"/>'),
        ("<p id=x hidden>", '<p id="s--x" hidden>'),
        ("<p>id=x</p>", "<p>id=x</p>"),
    ],
)
def test_a_changed_tag_keeps_its_other_attributes(text: str, wanted: str) -> None:
    def prefix(_: str, found: Attributes) -> Attributes:
        return {name: f"s--{value}" if name == "id" else value for name, value in found.items()}

    assert copy_markup(text, prefix) == wanted


def test_tags_are_renamed_at_both_ends() -> None:
    assert copy_markup("<h1>a<h1x></h1>", keep, {"h1": "h3", "h1x": "h1x"}.__getitem__) == "<h3>a<h1x></h3>"
