"""Migrations after an app's first one build no index under a lock on a table that may be large by then."""

import re

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.test_walks import APPS

LOADER = MigrationLoader(None)
LATER = sorted(key for key in LOADER.disk_migrations if key[0] in APPS and key[1] != "0001_initial")
LOCKED = "builds under lock"
BUILT_IN_SQL = re.compile(
    r"CREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)"
    r"|ADD\s+(CONSTRAINT\s+\S+\s+)?(UNIQUE|PRIMARY\s+KEY|EXCLUDE)\b(?!\s+USING\s+INDEX)",
    re.IGNORECASE,
)


def steps(operation):
    """What an operation does to the database."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        for each in operation.database_operations:
            yield from steps(each)
    else:
        yield operation


def indexes(field):
    return {name for name in ("db_index", "unique") if getattr(field, name)}


def builds_under_lock(step, app, state):
    match step:
        case AddIndexConcurrently():
            return False
        case migrations.AddIndex() | migrations.AlterUniqueTogether() | migrations.AlterIndexTogether():
            return True
        case migrations.AddConstraint():
            return isinstance(step.constraint, models.UniqueConstraint | ExclusionConstraint)
        case migrations.AddField():
            return bool(indexes(step.field))
        case migrations.AlterField():
            before = state.models[app, step.model_name_lower].fields[step.name]
            return bool(indexes(step.field) - indexes(before))
        case migrations.RunSQL():
            return bool(BUILT_IN_SQL.search(str(step.sql)))
    return False


def is_concurrent(step):
    return isinstance(step, AddIndexConcurrently | RemoveIndexConcurrently) or (
        isinstance(step, migrations.RunSQL) and "CONCURRENTLY" in str(step.sql).upper()
    )


def faults(migration, state):
    """What a migration does against the rule for indexes (docs/architecture.md), in words."""
    made, found = set(), []
    for operation in migration.operations:
        for step in steps(operation):
            if isinstance(step, migrations.CreateModel):
                made.add(step.name_lower)
            known = getattr(step, "model_name_lower", getattr(step, "name_lower", None)) not in made
            if known and builds_under_lock(step, migration.app_label, state):
                found.append(LOCKED)
            if is_concurrent(step) and migration.atomic:
                found.append("atomic")
            if is_concurrent(step) and len(migration.operations) > 1:
                found.append("not alone")
        operation.state_forwards(migration.app_label, state)
    return found


@pytest.mark.parametrize("key", LATER, ids="/".join)
def test_later_migration_builds_indexes_beside_who_writes(key):
    assert faults(LOADER.disk_migrations[key], LOADER.project_state(key, at_end=False)) == []


def unique(fields=("unit",)):
    return models.UniqueConstraint(fields=fields, name="made_up")


def unit(**options):
    return models.ForeignKey("blocs.Unit", models.PROTECT, null=True, **options)


INDEX = models.Index(fields=["title"], name="made_up")
MODEL = migrations.CreateModel("MadeUp", [("id", models.BigAutoField(primary_key=True)), ("unit", unit())])
USING = migrations.RunSQL("ALTER TABLE blocs_post ADD CONSTRAINT made_up UNIQUE USING INDEX made_up")
CONCURRENTLY = migrations.RunSQL("CREATE UNIQUE INDEX CONCURRENTLY made_up ON blocs_post (unit_id)")


@pytest.mark.parametrize(
    ("operations", "atomic", "found"),
    [
        ([migrations.AddIndex("post", INDEX)], True, [LOCKED]),
        ([AddIndexConcurrently("post", INDEX)], False, []),
        ([AddIndexConcurrently("post", INDEX)], True, ["atomic"]),
        ([AddIndexConcurrently("post", INDEX), migrations.RunSQL("SELECT 1")], False, ["not alone"]),
        ([RemoveIndexConcurrently("issueddocument", "document_by_subject")], True, ["atomic"]),
        ([migrations.AddConstraint("post", unique())], True, [LOCKED]),
        (
            [
                migrations.AddConstraint(
                    "post", models.CheckConstraint(condition=models.Q(unit__gt=0), name="a")
                )
            ],
            True,
            [],
        ),
        ([migrations.AddField("post", "other", unit(related_name="+"))], True, [LOCKED]),
        ([migrations.AddField("post", "other", unit(related_name="+", db_index=False))], True, []),
        ([migrations.AddField("post", "note", models.CharField(default="", max_length=9))], True, []),
        (
            [migrations.AddField("post", "note", models.CharField(null=True, max_length=9, unique=True))],
            True,
            [LOCKED],
        ),
        ([migrations.AlterField("post", "unit", unit(related_name="posts"))], True, []),
        (
            [migrations.AlterField("post", "title", models.TextField(unique=True))],
            True,
            [LOCKED],
        ),
        ([migrations.AlterUniqueTogether("post", {("unit", "title")})], True, [LOCKED]),
        ([MODEL, migrations.AddConstraint("madeup", unique())], True, []),
        ([migrations.RunSQL("CREATE INDEX made_up ON blocs_post (title)")], True, [LOCKED]),
        ([CONCURRENTLY], False, []),
        (
            [migrations.SeparateDatabaseAndState([USING], [migrations.AddConstraint("post", unique())])],
            True,
            [],
        ),
        (
            [migrations.RunSQL("ALTER TABLE blocs_post ADD CONSTRAINT made_up UNIQUE (unit_id)")],
            True,
            [LOCKED],
        ),
    ],
)
def test_rule_finds_what_it_is_for(operations, atomic, found):
    migration = migrations.Migration("0002_made_up", "blocs")
    migration.operations, migration.atomic = operations, atomic

    assert faults(migration, LOADER.project_state(("blocs", "0001_initial"))) == found
