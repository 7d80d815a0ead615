"""Lets ``python -m dateline`` do what the command ``dateline`` does."""

from dateline.cli import main

if __name__ == "__main__":
    main()
