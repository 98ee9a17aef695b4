"""The shared vectors; `tests/vectors/README.md` of the workspace describes their format."""
