"""What reaches the log of a site that runs as in production: no query string, no row, no form content."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils.module_loading import import_string

from blocs.models import Unit
from tests.factories import UnitFactory

FORMATTER = dict(settings.LOGGING["formatters"]["line"])
SECRET = "Nguyễn Văn An"


def printed(message, *arguments, error=None):
    """The log's text for one record, by the formatter of the settings."""
    options = FORMATTER | {"fmt": "{message}"}
    formatter = import_string(options.pop("()"))(**options)
    return formatter.format(logging.LogRecord("name", logging.ERROR, "", 0, message, arguments, error))


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("Not Found: /nam/2020/", "Not Found: /nam/2020/"),
        ("Is it there? Nobody knows.", "Is it there? Nobody knows."),
        (f"GET /tim/?q={SECRET} HTTP/1.1", "GET /tim/…"),
        (
            f"Referer checking failed - https://x.vn/?q={SECRET} does not match.\nNext line",
            "Referer checking failed - https://x.vn/…\nNext line",
        ),
        (f"Invalid HTTP request line: 'GET /?{SECRET} HTTP/1.1'", "Invalid HTTP request line: 'GET /…"),
        (
            f"null value\nDETAIL:  Failing row contains (1, {SECRET}).\nHINT:  none",
            "null value\n…\nHINT:  none",
        ),
    ],
)
def test_line_of_the_log(message, kept):
    assert printed(message) == kept


@pytest.mark.django_db
def test_log_of_a_database_error_does_not_tell_the_row():
    UnitFactory(code="nguyen-van-an")
    try:
        Unit.objects.create(code="nguyen-van-an")
    except IntegrityError as fault:
        assert "nguyen-van-an" in str(fault)
        text = printed("Job %s failed", 7, error=sys.exc_info())

    assert text.startswith("Job 7 failed\nTraceback")
    assert "duplicate key value violates unique constraint" in text
    assert "(nguyen-van-an)" not in text


def test_every_handler_prints_by_the_discreet_formatter():
    """Django's own handlers show whole addresses; none of them may be left."""
    names = [None, *logging.root.manager.loggerDict]
    handlers = {
        type(handler.formatter).__name__
        for name in names
        for handler in logging.getLogger(name).handlers
        if name is None or name.partition(".")[0] in {"django", "blocs", "campaigns", "awards", "reports"}
        if handler.__class__.__module__ != "_pytest.logging"
    }
    assert handlers == {"Discreet"}
