"""A document read back from its data: what was signed is printed again without asking today's database."""

import base64
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reports.blocks import document, figures, parts

KINDS = {
    kind.__name__: kind
    for kind in (
        document.Annex,
        document.Document,
        document.Letterhead,
        document.Signature,
        figures.Figure,
        figures.Rows,
        parts.Bullets,
        parts.Chart,
        parts.Column,
        parts.Missing,
        parts.Paragraph,
        parts.Picture,
        parts.Plate,
        parts.Section,
        parts.Table,
    )
}


def read(data: dict) -> document.Document:
    """The document of `Document.as_data()`, equal to the one it was made from; KeyError for other data.

    What was kept before a part got a field has the field's default.
    """
    return _read(data)


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "base64" in value:
        return base64.b64decode(value["base64"])
    kind = KINDS[value["kind"]]
    read_fields = {
        each.name: _read(value[each.name])
        for each in fields(kind)
        if each.name != "figures" and (each.name in value or each.default is MISSING)
    }
    if kind is parts.Paragraph:
        read_fields["figures"] = {place: _read(filling) for place, filling in value["figures"].items()}
    if kind is figures.Figure and isinstance(read_fields["value"], str):
        exact = Fraction if "/" in read_fields["value"] else Decimal
        read_fields["value"] = exact(read_fields["value"])
    if kind is document.Letterhead and read_fields["day"]:
        read_fields["day"] = date.fromisoformat(read_fields["day"])
    return kind(**read_fields)
