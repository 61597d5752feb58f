import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was paid changes by an event that two persons stand for, written before; corrections of a source are new rows.
GUARD = """
CREATE FUNCTION claims_paid_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM claims_settlementevent e
        WHERE e.claim = NEW.claim AND e.version = NEW.version AND e.kind = 'recovered'
          AND e.amount_fen = OLD.fund_fen - NEW.fund_fen AND NEW.total_fen = OLD.total_fen AND NEW.own_fen = OLD.own_fen
    ) THEN
        RAISE EXCEPTION 'settled funds change only by two persons' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_paid_by_two BEFORE UPDATE ON claims_settlement FOR EACH ROW
WHEN (OLD.fund_fen <> NEW.fund_fen OR OLD.own_fen <> NEW.own_fen OR OLD.total_fen <> NEW.total_fen)
EXECUTE FUNCTION claims_paid_by_two();
"""
NO_GUARD = "DROP TRIGGER claims_paid_by_two ON claims_settlement; DROP FUNCTION claims_paid_by_two()"


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_waiting_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("settlementevent", "amount_fen", models.BigIntegerField(null=True)),
        migrations.AddField("settlementevent", "approval", models.UUIDField(null=True)),
        migrations.AddField(
            "settlementevent",
            "asked_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "settlementevent",
            "decision",
            models.CharField(blank=True, help_text="number of the case", max_length=40),
        ),
        migrations.AlterField(
            "settlementevent",
            "kind",
            models.CharField(
                choices=[("corrected", "Corrected"), ("reversed", "Reversed"), ("recovered", "Recovered")],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            "settlementevent",
            models.CheckConstraint(
                name="settlement_recovered_by_two",
                condition=models.Q(
                    models.Q(("kind", "recovered"), _negated=True),
                    models.Q(
                        ("amount_fen__gt", 0),
                        ("approval__isnull", False),
                        ("asked_by__isnull", False),
                        ("by__isnull", False),
                        models.Q(("asked_by", models.F("by")), _negated=True),
                    ),
                    _connector="OR",
                ),
            ),
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
