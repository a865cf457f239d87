"""Every address of the site, with an object of each of two blocs behind it, as each kind of user meets it."""

import html
import re

from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from blocs import models as blocs
from campaigns import models as campaigns
from campaigns.scores import models as scores
from tests import factories as make
from tests.blocs.two_blocs import SECRET, Marked

SIGN_IN = "/tai-khoan/login/"
OWN, FOREIGN = "a", "b"
COLUMNS = ("get a", "get b", "post a", "post b")
SEE_ALL = ("staff", "administrator")  # to whom no bloc is foreign
LETTERS = {200: ".", 302: ">", 400: "0", 403: "3", 404: "4", 405: "5", 500: "!"}
CLOSED = "Zqtrùbị"  # what a preparatory meeting said, which stays with the leader's unit until the conference
PARTS = {
    campaigns.AgendaItem: "title",
    campaigns.Attendance: "title",
    campaigns.Statement: "text",
    campaigns.Task: "text",
}
MEETING = "nam/<str:year>/khoi/<slug:bloc>/hoi-nghi/<int:pk>/"
SCORED = "nam/<str:year>/khoi/<slug:bloc>/diem/<slug:unit>/"


class Visitor(Client):
    """A client that keeps neither cookies nor what the templates were given."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


class Site(Marked):
    """Three blocs in one year, the second one's texts marked as secret; `c` is where strangers sit.

    They share the year so that what a list of the year gives away would be found.
    """

    def __init__(self):
        super().__init__()
        for name in ("leader c", "member c"):
            self._unit(name)
        self._bloc_year("c", make.EmulationYearFactory(code="2022"))
        year = campaigns.EmulationYear.objects.get(code="2020")
        for model in (campaigns.BlocYear, campaigns.Phase):
            moved = model.objects.exclude(year=year)
            if model is campaigns.Phase:
                moved = moved.filter(bloc_year__isnull=False)
            moved.update(year=year)
        for name, title in ((OWN, "Khối năm sau"), (FOREIGN, f"{SECRET}-1")):
            make.BlocYearFactory(bloc=self.of(blocs.Bloc, name), year__code="2022", name=title)
        # Waves are never changed: each bloc's leader makes one in the year that they share.
        self.waves = {
            name: make.ReminderWaveFactory(year=year, made_by=self.of(blocs.Post, name), text=text)
            for name, text in ((OWN, "Đề nghị ký giao ước."), (FOREIGN, f"{SECRET}-2"))
        }
        root = make.UnitStateFactory(official_name="Bộ Mẫu", unit__is_root=True).unit
        self.roles = {
            "anonymous": None,
            "nobody": make.UserFactory(),
            "officer c": self.people["member c"],
            "secretary c": self.people["leader c"],
            "officer a": self.people["member a"],
            "secretary a": self.people["leader a"],
            "clerk a": make.user_with("clerk", self.units["leader a"]),
            "staff": make.user_with("staff", root),
            "administrator": make.user_with("administrator", root),
        }
        self.preparatory = campaigns.Meeting.objects.get(
            bloc_year=self.of(campaigns.BlocYear, OWN), kind="preparatory"
        )
        for model, name in PARTS.items():
            model.objects.filter(meeting=self.preparatory).update(**{name: CLOSED})
        for user in filter(None, self.roles.values()):
            user.set_password("mat khau")
            user.save()

    def of(self, model, name, *more):
        """The row of a model that belongs to a bloc, or to its leader's unit."""
        for label in (*more, name, f"leader {name}", f"draft {name}", f"handover {name}"):
            if found := self.row(model, label):
                return found
        raise LookupError(f"no {model.__name__} of {name}")


