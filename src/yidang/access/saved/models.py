"""Saved views. Name and question may name a person, so both are sealed."""

import uuid

from django.db import models

from yidang.identity.models import Staff


class SavedView(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    sealed = models.BinaryField(help_text='sealed JSON {"name", "words", "filters": [[name, value], …]}')

    class Meta:
        indexes = [models.Index(fields=["staff", "made_at"], name="saved_view_of_person")]

    def __str__(self) -> str:
        return str(self.id)
