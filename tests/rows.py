"""A bloc's year with as many rows of each kind as are asked for, and the addresses of all its pages."""

from datetime import date, timedelta

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from awards.decisions.models import Exemplar
from awards.nominations.models import Nomination
from blocs.models import Bloc, Entry, IssuedDocument, Job, Person, Post, Unit, User
from campaigns.models import BlocYear, Campaign, EmulationYear, Meeting, Observation, Pledge, Seat, Task
from campaigns.scores import actions
from campaigns.scores.models import Explanation, ScoreSheet, SheetVersion
from reports import issuing
from reports.documents import MEETING_PAPERS
from tests import factories as make
from tests.factories import user_with
from tests.factories.year import choose

DAY = date(2020, 12, 15)
ADMINS = admin.site._registry


class Site:
    """One bloc's year with as many rows of each kind as are asked for, and as many blocs beside it."""

    def __init__(self, number):
        self.number = number
        self.root = make.UnitStateFactory(official_name="Bộ Mẫu", unit__is_root=True).unit
        self.award = make.AwardNameFactory().kind
        self.leader = make.UnitStateFactory().unit
        self.bloc_year = self._bloc_year(self.leader)
        self.following = make.BlocYearFactory(bloc=self.bloc_year.bloc, year__code="2021")
        make.SeatFactory(bloc_year=self.following, role="leader", unit=make.UnitStateFactory().unit)
        make.SeatFactory(bloc_year=self.following, role="deputy", unit=self.leader)
        self._pledge(self.following)
        self.staff = user_with("staff", self.root)
        self.secretary = user_with("secretary", self.leader)
        self.officer = None
        make.PhaseFactory(year=self.bloc_year.year, kind="pledge", last_day=DAY)
        self.wave = make.ReminderWaveFactory(made_by=self.secretary.person.posts.get())
        make.HandoverFactory(
            bloc_year=self.bloc_year, from_unit=self.leader, to_unit=make.UnitStateFactory().unit
        )
        self.criteria = make.CriteriaSetFactory(year=self.bloc_year.year, bloc=self.bloc_year.bloc)
        for _row in range(number):
            self._rows()
        self.sheet = self._scores()
        actions.make_ranking(bloc_year=self.bloc_year, by=self.staff)
        self.document = self._document()
        self.entry = Entry.objects.first()

    def _bloc_year(self, leader):
        bloc_year = make.BlocYearFactory(year__code="2020")
        make.SeatFactory(bloc_year=bloc_year, unit=leader, role="leader")
        return bloc_year

    def _rows(self):
        bloc_year, unit = self.bloc_year, make.UnitStateFactory(superior=self.root).unit
        make.SeatFactory(bloc_year=bloc_year, unit=unit)
        make.SeatFactory(bloc_year=self.following, role="deputy", unit=unit)
        make.KnownResultFactory(bloc_year=self.following, unit=unit)
        self._pledge(bloc_year)
        make.ObservationFactory(bloc_year=bloc_year)
        make.CampaignFactory(bloc_year=bloc_year, launched_by=unit)
        make.MeetingFactory(bloc_year=bloc_year, host=unit, first_day=DAY, last_day=DAY)
        person = make.PersonFactory()
        for place, recipient in enumerate([{"unit": unit}, {"person": person}, {}]):
            shared = {"bloc_year": bloc_year, "place": 100 * place + unit.pk}
            make.NominationFactory(award=self.award, proposed_at=self.meeting, **shared, **recipient)
            kind = "individual" if "person" in recipient else "collective"
            make.ExemplarFactory(kind=kind, honoured_at=self.meeting, **shared, **recipient)
        self.criterion = make.CriterionFactory(section__criteria_set=self.criteria)
        make.MeasureFactory(criterion=self.criterion)
        make.CriteriaSetFactory(year=bloc_year.year, bloc=bloc_year.bloc)
        make.AgendaItemFactory(meeting=self.meeting)
        make.AttendanceFactory(meeting=self.meeting, unit=unit)
        make.StatementFactory(meeting=self.meeting)
        make.TaskFactory(meeting=self.meeting, unit=unit)
        self._bloc_year(make.UnitStateFactory().unit)
        officer = user_with("officer", unit)
        self.officer = self.officer or officer  # the same one with one row and with many
        make.PhaseFactory(bloc_year=self._bloc_year(make.UnitStateFactory().unit), kind="report")
        make.ReminderFactory(wave=self.wave, bloc_year=bloc_year, unit=unit)
        self._colleague()
        make.JobFactory(asked_by=self.secretary)
        make.EmulationYearFactory(code=str(1990 + unit.pk % 20))

    def _scores(self):
        """The own sheet of a member's unit and its released check, with what stands beside their scores."""
        choose(self.bloc_year, self.criteria)
        place = {
            "bloc_year": self.bloc_year,
            "criteria_set": self.criteria,
            "unit": self.officer.person.posts.get().unit,
        }
        own, check = make.ScoreSheetFactory(**place), make.ScoreSheetFactory(tier="check", **place)
        inspection = make.InspectionFactory(bloc_year=self.bloc_year, unit=own.unit)
        for number, criterion in enumerate(self.criteria.criteria.all(), 1):
            make.MeasureFactory(criterion=criterion)
            for sheet in (own, check):
                make.ScoreFactory(sheet=sheet, criterion=criterion)
                make.SheetVersionFactory(sheet=sheet, number=number)
            make.EvidenceFactory(sheet=own, criterion=criterion)
            make.InspectionMemberFactory(inspection=inspection, unit=self.leader)
            make.ExplanationFactory(sheet=check, criterion=criterion)
            closed = {"answered_at": timezone.now(), "closed_at": timezone.now()}
            correction = make.CorrectionFactory(sheet=own, **closed)
            make.CorrectionPointFactory(correction=correction, criterion=criterion)
        ScoreSheet.objects.filter(pk=check.pk).update(state="released", number=1, released_at=timezone.now())
        return own

    @property
    def meeting(self):
        """The year-end conference, made when it is first needed."""
        return Meeting.objects.filter(
            bloc_year=self.bloc_year, kind="year-end"
        ).first() or make.MeetingFactory(
            bloc_year=self.bloc_year, kind="year-end", host=self.leader, first_day=DAY, last_day=DAY
        )

    def _colleague(self):
        """Somebody of the leader's unit who substitutes for the secretary, with a slip and an entry."""
        post = self.secretary.person.posts.get()
        colleague = user_with(
            "secretary",
            self.leader,
            on_behalf_of=post,
            last_day=timezone.localdate() + timedelta(days=5),
            basis="Giấy ủy quyền",
        )
        make.InvitationFactory(user=colleague, post=colleague.person.posts.get())
        make.EntryFactory(post=post)

    def _pledge(self, bloc_year):
        pledge = make.PledgeFactory(signed_on=DAY)
        pledge.bloc_years.add(bloc_year)
        for _part in range(self.number):
            make.PledgeContentFactory(pledge=pledge)
            make.SignatureFactory(pledge=pledge, unit=make.UnitStateFactory().unit)

    def _document(self):
        """The official report, signed, after as many drafts, with its journal; so many released before it."""
        shared = {"issuer": self.leader, "subject": self.bloc_year, "edition": "official"}
        data = issuing.preview(self.bloc_year, "year-end-summary", "official").as_data()
        for _row in range(self.number):
            before = make.IssuedDocumentFactory(superseded=True, **shared)
            make.DocumentVersionFactory(document=before, stage="released", data=data)
        document = make.IssuedDocumentFactory(signed=True, **shared)
        make.DocumentVersionFactory(document=document, stage="for-signature", data=data)
        for number in range(1, self.number + 1):
            make.DocumentVersionFactory(document=document, draft_number=number, data=data)
            for row in (document, self.bloc_year, self.meeting, *Observation.objects.all()[:1]):
                make.EntryFactory(
                    object_kind=row._meta.label_lower,
                    object_key=row.pk,
                    paper=make.PaperRecordFactory(),
                )
        return document


