"""What holds for all code at once: read from models, modules and the syntax tree."""

import ast
import importlib
import inspect
import pkgutil
import re
import tomllib
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.db import models
from django.db.models.expressions import OrderBy
from django.forms import BaseForm
from django.urls import URLResolver, get_resolver

from blocs.journal import acts
from blocs.management.commands import write_states
from blocs.models import ScopedQuerySet
from tests.factories import user_with

BASE = settings.BASE_DIR
APPS = ("blocs", "campaigns", "scores", "awards", "nominations", "decisions", "reports")
OURS = [model for model in apps.get_models() if model._meta.app_label in APPS]
FOLDERS = ("blocs", "campaigns", "awards", "reports")
PRODUCT = [*FOLDERS, "config", "deploy", "templates", "static", "locale", "docs"]


def files(*folders, endings=(".py",)):
    found = [
        path for folder in folders for path in sorted((BASE / folder).rglob("*")) if path.suffix in endings
    ]
    return [path for path in found if "__pycache__" not in path.parts]


def relative(path):
    return path.relative_to(BASE).as_posix()


# Models -----------------------------------------------------------------------------------------------------

NOT_SCOPED = {
    "account.EmailAddress": "of the sign-in library, which shows people their own",
    "account.EmailConfirmation": "of the sign-in library, which shows nobody",
    "admin.LogEntry": "stays empty: the journal is the memory",
    "auth.Group": "stays empty: authority comes from posts",
    "auth.Group_permissions": "stays empty: authority comes from posts",
    "auth.Permission": "never asked: authority comes from posts",
    "campaigns.Pledge_bloc_years": "joins two rows that are scoped themselves",
    "scores.Reopening_units": "joins two rows that are scoped themselves",
    "contenttypes.ContentType": "names of models, no data",
    "django_tasks_database.DBTaskResult": "wakes workers; people see jobs",
    "mfa.Authenticator": "of the sign-in library, which shows people their own",
    "sessions.Session": "read by the browser that owns it",
    "usersessions.UserSession": "of the sign-in library; people see their own",
}
FOR_THE_DEPARTMENT_ALONE = {
    "blocs.Digest": "notes that a mail has gone out",
    "blocs.Press": "notes that something was sent; holds nothing of it",
    "blocs.Invitation": "the person holds the code itself",
    "blocs.NumberSeries": "a unit's numbers are seen on its documents",
    "blocs.Seal": "of the whole journal",
    "campaigns.WaveMail": "notes that a mail has gone out",
    "blocs.StoredFile": "read through the document or the paper record that it belongs to",
}


def test_every_model_is_scoped_or_says_why_not():
    scoped = {
        model
        for model in apps.get_models(include_auto_created=True)
        if isinstance(model._default_manager.get_queryset(), ScopedQuerySet)
    }
    others = {
        model._meta.label for model in apps.get_models(include_auto_created=True) if model not in scoped
    }

    assert others == set(NOT_SCOPED)
    assert scoped == set(OURS)


def test_every_scoped_model_says_who_sees_its_rows_or_that_nobody_else_does():
    silent = {
        model
        for model in OURS
        for rows in [type(model.objects.all())]
        if rows._visible is ScopedQuerySet._visible and rows.visible_to is ScopedQuerySet.visible_to
    }

    assert {model._meta.label for model in silent} == set(FOR_THE_DEPARTMENT_ALONE)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_docstring_of_a_model_begins_with_its_vietnamese_term(model):
    term = re.split("[:,;(]", model.__doc__)[0]

    assert re.search("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", term.lower())


def is_text(field):
    return (
        isinstance(field, models.CharField | models.TextField) and getattr(field, "db_collation", None) != "C"
    )


def ordering_fields(model, ordering=None, seen=()):
    """The columns by which rows of a model stand, through relations to the last."""
    for each in model._meta.ordering if ordering is None else ordering:
        if isinstance(each, OrderBy):
            each = each.expression.name
        *path, name = each.lstrip("-").split("__")
        owner = model
        for step in path:
            owner = owner._meta.get_field(step).related_model
        field = owner._meta.pk if name == "pk" else owner._meta.get_field(name)
        if field.is_relation and not each.endswith("_id"):
            assert field not in seen
            yield from ordering_fields(field.related_model, seen=(*seen, field))
        else:
            yield field


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_rows_have_an_order_and_not_by_a_text_column(model):
    fields = list(ordering_fields(model))

    assert fields
    assert [field for field in fields if is_text(field)] == []


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_admin_sorts_by_no_text_column(model, rf):
    page = admin.site._registry[model]
    request = rf.get("/")
    request.user = user_with("staff")
    offered = page.get_changelist_instance(request)
    columns = [name for name in offered.list_display if name in offered.sortable_by]
    names = [name for name in map(offered.get_ordering_field, columns) if name]
    assert [
        name for name in names if name and any(is_text(each) for each in ordering_fields(model, [name]))
    ] == []


