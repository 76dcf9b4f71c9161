"""Letters and digits five lines high, made of full blocks, which every terminal and every palette can show."""

from __future__ import annotations

_PIXELS_ACROSS = 3
_LINES = 5
_SHAPES = {
    "0": "111101101101111", "1": "010110010010111", "2": "111001111100111", "3": "111001111001111",
    "4": "101101111001001", "5": "111100111001111", "6": "111100111101111", "7": "111001001001001",
    "8": "111101111101111", "9": "111101111001111", "-": "000000111000000", "A": "010101111101101",
    "B": "110101110101110", "C": "011100100100011", "D": "110101101101110", "E": "111100110100111",
    "F": "111100110100100", "G": "011100101101011", "H": "101101111101101", "I": "111010010010111",
    "J": "001001001101010", "K": "101101110101101", "L": "100100100100111", "M": "101111111101101",
    "N": "110101101101101", "O": "010101101101010", "P": "110101110100100", "Q": "010101101110011",
    "R": "110101110101101", "S": "011100010001110", "T": "111010010010010", "U": "101101101101111",
    "V": "101101101101010", "W": "101101111111101", "X": "101101010101101", "Y": "101101010010010",
    "Z": "111001010100111",
}  # fmt: skip
"""Each sign as five rows of three pixels, from the top."""


def big(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, as wide as fits; the plain text where even the narrowest does not."""
    for cells in (2, 1):
        across = (_PIXELS_ACROSS * cells + cells) * len(text) - cells
        if across <= width:
            return [_line(text, row, cells) for row in range(_LINES)]
    return [text]


def _line(text: str, row: int, cells: int) -> str:
    """One of the five lines, each pixel so many cells wide."""
    rows = (_SHAPES[sign][row * _PIXELS_ACROSS : (row + 1) * _PIXELS_ACROSS] for sign in text)
    return (" " * cells).join(pixels.replace("1", "█" * cells).replace("0", " " * cells) for pixels in rows)
