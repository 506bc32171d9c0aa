from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("roster", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="language",
            field=models.CharField(
                choices=[("ru", "Русский"), ("kk", "Қазақша"), ("en", "English")],
                default="ru",
                max_length=2,
                verbose_name="language",
            ),
        ),
    ]
