"""What guards the door: waits after wrong guesses, second factors, open visits, earlier passwords."""

import uuid

from django.db import models


class SignInThrottle(models.Model):
    """Failed sign-ins of one account or one address, both as keyed digests."""

    key = models.BinaryField(primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_failure_at = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True)


class Factor(models.Model):
    """A second factor: one authenticator app, one sheet of recovery codes, any number of passkeys.

    `sealed` opens to {"secret": base32} | {"codes": [keyed digest, …]} | {"credential": base64}.
    """

    class Kind(models.TextChoices):
        TOTP = "totp"
        RECOVERY = "recovery"
        PASSKEY = "passkey"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey("identity.Staff", on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=60, blank=True)
    sealed = models.BinaryField()
    credential = models.BinaryField(null=True, unique=True)  # keyed digest of a passkey's id
    counter = models.BigIntegerField(default=-1)  # last time step of a code, last signature count of a passkey
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="factor_one_of_a_kind", fields=["staff", "kind"], condition=~models.Q(kind="passkey")
            ),
            models.CheckConstraint(
                name="factor_known_kind", condition=models.Q(kind__in=["totp", "recovery", "passkey"])
            ),
        ]


class Visit(models.Model):
    """One signed-in session of one person; `sealed` opens to {"agent", "address"}."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey("identity.Staff", on_delete=models.PROTECT, related_name="visits")
    device = models.BinaryField()  # keyed digest of browser and address, to tell one device from another
    sealed = models.BinaryField()
    means = models.CharField(max_length=32)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [models.Index(fields=["staff", "-began_at"], name="visit_of_staff")]


class PastPassword(models.Model):
    staff = models.ForeignKey("identity.Staff", on_delete=models.PROTECT, related_name="past_passwords")
    password = models.CharField(max_length=128)
    until = models.DateTimeField()
