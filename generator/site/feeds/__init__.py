"""Atom feeds: what is new, in words for readers, for the site, a district, a department, a task, a place.

Feeds need full addresses, so there are none without ``base_url`` and none offline.
"""

from generator.site.feeds.atom import Feed
from generator.site.feeds.district_feeds import make_feeds
from generator.site.feeds.subject_feeds import make_subject_feeds

__all__ = ["Feed", "make_feeds", "make_subject_feeds"]
