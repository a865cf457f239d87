"""Acts of this app: one verb, one function, one journal entry."""

from reports.actions.history import load_bloc_year
from reports.actions.ministry import make_demo_ministry
from reports.actions.packs import keep_print, make_pack

__all__ = ["keep_print", "load_bloc_year", "make_demo_ministry", "make_pack"]
