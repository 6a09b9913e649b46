"""Lets the supervisor start its children with its own interpreter."""

from estafette.cli import main

if __name__ == "__main__":
    main(prog_name="estafette")
