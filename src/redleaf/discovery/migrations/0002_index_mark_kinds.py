"""What kinds search knows is registered in code; the table no longer lists them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("discovery", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="indexmark", name="discovery_index_mark_kind"),
    ]
