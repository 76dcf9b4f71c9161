"""Small programs to compare with, each run in a process of its own."""
