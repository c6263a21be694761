"""Whether an image is what its name says, not cut short and fit for print: the engine finds out only on paper."""

from __future__ import annotations

import base64
import re
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
_INSIDE = re.compile(rb"data:image/[^,]{1,99};base64,([A-Za-z0-9+/\s]+)")


def is_whole(ending: str, content: bytes) -> bool:
    """Whether the file is a sound one of its kind; fonts are the engine's to judge."""
    match ending:
        case "png":
            return _is_png(content)
        case "jpg" | "jpeg":
            return content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content
        case "svg":
            return _is_svg(content)
        case _:
            return True


def unfit(ending: str, content: bytes) -> str:
    """What keeps a sound image out of a PDF for the archive; empty if nothing does."""
    match ending:
        case "jpg" | "jpeg" if _frame(content)[5:] == b"\x04":  # cyan, magenta, yellow, black
            return "has the colours of a printing press (CMYK)"
        case "svg" if b"device-cmyk" in content.lower():
            return "has the colours of a printing press (CMYK)"
        case "png" if content[24:26] == b"\x10\x00":  # bits a sample, and grey
            return "has more greys than a screen (16 bits)"
        case _:
            return ""


def pixels(content: bytes) -> int:
    """The pixels of an image, from its header; for a drawing or an address, those of the largest image inside it."""
    inside = (b"".join(text.split()) for text in _INSIDE.findall(content))
    others = [pixels(base64.b64decode(text[: len(text) // 4 * 4])) for text in inside]
    sides = content[16:24] if content.startswith(_PNG) else _frame(content)[1:5]
    half = len(sides) // 2
    return max(int.from_bytes(sides[:half], "big") * int.from_bytes(sides[half:], "big"), *others, 0)


def _frame(content: bytes) -> bytes:
    """A JPEG's bits a sample, height, width and number of colours (ITU-T T.81, B.2.2); empty if it has no frame."""
    position = 2
    while content[position : position + 1] == b"\xff" and position + 9 < len(content):
        kind, length = content[position + 1], int.from_bytes(content[position + 2 : position + 4], "big")
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004 - frames, but for tables
            return content[position + 4 : position + 10]
        position += 2 + length
    return b""


def _is_png(content: bytes) -> bool:
    """Each chunk has the checksum that it says, and the last one is there (PNG specification, section 5)."""
    position, kind = 8, b""
    if not content.startswith(_PNG):
        return False
    while kind != b"IEND":
        length = int.from_bytes(content[position : position + 4], "big")
        body = content[position + 4 : position + 8 + length]
        if len(body) < 4 or zlib.crc32(body) != int.from_bytes(content[position + 8 + length :][:4], "big"):  # noqa: PLR2004
            return False
        kind, position = body[:4], position + 12 + length
    return True


def _is_svg(content: bytes) -> bool:
    from xml.etree import ElementTree as ET

    try:
        return ET.fromstring(content).tag.rpartition("}")[2] == "svg"  # noqa: S314 - a file of the project
    except (ET.ParseError, LookupError, ValueError):
        return False
