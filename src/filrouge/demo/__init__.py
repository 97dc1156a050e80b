"""The demo centre: a fictional CPAS that shows every step of the work with invented people."""
