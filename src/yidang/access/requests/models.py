"""Requests of persons about their records, impact assessments, leak notices. What is said in them is sealed."""

import uuid

from django.db import models

from yidang.identity.models import Staff


class PersonRequest(models.Model):
    """One request, of the person or of somebody entitled to speak for them."""

    class Kind(models.TextChoices):
        ACCESS = "access"  # PIPL art. 45: see and copy
        SUPPLEMENT = "supplement"  # art. 46: correct, which here means to add
        ERASE = "erase"  # art. 47

    class Relation(models.TextChoices):
        SELF = "self"
        AGENT = "agent"
        RELATIVE = "relative"  # of a dead person, art. 49

    class State(models.TextChoices):
        OPEN = "open"
        GRANTED = "granted"
        REFUSED = "refused"

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    relation = models.CharField(max_length=10, choices=Relation)
    person = models.BinaryField(help_text="blind index of the person's ID number, as on identifiers")
    sealed = models.BinaryField(help_text="sealed JSON of requests.operations.Asking")
    asked_on = models.DateField()
    due_on = models.DateField()
    received_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    sealed_answer = models.BinaryField(null=True, help_text="sealed JSON of requests.operations.Answer")

    def __str__(self) -> str:
        return f"Q{self.number}"


class ImpactAssessment(models.Model):
    """个人信息保护影响评估, PIPL art. 55 and 56: kept for three years at least."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    occasion = models.CharField(max_length=24, help_text="which case of art. 55: sensitive, automated, entrusted …")
    sealed = models.BinaryField(help_text="sealed JSON: processing, necessity, risks, measures, conclusion")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    keep_until = models.DateField()

    def __str__(self) -> str:
        return f"PIA{self.number}"


class LeakNotice(models.Model):
    """A leak, alteration or loss, PIPL art. 57: the authority and the persons are told at once."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    found_at = models.DateTimeField()
    persons = models.PositiveIntegerField(help_text="how many people it concerns, as far as is known")
    sealed = models.BinaryField(help_text="sealed JSON: what, categories, cause, harm, measures, advice, contact")
    reported_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    authority_told_at = models.DateTimeField(null=True)
    persons_told_at = models.DateTimeField(null=True)
    sealed_waiver = models.BinaryField(null=True, help_text="sealed JSON: why persons need not be told (art. 57 ¶2)")
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"L{self.number}"
