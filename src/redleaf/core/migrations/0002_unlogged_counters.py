"""Keep rate counters out of the write-ahead log: losing them in a crash lets people in, not out."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE core_rate_counter SET UNLOGGED", "ALTER TABLE core_rate_counter SET LOGGED"
        )
    ]
