"""`python -m regrow` is `regrow`."""

from regrow.cli import main

main()
