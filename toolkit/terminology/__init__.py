"""Concepts, the terms that name them, and how they are found and compared in texts."""
