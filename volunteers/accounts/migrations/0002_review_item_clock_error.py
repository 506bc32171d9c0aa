import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    """An item is judged by the corrected time, also when it is accepted later."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="reviewitem",
            name="clock_error",
            field=models.DurationField(default=datetime.timedelta),
        ),
    ]
