"""The people and seats around a bloc's year, as the tests of the year's work have them."""

from tests.campaigns.conftest import bloc_year, leader, member, people, secretary, staff

__all__ = ["bloc_year", "leader", "member", "people", "secretary", "staff"]
