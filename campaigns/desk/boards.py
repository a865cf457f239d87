"""Who has not sent: per phase, bloc and unit, for those who remind."""

from collections import defaultdict
from copy import copy
from dataclasses import InitVar, dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.contributions import Progress
from blocs.models import IssuedDocument, Post, Unit
from campaigns.leaders import seated_units
from campaigns.models import BlocYear, Phase, Reminder, ReminderWave

Kind = Phase.Kind
Channel = Reminder.Channel
WAYS = {
    Channel.IN_APP: gettext_lazy("trên hệ thống"),
    Channel.MAIL: gettext_lazy("thư"),
    Channel.ZALO: gettext_lazy("Zalo"),
    Channel.LETTER: gettext_lazy("công văn"),
    Channel.PHONE: gettext_lazy("điện thoại"),
}
UNRELEASED = gettext_lazy("công văn đang lập")


@dataclass(frozen=True)
class Row:
    """A unit that must still act in a step of a bloc's year."""

    bloc_year: BlocYear
    unit: Unit
    due: date | None
    officer: Post | None
    reminder: Reminder | None
    ways: str

    @property
    def key(self):
        """How forms name the row."""
        return f"{self.bloc_year.pk}-{self.unit.pk}"

    @property
    def name(self):
        """The unit by its official name at present."""
        return self.unit.name()


@dataclass(frozen=True)
class Tally:
    """How many of those who must act in a step have done so: in one bloc, or in all of them."""

    done: int
    total: int
    bloc_year: BlocYear | None = None

    @property
    def open(self):
        """How many have not."""
        return self.total - self.done

    @property
    def percent(self):
        """The share that has, for the length of a bar."""
        return round(100 * self.done / self.total) if self.total else 0


@dataclass
class Board:
    """The steps of many bloc-years by phase, from their timelines, and who is still to act in each."""

    bloc_years: list
    timelines: InitVar[dict]
    steps: dict = field(init=False)

    def __post_init__(self, timelines):
        self.steps = {
            (key, step.phase or step.key): step
            for key, steps in reversed(timelines.items())
            for step in reversed(steps)  # of two steps in one phase the first stands for it
        }

    def only(self, bloc_years):
        """The same board with some of its blocs."""
        part = copy(self)
        part.bloc_years = bloc_years
        return part

    def tallies(self, kind):
        """How far each bloc is with a phase."""
        return [self._tally(each, kind) for each in self.bloc_years if (each.pk, kind) in self.steps]

    def summary(self, kind):
        """How far all blocs together are with a phase."""
        tallies = self.tallies(kind)
        return Tally(sum(each.done for each in tallies), sum(each.total for each in tallies))

    def due(self, kind):
        """The first day by which a phase is due in one of the blocs that have not done it."""
        steps = [self.steps[each.pk, kind] for each in self.bloc_years if (each.pk, kind) in self.steps]
        dues = [step.due for step in steps if step.due and step.progress is not Progress.DONE]
        return min(dues, default=None)

    def rows(self, kind):
        """The units that must still act, blocs and units in their order, in a constant number of queries."""
        pending = [
            (each, unit)
            for each in self.bloc_years
            if (each.pk, kind) in self.steps
            for unit in self.steps[each.pk, kind].pending
        ]
        keys = {unit for _bloc_year, unit in pending}
        units = {each.pk: each for each in Unit.objects.filter(pk__in=keys).prefetch_related("states")}
        officers, reminders = officers_of(keys), self._reminders(kind)
        ways = ways_of(reminders.values())
        rows = [
            Row(
                bloc_year=bloc_year,
                unit=units[unit],
                due=self.steps[bloc_year.pk, kind].due,
                officer=next(iter(officers.get(unit, [])), None),
                reminder=reminders.get((bloc_year.pk, unit)),
                ways=ways.get((bloc_year.pk, unit), ""),
            )
            for bloc_year, unit in pending
        ]
        return sorted(rows, key=lambda row: (row.bloc_year.bloc.place, row.bloc_year.pk, row.unit.place()))

    def _tally(self, bloc_year, kind):
        """Units of the bloc for what each unit does itself, else the bloc's leader alone."""
        step = self.steps[bloc_year.pk, kind]
        if step.tally is not None:
            return Tally(*step.tally, bloc_year)
        if kind == Kind.PLEDGE:
            seated = len(seated_units(bloc_year, timezone.localdate()))
            done = seated if step.progress is Progress.DONE else max(seated - len(step.pending), 0)
            if step.progress in (Progress.WAITING, Progress.UNKNOWN):
                done = 0  # nobody can sign what is not written
            return Tally(done, seated, bloc_year)
        return Tally(int(step.progress is Progress.DONE), 1, bloc_year)

    def _reminders(self, kind):
        """{(bloc-year, unit): the newest reminder}."""
        known = Reminder.objects.filter(bloc_year__in=self.bloc_years, phase_kind=kind)
        newest = known.order_by("bloc_year_id", "unit_id", "-pk").distinct("bloc_year_id", "unit_id")
        return {(each.bloc_year_id, each.unit_id): each for each in newest}


