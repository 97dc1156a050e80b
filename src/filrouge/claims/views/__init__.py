"""Pages of a claim, one file per part of the procedure."""
