"""The head of every page: the places one can go to, who is signed in, as which post.

Apps add to `places` and `menu` in their `ready()`: functions of a request that answer `Place`s in a constant
number of queries. A place without an address is not shown, so that a page may be named before it is there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A place to go to: its words, its address, where it stands in the row.

    `within` are the beginnings of the addresses of the pages that belong to it; of several places the one
    with the longest holds the page.
    """

    title: str
    address: str
    order: int
    within: tuple[str, ...] = ()

    def holds(self, path):
        """How much of a page's address this place accounts for."""
        known = [len(each) for each in self.within if path.startswith(each)]
        return len(path) if path == self.address else max(known, default=0)


def address_of(name, *args):
    """The address of a page; empty where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def nothing(_request):
    """What stands in the head before an app says more."""
    return []


places: list[Callable[..., Iterable[Place]]] = []
menu: list[Callable[..., Iterable[Place]]] = []

# Set once, in the `ready()` of the app that keeps posts: each post of a signed-in person in words.
describe_posts: Callable[..., list[str]] = nothing


class Masthead:
    """What the head of one page shows; each part is asked for only where it is shown."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def places(self):
        """[(place, "page" where it is this very page, "true" where this page belongs to it, or empty)]."""
        found = [*self._of(places), *self._records()]
        found = sorted((each for each in found if each.address), key=lambda place: place.order)
        path = self.request.path
        nearest = max(found, key=lambda place: place.holds(path), default=None)
        here = nearest if nearest and nearest.holds(path) else None
        return [(each, self._current(each) if each is here else "") for each in found]

    @cached_property
    def menu(self):
        """What a person may do about the own account."""
        found = sorted((each for each in self._of(menu) if each.address), key=lambda place: place.order)
        return [(each, self._current(each) if each.address == self.request.path else "") for each in found]

    @cached_property
    def posts(self):
        """The person's posts in words."""
        return describe_posts(self.request.user)

    @cached_property
    def search(self):
        """The address that finds units, people and blocs."""
        return address_of("search")

    def _of(self, providers):
        return [place for provider in providers for place in provider(self.request)]

    def _records(self):
        if admin.site.has_permission(self.request):
            address = reverse("admin:index")
            yield Place(_("Sổ số liệu"), address, 90, (address,))

    def _current(self, place):
        return "page" if place.address == self.request.path else "true"


def masthead(request):
    """Context processor: `masthead`."""
    return {"masthead": SimpleLazyObject(lambda: Masthead(request))}
