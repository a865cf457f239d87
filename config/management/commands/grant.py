"""`manage.py grant ROLE`: gives the application's role what it needs; for the owner, after migrate."""

import pgtrigger
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from psycopg2 import sql


class Command(BaseCommand):
    help = (
        "Give a database role what the site, the worker and the timer need, and take all else from it: "
        "no change of append-only tables, no TRUNCATE, no table of its own."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", help="the role that DATABASE_URL names for the application")

    def handle(self, *, role, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_database(), current_schema()")
            owner, database, schema = cursor.fetchone()
            if role == owner:
                raise CommandError(
                    f"{role} owns the tables. Run this as their owner, for another role: docs/operations.md."
                )
            names = {"role": role, "owner": owner, "database": database, "schema": schema}

            def execute(statement, **more):
                parts = {name: sql.Identifier(name_of) for name, name_of in (names | more).items()}
                cursor.execute(sql.SQL(statement).format(**parts))

            # PUBLIC's right to temporary tables would let a session put its own in place of ours.
            execute("REVOKE ALL ON DATABASE {database} FROM PUBLIC, {role}")
            execute("GRANT CONNECT ON DATABASE {database} TO {role}")
            execute("REVOKE ALL ON SCHEMA {schema} FROM PUBLIC, {role}")
            execute("GRANT USAGE ON SCHEMA {schema} TO {role}")
            execute("REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {role}")
            execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}")
            for table in connection.introspection.table_names(cursor):
                for privilege in privileges(table):
                    execute(f"GRANT {privilege} ON {{table}} TO {{role}}", table=table)
        self.stdout.write(f"{role} may use the tables of {owner} in {database}.")


def privileges(table):
    """What the application does with a table: all but what its triggers refuse whatever the row."""
    if table == MigrationRecorder.Migration._meta.db_table:
        return ["SELECT"]
    refused = [
        str(trigger.operation)
        for model, trigger in pgtrigger.registered()
        if model._meta.db_table == table and trigger.render_execute(model) == "refuse_change()"
    ]
    changes = [change for change in ("UPDATE", "DELETE") if not any(change in each for each in refused)]
    return ["SELECT", "INSERT", *changes]
