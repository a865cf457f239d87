"""Finding blocs' years, their meetings and pledges: by names, the code of the year and the units seated."""

from django.db.models import Prefetch, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from blocs import notation
from blocs.search import Folded, Found, Kind, every, kinds, units_named
from campaigns.models import BlocYear, Meeting, Pledge, Seat


def register():
    """Add blocs' years, meetings and pledges."""
    title = gettext_lazy("Khối thi đua trong năm")
    kinds.append(Kind("khoi", title, 3, find_bloc_years, show_bloc_years))
    title = pgettext_lazy("plural", "Hội nghị, hoạt động")
    kinds.append(Kind("hoi-nghi", title, 4, find_meetings, show_meetings))
    title = pgettext_lazy("plural", "Giao ước thi đua")
    kinds.append(Kind("giao-uoc", title, 5, find_pledges, show_pledges))


def bloc_years_with(user, word):
    """Bloc-years that the person may see and that the word tells of: the name, the year, a unit seated."""
    seated = Seat.objects.filter(unit__in=units_named(user, word)).values("bloc_year")
    told = Q(search_key__regex=word) | Q(year__code__regex=word) | Q(pk__in=seated)
    return BlocYear.objects.visible_to(user).filter(told)


def find_bloc_years(user, words):
    """Bloc-years, newest first."""

    def where(word):
        return Q(pk__in=bloc_years_with(user, word).values("pk"))

    return BlocYear.objects.visible_to(user).filter(every(words, where))


def show_bloc_years(bloc_years, user):
    """Bloc-years with their year."""
    return [
        Found(each.name, _("Năm thi đua %(year)s") % {"year": each.year}, each.get_absolute_url())
        for each in bloc_years.select_related("year", "bloc")
    ]


def find_meetings(user, words):
    """Meetings by their titles and their bloc's year, newest first; never by what they dealt with."""

    def where(word):
        return Q(said__regex=word) | Q(bloc_year__in=bloc_years_with(user, word).values("pk"))

    meetings = Meeting.objects.visible_to(user).annotate(said=Folded("title"))
    return meetings.filter(every(words, where)).order_by("-bloc_year__year__first_day", "first_day", "pk")


def show_meetings(meetings, user):
    """Meetings with their bloc and day."""
    return [
        Found(
            each.title,
            " · ".join(filter(None, [each.bloc_year.name, _days(each)])),
            each.get_absolute_url(),
        )
        for each in meetings.select_related("bloc_year__year", "bloc_year__bloc")
    ]


def _days(meeting):
    days = dict.fromkeys(day for day in (meeting.first_day, meeting.last_day) if day)
    return " - ".join(notation.day(day) for day in days)


def find_pledges(user, words):
    """Pledges by their themes and their blocs' years, newest first."""

    def where(word):
        bloc_years = bloc_years_with(user, word).values("pk")
        through = Pledge.bloc_years.through.objects.filter(blocyear__in=bloc_years)
        return Q(said__regex=word) | Q(pk__in=through.values("pledge"))

    said = Folded(Concat(Value("giao ước thi đua "), "theme"))
    pledges = Pledge.objects.visible_to(user).annotate(said=said)
    return pledges.filter(every(words, where)).order_by("-first_day", "pk")


def show_pledges(pledges, user):
    """Pledges with their theme and blocs, on the page of the first of these."""
    seen = BlocYear.objects.visible_to(user).select_related("year", "bloc").order_by("bloc__place", "pk")
    return [
        Found(str(each), " · ".join(filter(None, [each.theme, _blocs(each)])), _first(each))
        for each in pledges.prefetch_related(Prefetch("bloc_years", seen))
    ]


def _blocs(pledge):
    names = [each.name for each in pledge.bloc_years.all()]
    return _("%(count)s khối") % {"count": len(names)} if len(names) > 1 else "".join(names)


def _first(pledge):
    first = next(iter(pledge.bloc_years.all()), None)
    return first.get_absolute_url() if first else ""
