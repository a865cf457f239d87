from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_released_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state NOT IN ('released', 'superseded')
       OR (OLD.state = 'released' AND NEW.state = 'superseded'
           AND to_jsonb(OLD) - {moved} = to_jsonb(NEW) - {moved}{further}) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'UPDATE of % is refused: the document is released', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""
# Of a table without versions there is none on either side.
ONE_FURTHER = """
           AND COALESCE((to_jsonb(NEW) ->> 'version')::bigint - (to_jsonb(OLD) ->> 'version')::bigint, 1) IN (0, 1)"""


class Migration(migrations.Migration):
    """The version of a row moves whenever it is saved, so also when what was released is superseded."""

    dependencies = [("blocs", "0002_numbers_on_documents")]

    operations = [
        migrations.RunSQL(
            FUNCTION.format(moved="ARRAY['state', 'version']", further=ONE_FURTHER),
            FUNCTION.format(moved="ARRAY['state']", further=""),
        ),
    ]
