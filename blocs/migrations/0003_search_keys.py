"""Fill the keys by which units and posts are searched."""

from django.db import migrations

from blocs.text import fold


def fill(apps, schema_editor):
    states = apps.get_model("blocs", "UnitState")
    for state in states.objects.iterator():
        names = [state.official_name, state.short_name, state.symbol, *state.aliases]
        states.objects.filter(pk=state.pk).update(search_key=fold(" ".join(names)))
    posts = apps.get_model("blocs", "Post")
    for post in posts.objects.iterator():
        posts.objects.filter(pk=post.pk).update(search_key=fold(post.title))


class Migration(migrations.Migration):
    dependencies = [("blocs", "0002_desks")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
