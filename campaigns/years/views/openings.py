"""The page that opens an emulation year: what differs from the year before, on one screen."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.permissions import Refused, require
from campaigns import actions
from campaigns.models import EmulationYear
from campaigns.permissions import may_edit_year
from campaigns.years.forms.openings import OpeningForm, YearForm
from campaigns.years.openings import opening_of


@require_http_methods(["GET", "POST"])
def open_year(request):
    """Open a year from an earlier one; what was computed for other days is shown again before it is done."""
    require(may_edit_year(request.user, EmulationYear(), timezone.localdate()))
    years = list(EmulationYear.objects.visible_to(request.user))
    if not years:
        return redirect("admin:campaigns_emulationyear_add")
    posted = request.POST if request.method == "POST" else None
    told = posted or request.GET
    year_form = YearForm(_asked(told, years) if "source" in told else _usual(years[0]), years=years)
    opening = form = None
    if year_form.is_valid():
        opening = opening_of(*year_form.wanted())
        is_shown = posted is not None and posted.get("shown") == _mark(opening)
        form = OpeningForm(posted if is_shown else None, request.FILES or None, opening=opening)
        if is_shown and form.is_valid() and (opened := _opened(request, form, opening)):
            messages.success(request, _("Đã mở năm thi đua %(year)s.") % {"year": opened})
            return redirect(opened)
        if posted is not None and not is_shown:
            messages.warning(request, _("Đã tính lại theo năm và ngày vừa ghi. Hãy xem lại rồi bấm mở năm."))
    context = {
        "year_form": year_form,
        "opening": opening,
        "form": form,
        "rows": list(form.rows()) if form else [],
        "shown": _mark(opening) if opening else "",
        "submit": _("Mở năm thi đua %(year)s") % {"year": opening.code} if opening else "",
        "cancel": reverse("home"),
    }
    return render(request, "campaigns/open_year.html", context)


def _usual(year):
    """The newest year and the one that follows it, as a form sends them."""
    first_day, last_day = year.next_period
    return {
        "source": year.code,
        "code": year.next_code,
        "first_day": f"{first_day:%d/%m/%Y}",
        "last_day": f"{last_day:%d/%m/%Y}",
    }


def _asked(told, years):
    """What was told; another year to clone than was shown brings its own code and days."""
    source = next((year for year in years if year.code == told["source"]), None)
    if source and told.get("shown_source", source.code) != source.code:
        return _usual(source)
    return told


def _mark(opening):
    """For which years and days the page was computed."""
    return f"{opening.source.code}|{opening.code}|{opening.first_day}|{opening.last_day}"


def _opened(request, form, opening):
    """The year that was opened, or None where that was refused."""
    try:
        return actions.open_year(
            source=opening.source,
            code=opening.code,
            first_day=opening.first_day,
            last_day=opening.last_day,
            leading=form.leading(),
            left_out=form.left_out(),
            by=request.user,
            paper=form.paper(),
            reason=form.cleaned_data["reason"],
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
