"""Preview on this machine: pages as they are published, made anew and shown again on every save.

What is saved is told by the operating system; the site is built in a process of its own while pages go on
being served. What does not build is told in the page and in the terminal, over the last good site.
"""

from generator.app.preview.preview_builds import Outcome
from generator.app.preview.preview_server import serve_site

__all__ = ["Outcome", "serve_site"]
