"""Sets of criteria as files: read, written, and those that come along."""

from campaigns.criteria_files.content import Beside, Content
from campaigns.criteria_files.reading import read
from campaigns.criteria_files.shipped import DEFAULT, read_shipped, shipped
from campaigns.criteria_files.writing import write

__all__ = ["DEFAULT", "Beside", "Content", "read", "read_shipped", "shipped", "write"]
