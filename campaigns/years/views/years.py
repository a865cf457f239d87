"""The page of an emulation year: its blocs and how far each is."""

from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from blocs import notation
from blocs.contributions import Button, Progress, registry
from blocs.exports import spreadsheet
from blocs.permissions import is_staff
from campaigns.filters import BlocYearFilter
from campaigns.keeping import is_department, kept_bloc_years
from campaigns.leaders import read_names
from campaigns.masthead import years_of
from campaigns.models import BlocYear, EmulationYear, Seat
from campaigns.timeline.timelines import next_step, timelines

PAGE_SIZE = 25


@require_GET
@vary_on_headers("HX-Request")
def year(request, year):
    """An emulation year: its blocs with how far each is; filtered, sorted, paged, exported."""
    years = years_of(request.user)
    found = next((each for each in years if each.code == year), None)
    if found is None:
        raise Http404
    blocs = BlocYear.objects.visible_to(request.user).filter(year=found).select_related("bloc", "year")
    list_filter = BlocYearFilter(request.GET, queryset=blocs.order_by("bloc__place", "pk"), request=request)
    listed = list_filter.qs
    if request.GET.get("export") == "xlsx":
        return _export(found, listed, request.user)
    first = list(listed[: PAGE_SIZE + 1])  # where that is all, nothing need be counted
    whole = first if len(first) <= PAGE_SIZE else listed
    page = Paginator(whole, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = _rows(page.object_list, request.user)
    context = {
        "year": found,
        "places": places_of_year(found, request.user, rows),
        "may_open": bool(is_staff(request.user, found, timezone.localdate())),
        "others": [each for each in years if each != found],
        "filter": list_filter,
        "page": page,
        "rows": rows,
        "today": timezone.localdate(),
        "count": ngettext("%(count)s khối thi đua", "%(count)s khối thi đua", page.paginator.count)
        % {"count": notation.count(page.paginator.count)},
        "next": rows[0]["open"] if page.paginator.count == 1 else None,
    }
    swapped = request.htmx and not request.htmx.history_restore_request
    return render(request, "campaigns/year.html#list" if swapped else "campaigns/year.html", context)


def find_year(user, year):
    """The emulation year of an address, as far as this person may see it; 404 otherwise."""
    return get_object_or_404(EmulationYear.objects.visible_to(user), code=year)


def places_of_year(year, user, bloc_years=()):
    """The pages of a year: its blocs, its phases, those of upper apps; for whoever reminds, who is late.

    `bloc_years` are some of the year's that a page has found already.
    """
    places = [
        Button(_("Các khối"), year.get_absolute_url()),
        Button(_("Giai đoạn, thời hạn"), reverse("phases", args=[year.code])),
        *registry.buttons_of("campaigns.emulationyear", [year], user)[year.pk],
    ]
    if (bloc_years and is_department(user)) or kept_bloc_years(user).filter(year=year).exists():
        places.append(Button(_("Đôn đốc"), reverse("board", args=[year.code])))
    return places


def _rows(bloc_years, user):
    """What the list says of each bloc, gathered for all of them at once."""
    bloc_years = list(bloc_years)
    prefetch_related_objects(bloc_years, Prefetch("seats", Seat.objects.order_by("pk")))
    leading = {each.pk: _leader(each) for each in bloc_years}
    prefetch_related_objects([seat for seat in leading.values() if seat], "unit")  # of no other seat
    read_names([seat for seat in leading.values() if seat], user)
    steps = timelines(bloc_years, user)
    return [
        {
            "bloc_year": each,
            "open": Button(_("Mở trang của Khối"), each.get_absolute_url()),
            "leader": leading[each.pk].unit.name(each.year.last_day) if leading[each.pk] else "",
            "members": sum(seat.unit_id is not None for seat in each.seats.all()),
            "done": sum(step.progress is Progress.DONE for step in steps[each.pk]),
            "steps": len(steps[each.pk]),
            "next": next_step(steps[each.pk]),
        }
        for each in bloc_years
    ]


def _leader(bloc_year):
    """The first leader's seat whose unit is named, or None."""
    seats = bloc_year.seats.all()
    return next((seat for seat in seats if seat.role == Seat.Role.LEADER and seat.unit_id), None)


def _export(year, bloc_years, user):
    header = [
        _("Khối thi đua"),
        _("Khối trưởng"),
        _("Số đơn vị"),
        _("Bước đã xong"),
        _("Tổng số bước"),
        _("Việc tiếp theo"),
        _("Hạn"),
    ]
    rows = (
        [
            row["bloc_year"].name,
            row["leader"],
            row["members"],
            row["done"],
            row["steps"],
            row["next"].title if row["next"] else "",
            row["next"].due if row["next"] else None,
        ]
        for row in _rows(bloc_years, user)
    )
    return spreadsheet(f"khoi-thi-dua-{year.code}", header, rows)
