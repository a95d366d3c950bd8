"""Which folders are packed; everything else stands in pyproject.toml.

A table there either finds packages or lists them. ``templates/`` stands beside ``generator/``, where who writes
a theme looks for it, and is packed as ``generator.templates``: so it is named here, and the rest is found.
"""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["generator", "generator.*"]), "generator.templates"])
