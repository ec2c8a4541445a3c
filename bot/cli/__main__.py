"""`python -m bot.cli` is the `rits` command."""

from bot.cli import main

main()
