"""The firehose: tables by time, with plain ids, keys that begin with the member, no foreign keys.

Partitions of a day are made ahead and dropped whole by discovery.partitions; what comes for a day
without one lands in the default partition and is not lost.
"""

from django.db import migrations

TABLES = """
CREATE TABLE discovery_impression (
    account_id uuid NOT NULL, at timestamptz NOT NULL, note_id uuid NOT NULL,
    receipt_id uuid, surface text NOT NULL, position smallint NOT NULL, dwell_ms integer NOT NULL,
    PRIMARY KEY (account_id, at, note_id)
) PARTITION BY RANGE (at);
CREATE TABLE discovery_interaction (
    account_id uuid NOT NULL, at timestamptz NOT NULL, note_id uuid NOT NULL,
    kind text NOT NULL, value real NOT NULL DEFAULT 1,
    PRIMARY KEY (account_id, at, note_id, kind)
) PARTITION BY RANGE (at);
CREATE TABLE discovery_receipt (
    id uuid NOT NULL, at timestamptz NOT NULL, account_id uuid, surface text NOT NULL,
    language text NOT NULL, channel text NOT NULL, version integer NOT NULL, body bytea NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX discovery_receipt_member ON discovery_receipt (account_id, at DESC)
    WHERE account_id IS NOT NULL;
CREATE TABLE discovery_impression_rest PARTITION OF discovery_impression DEFAULT;
CREATE TABLE discovery_interaction_rest PARTITION OF discovery_interaction DEFAULT;
CREATE TABLE discovery_receipt_rest PARTITION OF discovery_receipt DEFAULT;

-- Qualified views and opens of a note in an hour, of everybody together.
CREATE TABLE discovery_exposure (
    note_id uuid NOT NULL, hour timestamptz NOT NULL,
    views integer NOT NULL DEFAULT 0, opens integer NOT NULL DEFAULT 0,
    PRIMARY KEY (note_id, hour)
);
CREATE INDEX discovery_exposure_hour ON discovery_exposure (hour);

-- That somebody was counted today, so that nobody is counted twice: a keyed digest of the person
-- and the thing. The day's salt lives in discovery_salt and is thrown away with the day.
CREATE TABLE discovery_seen_digest (
    day date NOT NULL, digest bytea NOT NULL, PRIMARY KEY (day, digest)
);
CREATE TABLE discovery_salt (day date PRIMARY KEY, salt bytea NOT NULL);
"""

DROP = """
DROP TABLE discovery_impression, discovery_interaction, discovery_receipt, discovery_exposure,
    discovery_seen_digest, discovery_salt;
"""


class Migration(migrations.Migration):
    dependencies = [("discovery", "0003_choices_models_and_reach")]

    operations = [migrations.RunSQL(TABLES, DROP)]
