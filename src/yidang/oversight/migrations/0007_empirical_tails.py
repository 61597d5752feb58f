from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oversight", "0006_chance_untold")]

    operations = [
        migrations.AlterField(
            model_name="scoremodel",
            name="kind",
            field=models.CharField(
                choices=[
                    ("forest", "Forest"),
                    ("copod", "Copod"),
                    ("logistic", "Logistic"),
                    ("lightgbm", "Lightgbm"),
                ],
                max_length=10,
            ),
        ),
    ]
