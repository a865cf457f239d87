from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blocs", "0003_search_keys")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="is_fictitious",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="người minh hoạ, không có thật"
            ),
        ),
    ]
