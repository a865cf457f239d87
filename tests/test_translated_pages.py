"""Pages in both languages: in English no Vietnamese is left, and nothing reads the same in both but data.

All data is a word that begins with Zq, so that whatever else is read comes from the product or its libraries.
"""

import json
import re
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone, translation

from blocs.models import Job
from blocs.work.jobs import kinds, run_job, step
from campaigns.models import Meeting, Phase
from config.help_pages import PAGES
from config.keeping import KEPT
from reports import issuing, jobs
from reports.documents.year_end_summary import CONFERENCE, OFFICIAL
from tests import factories as make
from tests.bilingual import World, answers, faults, untranslated
from tests.blocs.noting import note
from tests.factories import FACTORIES
from tests.test_translation import messages

pytestmark = pytest.mark.whole

MADE_ONCE = World


@pytest.fixture
def world(made_once):
    return made_once


@pytest.mark.django_db
def test_pages_open_to_all(client):
    names = ["account_login", "account_signup", "account_reset_password", "account_inactive"]
    assert faults(client, [*map(reverse, names), "/khong-co/"]) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{}, {"login": "zq-nobody", "password": "zq-wrong"}])
def test_sign_in_that_fails(client, sent):
    assert faults(client, [reverse("account_login")], sent) == {}


@pytest.mark.parametrize(
    "sent", [{}, {"oldpassword": "zq-wrong", "password1": "password", "password2": "zq-another"}]
)
def test_password_that_is_refused(client, db, sent):
    client.force_login(make.UserFactory(person__full_name="ZqSomebody", password="zq-a-long-password"))
    assert faults(client, [reverse("account_change_password")], sent) == {}


def test_pages_of_an_account(client, world):
    client.force_login(make.UserFactory(person__full_name="ZqSomebody", password="zq-a-long-password"))
    names = ["account_change_password", "account_logout", "account_reauthenticate", "account_email"]
    assert faults(client, map(reverse, names)) == {}


@pytest.mark.parametrize("who", ["secretary", "staff"])
def test_pages_of_a_bloc_year(client, world, who):
    client.force_login(getattr(world, who))
    year, following = (each.year.get_absolute_url() for each in (world.bloc_year, world.following))
    pages = [
        year,
        f"{year}?name=khac",
        world.bloc_year.get_absolute_url(),
        following,
        world.following.get_absolute_url(),
        world.meeting.get_absolute_url(),
        world.page("proposals"),
    ]
    assert faults(client, pages) == {}


@pytest.fixture
def desks(world, settings):
    settings.REQUIRE_MFA = False
    world.desks()
    return world


def desk_of_a_year(world):
    year = world.bloc_year.year.code
    board = reverse("board", args=[year])
    return [
        "/",
        reverse("phases", args=[year]),
        reverse("phases", args=[world.following.year.code]),
        reverse("phase-extend", args=[year]),
        *(f"{board}?giai-doan={kind}" for kind in Phase.Kind),
        f"{board}?giai-doan=pledge&bloc=khac&late=on",
        f"{reverse('remind', args=[year])}?giai-doan=pledge&tat-ca=1",
        reverse("remind", args=[year]),
        reverse("reminded", args=[year, world.wave.pk]),
        reverse("year-tasks", args=[year]),
        f"{reverse('year-tasks', args=[year])}?unit=0",
    ]


def desk_of_a_bloc(world):
    tasks = [reverse("task", args=[*world.place, task.pk]) for task in (world.task, world.done)]
    kinds = (f"{world.page('meeting-plan')}?loai={kind}" for kind in Meeting.Kind if kind != "year-end")
    screens = ["attendance", "statement", "conclusions", "record", "outcomes", "election", "pledge", "papers"]
    return [
        *(world.page(name) for name in ("plan", "bloc-year-close", "handover", "pledge-sign", "bloc-tasks")),
        *tasks,
        *kinds,
        world.page("meeting-record-new", "mid-year"),
        *(world.page(f"meeting-{screen}", world.meeting.pk) for screen in screens),
        *(each.get_absolute_url() for each in (world.meeting, world.preparatory, world.planned)),
        world.bloc_year.get_absolute_url(),
        reverse("handover", args=[world.following.year.code, world.following.bloc.code]),
    ]


