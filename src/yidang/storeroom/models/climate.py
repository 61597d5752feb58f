"""Sensors, what they said, and alarms. Hundredths of a degree and of a percent fit two bytes each."""

import uuid

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from yidang.identity.models import Staff
from yidang.storeroom.models.keeping import Place


class Sensor(models.Model):
    number = models.SmallAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=32, unique=True)
    room = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="sensors")
    medium = models.CharField(max_length=16, help_text="of data/climate_limits.csv")
    every_seconds = models.PositiveIntegerField(default=60)
    token_digest = models.CharField(max_length=64, help_text="SM3 of a random token: nothing to guess")
    trusts_broker = models.BooleanField(default=False, help_text="by MQTT without a token: the broker's ACL vouches")
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    last_temperature = models.SmallIntegerField(null=True)
    last_humidity = models.SmallIntegerField(null=True)

    class Meta:
        ordering = ["code"]


class Reading(models.Model):
    """Kept as long as the settings say. Its key is all the index it needs."""

    pk = models.CompositePrimaryKey("sensor_id", "at")
    sensor = models.ForeignKey(Sensor, on_delete=models.CASCADE, db_index=False)
    at = models.DateTimeField()
    temperature = models.SmallIntegerField()
    humidity = models.SmallIntegerField()

    class Meta:
        indexes = [BrinIndex(fields=["at"], name="reading_by_time")]  # for dropping what is old; costs nearly nothing


class HourlyReading(models.Model):
    """Kept for ever: grows with each reading, so that nothing has to be gathered later."""

    pk = models.CompositePrimaryKey("sensor_id", "hour")
    sensor = models.ForeignKey(Sensor, on_delete=models.CASCADE, db_index=False)
    hour = models.DateTimeField()
    count = models.IntegerField()
    temperature_low = models.SmallIntegerField()
    temperature_high = models.SmallIntegerField()
    temperature_sum = models.BigIntegerField()
    humidity_low = models.SmallIntegerField()
    humidity_high = models.SmallIntegerField()
    humidity_sum = models.BigIntegerField()
    outside = models.IntegerField(default=0, help_text="readings beyond the limits in force when they came")


class Alarm(models.Model):
    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sensor = models.ForeignKey(Sensor, on_delete=models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=20)
    raised_at = models.DateTimeField(db_index=True)
    value = models.IntegerField(null=True, help_text="hundredths; of a silent sensor, seconds")
    limit = models.IntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    sealed_note = models.BinaryField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sensor", "kind"], condition=Q(ended_at__isnull=True), name="alarm_once_at_a_time"
            )
        ]

    @property
    def name(self) -> str:
        return f"WS{self.raised_at:%Y}-{self.number}"
