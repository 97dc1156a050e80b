from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("terms", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="term",
            index=models.Index(
                condition=models.Q(("stopped_on__isnull", True)),
                fields=["centre", "due_on"],
                name="term_running",
            ),
        ),
    ]
