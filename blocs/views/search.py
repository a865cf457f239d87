"""The page that finds persons, units, blocs, meetings, pledges and documents by half memory."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from blocs.search import kinds, patterns

LONGEST = 200  # characters of what is typed
FIRST, PAGE_SIZE = 6, 25


@require_GET
def search(request):
    """What is found of each kind, its first rows; with `?nhom=` all rows of one kind, paged."""
    text = request.GET.get("q", "")[:LONGEST].strip()
    wish, words = request.GET.get("nhom", ""), patterns(text)
    asked = [kind for kind in sorted(kinds, key=lambda kind: kind.place) if wish in ("", kind.key)]
    if not asked:
        raise Http404
    groups = []
    for kind in asked if words else []:
        pages = Paginator(kind.find(request.user, words), PAGE_SIZE if wish else FIRST)
        page = pages.get_page(request.GET.get("page") if wish else 1)
        if pages.count:
            groups.append((kind, page, kind.show(page.object_list, request.user)))
    context = {"text": text, "words": words, "groups": groups, "wish": wish}
    return render(request, "blocs/search.html", context)
