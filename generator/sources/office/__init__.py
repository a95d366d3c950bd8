"""What the zipped office formats share: parts of a package, their relationships, XML that follows nothing."""

from generator.sources.office.ooxml import (
    R,
    Relationship,
    W,
    local_name,
    parse_links,
    parse_part,
    whole_number,
)

__all__ = ["R", "Relationship", "W", "local_name", "parse_links", "parse_part", "whole_number"]
