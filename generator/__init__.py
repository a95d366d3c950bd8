"""台账 (taizhang): a static report-site generator for government task tables."""

__version__ = "0.1.0"
