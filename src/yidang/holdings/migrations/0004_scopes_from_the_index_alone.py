"""Filter and row policy find all they ask of a scope row in an index; the item's own index says nothing more."""

import django.db.models.deletion
from django.db import migrations, models

_REST = ["sensitivity", "fonds", "series"]


class Migration(migrations.Migration):
    dependencies = [("holdings", "0003_doors_first")]

    operations = [
        migrations.RemoveIndex("itemscope", "item_scope_lookup"),
        migrations.RemoveConstraint("itemscope", "item_scope_once"),
        migrations.AddConstraint(
            "itemscope",
            models.UniqueConstraint(fields=("item", "kind", "value"), include=_REST, name="item_scope_once"),
        ),
        migrations.AddIndex(
            "itemscope",
            models.Index(fields=["kind", "value", "item"], include=_REST, name="item_scope_door"),
        ),
        migrations.AlterField(
            "itemscope",
            "item",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="scopes",
                to="holdings.item",
            ),
        ),
    ]
