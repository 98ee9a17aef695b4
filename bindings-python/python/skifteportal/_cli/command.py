"""The command line."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from typing import Any, NoReturn

from skifteportal._cli import certificate, explain, pdf, token
from skifteportal._cli.output import CLOSED_PIPE, UNWRITABLE, USAGE, Output
from skifteportal._model import Language, Timestamp
from skifteportal._native import Profile, __version__

__all__ = ["main"]

_INTERRUPTED = 130

_PDF_CODES = """\
The exit code is the first of these that applies:
  64  wrong usage, nothing was checked
   3  a path could not be read
   1  at least one file is refused
   2  at least one file is undecidable
   4  at least one file is at risk
   0  every file is accepted
 141  the reader of the output closed it before the end
  74  the output could not be written
"""

_CERT_CODES = f"""\
The password of a key store comes from --password-file, else from the environment's
{certificate.PASSWORD}, else it is asked for. It is never an argument: others see those.

The exit code: 3 the file could not be read, 1 a certificate is not valid now, 4 there are warnings, 0 it
can be used.
"""


_TOKEN_CODES = f"""\
A token is read from FILE, alone or in the answer that it came in; or it is fetched by variant A, which shows
whether certificate, Client ID and secret fit. The password comes from --password-file or
{certificate.PASSWORD}, the secret from --secret-file or {token.SECRET}, or they are
asked for.

The exit code: 3 it could not be read or asked for, 1 it has expired or was refused, 0 it is good.
"""


class _Parser(argparse.ArgumentParser):
    def __init__(self, **settings: Any) -> None:
        # Who writes `--password geheim` means it, and gets no file of that name.
        super().__init__(**settings, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Wrong usage has a code of its own: argparse's is that of a verdict here."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False)
    # They stand before the command or after it; a default of the second would undo the first.
    absent = argparse.SUPPRESS
    shared.add_argument(
        "--json", action="store_true", default=absent, help="one JSON object a line"
    )
    shared.add_argument(
        "--lang",
        choices=["da", "en"],
        default=absent,
        help="the language for people, en by default",
    )
    parser = _Parser(
        prog="python -m skifteportal", description="The Danish courts' portal.", parents=[shared]
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help: str, more: str | None = None) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=help,
            description=help,
            epilog=more,
            parents=[shared],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    one = command("check-pdf", "Checks PDFs for what the portal refuses.", _PDF_CODES)
    one.add_argument("--profile", choices=["portal", "strict"], default="portal")
    one.add_argument(
        "paths",
        nargs="+",
        metavar="FILE",
        help="files, folders with all in them, patterns; - is standard input",
    )
    one = command("cert", "Tells what a certificate says and what to type where.", _CERT_CODES)
    one.add_argument("--password-file", metavar="FILE", help="its first line is the password")
    one.add_argument("--warning-days", type=_days, default=60, metavar="DAYS")
    one.add_argument("file", metavar="FILE", help="PKCS#12, PEM or DER; - is standard input")
    one = command("explain", "Explains a code of the portal's, or an answer that was saved.")
    one.add_argument("--status", type=_status, help="of an answer whose body alone was saved")
    one.add_argument(
        "what", metavar="CODE|FILE", help="doedsbo.f18, or a file; - is standard input"
    )
    one.add_argument("arguments", nargs="*", metavar="ARGUMENT", help="what the code's text names")
    one = command(
        "token", "Tells what an access token claims; the token is never shown.", _TOKEN_CODES
    )
    one.add_argument("file", nargs="?", metavar="FILE", help="standard input if none")
    one.add_argument("--p12", metavar="FILE", help="fetches one, over this certificate")
    one.add_argument("--password-file", metavar="FILE", help="its first line is the password")
    one.add_argument("--client-id", metavar="ID")
    one.add_argument("--secret-file", metavar="FILE", help="its first line is the client secret")
    one.add_argument("--environment", choices=["test", "production"], default="test")
    one.add_argument("--sandbox", metavar="FILE", help="the settings of a sandbox, in their place")
    return parser


def _days(text: str) -> int:
    days = int(text)
    if not 0 <= days <= 36500:
        raise ValueError
    return days


def _status(text: str) -> int:
    status = int(text)
    if not 100 <= status <= 599:
        raise ValueError
    return status


def main(arguments: list[str]) -> int:
    """Runs a command; returns the exit code."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as failure:
        # A reader that has seen enough, such as `head`, is no failure worth a word.
        gone = _has_no_reader(failure)
        if not gone:
            print(f"the output could not be written: {failure.strerror}", file=sys.stderr)
        # Python would write what is left when it ends, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE if gone else UNWRITABLE
    return code


def _has_no_reader(failure: OSError) -> bool:
    # Windows says no more of a pipe that nobody reads.
    unclear = os.name == "nt" and failure.errno == errno.EINVAL
    return unclear or isinstance(failure, BrokenPipeError)


def _run(arguments: list[str]) -> int:
    parser = _parser()
    asked = parser.parse_args(arguments, argparse.Namespace(json=False, lang="en"))
    language = Language.DANISH if asked.lang == "da" else Language.ENGLISH
    output, now = Output(is_json=asked.json, language=language), Timestamp.now()
    if asked.command == "check-pdf":
        profile = Profile.strict() if asked.profile == "strict" else Profile.portal()
        return pdf.check(output, asked.paths, profile)
    if asked.command == "cert":
        return certificate.tell(output, asked.file, asked.password_file, asked.warning_days, now)
    if asked.command == "explain":
        return explain.explain(output, asked.what, asked.arguments, asked.status, now)
    if asked.p12 is None:
        return token.tell(output, "-" if asked.file is None else asked.file, now)
    if asked.client_id is None or asked.file is not None:
        parser.error("a token is fetched with --p12 and --client-id, and no FILE")
    login = token.Login(
        asked.p12,
        asked.password_file,
        asked.client_id,
        asked.secret_file,
        asked.environment,
        asked.sandbox,
    )
    return token.fetch(output, login, now)
