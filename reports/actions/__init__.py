"""Acts of this app: one verb, one function, one journal entry."""

from reports.actions.history import load_bloc_year

__all__ = ["load_bloc_year"]
