"""Say where places lie; those that the edition started with are told, also in an older database."""

from django.db import migrations, models

from redleaf.editions.starting import MIDDLES


def fill(apps, schema_editor):
    place = apps.get_model("editions", "Place")
    for slug, (latitude, longitude) in MIDDLES.items():
        place.objects.filter(slug=slug, latitude=None).update(
            latitude=latitude, longitude=longitude
        )


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_starting_rows")]

    operations = [
        migrations.AddField("place", "latitude", models.FloatField(null=True, blank=True)),
        migrations.AddField("place", "longitude", models.FloatField(null=True, blank=True)),
        migrations.AddConstraint(
            "place",
            models.CheckConstraint(
                name="editions_place_middle",
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
