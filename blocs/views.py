"""Pages of long work."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from blocs import actions
from blocs.models import Job


@require_GET
def job(request, pk):
    """How far a job is; leads to its result once it is done."""
    found = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if found.state == Job.State.DONE and found.address:
        return (
            HttpResponseClientRedirect(found.address) if request.htmx else HttpResponseRedirect(found.address)
        )
    template = "blocs/job.html#progress" if request.htmx else "blocs/job.html"
    return render(request, template, {"job": found})


@require_POST
def cancel_job(request, pk):
    """Wish that a job stops."""
    found = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    actions.cancel_job(job=found, by=request.user)
    return redirect("job", pk=pk)
