from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_review_item_clock_error"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reviewitem",
            name="state",
            field=models.CharField(
                choices=[("open", "waiting"), ("accepted", "accepted"), ("rejected", "rejected")],
                default="open",
                max_length=10,
            ),
        ),
    ]
