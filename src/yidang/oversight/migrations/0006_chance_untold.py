from django.db import migrations, models

# Of models not calibrated stood a twentieth, which nobody had reckoned.
UNTELL = """
UPDATE oversight_finding f SET probability = NULL WHERE f.is_model AND f.probability = 0.05 AND EXISTS (
    SELECT FROM oversight_scoremodel m
    WHERE f.rule = 'M' || m.number || '-' || m.level AND m.calibration IS NULL)
"""
TELL = "UPDATE oversight_finding SET probability = 0.05 WHERE probability IS NULL"


class Migration(migrations.Migration):
    dependencies = [("oversight", "0005_overturned")]

    operations = [
        migrations.AlterField(
            "finding",
            "probability",
            models.FloatField(default=0.5, help_text="none: of a model that is not calibrated yet", null=True),
        ),
        migrations.AlterField(
            "finding",
            "expected_fen",
            models.BigIntegerField(default=0, help_text="without a probability: what orders it"),
        ),
        migrations.RunSQL(UNTELL, TELL),
    ]