def post_of(user):
    return user.person.posts.get().pk


def place(site, name, *more):
    return reverse(name, args=[site.bloc_year.year.code, site.bloc_year.bloc.code, *more])


def past(site, name, *more):
    return reverse(name, args=[site.following.year.code, site.following.bloc.code, *more])


def cell_of(site):
    return f"?cap=check&o={site.sheet.unit_id}-{site.sheet.criteria_set.criteria.first().key}"


PAGES = {
    "home": lambda site: reverse("home"),
    "year": lambda site: reverse("year", args=["2020"]),
    "year, filtered and sorted": lambda site: reverse("year", args=["2020"]) + "?q=khoi&sort=-name",
    "year, exported": lambda site: reverse("year", args=["2020"]) + "?export=xlsx",
    "bloc's year": lambda site: place(site, "bloc-year"),
    "phases": lambda site: reverse("phases", args=["2020"]),
    "sets of criteria": lambda site: reverse("criteria-sets", args=["2020"]),
    "set of criteria to begin": lambda site: reverse("criteria-start", args=["2020"]),
    **{
        f"criteria {name}": lambda site, name=name: reverse(
            f"criteria-{name}", args=["2020", site.criteria.pk]
        )
        for name in ("set", "file", "fields", "section-new", "freeze")
    },
    **{
        f"criteria {name}": lambda site, name=name: reverse(
            f"criteria-{name}", args=["2020", site.criteria.pk, site.criterion.pk]
        )
        for name in ("criterion", "try", "measure-new")
    },
    "year to open": lambda site: reverse("open-year"),
    "change of a unit": lambda site: reverse("unit-change", args=[site.leader.pk]),
    "board": lambda site: reverse("board", args=["2020"]) + "?giai-doan=pledge&sort=-due",
    "board, exported": lambda site: reverse("board", args=["2020"]) + "?giai-doan=pledge&export=xlsx",
    "reminder": lambda site: reverse("remind", args=["2020"]) + "?giai-doan=pledge&tat-ca=1",
    "wave of reminders": lambda site: reverse("reminded", args=["2020", site.wave.pk]),
    "plan": lambda site: place(site, "plan"),
    "hand-over": lambda site: place(site, "handover"),
    "bloc's next year": lambda site: site.following.get_absolute_url(),
    "conference": lambda site: site.meeting.get_absolute_url(),
    **{
        f"meeting {name}": lambda site, name=name: place(site, f"meeting-{name}", site.meeting.pk)
        for name in (
            *("attendance", "invite", "statement", "conclusions"),
            *("record", "outcomes", "proposals", "scores", "election", "pledge"),
        )
    },
    "meeting to plan": lambda site: place(site, "meeting-plan"),
    "meeting to record": lambda site: place(site, "meeting-record-new", "mid-year"),
    "pledge to sign": lambda site: place(site, "pledge-sign"),
    "criteria to read in": lambda site: reverse("criteria-import", args=["2020", site.criteria.pk]),
    "scores to read in": lambda site: place(site, "score-import"),
    "table of a bloc's scores to fill in": lambda site: place(site, "score-import") + "?export=xlsx",
    "unit's scores to read in": lambda site: place(site, "score-import-unit", site.sheet.unit.code),
    "table of scores to fill in": lambda site: (
        place(site, "score-import-unit", site.sheet.unit.code) + "?export=xlsx"
    ),
    "grid": lambda site: place(site, "score-grid") + "?cap=check&so=self",
    "cell of the grid": lambda site: place(site, "score-grid") + cell_of(site),
    "ranking": lambda site: place(site, "ranking"),
    "ranking to release": lambda site: place(site, "ranking-release"),
    "ranking of a past year": lambda site: past(site, "ranking"),
    "results known of a past year": lambda site: past(site, "ranking-known"),
    "result known of a unit": lambda site: past(site, "ranking-known-unit", site.sheet.unit.code),
    "unit over the years": lambda site: place(site, "ranking-unit", site.sheet.unit.code),
    **{
        f"differences {part}": lambda site, part=part: place(site, "score-differences") + f"?xem={part}"
        for part in ("don-vi", "tieu-chi", "cheo", "noi-bat")
    },
    "tasks of a bloc": lambda site: place(site, "bloc-tasks"),
    "tasks of a bloc, exported": lambda site: place(site, "bloc-tasks") + "?export=xlsx",
    "tasks of a year": lambda site: reverse("year-tasks", args=["2020"]),
    "task": lambda site: place(site, "task", Task.objects.first().pk),
    "proposals": lambda site: place(site, "proposals"),
    "report under signature": lambda site: place(site, "report", "official"),
    "report before its draft": lambda site: place(site, "report", "conference"),
    "papers of a meeting": lambda site: place(site, "meeting-papers", site.meeting.pk),
    **{
        f"meeting's {kind.code}": lambda site, kind=kind: kind.address(site.meeting, "")
        for kind in MEETING_PAPERS
    },
    "hand-over's minutes": lambda site: place(site, "handover-document"),
    "reminders' letter": lambda site: reverse("reminder-letter", args=["2020", site.wave.pk]),
    "document": lambda site: reverse("document", args=[site.document.pk]),
    "sheet of a role": lambda site: reverse("guide", args=["clerk"]),
    "signed copy": lambda site: reverse("document-signed-copy", args=[site.document.pk]),
    "act": lambda site: reverse("document-assign-number", args=[site.document.pk]),
    "people": lambda site: reverse("accounts"),
    "people, filtered and sorted": lambda site: reverse("accounts") + "?q=an&account=active&sort=-name",
    "person": lambda site: reverse("person", args=[site.secretary.person_id]),
    "posts": lambda site: reverse("posts"),
    "posts, ever, sorted": lambda site: reverse("posts") + "?day=&sort=-from",
    "posts, exported": lambda site: reverse("posts") + "?export=xlsx",
    "substitute": lambda site: reverse("post-substitute", args=[post_of(site.secretary)]),
    "open work": lambda site: reverse("post-open-work", args=[post_of(site.secretary)]),
    "sessions": lambda site: reverse("usersessions_list"),
    "second factor": lambda site: reverse("mfa_index"),
    "job": lambda site: reverse("job", args=[Job.objects.first().pk]),
    "search": lambda site: reverse("search") + "?q=n",
    "search of one kind": lambda site: reverse("search") + "?q=nguyen&nhom=ca-nhan",
    "helps": lambda site: reverse("help"),
    "help": lambda site: reverse("help-page", args=["khoi"]),
    "records": lambda site: reverse("admin:index"),
}
# Pages of the scores of a whole bloc.
PAGES |= {
    name: lambda site, name=name: place(site, name)
    for name in ("scores", "score-inspections", "score-reopen")
}
PAGES["score-release"] = lambda site: place(site, "score-release", "leader")
# Pages of the scores of a member's unit, by their keys beyond it.
OF_UNIT = {
    "score-sitting": lambda site: [],
    "score-sitting-members": lambda site: [],
    "score-tier": lambda site: ["leader"],
    "score-unit": lambda site: [],
    "score-own": lambda site: [],
    "score-return": lambda site: [],
    "score-paper": lambda site: ["leader"],
    "score-version": lambda site: [SheetVersion.objects.first().pk],
    "score-evidence": lambda site: [site.sheet.criteria_set.criteria.first().key],
    "score-evidence-drop": lambda site: [],
    "score-evidence-file": lambda site: [site.sheet.evidence.first().pk],
    "score-ask": lambda site: [
        ScoreSheet.objects.get(tier="check").pk,
        site.sheet.criteria_set.criteria.first().key,
    ],
    "score-answer": lambda site: [Explanation.objects.first().pk],
}
# Whom these are for alone: the unit scores itself, its draft is not returned, files are its own.
SEEN_BY = {
    **{f"differences {part}": {"staff"} for part in ("don-vi", "tieu-chi", "cheo", "noi-bat")},
    "change of a unit": {"staff"},
    "year to open": {"staff"},
    "results known of a past year": {"staff"},
    "result known of a unit": {"staff"},
    "score-own": {"officer"},
    "score-evidence": {"officer"},
    "score-evidence-drop": {"officer"},
    "score-evidence-file": {"officer", "staff"},
    "score-return": {"staff"},
    "score-paper": {"staff", "secretary"},
}
PAGES |= {
    name: lambda site, name=name, keys=keys: place(site, name, site.sheet.unit.code, *keys(site))
    for name, keys in OF_UNIT.items()
}
ROW = {
    BlocYear: lambda site: site.bloc_year,
    Meeting: lambda site: site.meeting,
    Pledge: lambda site: site.bloc_year.pledges.first(),
    Unit: lambda site: site.leader,
    Bloc: lambda site: site.bloc_year.bloc,
    EmulationYear: lambda site: site.bloc_year.year,
    Seat: lambda site: site.bloc_year.seats.get(role="leader"),
    IssuedDocument: lambda site: site.document,
    **{
        model: lambda site, model=model: model.objects.first()
        for model in (Observation, Campaign, Nomination)
    },
    **{
        model: lambda site, model=model: model.objects.first()
        for model in (Exemplar, Person, Post, User, Job)
    },
    Entry: lambda site: site.entry,
}


def of_admin(model, page):
    """The address of an admin page of a model, with a row where it needs one."""

    def address(site):
        row = ROW[model](site) if model in ROW else site.award
        key = [] if page in ("changelist", "add") else [row.pk]
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=key)

    return address


ADMIN_PAGES = {
    f"{model._meta.label_lower} {page}": of_admin(model, page)
    for model in ADMINS
    for page in ("changelist", "add", "change", "history", "delete")
}
EXPORTS = {f"{name} exported": page for name, page in ADMIN_PAGES.items() if name.endswith(" changelist")}
