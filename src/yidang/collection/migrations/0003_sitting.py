import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0002_changes_seen"), ("intake", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "accession",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="intake.accession",
                    ),
                ),
                (
                    "pages",
                    models.JSONField(
                        default=dict, help_text="material (its place on the checklist) → pages taken so far"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="collection.case",
                    ),
                ),
            ],
        ),
    ]
