"""Invented tables of invented offices, drawn in the layouts that offices use."""
