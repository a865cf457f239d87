"""What is known of a meeting, gathered for its papers in a constant number of queries."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from blocs import notation
from blocs.models import IssuedDocument, Post
from campaigns.models import Attendance, BlocYear, Meeting, Statement
from reports.documents.facts import Facts

Capacity = Attendance.Capacity
Presence = Attendance.Presence
Role = Post.Role
# The order of a hall: the ministry's leaders, the standing department, the units of the bloc, guests.
RANKS = [Capacity.MINISTRY, Capacity.DEPARTMENT, Capacity.MEMBER, Capacity.GUEST]
CONFERENCES = [Meeting.Kind.YEAR_END, Meeting.Kind.MID_YEAR, Meeting.Kind.EXEMPLAR]


@dataclass
class MeetingFacts(Facts):
    """A meeting in its bloc's year; names are those of its day, else of the year's last."""

    meeting: Meeting

    @classmethod
    def of(cls, meeting):
        """The facts of a meeting."""
        bloc_years = BlocYear.objects.select_related("year", "bloc", "organiser")
        return cls(bloc_years.get(pk=meeting.bloc_year_id), meeting)

    @property
    def day(self):
        return self.meeting.last_day or self.bloc_year.year.last_day

    @property
    def year_of_signing(self):
        return self.meeting.last_day.year if self.meeting.last_day else None

    @property
    def word(self):
        """What the gathering is called within a sentence: "Hội nghị", "cuộc họp", "hoạt động"."""
        if self.meeting.kind in CONFERENCES:
            return "Hội nghị"
        return "hoạt động" if self.meeting.kind == Meeting.Kind.ACTIVITY else "cuộc họp"

    @property
    def word_first(self):
        """The same at the beginning of a sentence."""
        return self.word[0].upper() + self.word[1:]

    @cached_property
    def is_confidential(self):
        """Whether others than the leader's unit and the department may not read of it yet."""
        return not Meeting.objects.filter(pk=self.meeting.pk).open_to([]).exists()

    @cached_property
    def agenda(self):
        return list(self.meeting.agendaitems.order_by("place"))

    @cached_property
    def attendances(self):
        """Who is expected or was there: by rank, units in the decree's order, then as entered."""
        rows = self.meeting.attendances.select_related("unit").prefetch_related("unit__states")
        return sorted(
            rows,
            key=lambda each: (
                RANKS.index(each.capacity),
                each.unit.place(self.day) if each.unit else 0,
                each.place,
            ),
        )

    @property
    def ranks(self):
        """[(rank in words, attendances)] of those that have any."""
        found = [(rank, [each for each in self.attendances if each.capacity == rank]) for rank in RANKS]
        return [(rank.label, rows) for rank, rows in found if rows]

    @property
    def named(self):
        """Attendances that name a person."""
        return [each for each in self.attendances if each.name]

    @property
    def invited(self):
        """Those who get an invitation, by name or else by post and unit."""
        return [each for each in self.attendances if each.is_invited]

    @property
    def is_held(self):
        """Whether it has taken place: nobody was present before."""
        return self.meeting.is_held(timezone.localdate())

    def present(self, presence=Presence.PRESENT):
        """Attendances of this presence, once the meeting is held."""
        return [each for each in self.attendances if self.is_held and each.presence == presence]

    @property
    def has_outcomes(self):
        """Whether anything is recorded of what was said and decided."""
        return bool(self.statements or self.tasks or any(item.outcome for item in self.agenda))

    @cached_property
    def contact(self):
        """Who answers the telephone for the leader's unit: its secretary, else its officer, or None."""
        posts = Post.objects.filter(unit=self.letterhead_unit, role__in=[Role.SECRETARY, Role.OFFICER])
        posts = posts.held_on(self.day).exclude(telephone="").select_related("person")
        return min(posts, key=lambda post: (post.role != Role.SECRETARY, post.pk), default=None)

    @cached_property
    def statements(self):
        return list(self.meeting.statements.order_by("place"))

    @property
    def conclusions(self):
        return [each for each in self.statements if each.kind == Statement.Kind.CONCLUSION]

    @property
    def spoken(self):
        """Statements that are no conclusion."""
        return [each for each in self.statements if each.kind != Statement.Kind.CONCLUSION]

    @cached_property
    def tasks(self):
        tasks = self.meeting.tasks.select_related("unit").prefetch_related("unit__states")
        return list(tasks.order_by("place"))

    @cached_property
    def last_conference(self):
        """The year-end conference of the year before, or None."""
        before = self.bloc_year.predecessor()
        if before is None:
            return None
        conferences = before.meetings.filter(kind=Meeting.Kind.YEAR_END)
        return conferences.prefetch_related("tasks__unit__states", "statements").first()

    def issued_number(self, kind):
        """Number and day of a document of the meeting, once it has them."""
        documents = IssuedDocument.objects.about(self.meeting).filter(kind=kind, number__isnull=False)
        document = documents.order_by("-pk").first()
        return {"number": document.number, "day": document.issued_on} if document else {}

    @property
    def when(self):
        """ "08 giờ 30, ngày 15 tháng 12 năm 2020"; empty while no day is known."""
        meeting = self.meeting
        if meeting.first_day is None:
            return ""
        period = notation.period(meeting.first_day, meeting.last_day)
        return f"{notation.clock(meeting.starts_at)}, {period}" if meeting.starts_at else period

    @property
    def chair(self):
        """Who chairs: name and post, as known."""
        return ", ".join(filter(None, [self.meeting.chair_name, self.meeting.chair_title]))

    @property
    def secretary(self):
        """Who takes the minutes: name and post, as known."""
        return ", ".join(filter(None, [self.meeting.secretary_name, self.meeting.secretary_title]))

    def post_of(self, attendance):
        """The post as printed, with the unit where the post does not name it."""
        if attendance.unit is None:
            return attendance.title
        names = {attendance.unit.name(self.day), attendance.unit.short_name(self.day)}
        said = attendance.title.casefold()
        if any(name.casefold() in said for name in names):
            return attendance.title
        return f"{attendance.title}, {attendance.unit.name(self.day)}"

    def guest(self, attendance):
        """A guest as invited and welcomed: "Ông Nguyễn Văn An, Cục trưởng Cục Một"; a group as it is."""
        return ", ".join(filter(None, [attendance.as_addressed, self.post_of(attendance)]))
