"""Files that people write as TOML: what is wrong in one is told by line, table and key."""

from blocs.toml_text.faults import Fault, Faults, Faulty
from blocs.toml_text.syntax import parse

__all__ = ["Fault", "Faults", "Faulty", "parse"]
