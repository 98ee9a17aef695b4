"""The exception that all others of the library derive from."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

__all__ = ["SkifteportalError"]

_E = TypeVar("_E", bound="SkifteportalError")


def _restored(cls: type[_E], members: dict[str, Any]) -> _E:
    return cls(**members)


class SkifteportalError(Exception):
    """What went wrong. The code is stable; the text is English, without secrets and personal data."""

    _members: ClassVar[tuple[str, ...]] = ("code", "text")

    code: str
    """The stable code."""
    text: str
    """What is wrong, in English."""

    def __init__(self, *, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text

    def __str__(self) -> str:
        """The text, and the code."""
        return f"{self.text} [{self.code}]"

    @property
    def english(self) -> str:
        """What happened and what to do, in English."""
        return self._explained("english")

    @property
    def danish(self) -> str:
        """The same in Danish, where the portal or its guide has words for it; else the English text."""
        return self._explained("danish")

    def _explained(self, language: str) -> str:
        # The values and the native module know this class; they are there by the time that it is used.
        from skifteportal import _model, _native  # noqa: PLC0415

        if isinstance(self, _model.PortalError):
            return self.refusal.danish if language == "danish" else self.refusal.english
        if isinstance(self, _model.CallError) and self.violations:
            errors, spoken = _native.Errors(), _model.Language(language)
            told = (errors.explain_code(one.code, one.arguments, spoken) for one in self.violations)
            return "\n".join(text for text in told if text) or self.text
        return self.text

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled."""
        return _restored, (type(self), {name: getattr(self, name) for name in self._members})
