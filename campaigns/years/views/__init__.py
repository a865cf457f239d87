"""Web pages of this app; pages of upper apps begin with the same bloc-year and places."""

from campaigns.years.views.bloc_years import find_bloc_year, places_of

__all__ = ["find_bloc_year", "places_of"]
