"""Pages of long work."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from blocs import actions
from blocs.models import Job
from blocs.permissions import may_cancel_job
from blocs.work.jobs import titles

REFRESH_SECONDS = 8


@require_GET
@vary_on_headers("HX-Request")
def job(request, pk):
    """How far a job is; leads to its result once it is done."""
    found = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if found.state == Job.State.DONE and found.address:
        messages.success(request, found.words)
        return (
            HttpResponseClientRedirect(found.address) if request.htmx else HttpResponseRedirect(found.address)
        )
    may_cancel = bool(may_cancel_job(request.user, found, timezone.localdate()))
    context = {
        "job": found,
        "title": titles.get(found.kind) or found.kind,
        "under_way": not found.is_over,
        "failed": found.state == Job.State.FAILED,
        "stopped": found.state == Job.State.CANCELLED,
        "words": found.words or found.get_state_display(),
        "total": found.total if found.total > 1 else None,
        "may_cancel": may_cancel and not found.wish_to_cancel,
        "back": found.parameters.get("page", ""),
    }
    response = render(request, "blocs/job.html#progress" if request.htmx else "blocs/job.html", context)
    if not (found.is_over or request.htmx):
        response["Refresh"] = str(REFRESH_SECONDS)  # where no script asks again
    return response


@require_POST
def cancel_job(request, pk):
    """Wish that a job stops."""
    found = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    actions.cancel_job(job=found, by=request.user)
    return redirect("job", pk=pk)
