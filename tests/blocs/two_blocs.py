"""Two blocs, of which the second one's texts all bear a word that pages are searched for."""

import html
import re

from django.db.models import CharField, TextField
from django.urls import reverse

from blocs.models import Entry
from campaigns.scores import models as scores
from tests import factories as make
from tests.test_visibility import World

SECRET = "Zqkín"
# Too short for the word, or bound by a constraint to what else the row says.
UNMARKED = {
    *("password", "address_form", "code", "symbol", "signer_name", "kind", "edition", "result"),
    *("address", "answer", "desk"),
}
# Rows that stay as they are once another row has left its draft.
HELD_BY = {
    scores.CriteriaSection: lambda row: row.criteria_set,
    scores.Criterion: lambda row: row.criteria_set,
    scores.Measure: lambda row: row.criterion.criteria_set,
    scores.Score: lambda row: row.sheet,
}


class Marked(World):
    """Two blocs; every text of the second one's rows bears the secret word."""

    def __init__(self):
        super().__init__()
        for row, label in self.labels.items():
            if (label == "b" or label.endswith(" b")) and row._meta.model not in (Entry,):
                self._mark(row)
        secret = dict.fromkeys(("actor_name", "object_name", "reason"), f"{SECRET}-0")
        self.keep("b", make.EntryFactory(object_key="0", **secret))

    def _mark(self, row):
        texts = {
            field.name: f"{SECRET}-{row.pk}"
            for field in row._meta.concrete_fields
            if isinstance(field, CharField | TextField)
            and field.editable
            and not field.choices
            and field.name not in UNMARKED
        }
        held_by = HELD_BY.get(type(row), lambda row: row)(row)
        held_by.refresh_from_db()
        frozen = getattr(row._meta, "triggers", ()) and getattr(held_by, "state", "") != "draft"
        if texts and not frozen:
            type(row)._base_manager.filter(pk=row.pk).update(**texts)

    def row(self, model, *labels):
        """A row of a model with one of these labels, or None."""
        return next(
            (row for row, label in self.labels.items() if type(row) is model and label in labels), None
        )


class MarkedRecords(Marked):
    """The same without scores, for what shows none: they take most of the time that it takes to make."""

    is_scored = False


def address(model, page, *key):
    """The address of an admin page of a model."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=key)


def leaks(response):
    """What of the second bloc a page gives away; a guess that the page repeats is none."""
    text = html.unescape(response.content.decode())
    return re.findall(rf".{{0,80}}{SECRET}-.{{0,20}}", text)
