"""`manage.py write_states`: docs/states.md from the state tables, permissions and windows of all apps."""

import inspect
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import autodiscover_modules, module_has_submodule
from django.utils.translation import override

from blocs.checks import is_ours
from blocs.journal import StateTable, acts
from blocs.permissions import any_day, drafters, editors, said_of, windows

PAGE = settings.BASE_DIR / "docs" / "states.md"
HEAD = """# States, permissions, windows

Written by `manage.py write_states` from the state tables in each app's `states.py`, its `permissions.py` and
`windows.py`, and from the acts; a test says when it is out of date. A move that does not stand here is
refused. What an act asks for besides (a reason, a paper record) stands in its docstring.
"""
PERMISSIONS = """## Permissions

Who may do what. Each answers the post by which somebody may, or a refusal with its reason.

| app | permission | who |
|---|---|---|"""
ROWS = """
## Rows that are edited

Through one act, `edit`, by whom and within which window. Rows of other models are changed by acts alone.

| row | who | window |
|---|---|---|"""
ACTS = """
## Acts

Which of them ask for a window, and why the others do not. `manage.py check` refuses an act that does neither.

| act | title | window |
|---|---|---|"""


class Command(BaseCommand):
    help = "Write docs/states.md from the state tables, permissions and windows."

    def handle(self, **options):
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(str(PAGE.relative_to(settings.BASE_DIR)))


def page():
    """The whole page: a diagram and a table for each kind of object; who may do what, and until when."""
    with override("vi"):
        states = (_section(table) for table in _tables())
        return "\n".join([HEAD, *states, PERMISSIONS, *_permissions(), ROWS, *_rows(), ACTS, *_acts(), ""])


def _tables():
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "states"):
            states = import_module(f"{app.name}.states")
            yield from (each for each in vars(states).values() if isinstance(each, StateTable))


def _permissions():
    """A row for each `may_` of each app, in the order of their modules."""
    for app in apps.get_app_configs():
        if is_ours(app.name) and module_has_submodule(app.module, "permissions"):
            module = import_module(f"{app.name}.permissions")
            for name, function in vars(module).items():
                if name.startswith("may_") and _is_defined(name, module):
                    yield _row(app.label, f"`{name}`", _words(function))


def _is_defined(name, module):
    """Whether a module says the permission itself, and has not imported it."""
    source = inspect.getsource(module)
    return f"\n{name} =" in source or f"\ndef {name}(" in source


def _rows():
    for model in sorted({*editors, *drafters}, key=lambda model: model._meta.label):
        who = editors.get(model) or drafters.get(model)
        window = f"none: {any_day[model]}" if model in any_day else _words(windows[model])
        yield _row(f"{model._meta.label}", _words(who), window)


def _acts():
    autodiscover_modules("actions")
    for code, each in sorted(acts.items()):
        if is_ours(inspect.unwrap(each.function).__module__):
            title = each.title + (f" (by {each.anybody})" if each.anybody else "")
            yield _row(f"`{code}`", title, f"none: {each.any_day}" if each.any_day else "asked for")


def _row(*cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def _section(table):
    moves = [f"    {_id(row.state)} --> {_id(row.next)}: {row.action}" for row in table.transitions]
    cells = [
        (row.state, row.action, row.title, row.next, _words(row.permission), _words(row.guard))
        for row in table.transitions
    ]
    return "\n".join(
        [
            f"## {table.name}\n",
            "```mermaid\nstateDiagram-v2",
            *(f"    {_id(state)}: {state.label}" for state in type(table.transitions[0].state)),
            *moves,
            "```\n",
            "| from | action | title | to | who | what must hold |",
            "|---|---|---|---|---|---|",
            *(_row(*cells_of_row) for cells_of_row in cells),
            *(["", table.note] if table.note else []),
            "",
        ]
    )


def _id(state):
    return state.value.replace("-", "_")


def _words(function):
    return said_of(function) if function else ""
