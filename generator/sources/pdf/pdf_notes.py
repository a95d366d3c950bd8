"""Text that lies on a PDF page without being part of it: filled form fields, typed remarks."""

from __future__ import annotations

from typing import Any

from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import literal_name

_TYPED = {"Widget": "V", "FreeText": "Contents"}
"""Kinds of annotation that print a text of their own → the key that holds it."""


def count_typed(page: Any) -> int:
    """Number of filled fields and typed remarks on a page of pdfminer; broken ones are not counted."""
    count = 0
    try:
        for reference in list_value(page.annots or []):
            annotation = dict_value(reference)
            key = _TYPED.get(literal_name(annotation.get("Subtype")), "")
            text = resolve1(annotation.get(key)) if key else None
            count += isinstance(text, bytes) and bool(text.strip())
    except Exception:  # whatever a broken list of annotations raises: the page itself can still be read
        return count
    return count
