"""Persons, how they sign in, and the posts by which they act."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.contributions import registry
from blocs.models.base import NameField, ScopedQuerySet, SortKeyField, Versioned, days_in_order
from blocs.models.organisation import Unit
from blocs.text import fold, person_sort_key


class PersonQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(posts__in=Post.objects.all()._visible(standing)).distinct()

    def for_choice(self):
        return self.filter(is_trial=False, merged_into=None)

    def in_name_order(self):
        """Persons by given name, then middle names, then family name."""
        return self.order_by("sort_key", "pk")

    def known_in(self, unit, full_name):
        """The person of a name who has a post in a unit, or None."""
        return self.for_choice().filter(full_name=full_name, posts__unit=unit).first()

    def name_in(self, unit, full_name, title):
        """Somebody who was not known yet, with the post in a unit."""
        person = self.create(full_name=full_name)
        Post.objects.create(person=person, unit=unit, title=title)
        return person


class Person(Versioned):
    """Cá nhân: an identity; duplicates are marked by `merged_into`, rows are never repointed."""

    class Sex(models.TextChoices):
        MALE = "male", _("Nam")
        FEMALE = "female", _("Nữ")

    full_name = NameField(_("họ và tên"), max_length=150)
    address_form = models.CharField(_("xưng hô"), max_length=40, blank=True, help_text=_("Ông, Bà, Đồng chí"))
    academic_title = models.CharField(
        _("học hàm, học vị"), max_length=40, blank=True, help_text=_("PGS.TS., ThS.")
    )
    rank = models.CharField(_("quân hàm"), max_length=40, blank=True, help_text=_("Đại tá, Thiếu tướng"))
    name_on_decisions = NameField(_("cách ghi trên quyết định"), blank=True)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    sex = models.CharField(_("giới tính"), max_length=10, choices=Sex, blank=True)
    is_trial = models.BooleanField(_("tài khoản dùng thử"), default=False, editable=False)
    is_fictitious = models.BooleanField(_("người minh hoạ, không có thật"), default=False, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="duplicates", null=True, blank=True, editable=False
    )
    search_key = models.CharField(max_length=300, editable=False)
    sort_key = SortKeyField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("cá nhân")
        verbose_name_plural = pgettext_lazy("plural", "cá nhân")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="person_not_merged_into_itself")
        ]

    def __str__(self):
        return self.full_name

    def save(self, **kwargs):
        self.search_key = fold(self.full_name)
        self.sort_key = person_sort_key(self.full_name)
        super().save(**kwargs)

    @property
    def as_addressed(self):
        """How the person is addressed in an invitation: "Ông Nguyễn Văn An"."""
        return " ".join(filter(None, [self.address_form, self.full_name]))

    @property
    def as_decided(self):
        """How the person is written in a decision: as settled, else form of address, rank, title, name."""
        parts = [self.address_form, self.rank, self.academic_title, self.full_name]
        return self.name_on_decisions or " ".join(filter(None, parts))


class PostQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        """Posts in one's own units, and printed titles in the units whose people one names."""
        named = Q(role="", unit__in=registry.reach_of(standing.unit_ids).people)
        return self.filter(Q(unit__in=standing.unit_ids) | named)

    def held_on(self, day):
        """Posts that are known to be held on a day; one whose first day is unknown is not."""
        return self.filter(first_day__lte=day).filter(Q(last_day__isnull=True) | Q(last_day__gte=day))

    def operator(self):
        """The post of the installation's operator, made when it is missing."""
        post, _made = self.get_or_create(
            role=Post.Role.OPERATOR,
            defaults={"title": "Người vận hành hệ thống", "first_day": date(2000, 1, 1)},
        )
        return post


