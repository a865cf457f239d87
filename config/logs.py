"""What no log holds: the query string of an address, the row that a database error tells in detail."""

import logging
import re

# The last is gunicorn's, which quotes what it could not read.
PRIVATE = re.compile(r"\?[^\s?].*|^DETAIL: .*|(?<=Invalid request from ).*", re.MULTILINE)


class Discreet(logging.Formatter):
    """Cuts each line of a log, tracebacks included, before what may tell about a person.

    A line is cut from the query string to its end: a name in an address may hold spaces.
    """

    def format(self, record):
        return PRIVATE.sub("…", super().format(record))
