"""Addresses that are worked out once are those of reverse()."""

import pytest
from django.urls import NoReverseMatch, reverse

from config.addresses import address


def test_the_same_as_reverse():
    for _time in range(2):
        assert address("meeting", "2020", "khoi", 7) == reverse("meeting", args=["2020", "khoi", 7])
        assert address("home") == reverse("home")


def test_a_page_that_is_not_there_is_refused_each_time():
    for _time in range(2):
        with pytest.raises(NoReverseMatch):
            address("meeting", "2020")


def test_another_set_of_addresses_has_its_own(settings):
    assert address("home") == "/"
    settings.ROOT_URLCONF = "django.contrib.auth.urls"
    with pytest.raises(NoReverseMatch):
        address("home")
    assert address("login") == "/login/"
