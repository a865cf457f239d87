from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_released_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state NOT IN ('released', 'superseded')
       OR (OLD.state = 'released' AND NEW.state = 'superseded'
           AND to_jsonb(OLD) - {moved} = to_jsonb(NEW) - {moved}) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'UPDATE of % is refused: the document is released', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    """The version of a row moves whenever it is saved, so also when what was released is superseded."""

    dependencies = [("blocs", "0002_numbers_on_documents")]

    operations = [
        migrations.RunSQL(
            FUNCTION.format(moved="ARRAY['state', 'version']"), FUNCTION.format(moved="ARRAY['state']")
        ),
    ]