def desk_of_accounts(world):
    person, post, acting = world.officer.person.pk, world.post.pk, world.acting.pk
    of_person = ["person", "slip-renew", "slip-withdraw", "account-email", "account-deactivate"]
    of_person += ["account-reactivate", "second-factor-remove"]
    invite = reverse("invite")
    return [
        reverse("accounts"),
        f"{reverse('accounts')}?name=khac",
        invite,
        f"{invite}?q=zq",
        f"{invite}?q=khac",
        f"{invite}?nguoi={person}",
        *(reverse(name, args=[person]) for name in of_person),
        reverse("person", args=[world.acting.person_id]),
        reverse("slip"),
        reverse("posts"),
        f"{reverse('posts')}?name=khac",
        *(reverse(name, args=[post]) for name in ("post-end", "post-substitute", "post-open-work")),
        reverse("substitute-end", args=[acting]),
        reverse("post-open-work", args=[acting]),
        reverse("unit-change", args=[world.member.pk]),
    ]


def desk_of_everybody(world):
    search = reverse("search")
    return [
        reverse("usersessions_list"),
        *(f"{search}{query}" for query in ("", "?q=zq", "?q=khong-co-gi")),
        reverse("help"),
        *(reverse("help-page", args=[key]) for key in PAGES),
    ]


@pytest.mark.parametrize("who", ["secretary", "staff", "administrator", "officer", "clerk"])
@pytest.mark.parametrize("desk", [desk_of_a_year, desk_of_a_bloc, desk_of_accounts, desk_of_everybody])
def test_pages_of_a_desk(client, desks, desk, who):
    client.force_login(getattr(desks, who))
    assert faults(client, desk(desks)) == {}


@pytest.mark.parametrize("who", ["secretary", "administrator"])
@pytest.mark.parametrize("desk", [desk_of_a_year, desk_of_a_bloc, desk_of_accounts])
def test_desk_that_is_sent_next_to_nothing(client, desks, desk, who):
    """What a form lacks, or what was done and where that leads; it is taken back."""
    client.force_login(getattr(desks, who))
    sent = {"giai-doan": "pledge", "tat-ca": "1", "reason": "ZqReason"}
    found = {address: untranslated(*answers(client, address, sent)) for address in desk(desks)}
    assert {address: left for address, left in found.items() if left} == {}


def test_slip_and_what_it_opens(client, desks):
    client.force_login(desks.administrator)
    renew = reverse("slip-renew", args=[desks.officer.person.pk])
    assert untranslated(*answers(client, renew, {})) == []
    client.logout()
    use_code = [reverse("use-code")]
    assert faults(client, use_code) == faults(client, use_code, {}) == {}
    assert faults(client, use_code, {"username": "zq-nobody", "code": "zq", "password": "zq"}) == {}


def test_pages_of_the_second_factor(client, desks):
    client.force_login(desks.administrator)
    names = ["mfa_index", "mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"]
    assert faults(client, map(reverse, names)) == {}
    assert faults(client, [reverse("mfa_activate_totp")], {"code": "000000"}) == {}


def test_words_that_were_kept(client, desks):
    client.force_login(desks.secretary)
    session = client.session
    session[KEPT] = {
        "user": desks.secretary.pk,
        "labels": {"text": "ZqLabel"},
        "address": "/",
        "fields": {"text": ["ZqWords"], "other": ["1"]},
        "files": ["zq.pdf"],
    }
    session.save()
    assert faults(client, [reverse("kept")]) == {}


@pytest.mark.django_db
def test_first_page_before_anything_is_known(client):
    client.force_login(make.UserFactory(person__full_name="ZqNobody"))
    assert faults(client, ["/"]) == {}


@pytest.mark.parametrize("state", ["", "draft", "for-signature", "signed", "numbered", "released"])
def test_pages_of_a_document(client, world, state):
    client.force_login(world.secretary)
    pages = [world.page("report", edition) for edition in (CONFERENCE, OFFICIAL)]
    if state:
        document = world.document(state, OFFICIAL)
        acts = {
            "for-signature": ["document-take-back", "document-file-signed"],
            "signed": ["document-file-signed", "document-assign-number"],
            "numbered": ["document-assign-number", "document-release"],
        }
        pages += [reverse(act, args=[document.pk]) for act in acts.get(state, [])]
    assert faults(client, pages) == {}


