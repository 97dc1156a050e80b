"""The law as this installation knows it: values added to those shipped, readings chosen, a place to try."""
