"""What marks are worth when one person's effect on one author is capped, and whose to count anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("discovery", "0008_hot_queries")]

    operations = [
        migrations.CreateModel(
            name="Worth",
            fields=[
                ("note_id", models.UUIDField(primary_key=True, serialize=False)),
                ("points", models.FloatField()),
            ],
            options={"db_table": "discovery_worth"},
        ),
        migrations.CreateModel(
            name="WorthDue",
            fields=[("author_id", models.UUIDField(primary_key=True, serialize=False))],
            options={"db_table": "discovery_worth_due"},
        ),
    ]
