"""`python -m lettergen`."""

from lettergen.cli import main

if __name__ == "__main__":
    main()
