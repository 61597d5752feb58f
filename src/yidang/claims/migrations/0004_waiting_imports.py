
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0003_drg_schemes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='import',
            name='state',
            field=models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('accepted', 'Accepted'), ('published', 'Published'), ('failed', 'Failed')], default='running', max_length=9),
        ),
    ]
