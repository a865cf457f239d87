"""What models of every app build on: scope, row version, append-only triggers, stored names."""

from itertools import chain

import pgtrigger
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from blocs.text import nfc


class ScopedQuerySet(models.QuerySet):
    """Rows that a person may see: one definition for lists, details, exports, admin and look-ups."""

    def visible_to(self, user):
        """The rows that `user` may see today; a user without a post sees none."""
        standing = user.standing()
        if standing.sees_all:
            return self
        if not standing.posts:
            return self.none()
        return self._visible(standing)

    def locked(self, key, *related, no_key=False):
        """The row of this key as it stands now, locked until the transaction ends; read with these relations.

        With `no_key` others may refer to it meanwhile. The row alone is locked, and after waiting for it the
        database reads it anew and no other: a relation that changes under the same lock is asked afterwards.
        """
        rows = self.select_related(*related) if related else self
        return rows.select_for_update(of=("self",), no_key=no_key).get(pk=key)

    def for_choice(self):
        """The rows with what their names need, for lists to choose from."""
        return self

    def _visible(self, standing):
        """The rows for a person who holds posts below the standing department."""
        return self.none()


def of_each(users, rows, *fields):
    """{user key: [rows(user)]} for many people in one statement; as tuples where fields are named, unordered.

    What one person may see is thereby said in the same words for many. `rows` may rest on the person's duties
    alone: for those who share them it is asked once, and they are answered the same list.
    """
    duties = {each.pk: each.standing().duties for each in users}
    askers = {duties[each.pk]: each for each in users}
    places = {each: place for place, each in enumerate(askers)}
    asked = [rows(user).order_by().annotate(place_=Value(places[each])) for each, user in askers.items()]
    if fields:
        asked = [each.values_list("place_", *fields) for each in asked]
    found = [[] for _asked in asked]
    for row in asked[0].union(*asked[1:], all=True) if asked[1:] else chain(*asked):
        if fields:
            found[row[0]].append(row[1:])
        else:
            found[row.place_].append(row)
    return {key: found[places[each]] for key, each in duties.items()}


class Versioned(models.Model):
    """A row that people edit: an edit names the version it was shown, and an older one is refused.

    The version moves whenever a known row is saved, by whatever act: whoever has an older page open learns
    of it. What changes many rows in one statement moves it itself.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    _kept_version = None  # as the database has it

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        row._kept_version = row.__dict__.get("version")
        return row

    def refresh_from_db(self, *args, **options):
        super().refresh_from_db(*args, **options)
        self._kept_version = self.__dict__.get("version")

    def save(self, *, update_fields=None, **options):
        is_known = self.pk is not None and not self._state.adding
        writes = update_fields is None or len(update_fields) > 0
        if is_known and writes and self._kept_version in (None, self.version):
            self.version += 1
            if update_fields is not None:
                update_fields = {*update_fields, "version"}
        super().save(update_fields=update_fields, **options)
        self._kept_version = self.version

    def root(self):
        """The row that is locked before this one is changed."""
        return self


class Dated:
    """A row with a first and a last day, both included; an empty one leaves that side open."""

    def holds_on(self, day):
        """Whether the row holds on a day."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


def days_in_order(name):
    """The constraint that the last day does not come before the first."""
    return models.CheckConstraint(
        condition=Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(first_day__lte=F("last_day")),
        name=name,
        violation_error_message=_("Ngày kết thúc đứng trước ngày bắt đầu."),
    )


class Stateful(models.Model):
    """A row with a `state` that moves only along its state table, through blocs.journal.advance()."""

    class Meta:
        abstract = True

    def move_to(self, state):
        """Save the row in a new state: for advance(), and for a move told of in a state table's note."""
        self.state = state
        self.save()


class NameField(models.CharField):
    """Text of one line in Unicode NFC with single spaces, so that equal names are equal bytes."""

    def __init__(self, *args, max_length=300, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return nfc(value) if value else value


class SortKeyField(models.CharField):
    """The stored order of a row: made by blocs.text, compared byte by byte."""

    def __init__(self, *args, max_length=900, **kwargs):
        kwargs.setdefault("db_collation", "C")
        kwargs.setdefault("editable", False)
        super().__init__(*args, max_length=max_length, **kwargs)


class Refuse(pgtrigger.Trigger):
    """A trigger that refuses the operation through a function of ours.

    pgtrigger's own Protect can be switched off for a transaction (`pgtrigger.ignore`); the functions named
    here look at no setting. The first migration of this app makes them.
    """

    when = pgtrigger.Before
    func = "RETURN NULL;"  # pgtrigger asks for a body; render_execute names the function that runs
    function = "refuse_change"

    def render_execute(self, model):
        return f"{self.function}()"


class RefuseUnlessErased(Refuse):
    """Lets a payload be deleted only when the journal holds the act that erases it."""

    function = "refuse_unless_erased"


class RefuseReleased(Refuse):
    """Lets a released document change in one way only: to superseded."""

    function = "refuse_released_change"


def append_only():
    """Triggers under which rows are only ever added."""
    return [
        Refuse(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        no_truncate(),
    ]


def no_truncate():
    """The trigger that refuses TRUNCATE."""
    return Refuse(name="no_truncate", operation=pgtrigger.Truncate, level=pgtrigger.Statement)
