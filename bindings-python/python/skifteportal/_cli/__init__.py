"""What `python -m skifteportal` does: looks at PDFs, certificates, tokens and the portal's error codes."""

from __future__ import annotations

from skifteportal._cli.command import main

__all__ = ["main"]
