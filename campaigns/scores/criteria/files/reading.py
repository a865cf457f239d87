"""Reads a file of criteria; everything wrong in it is told by line, table and key."""

from decimal import Decimal

from blocs import toml_text
from campaigns.scores.criteria.files.content import Beside, Content
from campaigns.scores.criteria.files.format import FILE
from campaigns.scores.scoring.plan import Criterion, Measure, Plan, Section

BESIDE = ("assessor", "needs_evidence", "note")
OWN = ("check_mode", "checkers", "reference", "issued_on", "note")


def read(content):
    """The Content that the file's bytes say; raises Faulty with everything that is wrong."""
    text, data = toml_text.parse(content, parse_float=Decimal)
    reader = _Reader(text)
    found = reader.file(data)
    if reader.faults.found:
        raise toml_text.Faulty(reader.faults.found)
    return found


class _Faults(toml_text.Faults):
    def split(self, names):
        table, tables = FILE, []
        for place, name in enumerate(names):
            if name not in table.tables:
                return tables, names[place:]
            table = table.tables[name]
            tables.append(name)
        return tables, []


class _Reader:
    """Makes the parts of the plan; a table with a fault makes one without what was wrong."""

    def __init__(self, text):
        self.faults = _Faults(text)
        self.beside = {}

    def file(self, data):
        values, parts = self._table((), data, FILE)
        own = {name: values.pop(name) for name in OWN if name in values}
        values.pop("format", None)
        sections = tuple(self._section(*each) for each in parts["sections"])
        plan = Plan(**({"name": ""} | values), sections=sections)
        return Content(plan=plan, beside=self.beside, **own)

    def _section(self, path, data, table):
        values, tables = self._table(path, data, table)
        order = values.pop("order", ())
        self._note(values)
        parts = [self._criterion(*each) for each in tables["criteria"]]
        parts += [self._section(*each) for each in tables["sections"]]
        if order:
            known = {part.key: part for part in parts}
            if sorted(order) == sorted(known):
                parts = [known[key] for key in order]
            else:
                self.faults.add(
                    (*path, "order"), "phải ghi đủ mã của từng tiêu chí, mục con, mỗi mã một lần."
                )
        return Section(**({"key": "", "title": "", "code": ""} | values), parts=tuple(parts))

    def _criterion(self, path, data, table):
        values, tables = self._table(path, data, table)
        self._note(values)
        measures = tuple(self._measure(*each) for each in tables["measures"])
        values = {"key": "", "code": "", "text": "", "maximum": Decimal(0)} | values
        return Criterion(**values, measures=measures)

    def _measure(self, path, data, table):
        values, _tables = self._table(path, data, table)
        return Measure(**({"key": "", "kind": ""} | values))

    def _note(self, values):
        said = Beside(**{name: values.pop(name) for name in BESIDE if name in values})
        if said != Beside():
            self.beside[values.get("key", "")] = said

    def _table(self, path, data, table):
        """The values of a table by key, and {name: [(path, data, table) of each table within it]}."""
        values, tables = {}, {name: [] for name in table.tables}
        for name in table.required:
            if name not in data:
                self.faults.add(path, f"thiếu khoá {name}.")
        for name, value in data.items():
            here = (*path, name)
            if name in table.tables:
                tables[name] = self._tables(here, value, table.tables[name])
            elif name not in table.keys:
                self.faults.add(here, "không có khoá này trong tệp bộ tiêu chí; xem lại tên khoá.")
            else:
                try:
                    values[name] = table.keys[name](value)
                except ValueError as error:
                    self.faults.add(here, str(error))
        return values, tables

    def _tables(self, path, value, table):
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return [((*path, place), each, table) for place, each in enumerate(value)]
        self.faults.add(path, f"phải là các bảng [[{'.'.join(n for n in path if isinstance(n, str))}]].")
        return []
