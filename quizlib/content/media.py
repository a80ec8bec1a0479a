"""The media types of images, by the ending of their names: one table, the same on every machine."""

from __future__ import annotations

_MEDIA_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


def media_type(path: str) -> str | None:
    """Return the media type of an image, or None when its ending is not known."""
    return _MEDIA_TYPES.get(path.rpartition(".")[2].lower())
