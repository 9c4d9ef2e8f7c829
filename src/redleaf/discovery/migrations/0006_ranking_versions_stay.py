"""Published entries of the ranking stay as they were signed: the database refuses to change one."""

from django.db import migrations

MAKE = """
CREATE FUNCTION discovery_ranking_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published entry of the ranking is never changed or deleted';
END $$;
CREATE TRIGGER discovery_ranking_version_stays BEFORE UPDATE OR DELETE
    ON discovery_ranking_version FOR EACH ROW EXECUTE FUNCTION discovery_ranking_version_stays();
"""

DROP = """
DROP TRIGGER discovery_ranking_version_stays ON discovery_ranking_version;
DROP FUNCTION discovery_ranking_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("discovery", "0005_profile")]

    operations = [migrations.RunSQL(MAKE, DROP)]
