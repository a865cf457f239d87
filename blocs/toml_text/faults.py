"""What is wrong in a file that people wrote, and where."""

from dataclasses import dataclass

from blocs.toml_text.lines import LineIndex


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in a file, at which line and in which table and key, and what to do about it."""

    line: int
    where: str
    message: str

    def __str__(self):
        return (
            f"dòng {self.line}: {self.where}: {self.message}"
            if self.where
            else f"dòng {self.line}: {self.message}"
        )


class Faulty(Exception):
    """The file cannot be loaded; carries all its faults in the order of their lines."""

    def __init__(self, faults):
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Faults:
    """Gathers faults by the path at which they stand; a kind of file says which names are tables."""

    def __init__(self, text):
        self._index = LineIndex(text)
        self.found = []
        self._paths = []

    def add(self, path, message):
        """Note a fault at a path: of a table, or of a key in it."""
        self.found.append(Fault(self.line(path), self._where(path), message))
        self._paths.append(path)

    def within(self, path):
        """Whether a fault was noted at a table, at a key of it or where a table within it begins."""
        inner = (each[len(path) :] for each in self._paths if each[: len(path)] == path)
        return any(sum(isinstance(name, str) for name in rest) <= 1 for rest in inner)

    def line(self, path):
        """The line of a path."""
        return self._index.line(path)

    def split(self, names):
        """The names of a path, as (those of tables, those of keys in the innermost table)."""
        raise NotImplementedError

    def _where(self, path):
        tables, keys = self.split([name for name in path if isinstance(name, str)])
        words = [f"bảng [{'.'.join(tables)}]"] if tables else []
        return ", ".join([*words, f"khoá {'.'.join(keys)}"] if keys else words)
