"""The same notation in the English interface: the papers beside the screen are Vietnamese."""

from config.formats.vi.formats import *  # noqa: F403 (every format is the same)
