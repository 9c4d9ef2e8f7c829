"""When a promise was kept, views within its window, and reach by week and size of account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("discovery", "0006_ranking_versions_stay")]

    operations = [
        migrations.AddField("reach", "given", models.PositiveIntegerField(default=0)),
        migrations.AddField("reach", "paid_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            "PromiseWeek",
            [
                ("week", models.DateField(primary_key=True, serialize=False)),
                ("promised", models.PositiveIntegerField()),
                ("kept", models.PositiveIntegerField()),
                ("authors", models.PositiveIntegerField()),
                ("median_seconds", models.PositiveIntegerField(null=True)),
            ],
            options={"db_table": "discovery_promise_week"},
        ),
        migrations.CreateModel(
            "ReachWeek",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "week",
                        "tier",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("week", models.DateField()),
                ("tier", models.PositiveSmallIntegerField()),
                ("views", models.PositiveBigIntegerField()),
                ("authors", models.PositiveIntegerField()),
            ],
            options={"db_table": "discovery_reach_week"},
        ),
    ]