class Post(Versioned):
    """Chức vụ, nhiệm vụ: a person in a unit, with the title as printed and the role as understood here."""

    class Role(models.TextChoices):
        STAFF = "staff", _("Cán bộ thi đua, khen thưởng của bộ")
        SECRETARY = "secretary", _("Thư ký Khối")
        OFFICER = "officer", _("Cán bộ thi đua, khen thưởng của đơn vị")
        CLERK = "clerk", _("Văn thư")
        ADMINISTRATOR = "administrator", _("Quản trị hệ thống")
        OPERATOR = "operator", _("Người vận hành máy chủ")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="posts", null=True, blank=True, verbose_name=_("cá nhân")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="posts", null=True, blank=True, verbose_name=_("đơn vị")
    )
    title = NameField(_("chức vụ ghi trên văn bản"), max_length=200)
    role = models.CharField(_("nhiệm vụ trên hệ thống"), max_length=20, choices=Role, blank=True)
    first_day = models.DateField(_("từ ngày"), null=True, blank=True)
    last_day = models.DateField(_("đến ngày"), null=True, blank=True)
    attested_on = models.DateField(_("ngày nguồn tin nêu chức vụ này"), null=True, blank=True)
    on_behalf_of = models.ForeignKey(
        "self", models.PROTECT, related_name="substitutes", null=True, blank=True, verbose_name=_("làm thay")
    )
    basis = NameField(_("căn cứ giao"), blank=True, help_text=_("Số, ngày quyết định hoặc văn bản giao."))
    end_basis = NameField(_("căn cứ thôi giao"), blank=True)
    telephone = models.CharField(_("điện thoại công vụ"), max_length=40, blank=True)
    issues_decisions = models.BooleanField(_("ban hành quyết định trên hệ thống"), default=False)
    search_key = models.CharField(max_length=400, editable=False, default="")

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("chức vụ")
        verbose_name_plural = pgettext_lazy("plural", "chức vụ")
        ordering = ["unit__decree_place", "pk"]
        constraints = [
            days_in_order("post_days_in_order"),
            models.CheckConstraint(
                condition=Q(role="") | Q(first_day__isnull=False),
                name="post_with_role_has_first_day",
                violation_error_message=_("Nhiệm vụ trên hệ thống phải có ngày bắt đầu."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(role="operator", person__isnull=True, unit__isnull=True)
                    | (~Q(role="operator") & Q(person__isnull=False, unit__isnull=False))
                ),
                name="only_operator_without_person",
            ),
            models.UniqueConstraint(fields=["role"], condition=Q(role="operator"), name="one_operator"),
            models.CheckConstraint(
                condition=Q(on_behalf_of__isnull=True)
                | Q(last_day__isnull=False) & ~Q(basis="") & ~Q(role=""),
                name="substitute_from_to_on_a_basis",
                violation_error_message=_("Làm thay phải có ngày bắt đầu, ngày kết thúc và căn cứ."),
            ),
            models.CheckConstraint(condition=~Q(on_behalf_of=F("pk")), name="post_not_on_behalf_of_itself"),
            models.CheckConstraint(
                condition=Q(issues_decisions=False) | Q(role="staff"),
                name="only_staff_issue_decisions",
                violation_error_message=_("Chỉ cán bộ thi đua, khen thưởng của bộ ban hành quyết định."),
            ),
        ]

    def __str__(self):
        if self.role == self.Role.OPERATOR:
            return str(self.title)
        return f"{self.person} - {self.title}"

    def save(self, **kwargs):
        self.search_key = fold(self.title)
        super().save(**kwargs)

    def held_on(self, day):
        return (
            self.first_day is not None
            and self.first_day <= day
            and (self.last_day is None or day <= self.last_day)
        )


@dataclass(frozen=True)
class Standing:
    """The posts that somebody holds today, and what follows from them."""

    posts: tuple = field(default_factory=tuple)

    def post(self, *roles, unit_ids=None):
        """The first post with one of the roles (in one of the units), or None."""
        for post in self.posts:
            if post.role in roles and (unit_ids is None or post.unit_id in unit_ids):
                return post
        return None

    @cached_property
    def sees_all(self):
        return self.post(Post.Role.STAFF, Post.Role.ADMINISTRATOR, Post.Role.OPERATOR) is not None

    @cached_property
    def unit_ids(self):
        return frozenset(post.unit_id for post in self.posts)

    @cached_property
    def duties(self):
        """The roles and in which units: whoever has the same sees and keeps the same rows."""
        return frozenset((post.role, post.unit_id) for post in self.posts)


def nfc_password(typed):
    """A password as it is hashed; blanks stay, other than in a name."""
    return unicodedata.normalize("NFC", typed) if typed else typed


class UserQuerySet(ScopedQuerySet):
    def _visible(self, standing):
        return self.filter(person__in={post.person_id for post in standing.posts})

    def read_standings(self, users):
        """Have users know what they may act as today, in one query for all that do not yet."""
        today = timezone.localdate()
        unknown = [each for each in users if getattr(each, "_standing", (None,))[0] != today]
        if not unknown:
            return
        held = Post.objects.held_on(today).exclude(role="")
        held = held.filter(person__in={each.person_id for each in unknown})
        posts = defaultdict(list)
        for post in held.select_related("person", "unit", "on_behalf_of__person"):
            posts[post.person_id].append(post)
        for each in unknown:
            own = tuple(posts[each.person_id])
            if own:
                each.person = own[0].person  # whose name every page and every entry of the journal asks for
            each._standing = (today, Standing(own))


class User(AbstractBaseUser):
    """Tài khoản: only the way to sign in, one to one with a person; all authority comes from posts."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="user", verbose_name=_("cá nhân"))
    is_active = models.BooleanField(_("đang dùng"), default=True)

    objects = BaseUserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = pgettext_lazy("plural", "tài khoản")
        ordering = ["pk"]

    def __str__(self):
        return self.username

    def set_password(self, raw_password):
        """Keep a password; its letters with marks are the same whatever keyboard composes them."""
        super().set_password(nfc_password(raw_password))

    def check_password(self, raw_password):
        return super().check_password(nfc_password(raw_password))

    def get_full_name(self):
        return self.person.full_name

    def standing(self):
        """What this user may act as today; asked of the database once a day for each instance."""
        User.objects.read_standings([self])
        return self._standing[1]

    @property
    def is_staff(self):
        """Whether the admin site opens: its own permission functions decide what stands there."""
        return self.is_active and bool(self.standing().posts)

    def has_module_perms(self, app_label):
        return self.is_staff

    def has_perm(self, permission, obj=None):
        """Django's question is not ours: pages ask the functions in `permissions`, which give reasons."""
        return False


class Operator:
    """The installation's operator: whoever may run commands on the server, shown by system user name.

    May load, issue, seal and send; never decides, signs, scores or votes.
    """

    is_active = True
    is_authenticated = True
    pk = None

    def __init__(self, system_user):
        self.system_user = system_user

    def __str__(self):
        return self.system_user

    def get_full_name(self):
        return self.system_user

    def standing(self):
        return Standing((self.post,))

    @cached_property
    def post(self):
        return Post.objects.operator()
