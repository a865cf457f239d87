"""The same notation in the English interface: the papers beside the screen are Vietnamese."""

from config.formats.vi.formats import *  # noqa: F403 (every format but the one in words)

YEAR_MONTH_FORMAT = "F Y"
