"""One row that a bloc-year file speaks of, and the object that it means in the database."""

from dataclasses import dataclass, field

from django.db import models


@dataclass(eq=False)
class Row:
    """One row that the file speaks of.

    `values` holds what the file says by field; a field it leaves out is not spoken of. `follows` holds what
    is worked out from them: written with them, never compared. `lookups` tell how the row is found in the
    database, most exact first. `obj` is the row found or added.
    """

    model: type[models.Model]
    path: tuple
    lookups: tuple[dict, ...]
    values: dict
    keys: dict = field(default_factory=dict)  # field -> key in the file, where they differ
    follows: dict = field(default_factory=dict)
    once: dict = field(default_factory=dict)  # said of a new row alone, never compared
    obj: models.Model | None = None

    def __str__(self):
        codes = (value for value in self.lookups[0].values() if isinstance(value, str))
        return str(self.obj or next(codes, self.model._meta.verbose_name))

    def path_of(self, field_name):
        """Where the file speaks of a field."""
        return (*self.path, self.keys.get(field_name, field_name))

    @property
    def is_next_year(self):
        return self.path[0] == "next_year"


def object_of(value):
    """What a value means in the database: the object of a row, or the value itself."""
    return value.obj if isinstance(value, Row) else value
