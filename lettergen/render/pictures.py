"""Whether an image is what its name says, and not cut short: the engine finds out only on paper."""

from __future__ import annotations

import zlib


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


def _is_png(content: bytes) -> bool:
    """Each chunk has the checksum that it says, and the last one is there (PNG specification, section 5)."""
    position, kind = 8, b""
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
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
