"""`python -m webapp.cli`, which is how a server starts its worker."""

from webapp.cli import main

main()
