"""Which pictures the help has: three of each of its screens, in the order of their sentences."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, at which address, and what is marked there; names stand for what is known."""

    username: str
    name: str
    marked: str
    args: tuple = ()
    query: str = ""


def staff(name, marked, *args, query=""):
    """A picture of a page of the ministry's staff in charge."""
    return Shot("can-bo-bo", name, marked, args, query)


def officer(name, marked, *args, query=""):
    """A picture of a page of a unit's officer."""
    return Shot("can-bo-don-vi", name, marked, args, query)


def secretary(name, marked, *args, query=""):
    """A picture of a page of a bloc's secretary."""
    return Shot("thu-ky-khoi", name, marked, args, query)


BLOC = ("year", "bloc")
CONFERENCE = (*BLOC, "conference")
LAST_YEAR = ("last year", "bloc")
OWN = (*BLOC, "own unit")  # which scores itself
OTHER_BLOC = ("year", "other bloc")  # which is being checked
SENT, CHECKED = (*OTHER_BLOC, "cuc-ban-do-co"), (*OTHER_BLOC, "cuc-dieu-sao")
PICTURES = {
    "viec-cua-toi": [
        secretary("home", ".waiting__line"),
        secretary("home", ".waiting__due"),
        secretary("home", "section[aria-labelledby=blocs] .waiting__line"),
    ],
    "nam": [
        staff("year", ".section-nav ul", "year"),
        staff("year", ".filter-bar", "year"),
        staff("year", "#list tbody tr:first-child td:last-child", "year"),
    ],
    "giai-doan": [
        staff("phases", "main tbody tr:nth-child(2)", "year"),
        staff("phases", "main form .button--primary", "year"),
        staff("phases", "main a[href$='/gia-han/']", "year"),
    ],
    "don-doc": [
        staff("board", ".filter-bar", "year"),
        staff("board", ".board__do .button", "year"),
        staff("board", ".board__call", "year"),
    ],
    "khoi": [
        secretary("bloc-year", ".page-header__next", *BLOC),
        secretary("bloc-year", ".timeline__step:nth-child(3)", *BLOC),
        secretary("bloc-year", ".section-nav ul", *BLOC),
    ],
    "giao-uoc": [
        secretary("pledge-sign", "main .fields", *BLOC),
        secretary("pledge-sign", ".door > li:nth-child(2)", *BLOC),
        secretary("pledge-sign", ".field:has([name=paper_scan])", *BLOC),
    ],
    "hoi-nghi": [
        secretary("meeting", ".page-header__next", *CONFERENCE),
        secretary("meeting", "main table tbody tr:nth-child(2)", *CONFERENCE),
        secretary("meeting", "main aside", *CONFERENCE),
    ],
    "diem-danh": [
        secretary(
            "meeting-attendance", ".door > li:nth-child(3) .field__tick, .door > li:nth-child(3)", *CONFERENCE
        ),
        secretary("meeting-attendance", ".door > li:nth-child(3) summary", *CONFERENCE),
        secretary("meeting-attendance", ".door__guest", *CONFERENCE),
    ],
    "ghi-hoi-nghi": [
        secretary("meeting-record", ".screens", *CONFERENCE),
        secretary("meeting-record", ".fields", *CONFERENCE),
        secretary("meeting-record", ".form__do", *CONFERENCE),
    ],
    "nhiem-vu-ket-luan": [
        staff("year-tasks", ".filter-bar", "last year"),
        staff("year-tasks", "main tbody tr:first-child", "last year"),
        staff("year-tasks", "main tbody tr:first-child a", "last year"),
    ],
    "ban-giao": [
        staff("handover", "main .facts", *LAST_YEAR),
        staff("handover", "main .button:has(.icon)", *LAST_YEAR),
        staff("handover", "main :is(section, aside) ol", *LAST_YEAR),
    ],
    "de-nghi": [
        staff("proposals", ".section-nav [aria-current]", *LAST_YEAR),
        staff("proposals", "main .table-region", *LAST_YEAR),
        staff("proposals", "main section:last-of-type h2", *LAST_YEAR),
    ],
    "bao-cao": [
        secretary("report", ".page-header__next", *BLOC, "official"),
        secretary("report", ".life", *BLOC, "official"),
        secretary("report", "main .document > :first-child", *BLOC, "official"),
    ],
    "so-so-lieu": [
        secretary("admin:index", ".records li:first-child"),
        secretary("admin:campaigns_meeting_changelist", "#searchbar"),
        secretary("admin:campaigns_meeting_change", ".submit-row", "conference"),
    ],
    "tim": [
        staff("search", "main .filter-bar", query="?q=dieu+sao"),
        staff("search", "main .section-head", query="?q=dieu+sao"),
        staff("search", "main .found li", query="?q=dieu+sao"),
    ],
    "nguoi-dung": [
        staff("accounts", ".filter-bar"),
        staff("accounts", ".page-header__next"),
        staff("person", "main tbody td:last-child", "person"),
    ],
    "tai-khoan": [
        secretary("help", ".masthead__account summary"),
        secretary("account_change_password", "main .form"),
        secretary("usersessions_list", "main tbody tr:first-child"),
    ],
    "mo-nam": [
        staff("open-year", "main fieldset .fields"),
        staff("open-year", "main tbody tr:nth-child(2)"),
        staff("open-year", "main .form__do .button--primary"),
    ],
    "thay-doi-to-chuc": [
        staff("unit-change", "main .field:has([name=kind])", "unit"),
        staff("unit-change", "main .form__do .button--primary", "unit"),
        staff("unit-change", "main aside", "unit"),
    ],
    "tieu-chi": [
        staff("criteria-sets", ".page-header__next", "year"),
        staff("criteria-set", "section[aria-labelledby=faults]", "year", "faulty set"),
        staff("criteria-set", ".page-header__next", "year", "draft set"),
    ],
    "cham-diem": [
        secretary("scores", ".page-header__next", *BLOC),
        secretary("scores", "main tbody tr:nth-child(2)", *BLOC),
        secretary("scores", "main > .buttons", *BLOC),
    ],
    "buoi-kiem-tra": [
        staff("score-sitting", ".score-row__figures", *CHECKED),
        staff("score-sitting", "[data-state=differs] .score-row__why", *CHECKED),
        staff("score-sitting", "main [name=conclude]", *CHECKED),
    ],
    "lich-kiem-tra": [
        staff("score-inspections", "main tr:has([name$=-day])", *OTHER_BLOC),
        staff("score-inspections", "main tr:nth-child(2) .sitting-team", *OTHER_BLOC),
        staff("score-sitting-members", "main fieldset", *SENT),
    ],
    "luoi-diem": [
        staff("score-grid", ".filter-bar", *OTHER_BLOC, query="?cap=check"),
        staff("score-grid", "#grid tbody tr:nth-child(3) td:nth-child(4)", *OTHER_BLOC, query="?cap=check"),
        staff("score-grid", ".cell .facts", *OTHER_BLOC, query="?cap=check&o={checked}-a1"),
    ],
    "xep-hang": [
        secretary("ranking", ".page-header__next", *BLOC),
        secretary("ranking", "main tbody td:last-child:has(.badge)", *BLOC),
        secretary("ranking", "main section[aria-labelledby=others-title]", *BLOC),
    ],
    "chenh-lech-diem": [
        staff("score-differences", ".filter-bar", *BLOC),
        staff("score-differences", "main tbody tr:first-child", *BLOC),
        staff("score-differences", ".list-head a", *BLOC),
    ],
    "bang-tinh": [
        staff("criteria-import", ".field:has([type=file])", "year", "draft set"),
        staff("import", ".import-row", "faulty table"),
        staff("import", "#ghi .button--primary", "table"),
    ],
    "tu-cham": [
        officer("score-own", ".criterion__body > div", *OWN),
        officer("score-own", ".criterion summary", *OWN),
        officer("score-unit", "main :is([action$='/gui/'], [href$='/gui/'])", *OWN),
    ],
    "diem-don-vi": [
        staff("score-unit", ".page-header__next", *SENT),
        staff("score-return", "main tbody tr:has([type=checkbox])", *SENT),
        secretary("score-unit", "section[aria-labelledby=explanations]", *BLOC, "vu-lang-nghe-gom"),
    ],
}
