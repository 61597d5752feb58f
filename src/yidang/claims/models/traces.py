"""Boxes by their trace codes: where each stands now, how it came there, and what is wrong with it."""

import uuid

from django.db import models

from yidang.identity.models import Staff
from yidang.kernel.clock import now


class Box(models.Model):
    """What is known of one code at this moment: one row, found by its key alone.

    `key` is a digest of the normalised code (16 bytes), so that codes of every family take the same room; the table is
    cut into sixteen by it. `sold` is how much of the box is out, 1 being all of it.
    """

    key = models.UUIDField(primary_key=True)
    family = models.CharField(max_length=1)
    sold = models.FloatField(default=0)
    person = models.BigIntegerField(null=True)
    provider = models.CharField(max_length=20)
    region = models.CharField(max_length=6, blank=True)
    document = models.UUIDField(null=True)
    moved_at = models.DateTimeField()
    is_locked = models.BooleanField(default=False)

    class Meta:
        db_table = "claims_box"


class BoxMove(models.Model):
    """One scan: into stock, sold, returned."""

    key = models.UUIDField(null=True, help_text="null where there was no code to scan")
    kind = models.CharField(max_length=6)
    provider = models.CharField(max_length=20)
    region = models.CharField(max_length=6, blank=True)
    person = models.BigIntegerField(null=True)
    claim = models.BigIntegerField(null=True)
    item = models.CharField(max_length=30, blank=True)
    product = models.CharField(max_length=14, blank=True)
    quantity = models.FloatField(default=1)
    is_split = models.BooleanField(default=False)
    document = models.UUIDField(null=True)
    moved_at = models.DateTimeField()
    verdict = models.CharField(max_length=16)

    class Meta:
        db_table = "claims_boxmove"
        indexes = [models.Index(fields=["key", "moved_at"], name="boxmove_way", condition=models.Q(key__isnull=False))]


class BoxAlert(models.Model):
    """A box that was out twice, or whose codes do not belong together: 疑点 until a person closes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField()
    code = models.CharField(max_length=100)
    verdict = models.CharField(max_length=16)
    grade = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=20, blank=True, help_text="the institution of the move before")
    provider = models.CharField(max_length=20)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        db_table = "claims_boxalert"
        indexes = [models.Index(fields=["-at"], condition=models.Q(closed_at__isnull=True), name="boxalert_open")]


class Product(models.Model):
    """三码合一: the seven digits of a trace code, the article number and the insurance code of the same thing."""

    trace_prefix = models.CharField(max_length=7)
    product = models.CharField(max_length=14)
    item = models.CharField(max_length=30)
    list = models.ForeignKey("claims.TakenList", null=True, on_delete=models.PROTECT, related_name="products")
    bound_at = models.DateTimeField(default=now, help_text="without a list: bound when a box came into stock")

    class Meta:
        db_table = "claims_product"
        constraints = [models.UniqueConstraint(fields=["trace_prefix", "product", "item"], name="three_codes_once")]
