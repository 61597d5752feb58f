"""Rooms, rows, shelves, boxes, and what lies in them."""

import uuid

from django.db import models
from django.db.models import Q

from yidang.identity.models import Staff


class Zone(models.TextChoices):
    """三区分离: what a room is for."""

    STORE = "store"
    READING = "reading"
    OFFICE = "office"


class Place(models.Model):
    """A room, a row of shelves in it, or a shelf: a shelf's code begins with its row's, and that with its room's."""

    class Kind(models.TextChoices):
        ROOM = "room"
        ROW = "row"
        SHELF = "shelf"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    zone = models.CharField(max_length=8, choices=Zone)
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=40, blank=True, help_text="of a room; never a person's")
    capacity = models.PositiveSmallIntegerField(default=0, help_text="boxes on a shelf; 0: not said")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]


class Box(models.Model):
    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="boxes")
    made_at = models.DateTimeField()
    is_closed = models.BooleanField(default=False, help_text="emptied and taken out of use")

    @property
    def code(self) -> str:
        return f"H{self.number:06d}"


class ThingKind(models.TextChoices):
    ITEM = "item"
    VOLUME = "volume"


class Keeping(models.Model):
    """An item or a volume lies in a box. `is_ended`: destroyed, and its paper is still to be taken out."""

    thing = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=ThingKind)
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="keepings")
    since = models.DateTimeField()
    is_ended = models.BooleanField(default=False)


class Outgoing(models.Model):
    """Taken out of its box for somebody, until it is put back. `reference` is what the other room knows it by."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thing = models.UUIDField()
    kind = models.CharField(max_length=8, choices=ThingKind)
    reason_code = models.CharField(max_length=24)
    reference = models.UUIDField(null=True)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=40)
    back_at = models.DateTimeField(null=True)
    back_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing"], condition=Q(back_at__isnull=True), name="outgoing_once_at_a_time")
        ]


class ZoneEntry(models.Model):
    """出入登记: who was in a room, why, from when to when. A visitor's name and the reason are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="entries")
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    companion = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    entered_at = models.DateTimeField(db_index=True)
    left_at = models.DateTimeField(null=True)
    noted_by = models.CharField(max_length=40)
