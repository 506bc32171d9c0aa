from django.db import migrations, models


class Migration(migrations.Migration):
    """An interrupted task comes again; how often is counted, so that it does not come for ever."""

    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="job",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
