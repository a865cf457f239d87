"""The demonstration ministry: complete, made up, the same for the same seed and year."""

from reports.ministry.building import CODE
from reports.ministry.rows import build

__all__ = ["CODE", "build"]
