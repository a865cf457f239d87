"""How pages are read in two languages, and a bloc's year in which every word of data begins with Zq."""

import re
from datetime import date
from html.parser import HTMLParser

from django.conf import settings
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import capfirst

from awards.models import AwardKind, AwardName
from blocs import actions
from blocs.actions.documents import Made
from blocs.models import Post, UnitKind
from campaigns.meetings.agendas import NOT_DONE, USUAL_OUTCOMES
from campaigns.models import Phase, Reminder
from reports import issuing
from reports.documents.year_end_summary import OFFICIAL
from tests import factories as make
from tests.test_translation import VIETNAMESE

SPOKEN = {"alt", "aria-label", "data-ended", "data-failed", "data-label", "label", "placeholder", "title"}
# Read the same in both languages: the product's name, a paper's number, a code, names of formats, Zalo's name
# and what Django's own icons for yes and no are called.
SAME = {"Thi", "Đua", "Số", "official", "PDF", "SHA", "True", "False", "Zalo"}
# Ready phrases, chosen as they will stand in the minutes.
WRITTEN = {each for phrases in USUAL_OUTCOMES.values() for each in phrases} | {NOT_DONE}


class Reading(HTMLParser):
    """What a reader meets: texts and spoken attributes, without the button that names the other language."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.silent = set(), ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        in_vietnamese = tag == "textarea" and attributes.get("lang") == "vi"  # for units to read
        if tag in ("script", "style") or attributes.get("class") == "foot__language" or in_vietnamese:
            self.silent = tag
        self.texts |= {attributes[name] for name in SPOKEN if attributes.get(name)}
        if tag == "input" and attributes.get("type") in ("submit", "button", "reset"):
            self.texts.add(attributes.get("value") or "")

    def handle_endtag(self, tag):
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, text):
        if not self.silent:
            self.texts.add(" ".join(text.split()))


def words(text):
    """The words of a text that are neither data nor codes nor names of files."""
    said = (each for each in text.split() if not re.search(r"(?i)zq|\d|_|\w\.\w|://", each))
    return [word for each in said for word in re.findall(r"[^\W\d_]+", each) if word not in SAME]


def read(client, address, language, sent=None, data=()):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address, follow=True) if sent is None else client.post(address, sent)
    assert response.status_code in (200, 403, 404), address
    assert response["Content-Language"] == language
    context = response.context or {}
    # The preview is the paper, Vietnamese by law; so are the words for what it lacks.
    preview = str(context.get("preview") or "")
    missing = context.get("missing") or () if preview else ()
    lacking = {text for each in missing for text in (capfirst(each.text), each.label)}
    return texts(response, (preview, *map(escape, data))) - lacking


def texts(response, data=()):
    """What is read in a response, without what stands in it as data."""
    html = response.content.decode()
    for each in filter(None, data):
        html = html.replace(each, "")
    return Reading(html).texts


def answers(client, address, sent, data=()):
    """What is read after something was sent, in English and in Vietnamese; what that did is taken back."""
    for language in ("en", "vi"):
        with transaction.atomic():
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            response = client.post(address, sent, follow=True)
            assert response.status_code in (200, 403, 404, 405), address
            transaction.set_rollback(True)
        yield texts(response, map(escape, data)) if response.status_code != 405 else set()


def faults(client, addresses, sent=None, data=()):
    """{address: what is not translated there}, or in the answer to a form; those without faults left out.

    `data` are texts that are kept, and printed, in Vietnamese.
    """
    found = {}
    for address in addresses:
        if left := untranslated(*(read(client, address, language, sent, data) for language in ("en", "vi"))):
            found[address] = left
    return found


def untranslated(english, vietnamese):
    """What is Vietnamese on the English page, or reads the same on both."""
    left = {text for text in english if any(VIETNAMESE.search(word) for word in words(text))}
    return sorted((left | {text for text in english & vietnamese if words(text)}) - WRITTEN)


class World:
    """A bloc's year in full, the year after, and who leads it."""

    def __init__(self):
        AwardName.objects.all().delete()  # the law's own list, in Vietnamese
        AwardKind.objects.all().delete()
        words = Concat(Value("Zq"), "code")
        UnitKind.objects.update(label=words, code=words)  # of the installation
        self.root = self.unit("ZqMinistry", is_root=True)
        self.leader, self.member = self.unit("ZqLeading"), self.unit("ZqMember")
        self.bloc_year = self.year("2020")
        self.following = self.year("2021", bloc=self.bloc_year.bloc)
        self.seats()
        self.records()
        self.secretary = self.user("secretary", self.leader)
        self.clerk = self.user("clerk", self.leader)
        self.staff = self.user("staff", self.root)

    def unit(self, name, **fields):
        unit = make.UnitFactory(code=name.lower(), **fields)
        make.UnitStateFactory(unit=unit, official_name=name, telephone="024 1234 5678")
        return unit

    def year(self, code, **fields):
        year = make.EmulationYearFactory(code=code)
        labels = {"name": "ZqBloc", "leader_label": "ZqLeader", "deputy_label": "ZqDeputy"}
        return make.BlocYearFactory(year=year, organiser=self.root, **labels, **fields)

    def user(self, role, unit):
        person = make.PersonFactory(full_name=f"Zq{role}")
        make.PostFactory(person=person, unit=unit, role=role, title="ZqPost")
        return make.UserFactory(username=f"zq-{role}", person=person)

    def seats(self):
        who = {"representative": "ZqHead", "representative_title": "ZqPost"}
        make.SeatFactory(bloc_year=self.bloc_year, unit=self.leader, role="leader", **who)
        make.SeatFactory(bloc_year=self.bloc_year, unit=self.member, group="ZqGroup", **who)
        make.SeatFactory(bloc_year=self.following, unit=self.member, role="leader")
        make.SeatFactory(bloc_year=self.following, unit=None, role="deputy")

    def records(self):
        of_year = {"bloc_year": self.bloc_year}
        day = {"first_day": date(2020, 12, 15), "last_day": date(2020, 12, 15)}
        self.meeting = make.MeetingFactory(**of_year, **day, kind="year-end", title="ZqConference")
        make.MeetingFactory(
            **of_year, title="ZqOuting", first_day=date(2020, 4, 1), last_day=date(2020, 4, 3)
        )
        of_meeting = {"meeting": self.meeting}
        make.AgendaItemFactory(**of_meeting, title="ZqItem", outcome="ZqOutcome")
        make.AttendanceFactory(**of_meeting, title="ZqGuests")
        make.StatementFactory(**of_meeting, text="ZqWords", is_request=True)
        make.ObservationFactory(**of_year, text="ZqObservation")
        make.CampaignFactory(**of_year, name="ZqCampaign", theme="ZqTheme", launched_by=self.leader)
        pledge = make.PledgeFactory(signed_on=date(2020, 3, 20), signed_count=1, signing_units=2)
        pledge.bloc_years.add(self.bloc_year)
        make.PledgeContentFactory(pledge=pledge, text="ZqContent")
        make.SignatureFactory(pledge=pledge, unit=self.leader)
        award = make.AwardNameFactory(name="ZqAward").kind
        make.NominationFactory(**of_year, award=award, unit=self.member, proposed_at=self.meeting)
        make.NominationFactory(**of_year, award=award)
        make.ExemplarFactory(**of_year)

    def meeting_on(self, day, **fields):
        return make.MeetingFactory(bloc_year=self.bloc_year, first_day=day, last_day=day, **fields)

    def desks(self):
        """What the desks work on: deadlines, reminders, tasks, a hand-over, accounts and their slips."""
        year = self.bloc_year.year
        for kind in Phase.Kind:
            make.PhaseFactory(year=year, kind=kind, first_day=date(2020, 1, 1), last_day=date(2020, 12, 25))
        self.exception = make.PhaseFactory(
            bloc_year=self.bloc_year, kind="pledge", last_day=date(2020, 12, 26), reason="ZqReason"
        )
        self.preparatory = self.meeting_on(date(2020, 12, 1), kind="preparatory", title="ZqPreparation")
        self.planned = self.meeting_on(date(2099, 12, 1), kind="mid-year", title="ZqPlanned")
        guest = {"name": "ZqGuest", "title": "ZqPost", "presence": "expected", "is_invited": True}
        for meeting in (self.meeting, self.planned):
            make.AttendanceFactory(meeting=meeting, **guest)
            make.AttendanceFactory(meeting=meeting, **guest, reply="coming")
            make.AttendanceFactory(
                meeting=meeting, title="ZqPost", presence="present", replaced_name="ZqOther"
            )
            make.AttendanceFactory(meeting=meeting, title="ZqPost", presence="absent")
        make.StatementFactory(meeting=self.meeting, text="ZqWords", kind="conclusion")
        task = {"meeting": self.meeting, "text": "ZqTask"}
        self.task = make.TaskFactory(**task, unit=self.leader, due=date(2020, 12, 20))
        self.done = make.TaskFactory(
            **task, due=date(2020, 12, 20), done_on=date(2020, 12, 19), result="ZqDone"
        )
        make.TaskFactory(**task)
        secretary = Post.objects.get(person=self.secretary.person)
        self.wave = make.ReminderWaveFactory(year=year, text="ZqReminder", made_by=secretary)
        for channel in Reminder.Channel:
            reminder = {"wave": self.wave, "bloc_year": self.bloc_year, "unit": self.member, "by": secretary}
            make.ReminderFactory(**reminder, channel=channel)
        make.HandoverFactory(bloc_year=self.bloc_year, from_unit=self.leader, to_unit=self.member)
        self.officer = self.user("officer", self.member)
        self.officer.email = "zq@example.org"
        self.officer.save()
        self.administrator = self.user("administrator", self.root)
        self.post = Post.objects.get(person=self.officer.person)
        deputy = make.PersonFactory(full_name="ZqSubstitute")
        acting = {"unit": self.member, "role": "officer", "title": "ZqPost", "on_behalf_of": self.post}
        self.acting = make.PostFactory(
            person=deputy, **acting, last_day=date(2099, 12, 31), basis="ZqBasis", first_day=date(2020, 1, 1)
        )
        make.UserFactory(username="zq-substitute", person=deputy)
        self.invited = make.InvitationFactory(
            user=self.officer, post=self.post, made_by=Post.objects.get(person=self.administrator.person)
        )

    def document(self, state, edition):
        """The report in a state of its life, with the draft it was printed from."""
        names = {"title": "ZqReport", "signer_name": "ZqSigner", "signer_title": "ZqPost", "symbol": "ZQ"}
        if state == "draft":
            names = {"title": "ZqReport", "symbol": "ZQ", "draft_number": 1}
        traits = {} if state == "draft" else {state.replace("-", "_"): True}
        fields = {"issuer": self.leader, "subject": self.bloc_year, "edition": edition}
        document = make.IssuedDocumentFactory(**fields, **names, **traits)
        data = issuing.preview(self.bloc_year, document.kind, edition).as_data()
        post = Post.objects.get(person=self.secretary.person)
        made = {"document": document, "made_by": post, "made_by_name": "ZqSecretary", "data": data}
        make.DocumentVersionFactory(**made)
        if state == "released":
            make.DocumentVersionFactory(**made, stage="released")
        return document

    def draft(self):
        """A draft of the report, made by an act."""
        return actions.make_draft(
            subject=self.bloc_year,
            kind="year-end-summary",
            edition=OFFICIAL,
            type_code="BC",
            title="ZqReport",
            issuer=self.leader,
            symbol="ZQ",
            file_stem="zq",
            draft_number=1,
            made=Made(data={}, pdf=b"%PDF-1.7", docx=b"PK"),
            by=self.secretary,
            reason="ZqReason",
        )

    @property
    def place(self):
        return [self.bloc_year.year.code, self.bloc_year.bloc.code]

    def page(self, name, *more):
        return reverse(name, args=[*self.place, *more])