def test_page_of_a_paper_says_who_did_what(client, world):
    world.draft()
    client.force_login(world.secretary)
    assert faults(client, [world.page("report", OFFICIAL)]) == {}


@pytest.mark.parametrize("state", ["asked", "running", "failed", "cancelled"])
def test_page_of_a_job(client, world, state):
    over = {"finished_at": timezone.now()} if state in ("failed", "cancelled") else {}
    job = make.JobFactory(kind=jobs.DRAFT, asked_by=world.secretary, state=state, **over)
    client.force_login(world.secretary)
    assert faults(client, [reverse("job", args=[job.pk])]) == {}


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_pages_where_records_are_kept(client, world, model):
    client.force_login(world.staff)
    world.draft()
    if not model.objects.exists():
        FACTORIES[model]()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = [model.objects.first().pk]
    pages = [reverse(f"{name}_changelist"), reverse(f"{name}_change", args=row)]
    model_admin = admin.site._registry[model]
    request = type("Request", (), {"user": world.staff})()
    if model_admin.has_add_permission(request):
        pages.append(reverse(f"{name}_add"))
    if model_admin.has_delete_permission(request, model.objects.first()):
        pages.append(reverse(f"{name}_delete", args=row))
    pages += [reverse("admin:index"), reverse(f"{name}_history", args=row)]
    assert faults(client, pages) == {}


def test_record_that_is_refused(client, world):
    client.force_login(world.staff)
    year = {"code": "2020", "first_day": "31/12/2020", "last_day": "01/01/2020"}
    sent = [
        ("emulationyear", {}),
        ("emulationyear", year),
        ("campaign", {"code": "khong hop le", "first_day": "hom qua", "_save": ""}),
        ("observation", {"bloc_year": "0", "kind": "zq", "place": "-1"}),
    ]
    for model, data in sent:
        assert faults(client, [reverse(f"admin:campaigns_{model}_add")], data) == {}


def test_script_of_the_record_pages_is_in_vietnamese(client, world):
    client.force_login(world.staff)
    english = Path(django.__file__).with_name("contrib") / "admin/locale/en/LC_MESSAGES/djangojs.po"
    catalogue = client.get(reverse("admin:jsi18n"), headers={"accept": "application/json"}).content.decode()
    said = json.loads(re.search(r"newcatalog = (\{.*?\});", catalogue, re.DOTALL)[1])
    assert [
        fields
        for _flags, fields in messages(english)
        if "\x04".join(filter(None, [fields.get("msgctxt"), fields["msgid"]])) not in said
    ] == []


# What stays Vietnamese whatever its reader chose -----------------------------------------------------------


@pytest.mark.parametrize("edition", [CONFERENCE, OFFICIAL])
def test_paper_is_the_same_in_both_languages(world, edition):
    def printed(language):
        with translation.override(language):
            return json.dumps(issuing.preview(world.bloc_year, "year-end-summary", edition).as_data())

    assert printed("en") == printed("vi")


def test_journal_is_the_same_in_both_languages(world):
    def noted(language):
        with translation.override(language):
            after = {"state": Meeting.Kind.YEAR_END.label}
            entry = note(unit=world.bloc_year, by=world.secretary, after=after)
            return entry.object_name, entry.payload.data["after"]

    assert noted("en") == noted("vi") == ("ZqBloc năm 2020", {"state": "Hội nghị tổng kết"})


# A worker speaks to the one who asked ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"language": "en"}, "Stopped as requested; nothing has been saved."),
        ({"language": "vi"}, "Đã dừng theo yêu cầu; chưa lưu gì."),
        ({}, "Đã dừng theo yêu cầu; chưa lưu gì."),
    ],
)
def test_job_tells_in_the_language_of_who_asked(world, parameters, words):
    job = make.JobFactory(kind=jobs.SEND, parameters={"document": 0} | parameters, wish_to_cancel=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(kinds, jobs.SEND, lambda job: step(job, "ZqStep"))
        run_job.call(job.pk)
    job.refresh_from_db()
    assert job.words == words


def test_page_asks_for_a_job_in_its_own_language(client, world):
    client.force_login(world.secretary)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.post(world.page("report-draft", OFFICIAL))
    assert Job.objects.get().parameters["language"] == "en"
