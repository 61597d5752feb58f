"""Drafts of the instrument 三合一; what is approved stands in `holdings.SchemeVersion`."""

import uuid

from django.db import models

from yidang.identity.models import Staff


class InstrumentDraft(models.Model):
    """The next version of a fonds' instrument while it is edited. `rows` as holdings.scheme_versions tells them."""

    class State(models.TextChoices):
        OPEN = "open"
        APPROVED = "approved"
        DROPPED = "dropped"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    fonds = models.ForeignKey("holdings.Fonds", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    rows = models.JSONField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fonds"], condition=models.Q(state="open"), name="one_open_instrument_draft"
            ),
        ]
