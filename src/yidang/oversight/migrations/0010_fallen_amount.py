from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0009_overtaken'),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='fallen_fen',
            field=models.BigIntegerField(default=0, help_text='of what a decision took for it, what fell again'),
        ),
    ]
