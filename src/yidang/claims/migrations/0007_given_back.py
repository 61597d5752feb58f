from django.db import migrations, models

# As 0005 laid it, and the way back: a decision that fell restores what it took.
GUARD = """
CREATE OR REPLACE FUNCTION claims_paid_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM claims_settlementevent e
        WHERE e.claim = NEW.claim AND e.version = NEW.version AND NEW.total_fen = OLD.total_fen
          AND NEW.own_fen = OLD.own_fen AND (
            e.kind = 'recovered' AND e.amount_fen = OLD.fund_fen - NEW.fund_fen
            OR e.kind = 'restored' AND e.amount_fen = NEW.fund_fen - OLD.fund_fen)
    ) THEN
        RAISE EXCEPTION 'settled funds change only by two persons' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
FORMER = """
CREATE OR REPLACE FUNCTION claims_paid_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_lists")]

    operations = [
        migrations.AlterField(
            "settlementevent",
            "kind",
            models.CharField(
                choices=[
                    ("corrected", "Corrected"),
                    ("reversed", "Reversed"),
                    ("recovered", "Recovered"),
                    ("restored", "Restored"),
                ],
                max_length=9,
            ),
        ),
        migrations.RemoveConstraint("settlementevent", "settlement_recovered_by_two"),
        migrations.AddConstraint(
            "settlementevent",
            models.CheckConstraint(
                name="settlement_recovered_by_two",
                condition=models.Q(
                    models.Q(("kind__in", ["recovered", "restored"]), _negated=True),
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
        migrations.RunSQL(GUARD, FORMER),
    ]
