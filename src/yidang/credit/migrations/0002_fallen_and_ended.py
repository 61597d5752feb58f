"""What falls with its decision, and local terms that are switched off again. No column: digests of rows stand."""

from django.db import migrations, models

_ACTIONS = [
    "subject.opened",
    "decision.kept",
    "deduction.asked",
    "deduction.in_force",
    "deduction.refused",
    "deduction.withdrawn",
    "measure.asked",
    "measure.in_force",
    "measure.refused",
    "measure.withdrawn",
    "repair.asked",
    "repair.in_force",
    "repair.refused",
    "appeal.filed",
    "appeal.asked",
    "appeal.in_force",
    "appeal.refused",
    "confirmation.asked",
    "confirmation.in_force",
    "confirmation.refused",
    "confirmation.withdrawn",
    "card.shown",
    "list.shown",
    "list.exported",
]
_GROUNDS = ["facts", "responsibility", "points", "procedure", "person", "overturned"]
_FALLEN = models.Q(("ground", "overturned"))


def _replaced(model: str, constraint: models.BaseConstraint) -> list[migrations.operations.base.Operation]:
    return [migrations.RemoveConstraint(model, constraint.name), migrations.AddConstraint(model, constraint)]


class Migration(migrations.Migration):
    dependencies = [("credit", "0001_credit_archive")]

    operations = [
        migrations.AlterField(
            "appeal",
            "ground",
            models.CharField(
                choices=[
                    ("facts", "Facts"),
                    ("responsibility", "Responsibility"),
                    ("points", "Points"),
                    ("procedure", "Procedure"),
                    ("person", "Person"),
                    ("overturned", "Overturned"),
                ],
                max_length=16,
            ),
        ),
        *_replaced(
            "logentry",
            models.CheckConstraint(name="credit_log_action", condition=models.Q(("action__in", _ACTIONS))),
        ),
        *_replaced(
            "confirmation",
            models.CheckConstraint(
                name="credit_confirmation_term",
                condition=models.Q(("term__regex", r"^(end:)?(points:A[0-9]{2}(-[0-9]{1,2})?|rule:[a-z_]{1,32})$")),
            ),
        ),
        *_replaced(
            "appeal",
            models.CheckConstraint(
                name="credit_appeal_pattern",
                condition=models.Q(("ground__in", _GROUNDS))
                & models.Q(("outcome__in", ["", "upheld", "rejected"]))
                & (models.Q(("filed_on__lte", models.F("due_on"))) | _FALLEN),
            ),
        ),
        *_replaced(
            "appeal",
            models.UniqueConstraint(name="credit_appeal_once", fields=["deduction"], condition=~_FALLEN),
        ),
        *_replaced(
            "appeal",
            models.UniqueConstraint(name="credit_appeal_measure_once", fields=["measure"], condition=~_FALLEN),
        ),
        migrations.AddConstraint(
            "appeal", models.UniqueConstraint(name="credit_overturned_once", fields=["deduction"], condition=_FALLEN)
        ),
        migrations.AddConstraint(
            "appeal",
            models.UniqueConstraint(name="credit_overturned_measure_once", fields=["measure"], condition=_FALLEN),
        ),
    ]
