"""How fast Filrouge is, on this machine: ``make bench``. Printed, never asserted."""
