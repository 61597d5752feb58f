from django.db import migrations, models

# Until now only the case knew a ground: that of its last fall.
_FROM_THE_CASE = """
UPDATE oversight_finding f SET fallen_ground = c.overturned_ground
FROM oversight_case c WHERE c.number = f.case_id AND f.state = 'cleared' AND f.decided_at >= c.overturned_at
"""


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0010_fallen_amount'),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='fallen_ground',
            field=models.CharField(blank=True, default='', help_text='of Case.Ground', max_length=6),
            preserve_default=False,
        ),
        migrations.RunSQL(_FROM_THE_CASE, migrations.RunSQL.noop),
    ]
