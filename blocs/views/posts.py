"""Pages of posts: who holds what on a day, who substitutes, what is open when one ends."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from blocs import actions, notation
from blocs.actions.slips import Newcomer
from blocs.contributions import registry
from blocs.exports import spreadsheet
from blocs.filters import PostFilter
from blocs.forms.accounts import EndForm, SubstituteForm
from blocs.models import IssuedDocument, Person, Post, User
from blocs.permissions import (
    Refused,
    is_staff,
    may_end_substitute,
    may_manage_accounts,
    may_substitute,
    require,
)
from blocs.views.confirming import confirm
from blocs.views.slips import hand_on

PAGE_SIZE = 25


def _posts(user):
    """The posts in the software that a person may see, with all that their lines say."""
    posts = Post.objects.visible_to(user).exclude(role__in=["", Post.Role.OPERATOR])
    posts = posts.select_related("person", "unit", "on_behalf_of__person")
    return posts.prefetch_related("unit__states")


@require_GET
@vary_on_headers("HX-Request")
def posts(request):
    """Who holds which post on a day, today unless told; filtered, sorted, paged, exported."""
    data = request.GET.copy()
    data.setdefault("day", notation.day(timezone.localdate()))
    known = _posts(request.user).order_by("unit__decree_place", "unit_id", "person__sort_key", "pk")
    list_filter = PostFilter(data, queryset=known, request=request)
    if request.GET.get("export") == "xlsx":
        return _export(list_filter.qs)
    may = may_manage_accounts(request.user, None, timezone.localdate())
    page = Paginator(list_filter.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": list_filter,
        "page": page,
        "next": {"title": _("Cấp tài khoản"), "address": reverse("invite")} if may else None,
        "count": ngettext("%(count)s nhiệm vụ", "%(count)s nhiệm vụ", page.paginator.count)
        % {"count": notation.count(page.paginator.count)},
    }
    swapped = request.htmx and not request.htmx.history_restore_request
    return render(request, "blocs/posts/list.html#list" if swapped else "blocs/posts/list.html", context)


def _export(found):
    header = [
        _("Họ và tên"),
        _("Đơn vị"),
        _("Chức vụ"),
        _("Nhiệm vụ trên hệ thống"),
        _("Từ ngày"),
        _("Đến ngày"),
        _("Căn cứ giao"),
        _("Căn cứ thôi giao"),
        _("Làm thay"),
        _("Điện thoại"),
    ]
    rows = (
        [
            post.person.full_name,
            post.unit.name(),
            post.title,
            post.get_role_display(),
            post.first_day,
            post.last_day,
            post.basis,
            post.end_basis,
            post.on_behalf_of.person.full_name if post.on_behalf_of else "",
            post.telephone,
        ]
        for post in found
    )
    return spreadsheet("nhiem-vu", header, rows)


@require_http_methods(["GET", "POST"])
def end(request, pk):
    """Set the last day of a post, with the decision's number."""
    post = get_object_or_404(_posts(request.user), pk=pk, on_behalf_of=None)
    require(may_manage_accounts(request.user, post, timezone.localdate()))
    words = {"role": post.get_role_display(), "unit": post.unit.name(), "person": post.person}
    return confirm(
        request,
        title=_("Thôi giao nhiệm vụ “%(role)s”, %(unit)s, của %(person)s?") % words,
        consequences=[
            _("Hết ngày cuối, người này không làm việc với nhiệm vụ này được nữa."),
            _("Ai đang làm thay trong nhiệm vụ này cũng thôi theo."),
            _("Việc đã làm vẫn giữ nguyên trong nhật ký. Hãy in danh sách việc còn mở trước khi bàn giao."),
        ],
        submit=_("Thôi giao nhiệm vụ"),
        back=reverse("person", args=[post.person_id]),
        form=EndForm,
        danger=True,
        do=lambda data: actions.end_post(post=post, by=request.user, **data),
        done=_("Đã ghi ngày cuối giữ nhiệm vụ."),
    )


