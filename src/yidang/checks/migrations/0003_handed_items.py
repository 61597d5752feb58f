import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("checks", "0002_run_of_one_item")]

    operations = [
        migrations.CreateModel(
            name="HandedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.UUIDField()),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handed_items", to="checks.course"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("course", "item"), name="check_handed_once")],
            },
        ),
    ]
