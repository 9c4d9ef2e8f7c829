"""Fill a new edition with the channels and places it starts with."""

from django.db import migrations

from redleaf.editions.starting import CHANNELS, PLACES

LANGUAGES = ("en", "fr", "zh-hans", "zh-hant")


def fill(apps, schema_editor):
    channel = apps.get_model("editions", "Channel")
    place = apps.get_model("editions", "Place")
    for position, (slug, *names) in enumerate(CHANNELS):
        channel.objects.create(slug=slug, position=position, names=dict(zip(LANGUAGES, names)))
    made = {}
    for slug, kind, parent, *names in PLACES:
        made[slug] = place.objects.create(
            slug=slug, kind=kind, parent=made.get(parent), names=dict(zip(LANGUAGES, names))
        )


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
