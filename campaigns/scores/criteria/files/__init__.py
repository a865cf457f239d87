"""Sets of criteria as files: read, written, and those that come along."""

from campaigns.scores.criteria.files.content import Beside, Content
from campaigns.scores.criteria.files.reading import read
from campaigns.scores.criteria.files.shipped import DEFAULT, read_shipped, shipped
from campaigns.scores.criteria.files.writing import write

__all__ = ["DEFAULT", "Beside", "Content", "read", "read_shipped", "shipped", "write"]
