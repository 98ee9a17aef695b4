"""The exception that all others of the library derive from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

if TYPE_CHECKING:
    from skifteportal._model import Language, Report

__all__ = ["SkifteportalError"]

_E = TypeVar("_E", bound="SkifteportalError")


def _restored(cls: type[_E], members: dict[str, Any]) -> _E:
    return cls(**members)


def _told(report: Report, language: Language) -> list[str]:
    """What is to be done about a PDF, each thing once, of what its verdict stands on."""
    from skifteportal import _model, _native  # noqa: PLC0415

    refused = [one for one in report.findings if one.severity is _model.Severity.REFUSED]
    pdf = _native.Pdf()
    return list(dict.fromkeys(pdf.explain(one, language) for one in refused or report.findings))


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
        # Those of the portal begin with it.
        is_told = self.text.startswith((f"{self.code}:", f"{self.code} "))
        return self.text if is_told else f"{self.text} [{self.code}]"

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
        if isinstance(self, _model.CallError) and self.report is not None:
            return "\n".join(_told(self.report, _model.Language(language))) or self.text
        return self.text

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled."""
        return _restored, (type(self), {name: getattr(self, name) for name in self._members})