# Rooms ------------------------------------------------------------------------------------------------------


CONTRACTS = tomllib.loads((BASE / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]


ROOMS = {"models", "actions", "forms", "views", "admin"}  # called by these names in contracts
SCREENS_ELSEWHERE = {
    "awards.decisions.recording": "a page among those of a conference from paper",
    "blocs.imports.sheets": "which column means what, asked beside the table that is read",
    "campaigns.scores.spreadsheets.criteria": "a line of the preview, mended and read again",
    "campaigns.scores.spreadsheets.scores": "a line of the preview, mended and read again",
}


def outside(classes, *rooms):
    """Modules of ours that hold some of these classes or functions and stand in none of the rooms."""
    modules = {inspect.unwrap(each).__module__ for each in classes}
    return {each for each in modules if each.split(".")[0] in FOLDERS and not {*rooms} & {*each.split(".")}}


def subclasses(parent):
    for each in parent.__subclasses__():
        yield each
        yield from subclasses(each)


def views(resolver):
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from views(each)
        else:
            yield getattr(each.callback, "view_class", each.callback)


def test_every_app_stands_under_the_contracts():
    ours = {
        app.name
        for app in apps.get_app_configs()
        if (BASE / app.name.replace(".", "/")).is_dir() and app.name != "config"
    }

    assert {name.split(".")[0] for name in ours} == set(FOLDERS)
    assert {apps.get_app_config(label).name for label in APPS} == ours
    assert CONTRACTS["root_packages"] == ["config", *FOLDERS]


def test_every_room_of_the_year_is_kept_from_scores():
    name = "The year's work knows nothing of its scores"
    kept = next(each for each in CONTRACTS["contracts"] if each["name"] == name)
    rooms = {relative(path.parent) for path in (BASE / "campaigns").glob("*/__init__.py")}
    rooms -= {"campaigns/scores", "campaigns/migrations"}

    assert {*kept["source_modules"]} == {
        "campaigns",
        "campaigns.*",
        *(f"{each.replace('/', '.')}.**" for each in rooms),
    }


def test_what_contracts_keep_apart_stands_in_rooms_of_these_names():
    used = {
        part
        for contract in CONTRACTS["contracts"]
        for each in (*contract.get("source_modules", ()), *contract.get("forbidden_modules", ()))
        for above, _, part in [each.rpartition(".")]
        if above == "**"
    }
    screens = outside(views(get_resolver()), "views", "admin")
    screens |= outside(subclasses(BaseForm), "forms", "views", "admin")

    assert used == ROOMS
    assert outside(OURS, "models") == set()
    assert screens == set(SCREENS_ELSEWHERE)


# Acts -------------------------------------------------------------------------------------------------------


def actions_modules():
    for folder in FOLDERS:
        package = importlib.import_module(folder)
        for found in pkgutil.walk_packages(package.__path__, f"{folder}."):
            if "actions" in found.name.split("."):
                yield importlib.import_module(found.name)


ACTIONS = list(actions_modules())


def test_every_app_that_acts_is_walked():
    assert {module.__name__.split(".")[0] for module in ACTIONS} == set(FOLDERS)


@pytest.mark.parametrize("module", ACTIONS, ids=lambda module: module.__name__)
def test_every_public_function_of_actions_is_an_act(module):
    own = [
        (name, function)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if inspect.unwrap(function).__module__ == module.__name__ and not name.startswith("_")
    ]

    assert [name for name, function in own if not hasattr(function, "act")] == []


def test_every_act_lives_in_actions_and_says_what_it_does():
    ours = [each for code, each in acts.items() if not code.startswith("test.")]
    places = {inspect.unwrap(each.function).__module__ for each in ours}

    assert places <= {module.__name__ for module in ACTIONS}
    assert [
        each.code for each in ours if not re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", each.code)
    ] == []
    assert [each.code for each in ours if not each.function.__doc__ or not str(each.title)] == []


# Syntax -----------------------------------------------------------------------------------------------------

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "asave",
    "acreate",
    "aupdate",
    "adelete",
}
# Calls of the same name that write no row, by file and source: told apart by what they are called on.
NO_ROWS = {
    ("blocs/access/signin.py", "segno.make(url, error='m').save"): "a picture into memory",
    ("blocs/contributions.py", "made.__dict__.update"): "a dict",
    ("blocs/presses.py", "digest.update"): "a hash",
    ("blocs/exports.py", "book.save"): "a spreadsheet into memory",
    ("config/settings.py", "vars().update"): "a dict",
    ("reports/writers/docx.py", "self.file.save"): "a Word file into memory",
    ("reports/writers/xlsx.py", "book.save"): "a spreadsheet into memory",
}
CODE = [path for path in files(*FOLDERS, "config") if "migrations" not in path.parts]
MAY_WRITE = {"models", "actions", "imports"}


