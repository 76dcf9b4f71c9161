"""The tables, a module for each subject; a column has the name of the field it keeps.

`migrations` makes them; a test proves that what it makes is exactly what stands here.
"""
