"""Where something is wrong in a bloc-year file: the names of its tables."""

from blocs import toml_text
from reports.imports.bloc_year.format import FILE


class Faults(toml_text.Faults):
    """Gathers what is wrong in a bloc-year file."""

    def split(self, names):
        table, tables, keys = FILE, [], []
        for name in names:
            if not keys and name in table.tables:
                table = table.tables[name]
                tables.append(name)
            else:
                keys.append(name)
        return tables, keys
