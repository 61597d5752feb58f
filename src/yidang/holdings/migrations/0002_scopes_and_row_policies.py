"""Scope rows learn where their item stands, and the database itself asks them before it shows a row.

The settings `yidang.reach` and `yidang.lent` come from `identity.reach`; unset, every policy answers nothing. Each is
read inside a sub-select, so that a query reads it once and not for every row.
"""

from django.db import migrations, models

_TELL = "(SELECT current_setting('yidang.reach', true) = 'all')"
_PATTERNS = "(SELECT string_to_array(nullif(current_setting('yidang.reach', true), ''), E'\\n'))::text[]"
_LENT = "(SELECT string_to_array(nullif(current_setting('yidang.lent', true), ''), ',')::uuid[])::uuid[]"
_KEY = "(kind || '|' || value || '|' || sensitivity || '|' || fonds || '|' || series)"
_PARTS = ("itemfile", "page", "itemversion", "pendingversion", "alias", "identifier", "hold")


def _conditions():
    scoped = "EXISTS (SELECT 1 FROM holdings_itemscope s WHERE s.item_id = {})"
    yield "itemscope", f"{_TELL} OR {_KEY} LIKE ANY ({_PATTERNS}) OR item_id = ANY ({_LENT})"
    yield "item", f"{_TELL} OR {scoped.format('holdings_item.id')} OR id = ANY ({_LENT})"
    for table in _PARTS:
        yield table, f"{_TELL} OR {scoped.format(f'holdings_{table}.item_id')} OR item_id = ANY ({_LENT})"
    yield "volume", f"{_TELL} OR EXISTS (SELECT 1 FROM holdings_item i WHERE i.volume_id = holdings_volume.id)"


def _raise(table, condition):
    name = f"holdings_{table}"
    return [
        f"CREATE POLICY reach ON {name} USING ({condition}) WITH CHECK (true)",
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
    ]


def _lower(table):
    name = f"holdings_{table}"
    return [
        f"DROP POLICY reach ON {name}",
        f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY",
    ]


_RAISE = [line for table, condition in _conditions() for line in _raise(table, condition)]
_LOWER = [line for table, _ in _conditions() for line in _lower(table)]

_SECTIONS = """
UPDATE holdings_itemscope SET kind = 'section'
 WHERE kind = 'department' AND value IN (SELECT code FROM identity_department WHERE kind = 'section')
"""
_WITHOUT_SECTION = """
INSERT INTO holdings_itemscope (item_id, kind, value, sensitivity, fonds, series)
SELECT i.id, 'section', '', 'internal', '', '' FROM holdings_item i
 WHERE i.state = 'filed'
   AND NOT EXISTS (SELECT 1 FROM holdings_itemscope s WHERE s.item_id = i.id AND s.kind = 'section')
"""
_PERSONS = """
INSERT INTO holdings_itemscope (item_id, kind, value, sensitivity, fonds, series)
SELECT d.item_id, 'person', encode(d.digest, 'hex'), 'internal', '', ''
  FROM holdings_identifier d WHERE d.kind = 'id_number'
"""
_PLACES = """
UPDATE holdings_itemscope s SET sensitivity = i.security_class, series = i.series_id, fonds = c.fonds_id
  FROM holdings_item i JOIN holdings_series c ON c.code = i.series_id WHERE i.id = s.item_id
"""


class Migration(migrations.Migration):
    dependencies = [("holdings", "0001_initial")]

    operations = [
        migrations.AddField("itemscope", "sensitivity", models.CharField(default="internal", max_length=12)),
        migrations.AddField("itemscope", "fonds", models.CharField(default="", max_length=4)),
        migrations.AddField("itemscope", "series", models.CharField(default="", max_length=16)),
        migrations.AlterField(
            "itemscope",
            "kind",
            models.CharField(help_text="section, department, person; loan … as rooms come", max_length=16),
        ),
        migrations.RunSQL([_SECTIONS, _WITHOUT_SECTION, _PERSONS, _PLACES], migrations.RunSQL.noop),
        # Pending trigger events of the rows written above would stand in the way of ALTER TABLE.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(_RAISE, _LOWER),
    ]
