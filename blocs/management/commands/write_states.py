"""`manage.py write_states`: docs/states.md from the state tables of all apps."""

from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import module_has_submodule
from django.utils.translation import override

from blocs.journal import StateTable

PAGE = settings.BASE_DIR / "docs" / "states.md"
HEAD = """# States

Written by `manage.py write_states` from the state tables in each app's `states.py`; a test says when it is
out of date. A move that does not stand here is refused. What an act asks for besides (a reason, a paper
record) stands in its docstring.
"""


class Command(BaseCommand):
    help = "Write docs/states.md from the state tables."

    def handle(self, **options):
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(str(PAGE.relative_to(settings.BASE_DIR)))


def page():
    """The whole page: a diagram and a table for each kind of object."""
    with override("vi"):
        return "\n".join([HEAD, *(_section(table) for table in _tables())])


def _tables():
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "states"):
            states = import_module(f"{app.name}.states")
            yield from (each for each in vars(states).values() if isinstance(each, StateTable))


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
            *("| " + " | ".join(map(str, row)) + " |" for row in cells),
            *(["", table.note] if table.note else []),
            "",
        ]
    )


def _id(state):
    return state.value.replace("-", "_")


def _words(function):
    return function.__doc__.splitlines()[0].rstrip(".") if function else ""
