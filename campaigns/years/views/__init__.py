"""Web pages of years; what is about a bloc's year begins with the same places, in upper apps too."""

from campaigns.years.views.bloc_years import find_bloc_year, places_of

__all__ = ["find_bloc_year", "places_of"]
