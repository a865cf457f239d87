"""Finding by half memory: words in any order, without accents or case, the last one perhaps half typed.

"hanh ke toan vien thong" finds Hạnh, kế toán of Cục Viễn thông. Each app adds the kinds of things that it
knows to `kinds` in its `ready()`; each finds among what the person may see.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Func, Prefetch, Q, QuerySet, TextField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from blocs.models import Person, Post, Unit, UnitState
from blocs.permissions import may_edit
from blocs.registers import Register
from blocs.text import slug

MOST_WORDS = 8


@dataclass(frozen=True)
class Found:
    """One thing that was found: its name, what tells it from others, its page where the person has one."""

    title: str
    about: str = ""
    address: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of things: `find` answers rows for a person and patterns, `show` what is said of rows."""

    key: str
    title: str
    place: int
    find: Callable[..., QuerySet]
    show: Callable[..., list[Found]]


kinds = Register("kinds of search")


def register():
    """Add persons and units."""
    kinds.append(Kind("ca-nhan", pgettext_lazy("plural", "Cá nhân"), 1, find_persons, show_persons))
    kinds.append(Kind("don-vi", pgettext_lazy("plural", "Đơn vị"), 2, find_units, show_units))


def patterns(text):
    """A pattern for each word of what was typed; the last may be the beginning of a word."""
    words = [word for word in slug(text).split("-") if word][:MOST_WORDS]
    return [rf"\m{word}\M" for word in words[:-1]] + [rf"\m{word}" for word in words[-1:]]


def every(words, where):
    """The condition that each word is found by `where`, a function of one pattern."""
    condition = Q()
    for word in words:
        condition &= where(word)
    return condition


class Folded(Func):
    """A text as blocs.text.fold has it, for columns whose folded form is not stored."""

    template = (
        r"translate(lower(regexp_replace(normalize(%(expressions)s, NFD), '[\u0300-\u036f]', '', 'g')), "
        "'đĐ', 'dd')"
    )
    output_field = TextField()


def units_named(user, word):
    """Keys of the units that the person may see and that bear or bore a name with the word."""
    return UnitState.objects.visible_to(user).filter(search_key__regex=word).values("unit")


def find_persons(user, words):
    """Persons by their own names, titles and the names of the units where they hold them."""
    posts = Post.objects.visible_to(user)

    def where(word):
        held = posts.filter(Q(search_key__regex=word) | Q(unit__in=units_named(user, word)))
        return Q(search_key__regex=word) | Q(pk__in=held.values("person"))

    return Person.objects.visible_to(user).filter(every(words, where), merged_into=None).in_name_order()


def show_persons(persons, user):
    """Persons with the titles that they hold, or held last where none is known to be held."""
    day = timezone.localdate()
    posts = Post.objects.visible_to(user).select_related("unit").prefetch_related("unit__states")
    opens = user.standing().sees_all or may_edit(user, Person(), day)
    return [
        Found(
            person.as_addressed,
            "; ".join(_titles(person.posts.all(), day)),
            reverse("admin:blocs_person_change", args=[person.pk]) if opens else "",
        )
        for person in persons.prefetch_related(Prefetch("posts", posts.order_by("-first_day", "pk")))
    ]


def _titles(posts, day):
    held = [post for post in posts if post.last_day is None or post.last_day >= day] or list(posts)[:1]
    return dict.fromkeys(f"{post.title}, {post.unit.short_name(day)}" for post in held if post.unit)


def find_units(user, words):
    """Units by any name that they bear or bore, in the order of the decree."""
    return Unit.objects.visible_to(user).filter(every(words, lambda word: Q(pk__in=units_named(user, word))))


def show_units(units, user):
    """Units with their short name, symbol and former names."""
    return [
        Found(unit.name(), " · ".join(_also(unit)), reverse("admin:blocs_unit_change", args=[unit.pk]))
        for unit in units.prefetch_related("states")
    ]


def _also(unit):
    now = unit.state()
    former = [each.official_name for each in unit.states.all() if each.official_name != now.official_name]
    return [each for each in dict.fromkeys([now.short_name, now.symbol, *former]) if each]
