"""Which bloc-years a person keeps: those whose records the person may edit."""

from django.db.models import DateField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from blocs.models import Post
from campaigns.models import BlocYear, Seat

Role = Post.Role


def is_department(user):
    """Whether a person works for the standing department."""
    return user.standing().post(Role.STAFF) is not None


def kept_bloc_years(user):
    """The bloc-years that a person may see and whose records the person may edit, in one query.

    The same answer as `permissions.leads` gives for each: who leads the year, or while nobody is named the
    nearest year before, today or on the day of that year which is nearest to today.
    """
    visible = BlocYear.objects.visible_to(user)
    if is_department(user):
        return visible
    units = {post.unit_id for post in user.standing().posts if post.role in (Role.SECRETARY, Role.OFFICER)}
    leaders = Seat.objects.filter(role=Seat.Role.LEADER, unit__isnull=False)
    named = leaders.filter(
        bloc_year__bloc=OuterRef("bloc"), bloc_year__year__first_day__lte=OuterRef("year__first_day")
    ).order_by("-bloc_year__year__first_day")
    today = Value(timezone.localdate(), output_field=DateField())
    day = Least(Greatest(today, F("year__first_day")), F("year__last_day"))
    leads = leaders.filter(bloc_year=OuterRef("named"), unit__in=units).filter(
        Q(first_day__isnull=True) | Q(first_day__lte=OuterRef("day")),
        Q(last_day__isnull=True) | Q(last_day__gte=OuterRef("day")),
    )
    return (
        visible.filter(closed_on__isnull=True)
        .annotate(
            named=Subquery(named.values("bloc_year")[:1]),
            named_first=Subquery(named.values("bloc_year__year__first_day")[:1]),
            named_last=Subquery(named.values("bloc_year__year__last_day")[:1]),
        )
        .annotate(day=Least(Greatest(day, F("named_first")), F("named_last")))
        .filter(Exists(leads))
    )


def keeps_any(user):
    """Whether a person keeps any bloc-year; asked once for each instance of the user and day."""
    today = timezone.localdate()
    kept = getattr(user, "_keeps_any", None)
    if kept is None or kept[0] != today:
        kept = user._keeps_any = (today, kept_bloc_years(user).exists())
    return kept[1]
