"""The admin as a door of ours: scoped, through the acts."""

from blocs.admin import registered  # noqa: F401  Django looks for the registrations here
