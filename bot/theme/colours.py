"""Colours as numbers: reading those of a style sheet, contrast as WCAG 2.2 counts it, and moving to enough of it."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable
from dataclasses import dataclass

STEP = 0.01
_NUMBER = re.compile(r"-?\d*\.?\d+%?")


@dataclass(frozen=True)
class Colour:
    """Red, green, blue and how much it covers, each from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    @property
    def hex(self) -> str:
        return "#" + "".join(f"{round(part * 255):02x}" for part in (self.red, self.green, self.blue))

    @property
    def luminance(self) -> float:
        red, green, blue = (_linear(part) for part in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def over(self, back: Colour) -> Colour:
        """What is seen where this one lies on another."""
        return mix(self, back, self.alpha)


WHITE, BLACK = Colour(1, 1, 1), Colour(0, 0, 0)


def read_colour(text: str) -> Colour | None:
    """A colour of CSS, or None when it is something else."""
    text = text.strip().lower()
    if text.startswith("#"):
        return _from_hex(text[1:])
    name, _, inside = text.partition("(")
    numbers = _NUMBER.findall(inside)
    if len(numbers) < 3:
        return None
    if name in ("rgb", "rgba"):
        red, green, blue = (_share(number, 255) for number in numbers[:3])
        return _rounded(red, green, blue, _alpha(numbers))
    if name in ("hsl", "hsla"):
        saturation, lightness = (_share(one, 1) for one in numbers[1:3])
        return _rounded(*colorsys.hls_to_rgb(float(numbers[0]) / 360 % 1, lightness, saturation), _alpha(numbers))
    return None


def mix(front: Colour, back: Colour, share: float) -> Colour:
    """`share` of the front, the rest of the back."""
    rest = 1 - share
    red, green, blue = (
        front.red * share + back.red * rest,
        front.green * share + back.green * rest,
        front.blue * share + back.blue * rest,
    )
    return _rounded(red, green, blue, 1.0)


def ratio(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black and white)."""
    lighter, darker = sorted((one.luminance, other.luminance), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: Colour, backs: Iterable[Colour], least: float) -> Colour:
    """The nearest lightness of the same hue that has enough contrast with each of the backs; itself where it has."""
    backs = list(backs)
    hue, lightness, saturation = colorsys.rgb_to_hls(colour.red, colour.green, colour.blue)
    for count in range(101):
        for other in (lightness - count * STEP, lightness + count * STEP):
            if not 0 <= other <= 1:
                continue
            tried = colour if count == 0 else _rounded(*colorsys.hls_to_rgb(hue, other, saturation), 1.0)
            if all(ratio(tried, back) >= least for back in backs):
                return tried
    return max((BLACK, WHITE), key=lambda end: min(ratio(end, back) for back in backs))


def _from_hex(digits: str) -> Colour | None:
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in (6, 8) or not re.fullmatch(r"[0-9a-f]+", digits):
        return None
    parts = [int(digits[place : place + 2], 16) / 255 for place in range(0, len(digits), 2)]
    return Colour(*parts)


def _rounded(red: float, green: float, blue: float, alpha: float) -> Colour:
    """As a screen has it: in steps of 255, so that what is checked is what is written."""
    return Colour(round(red * 255) / 255, round(green * 255) / 255, round(blue * 255) / 255, alpha)


def _share(number: str, whole: float) -> float:
    return float(number[:-1]) / 100 if number.endswith("%") else float(number) / whole


def _alpha(numbers: list[str]) -> float:
    return _share(numbers[3], 1) if len(numbers) > 3 else 1.0


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