# What the keys of an address name: by the beginning of its route, the longest first that fits.
KEYS = {
    f"{MEETING}tra-loi/<int:attendance>/": {
        "attendance": lambda site, name: site.of(campaigns.Attendance, name)
    },
    "nam/<str:year>/khoi/<slug:bloc>/hoi-nghi/<int:pk>/van-ban/<slug:kind>/": {
        "kind": lambda site, name: "invitation"
    },
    "nam/<str:year>/khoi/<slug:bloc>/hoi-nghi/ghi/<str:kind>/": {"kind": lambda site, name: "mid-year"},
    MEETING: {"pk": lambda site, name: site.of(campaigns.Meeting, name)},
    "nam/<str:year>/khoi/<slug:bloc>/nhiem-vu/<int:pk>/": {
        "pk": lambda site, name: site.of(campaigns.Task, name)
    },
    f"{SCORED}tra-lai/": {"pk": lambda site, name: site.of(scores.Correction, f"own draft {name}")},
    f"{SCORED}phien-ban/": {"pk": lambda site, name: site.of(scores.SheetVersion, f"reopened {name}")},
    f"{SCORED}minh-chung/": {"pk": lambda site, name: site.of(scores.Evidence, f"own draft {name}")},
    f"{SCORED}giai-trinh/": {
        "pk": lambda site, name: site.of(scores.Explanation, f"own draft {name}"),
        "sheet": lambda site, name: site.of(scores.ScoreSheet, f"own draft {name}"),
    },
    SCORED: {
        "unit": lambda site, name: site.units[f"member {name}"].code,
        "key": lambda site, name: site.of(scores.Criterion, name).key,
        "tier": lambda site, name: "leader",
    },
    "nam/<str:year>/khoi/<slug:bloc>/diem/cong-bo/": {"tier": lambda site, name: "leader"},
    "nam/<str:year>/khoi/<slug:bloc>/diem/nhap/": {"tier": lambda site, name: "check"},
    "nam/<str:year>/khoi/<slug:bloc>/": {
        "bloc": lambda site, name: site.of(blocs.Bloc, name).code,
        "unit": lambda site, name: site.units[f"member {name}"].code,
    },
    "nam/<str:year>/tieu-chi/<int:pk>/<slug:kind>/": {
        "kind": lambda site, name: "muc",
        "part": lambda site, name: site.of(scores.CriteriaSection, name),
    },
    "nam/<str:year>/tieu-chi/<int:pk>/": {
        "pk": lambda site, name: site.of(scores.CriteriaSet, name),
        "section": lambda site, name: site.of(scores.CriteriaSection, name),
        "criterion": lambda site, name: site.of(scores.Criterion, name),
        "measure": lambda site, name: site.of(scores.Measure, name),
    },
    "nam/<str:year>/giai-doan/<int:pk>/": {"pk": lambda site, name: site.of(campaigns.Phase, name)},
    "nam/<str:year>/don-doc/goi/": {
        "bloc_year": lambda site, name: site.of(campaigns.BlocYear, name),
        "unit": lambda site, name: site.units[f"member {name}"],
    },
    "nam/<str:year>/don-doc/": {
        "pk": lambda site, name: site.waves[name],
        "wave": lambda site, name: site.waves[name],
    },
    "nam/": {"year": lambda site, name: "2020", "edition": lambda site, name: "conference"},
    "van-ban/<int:pk>/tep-da-ky/": {
        "pk": lambda site, name: site.of(blocs.IssuedDocument, name, f"released {name}")
    },
    "van-ban/<int:pk>/": {"pk": lambda site, name: site.of(blocs.IssuedDocument, name)},
    "van-ban/ban/": {
        "pk": lambda site, name: site.of(blocs.DocumentVersion, name),
        "ending": lambda site, name: "pdf",
    },
    "van-ban/bo-tai-lieu/": {"pk": lambda site, name: site.of(blocs.Pack, name)},
    "van-ban/ban-in/": {"pk": lambda site, name: site.of(blocs.Pack, name)},
    "nguoi-dung/phieu/": {
        "pk": lambda site, name: blocs.Invitation.objects.get(user=site.people[f"leader {name}"])
    },
    "nguoi-dung/<int:pk>/": {"pk": lambda site, name: site.people[f"leader {name}"].person},
    "nhiem-vu/<int:pk>/": {"pk": lambda site, name: site.of(blocs.Post, name)},
    "don-vi/<int:pk>/": {"pk": lambda site, name: site.units[f"member {name}"]},
    "bang-tinh/": {"pk": lambda site, name: site.of(blocs.SpreadsheetImport, name)},
    "cong-viec/": {"pk": lambda site, name: site.of(blocs.Job, name)},
    "giup/lam-trong-5-phut/": {"role": lambda site, name: "officer"},
    "giup/": {"key": lambda site, name: "viec-cua-toi"},
    "quan-tri/(?P<url>": {"url": lambda site, name: "khong-co/"},
    "quan-tri/^(?P<app_label>": {"app_label": lambda site, name: "campaigns"},
    "tai-khoan/^confirm-email/": {"key": lambda site, name: "MQ:1abc"},
    "tai-khoan/^password/reset/key/": {
        "uidb36": lambda site, name: "1",
        "key": lambda site, name: "abc-123",
    },
}
CATALOGUE = {"awardkind", "unitkind"}
POSTED = {"nam/<str:year>/don-doc/goi/<int:bloc_year>/<int:unit>/": {"giai-doan": "pledge"}}
QUERIES = {
    "tim/": f"?q={SECRET}",
    "quan-tri/autocomplete/": f"?app_label=campaigns&model_name=seat&field_name=unit&term={SECRET}",
}


