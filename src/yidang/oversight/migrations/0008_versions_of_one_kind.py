from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oversight", "0007_empirical_tails")]

    operations = [
        migrations.AddField(
            "knowledgeversion",
            "kind",
            models.CharField(blank=True, help_text="of its rows alone; blank: of the whole table", max_length=20),
        ),
    ]
