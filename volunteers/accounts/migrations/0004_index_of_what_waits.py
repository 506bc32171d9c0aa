from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_say_waiting_for_open_items"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reviewitem",
            index=models.Index(fields=["received_at"], condition=models.Q(state="open"), name="review_open"),
        ),
    ]
