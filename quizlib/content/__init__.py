"""Markdown, code and maths to HTML, once, for every exporter."""

from quizlib.content.media import media_type
from quizlib.content.render import Renderer, html_attribute, html_text, image_paths

__all__ = ["Renderer", "html_attribute", "html_text", "image_paths", "media_type"]
