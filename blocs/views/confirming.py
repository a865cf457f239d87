"""A question before an act."""

from django.contrib import messages
from django.shortcuts import redirect, render

from blocs.permissions import Refused


def confirm(
    request,
    *,
    title,
    consequences,
    submit,
    back,
    do,
    done="",
    form=None,
    initial=None,
    danger=False,
    question="",
    cancel_words="",
):
    """A question before an act, with a form where it asks for more; the act's refusal stands on the page."""
    bound = form(request.POST if request.method == "POST" else None, initial=initial) if form else None
    if request.method == "POST" and (bound is None or bound.is_valid()):
        try:
            answer = do(bound.cleaned_data if bound else {})
        except Refused as refused:
            if bound is None:
                raise
            bound.add_error(None, str(refused))
        else:
            if done:
                messages.success(request, done)
                return redirect(back)
            return answer
    context = {
        "title": title,
        "consequences": consequences,
        "submit": submit,
        "cancel": back,
        "form": bound or "",
        "danger": danger,
        "question": question,
        "cancel_words": cancel_words,
    }
    return render(request, "confirm.html", context)
