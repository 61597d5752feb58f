"""What the archive holds: fonds, series, volumes, items, pages, versions, scopes and holds.

Columns in clear carry nothing that tells who a record is about. Titles, names, numbers and every other described
field stand only in `Item.description`, sealed; equality look-ups go through `Identifier`.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, IntegerField, Q, When
from django.db.models.functions import Cast, Coalesce, ExtractYear, Greatest, Substr

from yidang.kernel.errors import Invalid


class Fonds(models.Model):
    """全宗. Code per DA/T 13-2022: one letter and three digits."""

    code = models.CharField(primary_key=True, max_length=4)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)


class RetentionRule(models.Model):
    """One row of one version of the retention schedule 保管期限表."""

    schedule_version = models.CharField(max_length=32)
    code = models.CharField(max_length=16)
    category = models.CharField(max_length=80)
    title = models.CharField(max_length=160)
    scope_note = models.CharField(max_length=240, blank=True)
    term = models.CharField(max_length=8, help_text="Y for permanent, D<years>, or KJ: the accounting rule")
    confidence = models.CharField(max_length=8)
    source = models.TextField()
    is_verified = models.BooleanField(default=False)
    effective_from = models.DateField(null=True)
    approved_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule_version", "code"], name="retention_rule_once")]


class SchemeVersion(models.Model):
    """One approved version of a fonds' instrument 三合一: classes, filing scope and terms, approved by two persons.

    `rows` are those of `holdings.scheme_versions.Row`. The packaged scheme is what stands before the first of them.
    """

    fonds = models.ForeignKey(Fonds, on_delete=models.PROTECT)
    number = models.PositiveIntegerField(help_text="2 follows the packaged one")
    effective_from = models.DateField()
    approval_number = models.CharField(max_length=80)
    rows = models.JSONField()
    ledger_entry = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fonds", "number"], name="scheme_version_once")]

    @property
    def name(self) -> str:
        return f"{self.fonds_id}-{self.number}"


class Series(models.Model):
    """类目: one business step 业务环节 of one category 类别; the year is the item's own."""

    class Arrangement(models.TextChoices):
        BY_ITEM = "item"
        BY_VOLUME = "volume"

    code = models.CharField(primary_key=True, max_length=16)
    fonds = models.ForeignKey(Fonds, on_delete=models.PROTECT)
    scheme_version = models.CharField(max_length=32)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    class_prefix = models.CharField(
        max_length=24, help_text="类别号 before the year, e.g. ZY·YB·CBDJ; blank on a branch"
    )
    process = models.CharField(max_length=16, help_text="业务环节 code, e.g. CBDJ")
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    retention_rule = models.ForeignKey(RetentionRule, null=True, on_delete=models.PROTECT)
    department = models.ForeignKey("identity.Department", null=True, on_delete=models.PROTECT)
    arrangement = models.CharField(max_length=8, choices=Arrangement, default=Arrangement.BY_ITEM)
    position = models.PositiveIntegerField(default=0)

    @property
    def rule_code(self) -> str | None:
        return self.retention_rule.code if self.retention_rule else None

    @property
    def term(self) -> str:
        """The term that items filed now receive. Only leaves of the scheme have one."""
        if self.retention_rule is None:
            raise Invalid("series_is_branch", series=self.code)
        return self.retention_rule.term


