"""Notices, where they are to be sent, and what became of it. No row here holds anything personal in clear."""

import uuid

from django.db import models
from django.db.models import Q

from yidang.identity.models import Staff


class Notice(models.Model):
    """One thing told to one person. `facts` are clear: codes, numbers, dates."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    subject_url = models.CharField(max_length=200)
    recipient = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-made_at"], name="notice_of_person"),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]


class Channel(models.TextChoices):
    EMAIL = "email"
    WEBHOOK = "webhook"


class Address(models.Model):
    """Where a person's notices go, or the whole house's when there is no person, or those of somebody outside.

    `party` names the one outside, as `<kind>:<code>`. Address and secret are sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=40, blank=True, default="")
    channel = models.CharField(max_length=10, choices=Channel)
    sealed_target = models.BinaryField()
    sealed_secret = models.BinaryField(null=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "channel"],
                condition=Q(is_active=True, staff__isnull=False),
                name="address_one_for_each_channel",
            ),
            models.UniqueConstraint(
                fields=["party", "channel"],
                condition=Q(is_active=True) & ~Q(party=""),
                name="address_one_for_each_party",
            ),
            models.CheckConstraint(
                name="address_of_the_house_is_a_webhook",
                condition=Q(staff__isnull=False) | Q(channel="webhook") | ~Q(party=""),
            ),
        ]


class Choice(models.Model):
    """Whether a person wants a kind of notice on a channel; no row means yes."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel)
    is_wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "kind", "channel"], name="choice_once")]


class DeliveryState(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


class Delivery(models.Model):
    """One message to one address: what is sent is kind, number and link, and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=40, blank=True)
    subject_url = models.CharField(max_length=200)
    enclosure = models.CharField(max_length=80, blank=True, default="", help_text="<maker>:<id> of what goes along")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["state", "-made_at"], name="delivery_by_state"),
        ]


class Attempt(models.Model):
    """Proof of what was tried: `proof` is the Message-ID of a mail or the SM3 digest of an answer."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    code = models.CharField(max_length=40, blank=True, help_text="why it failed; blank: delivered")
    is_permanent = models.BooleanField(default=False)
    status = models.PositiveIntegerField(null=True, help_text="of HTTP or SMTP")
    proof = models.CharField(max_length=200, blank=True)