@require_http_methods(["GET", "POST"])
def substitute(request, pk):
    """Let somebody act in a post for a time: whose post, who, from, to, on which basis, on one page."""
    post = get_object_or_404(_posts(request.user), pk=pk)
    require(may_substitute(request.user, post, timezone.localdate()))
    there = Post.objects.filter(unit=post.unit).exclude(last_day__lt=timezone.localdate())
    colleagues = Person.objects.filter(posts__in=there, is_trial=post.person.is_trial, merged_into=None)
    people = colleagues.exclude(pk=post.person_id).in_name_order().distinct()
    form = SubstituteForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            return _substituted(request, post, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "blocs/posts/substitute.html", {"post": post, "form": form})


def _substituted(request, post, data):
    newcomer = Newcomer(person=data["person"], full_name=data["full_name"], address_form=data["address_form"])
    made, slip = actions.substitute(
        post=post,
        newcomer=newcomer,
        title=data["title"],
        first_day=data["first_day"],
        last_day=data["last_day"],
        basis=data["basis"],
        by=request.user,
    )
    messages.success(
        request,
        _("%(substitute)s làm thay %(holder)s từ %(first)s đến hết %(last)s.")
        % {
            "substitute": made.person,
            "holder": post.person,
            "first": notation.day(made.first_day),
            "last": notation.day(made.last_day),
        },
    )
    return hand_on(request, slip) if slip else redirect("person", post.person_id)


@require_http_methods(["GET", "POST"])
def end_substitute(request, pk):
    """End a substitution before its day."""
    post = get_object_or_404(_posts(request.user), pk=pk, on_behalf_of__isnull=False)
    require(may_end_substitute(request.user, post, timezone.localdate()))
    holder = post.on_behalf_of.person
    return confirm(
        request,
        title=_("Kết thúc việc %(substitute)s làm thay %(holder)s?")
        % {"substitute": post.person, "holder": holder},
        consequences=[
            _("%(substitute)s còn làm thay đến hết hôm nay; việc giao cho ngày sau thì bỏ.")
            % {"substitute": post.person},
            _("Việc đã làm vẫn ghi cả hai tên trong nhật ký."),
        ],
        submit=_("Kết thúc làm thay"),
        back=reverse("person", args=[holder.pk]),
        do=lambda data: actions.end_substitute(post=post, by=request.user),
        done=_("Đã kết thúc làm thay."),
    )


@require_GET
def open_work(request, pk):
    """What is open in the hands of a post's holder, to be printed and handed over before its last day."""
    post = get_object_or_404(_posts(request.user), pk=pk)
    if post.person_id != request.user.person_id:
        require(may_manage_accounts(request.user, post, timezone.localdate()))
    today = timezone.localdate()
    holder = User.objects.filter(person=post.person).select_related("person").first()
    unreleased = IssuedDocument.objects.exclude(state__in=["released", "superseded"])
    mine = unreleased.filter(versions__made_by__person=post.person).distinct().order_by("pk")
    others = (
        Post.objects.exclude(role="")
        .exclude(last_day__lt=today)
        .select_related("person", "unit", "on_behalf_of__person")
    )
    others = others.prefetch_related("unit__states").order_by("first_day", "pk")
    context = {
        "post": post,
        "today": today,
        "waitings": [each for each in _waiting_for(holder) if each.address != request.path],
        # What waits for somebody opens to that person, and to staff, who open everything of the year.
        "opens": post.person_id == request.user.person_id or bool(is_staff(request.user, post, today)),
        "manages": bool(may_manage_accounts(request.user, post, today)),
        "documents": mine,
        "substitutions": others.filter(
            Q(on_behalf_of__person=post.person) | Q(person=post.person, on_behalf_of__isnull=False)
        ),
        "posts": others.filter(person=post.person, on_behalf_of=None),
    }
    return render(request, "blocs/posts/open_work.html", context)


def _waiting_for(holder):
    return registry.waiting_for([holder])[holder.pk] if holder else []