class Volume(models.Model):
    """案卷. Numbered when sealed; `description` is sealed JSON as on an item."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=8)
    reference_code = models.CharField(max_length=80, unique=True, null=True)
    description = models.BinaryField()
    created_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    dissolved_at = models.DateTimeField(null=True, help_text="merged away, or its split undone; never numbered")


class VolumeStep(models.Model):
    """One step of arranging open volumes, kept until they are sealed so that it can be undone.

    `before`: volume → whether it was dissolved and the ids of its items in order, as they were.
    """

    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    volumes = ArrayField(models.UUIDField())
    before = models.JSONField()


SET_ASIDE = 0  # the position of a draft described and left for whoever arranges volumes


class ItemState(models.TextChoices):
    READING = "reading"  # pages are still being read
    WAITING = "waiting"  # a person must confirm
    FILING = "filing"  # has its 档号, is being written to the store
    FILED = "filed"


class Item(models.Model):
    """件: the unit of description, numbering, preservation and fate. Its id is the OCFL object id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    working_number = models.CharField(max_length=40, unique=True)
    reference_code = models.CharField(max_length=80, unique=True, null=True)
    is_legacy_code = models.BooleanField(default=False)
    is_paper_only = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=ItemState, default=ItemState.READING)
    series = models.ForeignKey(Series, on_delete=models.PROTECT)
    volume = models.ForeignKey(Volume, null=True, on_delete=models.PROTECT, related_name="items")
    volume_position = models.PositiveIntegerField(null=True, help_text="order in an open volume; 0: set aside for one")
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=8, help_text="current retention term: Y or D<years>")
    formed_on = models.DateField(null=True)
    document_type = models.CharField(max_length=40, blank=True)
    institution = models.CharField(max_length=20, blank=True, help_text="code of the institution list, never a name")
    security_class = models.CharField(max_length=12, default="internal")
    page_count = models.PositiveIntegerField(default=0)
    has_seal = models.BooleanField(default=False)
    confidence = models.FloatField(null=True)
    version = models.PositiveIntegerField(default=0, help_text="head version in the store; 0 before filing")
    description = models.BinaryField(help_text="sealed JSON of holdings.description.Description")
    description_digest = models.BinaryField(
        null=True, help_text="salted digest committed in the ledger at the head version"
    )
    accession = models.UUIDField(null=True, db_index=True)
    created_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, help_text="set with the 档号, so that a repeated filing tells one time")
    filed_by = models.CharField(max_length=40, blank=True)
    # kernel.period.expires_on, told by the database: five million rows are asked at once which are due.
    due_year = models.GeneratedField(
        expression=Case(
            When(
                term__startswith="D",
                then=Greatest(
                    Cast("year", IntegerField()),
                    Cast(Coalesce(ExtractYear("formed_on"), Cast("year", IntegerField())), IntegerField()),
                )
                + 1
                + Cast(Substr("term", 2), IntegerField()),
            ),
            default=None,
        ),
        output_field=IntegerField(null=True),
        db_persist=True,
    )

    class Meta:
        indexes = [
            # With the id in it, counting what is due reads this index and nothing else.
            models.Index(fields=["due_year", "series"], include=["id"], condition=Q(state="filed"), name="item_due"),
            models.Index(fields=["series", "year", "state"], name="item_series_year_state"),
            models.Index(fields=["state", "created_at"], name="item_state_created"),
            models.Index(fields=["-filed_at"], name="item_newest"),
            models.Index(fields=["-filed_at"], condition=Q(state="filed", is_paper_only=True), name="item_on_paper"),
        ]


class ItemFile(models.Model):
    """An original file of an item. `locator` is opened by `preservation.content.open_content`."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="files")
    ordinal = models.PositiveIntegerField()
    locator = models.CharField(max_length=160)
    puid = models.CharField(max_length=24, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    page_count = models.PositiveIntegerField(default=0)
    digest = models.BinaryField(db_index=True, help_text="HMAC-SM3 of the bytes' SM3 under the duplicates key")
    note = models.BinaryField(null=True, help_text="sealed JSON until filed: original name, SM3 of the bytes")

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["item", "ordinal"], name="item_file_ordinal")]


class Page(models.Model):
    """页: one page of one file of an item, in reading order."""

    class TextOrigin(models.TextChoices):
        NONE = "none"
        BORN_DIGITAL = "born"
        OCR = "ocr"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(help_text="1-based within the item")
    file = models.ForeignKey(ItemFile, on_delete=models.CASCADE, related_name="pages")
    index_in_file = models.PositiveIntegerField(help_text="0-based")
    is_read = models.BooleanField(default=False)
    width = models.PositiveIntegerField(default=0, help_text="pixels of the upright page at its own resolution")
    height = models.PositiveIntegerField(default=0)
    dpi = models.PositiveIntegerField(default=0)
    rotation = models.PositiveSmallIntegerField(default=0, help_text="degrees clockwise that make it upright")
    skew = models.FloatField(default=0.0, help_text="degrees, after rotation")
    is_blank = models.BooleanField(default=False)
    has_seal = models.BooleanField(default=False)
    text_origin = models.CharField(max_length=8, choices=TextOrigin, default=TextOrigin.NONE)
    confidence = models.FloatField(null=True)
    reading = models.BinaryField(
        null=True, help_text="sealed PageReading until filed; afterwards it stands in the store"
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="page_number_once")]


class ItemVersion(models.Model):
    """One saved change. What changed is read from the store; `reason` is sealed."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=40, help_text="staff id, or system:<component>")
    kind = models.CharField(max_length=24, help_text="filed, described, restored, moved, paged")
    reason = models.BinaryField(null=True)
    ledger_entry = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="item_version_once")]


