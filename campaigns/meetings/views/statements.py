"""What was said and concluded at a meeting."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.permissions import Refused
from campaigns import actions
from campaigns.meetings.forms.meetings import ConclusionForm, StatementForm, TaskRow
from campaigns.meetings.views.attendance import explain
from campaigns.meetings.views.meetings import find_open_meeting
from campaigns.models import Statement
from campaigns.windows import closed_to

TASKS = 5  # rows for tasks on one page


@require_http_methods(["GET", "POST"])
def statement(request, year, bloc, pk):
    """Add what somebody said."""
    bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
    form = StatementForm(request.POST or None, request.FILES or None, instance=Statement(meeting=meeting))
    if request.method == "POST" and form.is_valid():
        said = {"statement": form.instance}
        if _done(request, form, actions.note_statement, **said):
            messages.success(request, _("Đã ghi phát biểu."))
            return redirect(f"{meeting.get_absolute_url()}#statements")
    context = {"form": form, "title": _("Ghi ý kiến, phát biểu"), "rows": []}
    return _show(request, bloc_year, meeting, context)


@require_http_methods(["GET", "POST"])
def conclusions(request, year, bloc, pk):
    """Add the chair's conclusion and the tasks that follow from it."""
    bloc_year, meeting = find_open_meeting(request.user, year, bloc, pk)
    posted = request.POST if request.method == "POST" else None
    form = ConclusionForm(posted, request.FILES or None)
    units = [seat.unit for seat in bloc_year.seats_in_order() if seat.unit]
    day = bloc_year.year.last_day
    rows = [
        TaskRow(posted, prefix=f"task{number}", units=units, day=day, use_required_attribute=False)
        for number in range(1, TASKS + 1)
    ]
    if posted is not None:
        if all([form.is_valid(), *(row.is_valid() for row in rows)]):
            told = {
                "meeting": meeting,
                "text": form.cleaned_data["text"],
                "tasks": [task for task in (row.task() for row in rows) if task],
            }
            if _done(request, form, actions.conclude, **told):
                messages.success(request, _("Đã ghi kết luận và nhiệm vụ."))
                return redirect(f"{meeting.get_absolute_url()}#conclusions")
        labels = (_("Nhiệm vụ %(number)s") % {"number": number} for number in range(1, TASKS + 1))
        explain(form, zip(labels, rows, strict=True))
    context = {"form": form, "title": _("Ghi kết luận, giao nhiệm vụ"), "rows": rows}
    return _show(request, bloc_year, meeting, context)


def _done(request, form, action, **arguments):
    try:
        action(**arguments, by=request.user, paper=form.paper(), reason=form.cleaned_data["reason"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _show(request, bloc_year, meeting, context):
    context |= {
        "bloc_year": bloc_year,
        "meeting": meeting,
        "window": closed_to(meeting),
        "back": meeting.get_absolute_url(),
        "here": reverse(request.resolver_match.view_name, args=[*request.resolver_match.kwargs.values()]),
    }
    return render(request, "campaigns/meetings/said.html", context)