def calls(path, names):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node


def test_rows_are_written_in_models_actions_and_imports_alone():
    found = {
        (relative(path), ast.unparse(call.func))
        for path in CODE
        if not MAY_WRITE & {*path.parent.parts, path.stem}
        for call in calls(path, WRITES)
    }

    assert found == set(NO_ROWS)


def test_a_row_is_locked_in_one_way():
    found = {
        relative(path)
        for path in CODE
        for call in calls(path, {"get"})
        if ".select_for_update(" in ast.unparse(call.func)
    }

    assert found == {"blocs/models/base.py"}


def test_no_raw_sql_writes_a_row():
    found = [
        f"{relative(path)}: {node.value}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.match(r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|ALTER|DROP)\s", node.value)
    ]

    assert found == []


def test_no_query_is_ordered_by_a_text_column():
    """The model behind a query is not known here: a name counts as text that is nothing else in any model."""
    columns = [field for model in OURS for field in model._meta.concrete_fields]
    text = {field.name for field in columns if is_text(field)}
    text -= {field.name for field in columns if not is_text(field)}
    constants = [
        (relative(path), node.value)
        for path in CODE
        for call in calls(path, {"order_by", "OrderingFilter"})
        for argument in [
            *call.args,
            *(key for each in call.keywords for key in getattr(each.value, "keys", [])),
        ]
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert constants
    assert [each for each in constants if each[1].lstrip("-").split("__")[-1] in text] == []


WRITE_HTML = {"config/ui.py", "config/forms.py", "reports/writers/html.py"}  # tags, boxes, a paper's preview
MARKUP = {"SafeString", "SafeText", "SafeData", "mark_safe", "format_html", "format_html_join", "html_safe"}


def test_html_is_written_in_templates_alone():
    found = {
        relative(path)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and MARKUP & {each.name for each in node.names}
    }

    assert found == WRITE_HTML


# Text -------------------------------------------------------------------------------------------------------

LONGEST = 450  # lines
TEXT = (".py", ".html", ".css", ".js", ".md", ".po", ".toml", ".txt", ".svg", ".example", ".service")

# "Bộ Nội vụ" is none of these: the law names it as the body to which every ministry sends its dossiers.
MINISTRIES = re.compile(
    "Khoa học và Công nghệ|Bộ (Khoa học|Giáo dục|Nông nghiệp|Tài nguyên|Giao thông|Xây dựng|Công thương|Y tế|"
    "Tài chính|Tư pháp|Ngoại giao|Quốc phòng|Công an|Lao động|Kế hoạch|Thông tin|Văn ho|Dân tộc)",
    re.IGNORECASE,
)
MACHINES = re.compile(r"(?<![\w.])/(work|home|root|Users|mnt)/|[A-Z]:\\\\")


def matches(pattern, *paths):
    return [
        f"{relative(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def product_text():
    data = BASE / "reports" / "data"
    return [path for path in files(*PRODUCT, endings=TEXT) if not path.is_relative_to(data)]


def test_no_file_is_too_long():
    source = files(
        *FOLDERS, "config", "deploy", "templates", "static", "tests", endings=(".py", ".html", ".css", ".js")
    )
    long = {relative(path): len(path.read_text("utf-8").splitlines()) for path in source}

    assert {
        name: lines for name, lines in long.items() if lines > LONGEST and "/migrations/" not in name
    } == {}


def test_product_names_no_ministry():
    assert matches(MINISTRIES, *product_text()) == []


def test_product_names_no_path_of_a_machine():
    assert matches(MACHINES, *product_text(), *files("tests")) == []


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (MINISTRIES, "Bộ Khoa học và Công nghệ", True),
        (MINISTRIES, "BỘ KHOA HỌC VÀ CÔNG NGHỆ", True),
        (MINISTRIES, "Bộ trưởng Bộ Y tế", True),
        (MINISTRIES, "Bằng khen của Bộ, gửi Bộ Nội vụ", False),
        (MACHINES, f"/{'home'}/an/thidua", True),
        (MACHINES, "~/thidua", False),
        (MACHINES, "https://example.vn/home/", False),
    ],
)
def test_pattern_finds_what_it_is_for(pattern, text, found):
    assert bool(pattern.search(text)) is found


def test_page_of_states_is_up_to_date():
    assert write_states.PAGE.read_text("utf-8") == write_states.page(), "run manage.py write_states"


def test_write_states_writes_the_page(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    monkeypatch.setattr(write_states, "PAGE", tmp_path / "states.md")
    call_command("write_states", stdout=StringIO())

    assert (tmp_path / "states.md").read_text("utf-8") == write_states.page()
