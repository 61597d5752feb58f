import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_given_back")]

    operations = [
        migrations.AddField(
            "import",
            "has_boxes_entered",
            models.BooleanField(default=False, help_text="counters know which boxes left with it"),
        ),
        migrations.AddField(
            "quarantinedrow",
            "marks",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                help_text="keyed: of which person and settlement it speaks",
                null=True,
                size=None,
            ),
        ),
        migrations.AddIndex(
            "quarantinedrow",
            django.contrib.postgres.indexes.GinIndex(fields=["marks"], name="quarantine_by_mark"),
        ),
    ]
