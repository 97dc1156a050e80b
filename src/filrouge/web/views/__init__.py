"""The shell's pages: entry, the day's work, the person, search, account, centre, plain pages."""
