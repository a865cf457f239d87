"""What each kind of user sees of each model, in a world of two blocs whose data could leak."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from awards.models import AwardKind, AwardName
from blocs import models as blocs
from blocs.models.people import Operator
from campaigns import models as campaigns
from tests import factories as make
from tests.factories import FACTORIES
from tests.scored_blocs import SCORING, lay_scores, of_scores

OURS = ("blocs", "campaigns", "scores", "awards", "nominations", "decisions", "reports")
MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]


class World:
    """Two blocs in two years; every row that a test speaks of has a label."""

    is_scored = True

    def __init__(self):
        self.labels = {}
        self.units = {}
        self.people = {}
        for name in ("leader a", "member a", "leader b", "member b", "both", "outside"):
            self._unit(name)
        for bloc, code in (("a", "2020"), ("b", "2021")):
            self._bloc_year(bloc, make.EmulationYearFactory(code=code))
        self._ministry()

    def keep(self, label, row):
        self.labels[row] = label
        return row

    def _unit(self, name):
        """A unit with its state, a person who signs in, what that person did and what the unit issues."""
        unit = self.units[name] = self.keep(name, make.UnitFactory())
        self.keep(name, make.UnitStateFactory(unit=unit))
        self.keep(name, make.SuccessionFactory(to_unit=unit))
        user = self.people[name] = self.keep(name, make.UserFactory())
        self.keep(name, user.person)
        post = self.keep(
            name,
            make.PostFactory(
                person=user.person, unit=unit, role="secretary" if "leader" in name else "officer"
            ),
        )
        paper = self.keep(name, make.PaperRecordFactory())
        entry = self.keep(name, make.EntryFactory(post=post, actor=user, paper=paper))
        self.keep(name, make.PayloadFactory(entry=entry))
        self.keep(name, make.JobFactory(asked_by=user))
        self.keep(name, make.NumberSeriesFactory(issuer=unit))
        self.keep(name, make.DraftFactory(user=user))
        self.keep(name, make.SpreadsheetImportFactory(user=user))
        self.keep(name, make.PackFactory(made_by=post, subject=unit))
        make.InvitationFactory(user=user, post=post)
        make.DigestFactory(user=user)
        make.PressFactory()
        make.WaveMailFactory(user=user)

    def _bloc_year(self, name, year):
        bloc_year = self.keep(name, make.BlocYearFactory(year=year))
        self.keep(name, year)
        self.keep(name, bloc_year.bloc)
        self.keep(f"organiser {name}", bloc_year.organiser)
        leader, member = self.units[f"leader {name}"], self.units[f"member {name}"]
        self.keep(f"leader {name}", make.SeatFactory(bloc_year=bloc_year, unit=leader, role="leader"))
        self.keep(f"member {name}", make.SeatFactory(bloc_year=bloc_year, unit=member))
        self.keep(f"both {name}", make.SeatFactory(bloc_year=bloc_year, unit=self.units["both"]))
        self.keep(f"unknown {name}", make.SeatFactory(bloc_year=bloc_year, unit=None, role="deputy"))
        meeting = self.keep(name, make.MeetingFactory(bloc_year=bloc_year))
        pledge = self.keep(name, make.PledgeFactory())
        pledge.bloc_years.add(bloc_year)
        preparatory = self.keep(name, make.MeetingFactory(bloc_year=bloc_year, kind="preparatory"))
        for each in (
            make.AgendaItemFactory,
            make.AttendanceFactory,
            make.StatementFactory,
            make.TaskFactory,
        ):
            self.keep(name, each(meeting=meeting))
            self.keep(f"confidential {name}", each(meeting=preparatory))
        for each in (make.PledgeContentFactory, make.SignatureFactory):
            self.keep(name, each(pledge=pledge))
        for each in (
            make.ObservationFactory,
            make.CampaignFactory,
            make.NominationFactory,
            make.ExemplarFactory,
            make.PhaseFactory,
        ):
            self.keep(name, each(bloc_year=bloc_year))
        self.keep(f"year {name}", make.PhaseFactory(year=year, kind="report"))
        self.keep(f"handover {name}", make.HandoverFactory(bloc_year=bloc_year, from_unit=leader))
        for who, unit in ((f"leader {name}", leader), (f"member {name}", member)):
            self.keep(who, make.ReminderFactory(bloc_year=bloc_year, unit=unit))
        post = self.people[f"leader {name}"].person.posts.get()
        self.keep(f"leader {name}", make.ReminderWaveFactory(year=year, made_by=post))
        self._documents(name, bloc_year, leader, member)
        if self.is_scored:
            lay_scores(self, name, bloc_year)

    def _documents(self, name, bloc_year, leader, member):
        draft = make.IssuedDocumentFactory(issuer=leader, subject=bloc_year, edition="conference")
        self.keep(f"draft {name}", draft)
        self.keep(f"draft {name}", make.DocumentVersionFactory(document=draft))
        paper = make.IssuedDocumentFactory(issuer=leader, subject=bloc_year, released=True)
        self.keep(f"released {name}", paper)
        self.keep(f"draft {name}", make.DocumentVersionFactory(document=paper, stage="draft"))
        self.keep(f"released {name}", make.DocumentVersionFactory(document=paper, stage="released"))
        for unit in (member, self.units["both"]):
            self.keep(f"released {name}", make.DocumentRecipientFactory(document=paper, unit=unit))

    def _ministry(self):
        self.keep("common", make.CampaignFactory(bloc_year=None))
        make.SealFactory()
        make.StoredFileFactory()

    def seen_by(self, user):
        """{model: labels of the rows that a user sees}, models of which nothing is seen left out."""
        seen = {}
        for model in MODELS:
            for row in model.objects.visible_to(user):
                seen.setdefault(model, set()).add(self.labels.get(row, "unlabelled"))
        return seen


MADE_ONCE = World


@pytest.fixture
def world(made_once):
    return made_once


CATALOGUE = {each: {"unlabelled"} for each in (AwardKind, AwardName, blocs.UnitKind)}
OF_A_BLOC = [
    model
    for label in ("campaigns", "scores", "awards", "nominations", "decisions")
    for model in apps.get_app_config(label).get_models()
    if model not in CATALOGUE
    and model
    not in {
        campaigns.Seat,
        campaigns.Phase,
        campaigns.Handover,
        campaigns.Reminder,
        campaigns.ReminderWave,
        campaigns.WaveMail,
        *SCORING,
    }
]
OWN_ONLY = [blocs.Draft, blocs.SpreadsheetImport]  # nobody but who typed it, whatever the post
PARTS = [campaigns.AgendaItem, campaigns.Attendance, campaigns.Statement, campaigns.Task]


def of_unit(name):
    """What people see of their own unit, wherever it sits."""
    own = [blocs.Person, blocs.Post, blocs.User, blocs.Entry, blocs.Payload, blocs.PaperRecord, blocs.Job]
    own += [blocs.Draft, blocs.Pack, blocs.SpreadsheetImport]
    return {model: {name} for model in own} | CATALOGUE


def of_blocs(*names):
    """What people see of the blocs in which their unit has a seat."""
    seats = {f"{who} {name}" for name in names for who in ("leader", "member", "both", "unknown")}
    units = {f"{who} {name}" for name in names for who in ("leader", "member")} | {"both"}
    return (
        {model: set(names) for model in [blocs.Bloc, *OF_A_BLOC]}
        | {campaigns.Campaign: {*names, "common"}, campaigns.Seat: seats}
        | {campaigns.Phase: {*names, *(f"year {name}" for name in names)}}
        | dict.fromkeys((blocs.UnitState, blocs.Succession), units)
        | {blocs.Unit: units | {f"organiser {name}" for name in names}}
    )


def of_documents(*labels):
    """Which documents and versions, and of the released ones the recipients."""
    released = {label for label in labels if label.startswith("released")}
    return {
        blocs.IssuedDocument: set(labels),
        blocs.DocumentVersion: set(labels),
        blocs.DocumentRecipient: released,
    }


def of_leader(name):
    """What the leader's unit sees besides: its preparatory meeting's conclusions, its hand-over and waves."""
    return {model: {name, f"confidential {name}"} for model in PARTS} | {
        campaigns.Handover: {f"handover {name}"},
        campaigns.ReminderWave: {f"leader {name}"},
    }


def reminded(who):
    """The reminders of one unit."""
    return {campaigns.Reminder: {who}}


SEEN = {
    "leader a": of_unit("leader a")
    | of_blocs("a")
    | of_scores("leader", "a")
    | of_leader("a")
    | reminded("leader a")
    | of_documents("draft a", "released a"),
    "member a": of_unit("member a")
    | of_blocs("a")
    | of_scores("member", "a")
    | reminded("member a")
    | of_documents("released a"),
    "leader b": of_unit("leader b")
    | of_blocs("b")
    | of_scores("leader", "b")
    | of_leader("b")
    | reminded("leader b")
    | of_documents("draft b", "released b"),
    "member b": of_unit("member b")
    | of_blocs("b")
    | of_scores("member", "b")
    | reminded("member b")
    | of_documents("released b"),
    "both": of_unit("both")
    | of_blocs("a", "b")
    | of_scores("both", "a", "b")
    | of_documents("released a", "released b"),
    "outside": of_unit("outside")
    | {model: {"outside"} for model in (blocs.Unit, blocs.UnitState, blocs.Succession)}
    | {campaigns.Campaign: {"common"}},
}


def test_every_model_has_rows_that_could_leak(world):
    assert [model.__name__ for model in MODELS if not model.objects.exists()] == []
    assert set(MODELS) == set(FACTORIES)


@pytest.mark.parametrize("who", SEEN)
def test_person_of_a_unit_sees(world, who):
    assert world.seen_by(world.people[who]) == SEEN[who]


@pytest.mark.parametrize("seat", [None, {"unit": None, "role": "leader"}, {}])
def test_next_year_of_a_bloc_is_seen_by_its_units_until_others_sit_in_it(world, seat):
    bloc = next(row for row, label in world.labels.items() if isinstance(row, blocs.Bloc) and label == "a")
    following = make.BlocYearFactory(bloc=bloc, year=make.EmulationYearFactory(code="2022"))
    if seat is not None:
        make.SeatFactory(bloc_year=following, **seat)
    see = {
        who for who, user in world.people.items() if following in campaigns.BlocYear.objects.visible_to(user)
    }

    assert see == (set() if seat == {} else {"leader a", "member a", "both"})


@pytest.mark.parametrize("role", ["staff", "administrator"])
def test_department_and_administrator_see_everything(world, role):
    user = make.user_with(role)

    assert {model: model.objects.visible_to(user).count() for model in MODELS} == {
        model: 0 if model in OWN_ONLY else model.objects.count() for model in MODELS
    }


def test_operator_sees_everything(world):
    operator = Operator("root")
    assert operator.post

    others = [model for model in MODELS if model not in OWN_ONLY]
    assert all(model.objects.visible_to(operator).count() == model.objects.count() for model in others)
    assert not any(model.objects.visible_to(operator).exists() for model in OWN_ONLY)


@pytest.mark.parametrize(
    "days",
    [
        {"first_day": timezone.localdate() + timedelta(days=1)},
        {"last_day": timezone.localdate() - timedelta(days=1)},
        {"role": ""},
    ],
    ids=["starts tomorrow", "ended yesterday", "no role"],
)
@pytest.mark.parametrize("role", ["staff", "administrator", "secretary"])
def test_person_whose_post_does_not_hold_today_sees_nothing(world, role, days):
    user = make.user_with(**{"role": role, "unit": world.units["leader a"]} | days)

    assert world.seen_by(user) == {}


def test_person_without_a_post_sees_nothing(world):
    assert world.seen_by(make.UserFactory()) == {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_visible_rows_are_found_in_few_queries(world, model, django_assert_max_num_queries):
    user = world.people["both"]
    user.standing()

    with django_assert_max_num_queries(1):
        list(model.objects.visible_to(user))
