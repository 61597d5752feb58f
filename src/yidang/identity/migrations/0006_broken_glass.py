import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_attest_the_first_staff")]

    operations = [
        migrations.CreateModel(
            name="BrokenGlass",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("person", models.CharField(max_length=64)),
                ("reason", models.BinaryField()),
                ("broken_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("open", "Open"), ("justified", "Justified"), ("unjustified", "Unjustified")],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("remark", models.BinaryField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["staff", "until"], name="glass_of_staff")]},
        ),
    ]
