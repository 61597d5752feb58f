"""Open volumes keep an order and the steps that led to it; only who sees everything sees the steps."""

import django.contrib.postgres.fields
from django.db import migrations, models

_RAISE = [
    (
        "CREATE POLICY reach ON holdings_volumestep"
        " USING ((SELECT current_setting('yidang.reach', true) = 'all')) WITH CHECK (true)"
    ),
    "ALTER TABLE holdings_volumestep ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE holdings_volumestep FORCE ROW LEVEL SECURITY",
]
_LOWER = [
    "DROP POLICY reach ON holdings_volumestep",
    "ALTER TABLE holdings_volumestep NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE holdings_volumestep DISABLE ROW LEVEL SECURITY",
]


class Migration(migrations.Migration):
    dependencies = [("holdings", "0005_approved_scheme_versions")]

    operations = [
        migrations.AddField(
            "item",
            "volume_position",
            models.PositiveIntegerField(help_text="order in an open volume; 0: set aside for one", null=True),
        ),
        migrations.AddField(
            "volume",
            "dissolved_at",
            models.DateTimeField(help_text="merged away, or its split undone; never numbered", null=True),
        ),
        migrations.CreateModel(
            "VolumeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=40)),
                (
                    "volumes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("before", models.JSONField()),
            ],
        ),
        migrations.RunSQL(_RAISE, _LOWER),
    ]
