"""Tables of discovery. The firehose tables (impressions, interactions, receipts) have no model:
they are partitioned by time, carry plain ids and are read and written by SQL in recording.py and
receipts.py; migration 0004 makes them."""

from redleaf.discovery.models.reading import ChannelChoice, LessOf, NotInterested, Steering
from redleaf.discovery.models.searching import HotQuery, IndexMark, QueryCount, SearchHistory
from redleaf.discovery.models.serving import (
    Item,
    Profile,
    PromiseWeek,
    RankingVersion,
    Reach,
    ReachWeek,
    RecommenderModel,
    Worth,
    WorthDue,
)

__all__ = [
    "ChannelChoice",
    "HotQuery",
    "IndexMark",
    "Item",
    "LessOf",
    "NotInterested",
    "Profile",
    "PromiseWeek",
    "QueryCount",
    "RankingVersion",
    "Reach",
    "ReachWeek",
    "RecommenderModel",
    "SearchHistory",
    "Steering",
    "Worth",
    "WorthDue",
]
