"""Template tags of the interface, loaded as builtins, and what every page knows of its installation."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django import template
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.help import help_address
from config.keeping import choices_of, labels_of, note

register = template.Library()

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
VERSION = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["version"]

# The shape that goes with each tone: a state is told by a word and a shape, colour only repeats it.
SHAPES = {
    "done": "check",
    "doing": "half",
    "waiting": "ring",
    "soon": "clock",
    "late": "alert",
    "refused": "stop",
    "unknown": "question",
    "paper": "page",
}


def product_alone() -> dict[str, str]:
    """What is known of an installation before an app says more: nothing but the product."""
    return {}


# Set once, in the `ready()` of the app that keeps the installation's root unit; answers `name` and `phone`
# of the staff in charge in at most one query.
describe_installation: Callable[[], dict[str, str]] = product_alone


def installation(request):
    """Context processor: `installation` with name, phone and version, asked for only where it is shown."""
    return {
        "installation": SimpleLazyObject(
            lambda: {"name": "", "phone": "", "version": VERSION, **describe_installation()}
        )
    }


@register.simple_tag
def icon(name):
    """A shape of static/img/icons.svg in the colour of the text; said by the words beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def badge(text, tone):
    """A state in words with the shape and colour of its tone; KeyError for a tone that is not in SHAPES."""
    return format_html('<span class="badge badge--{}">{}{}</span>', tone, icon(SHAPES[tone]), text)


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*pairs):
    """The way to this page: title, address, title, address; the page itself is named by its h1."""
    return {"places": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.simple_tag(takes_context=True)
def sort_header(context, key, label, kind=""):
    """A column header that sorts by `?sort=key` and, once sorted by, the other way round."""
    query = context.request.GET.copy()
    order, shape, turn = {
        key: ("ascending", "up", f"-{key}"),
        f"-{key}": ("descending", "down", key),
    }.get(query.get("sort", ""), (None, "both", key))
    query.pop("page", None)
    query["sort"] = turn
    return format_html(
        '<th scope="col" class="{}"{}><a class="table__sort" href="?{}">{}{}</a></th>',
        kind,
        format_html(' aria-sort="{}"', order) if order else "",
        query.urlencode(),
        label,
        icon(shape),
    )


@register.simple_block_tag
def table(content, caption, name, stacked=False, quiet=False):
    """A table in a region that scrolls sideways where it must, or stacks its rows on a phone.

    `name` is unique in the page. A stacked table gives each `td` a `data-label`. A quiet caption is left to
    those who cannot see the heading above the table.
    """
    return format_html(
        '<div class="table-region" role="region" aria-labelledby="{}-caption" tabindex="0"><table class="{}">'
        '<caption class="{}"><span id="{}-caption">{}</span></caption>{}</table></div>',
        name,
        "table table--stacked" if stacked else "table",
        "visually-hidden" if quiet else "table__caption",
        name,
        caption,
        content,
    )


@register.filter
def days_left(due, today):
    """How many days are left until a day, or how many it is late: còn 12 ngày, quá hạn 3 ngày."""
    left = (due - today).days
    if left == 0:
        return _("hết hạn hôm nay")
    if left < 0:
        return ngettext("quá hạn %(days)s ngày", "quá hạn %(days)s ngày", -left) % {"days": -left}
    return ngettext("còn %(days)s ngày", "còn %(days)s ngày", left) % {"days": left}


@register.filter
def elided(page):
    """The page numbers to offer around a page, with gaps where there are many."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def help_link(context, kind):
    """The way to the help for this very page; nothing for whoever is not signed in."""
    request = getattr(context, "request", None)
    if request is None or not request.user.is_authenticated:
        return ""
    address = help_address(request.resolver_match)
    return format_html(
        '<a class="{}" href="{}">{}<span>{}</span></a>', kind, address, icon("help"), _("Trợ giúp")
    )


@register.inclusion_tag("components/keeping.html", takes_context=True)
def keep_typed(context, form, formsets=(), drafts=True):
    """Inside a form: what keeps the text typed there while it is not sent; nothing where there is no text.

    Without `drafts` it is kept only where the session has ended: a form that saves what is typed needs none.
    """
    request = getattr(context, "request", None)
    beside = [getattr(each, "formset", each) for each in formsets]
    labels = labels_of(form, beside) if form else {}
    if request is None or not labels or not request.user.is_authenticated:
        return {"note": ""}
    draft = f"{request.path}#{type(form).__name__}{form.prefix or ''}" if drafts else ""
    return {"note": note(request.user, labels, choices_of(form, beside)), "draft": draft}
