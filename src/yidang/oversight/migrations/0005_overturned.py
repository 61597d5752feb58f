import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_BY = {
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}
# What earlier decisions took is what their doubts count.
KEEP = "UPDATE oversight_finding SET upheld_fen = counted_fen WHERE state = 'upheld'"


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0004_versions_of_knowledge"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "finding",
            "upheld_fen",
            models.BigIntegerField(default=0, help_text="what a decision took for it, as it counted then"),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.AddField(
            "payment",
            "is_refund",
            models.BooleanField(default=False, help_text="paid to the institution: what fell had been paid"),
        ),
        migrations.AddField(
            "case",
            "fallen_loss_fen",
            models.BigIntegerField(default=0, help_text="of the loss, what fell on appeal"),
        ),
        migrations.AddField("case", "fallen_fine_fen", models.BigIntegerField(default=0)),
        migrations.AddField(
            "case",
            "overturned_at",
            models.DateTimeField(help_text="when something of the decision first fell", null=True),
        ),
        migrations.AddField(
            "case",
            "overturned_ground",
            models.CharField(
                blank=True, choices=[("review", "Review"), ("suit", "Suit"), ("own", "Own")], max_length=6
            ),
        ),
        migrations.AddField("case", "overturn_asked_by", models.ForeignKey(**_BY)),
        migrations.AddField("case", "overturn_signed_by", models.ForeignKey(**_BY)),
        migrations.AlterField(
            "case",
            "state",
            models.CharField(
                choices=[
                    ("opened", "Opened"),
                    ("papers_asked", "Asked"),
                    ("answered", "Answered"),
                    ("heard", "Heard"),
                    ("proposed", "Proposed"),
                    ("decided", "Decided"),
                    ("notified", "Notified"),
                    ("recovering", "Recovering"),
                    ("dismissed", "Dismissed"),
                    ("overturned", "Overturned"),
                    ("closed", "Closed"),
                ],
                default="opened",
                max_length=14,
            ),
        ),
        migrations.RemoveConstraint("case", "inspection_decided_by_two"),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                name="inspection_decided_by_two",
                condition=~models.Q(
                    state__in=["decided", "notified", "recovering", "dismissed", "overturned", "closed"]
                )
                | models.Q(signed_by__isnull=False, proposed_by__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                name="inspection_overturned_by_two",
                condition=models.Q(overturned_at__isnull=True, fallen_loss_fen=0, fallen_fine_fen=0)
                | models.Q(overturn_asked_by__isnull=False, overturn_signed_by__isnull=False)
                & ~models.Q(overturn_asked_by=models.F("overturn_signed_by")),
            ),
        ),
    ]
