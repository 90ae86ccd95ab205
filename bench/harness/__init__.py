"""The benchmark of ./bndw bench. README.md says what is measured and how to read the figures."""