class PendingVersion(models.Model):
    """A version being written to the store: laid down first, so that a crash in between is finished, not forgotten."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.CASCADE, related_name="pending")
    number = models.PositiveIntegerField()
    reference_code = models.CharField(max_length=80, unique=True, null=True, help_text="new 档号, when the item moves")
    plan = models.BinaryField(help_text="sealed JSON of holdings.plans.Plan")


class Alias(models.Model):
    """A former 档号 of an item that was filed in the wrong place; it keeps leading here."""

    reference_code = models.CharField(max_length=80, unique=True)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="aliases")
    is_legacy_code = models.BooleanField(default=False)
    since = models.DateTimeField()


class NumberSequence(models.Model):
    """The next 件号 or 案卷号 under one 类别号; its row lock makes numbers gap-free."""

    prefix = models.CharField(primary_key=True, max_length=80)
    next_number = models.PositiveIntegerField(default=1)


class Identifier(models.Model):
    """Keyed blind index of one person's or document's identifier on an item."""

    class Kind(models.TextChoices):
        NAME = "name"
        ID_NUMBER = "id_number"
        PHONE = "phone"
        DOCUMENT_NUMBER = "document_number"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=16, choices=Kind)
    digest = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "kind", "digest"], name="identifier_once")]
        indexes = [models.Index(fields=["kind", "digest"], name="identifier_lookup")]


class ItemScope(models.Model):
    """What a grant is matched against; upper rooms project their scopes here in their own transactions.

    Each row repeats where its item stands, so that one row alone tells whether a reach covers it: the filter of
    `visibility` and the database's row policy (migration 0002) look at nothing else.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="scopes", db_index=False)
    kind = models.CharField(max_length=16, help_text="section, department, person; loan … as rooms come")
    value = models.CharField(max_length=64)
    sensitivity = models.CharField(max_length=12, default="internal")
    fonds = models.CharField(max_length=4, default="")
    series = models.CharField(max_length=16, default="")

    class Meta:
        # Each holds the whole row: filter and policy read an index and nothing else, from the item or from the door.
        constraints = [
            models.UniqueConstraint(
                fields=["item", "kind", "value"], include=["sensitivity", "fonds", "series"], name="item_scope_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["kind", "value", "item"], include=["sensitivity", "fonds", "series"], name="item_scope_door"
            )
        ]


class Hold(models.Model):
    """冻结: while it stands, nobody destroys, moves or expires the item."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="holds")
    room = models.CharField(max_length=16)
    reason_code = models.CharField(max_length=32)
    placed_at = models.DateTimeField()
    reference = models.UUIDField(null=True, db_index=True, help_text="what the room that placed it knows it by")


class Tombstone(models.Model):
    """What stays of a destroyed item, for ever: where it stood and which list it was on; nothing of whom it told.

    The row takes the item's place in the transaction that ends it. `erased_at` follows when its keys and bytes are
    gone, `complete_at` is when the last copy of its keys will have expired.
    """

    item = models.UUIDField(primary_key=True)
    reference_code = models.CharField(max_length=80, unique=True)
    is_legacy_code = models.BooleanField(default=False)
    former_codes = ArrayField(models.CharField(max_length=80), default=list)
    series = models.ForeignKey(Series, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=8)
    document_type = models.CharField(max_length=40, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    destroyed_at = models.DateTimeField()
    list_number = models.CharField(max_length=24, db_index=True)
    ledger_entry = models.UUIDField()
    erased_at = models.DateTimeField(null=True)
    complete_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["item"], condition=Q(erased_at__isnull=True), name="tombstone_to_erase")]


class Change(models.Model):
    """Outbox: written in the transaction that changed the item, read by projections with a watermark of their own."""

    id = models.BigAutoField(primary_key=True)
    item = models.UUIDField()
    at = models.DateTimeField()
