"""Pages of the council, one file per subject."""