def ways_of(reminders):
    """{(bloc-year, unit): the ways of each reminder with all others of its wave}, in words.

    A letter has gone out when it is released; until then it is being prepared.
    """
    channels = defaultdict(set)
    for each in reminders:
        channels[each.bloc_year_id, each.unit_id].add(each.channel)
    of_wave = {(each.bloc_year_id, each.unit_id): each.wave_id for each in reminders if each.wave_id}
    waves = set(of_wave.values())
    for each in Reminder.objects.filter(wave__in=waves):
        if of_wave.get((each.bloc_year_id, each.unit_id)) == each.wave_id:
            channels[each.bloc_year_id, each.unit_id].add(each.channel)
    letters = IssuedDocument.objects.filter(
        subject_type=ContentType.objects.get_for_model(ReminderWave),
        subject_key__in=waves,
        state__in=IssuedDocument.RELEASED_STATES,
    )
    released = set(letters.values_list("subject_key", flat=True))
    return {
        key: capfirst(
            ", ".join(
                str(UNRELEASED if way == Channel.LETTER and of_wave.get(key) not in released else words)
                for way, words in WAYS.items()
                if way in found
            )
        )
        for key, found in channels.items()
    }


def officers_of(unit_ids):
    """{unit: posts of those who do its emulation work today, whose telephone is known first}."""
    posts = Post.objects.held_on(timezone.localdate()).filter(unit__in=unit_ids)
    posts = posts.filter(role__in=[Post.Role.OFFICER, Post.Role.SECRETARY]).select_related("person__user")
    found = {}
    for post in sorted(posts, key=lambda post: (not post.telephone, post.pk)):
        found.setdefault(post.unit_id, []).append(post)
    return found


def recipients_of(unit_ids):
    """{unit: accounts of those who do its emulation work and read mail}."""
    found = {}
    for unit, posts in officers_of(unit_ids).items():
        users = [getattr(post.person, "user", None) for post in posts]
        found[unit] = [user for user in users if user and user.is_active and user.email]
    return found


# What is counted in a phase in which not each bloc is one.
COUNTED = {
    Kind.PLEDGE: gettext_lazy("%(open)s/%(total)s đơn vị chưa ký giao ước thi đua"),
    Kind.SCORING: gettext_lazy("%(open)s/%(total)s đơn vị chưa gửi phiếu tự chấm điểm"),
    Kind.CHECK: gettext_lazy("%(open)s/%(total)s đơn vị chưa có điểm kiểm tra"),
    Kind.EXPLANATION: gettext_lazy("%(open)s/%(total)s đề nghị giải trình chưa trả lời"),
}


def in_words(tally, kind):
    """How many have not done what a phase asks: 37/200 đơn vị chưa ký giao ước thi đua."""
    words = COUNTED.get(kind, _("%(open)s/%(total)s khối chưa xong: %(phase)s"))
    return words % {"open": tally.open, "total": tally.total, "phase": Kind(kind).label}