def routes():
    """Every route of the URL configuration, in its order; one that stands twice once."""
    return list(dict.fromkeys(_walk(get_resolver().url_patterns)))


def _walk(patterns, before=""):
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, route)
        else:
            yield route


def key_of(site, route, key, name):
    """What stands in an address for a key, in the object of one bloc."""
    if key == "object_id":
        model_name = route.split("/")[2]
        model = next(each for each in admin.site._registry if each._meta.model_name == model_name)
        return model.objects.first().pk if model_name in CATALOGUE else site.of(model, name).pk
    for start in sorted(KEYS, key=len, reverse=True):
        if route.startswith(start) and key in KEYS[start]:
            found = KEYS[start][key](site, name)
            return getattr(found, "pk", found)
    raise LookupError(f"what is <{key}> in {route}?")


def has_object(route):
    """Whether an address is another one for another bloc."""
    return bool({"bloc", "pk", "object_id", "bloc_year", "wave"} & set(keys_in(route))) and not any(
        f"/{model}/" in route for model in CATALOGUE
    )


def keys_in(route):
    return [first or second for first, second in re.findall(r"<\w+:(\w+)>|\(\?P<(\w+)>", route)]


def address(site, route, name, **known):
    """The address of a route for the object of one bloc, or for what is told."""

    def value(found):
        key = found[1] or found[2]
        return str(known[key] if key in known else key_of(site, route, key, name))

    filled = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<\w+:(\w+)>", value, route)
    return "/" + re.sub(r"[$^\\]", "", filled) + QUERIES.get(route, "")


def ask(visitor, method, path, data):
    """Ask for an address and take back whatever that did."""
    with transaction.atomic():
        response = getattr(visitor, method)(path, data)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return response, html.unescape(content.decode(errors="replace"))


def letter(response):
    """A status as one letter of the table."""
    if response.status_code == 302 and response.url.startswith(SIGN_IN):
        return "s"
    return LETTERS.get(response.status_code, "?")


def walk(site, role):
    """(route, column, letter, text and where it leads) of every address, as one kind of user meets it.

    Columns: GET and POST, of one's own bloc and of the foreign one where the address has an object.
    """
    visitor = Visitor()
    if site.roles[role]:
        visitor.force_login(site.roles[role])
        visitor.get("/")  # after which the session is known, and need not be written down by every answer
    for route in routes():
        for name in (OWN, FOREIGN) if has_object(route) and role not in SEE_ALL else (OWN,):
            path = address(site, route, name)
            for method in ("get", "post"):
                response, text = ask(visitor, method, path, POSTED.get(route) if method == "post" else None)
                yield route, f"{method} {name}", letter(response), text + response.headers.get("Location", "")


def pages_of_preparatory(site, user):
    """(route, text) of every page of the own bloc's preparatory meeting, as a person meets it."""
    visitor = Visitor()
    visitor.force_login(user)
    for route in routes():
        if route.startswith(MEETING) and "attendance" not in keys_in(route):
            _response, text = ask(visitor, "get", address(site, route, OWN, pk=site.preparatory.pk), None)
            yield route, text


def secrets_in(text):
    """What of the second bloc a page gives away; a guess that the page repeats is none."""
    return re.findall(rf".{{0,60}}{SECRET}-.{{0,20}}", text)


def reason_in(text):
    """Why a page refuses, in Vietnamese; empty where it does not say."""
    notice = re.search(r'class="notice notice--refused".*?</p>\s*<p>(.*?)</p>', text, re.DOTALL)
    return notice[1] if notice and re.search("[ăâđêôơưáàảãạéèíìóòúùýệộợậếềốớừữự]", notice[1]) else ""
