"""Finding blocs' years by their names, the code of the year and the units seated in them."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.search import Found, Kind, every, kinds, units_named
from campaigns.models import BlocYear, Seat


def register():
    """Add blocs' years."""
    title = gettext_lazy("Khối thi đua trong năm")
    kinds.append(Kind("khoi", title, 3, find_bloc_years, show_bloc_years))


def find_bloc_years(user, words):
    """Bloc-years, newest first."""

    def where(word):
        seated = Seat.objects.filter(unit__in=units_named(user, word)).values("bloc_year")
        return Q(search_key__regex=word) | Q(year__code__regex=word) | Q(pk__in=seated)

    return BlocYear.objects.visible_to(user).filter(every(words, where))


def show_bloc_years(bloc_years, user):
    """Bloc-years with their year."""
    return [
        Found(each.name, _("Năm thi đua %(year)s") % {"year": each.year}, each.get_absolute_url())
        for each in bloc_years.select_related("year", "bloc")
    ]
