"""The speed and memory of tuitrack, each figure beside a yardstick taken in the same run: `python -m benchmarks`."""
