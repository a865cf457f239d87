"""Addresses of pages, worked out once: what a page of many blocs asks for by the hundred."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

MOST_KEPT = 20_000  # a year has some thirty addresses for each bloc


def address(name, *args):
    """The address of a page, as reverse() gives it: a name and its keys always have the same one."""
    return _reversed(name, args, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=MOST_KEPT)
def _reversed(name, args, _urlconf, _prefix):
    return reverse(name, args=args)
