"""regrow: simulate, deliver and learn from ketamine-assisted therapy."""

__version__ = "0.1.0"
