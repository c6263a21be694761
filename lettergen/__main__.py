"""`lettergen` and `python -m lettergen`."""

import signal

# Ctrl-C ends it quietly while the rest is being loaded.
signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> None:
    """Run the command."""
    from lettergen.cli import main as run

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
