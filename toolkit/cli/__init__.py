"""The command line: parse arguments, call the library, write what it returns.

Each module of this package with a function called `command` is one command; adding one
means adding a file. Heavy packages are imported inside the functions that need them, so
that `--help` answers at once.

Exit status: 0; 1 findings at or above `--fail-on`; 2 the request, a file or a model is
wrong; 130 interrupted.
"""

import os
import pkgutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from toolkit import __version__
from toolkit.errors import ToolkitError

_ORDER = (
    *("run", "translate", "check", "score", "report", "explain"),
    *("glossary", "model", "testset"),
)
_PARTS = ("options", "editing")
"""Modules that are no command, but a part of several, or of one."""
BAD_REQUEST = 2
INTERRUPTED = 130


class _Newsmt(click.Group):
    """Finds commands in the modules of this package; shows mistakes in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's)
        names = [module.name for module in pkgutil.iter_modules(__path__)]
        commands = [name for name in names if name not in _PARTS]
        return sorted(commands, key=lambda n: (n not in _ORDER, _place(n), n))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def main(  # type: ignore[override]  # it always exits
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "newsmt",
        **extra: Any,  # noqa: ANN401 (click's own)
    ) -> NoReturn:
        _open_streams()
        extra["standalone_mode"] = False
        try:
            status = super().main(args=args, prog_name=prog_name, **extra)
            sys.stdout.flush()
        except click.exceptions.Exit as error:
            status = error.exit_code
        except click.UsageError as error:
            status = _show_usage_error(error)
        except (click.ClickException, ToolkitError) as error:
            click.echo(_one_line(error), err=True)
            status = BAD_REQUEST
        except (KeyboardInterrupt, click.Abort):
            click.echo("interrupted", err=True)
            status = INTERRUPTED
        except BrokenPipeError:  # the reader, `head` say, has seen enough
            _discard_output()
            status = 1
        except OSError as error:  # a full disk, a name that is too long
            click.echo(f"{error.filename or 'output'}: {error.strerror}", err=True)
            _discard_output()
            status = BAD_REQUEST
        sys.exit(status if isinstance(status, int) else 0)


def _open_streams() -> None:
    """Write UTF-8 whatever the locale, and nowhere where a stream is closed."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 (to the end)
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not under a test runner
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _discard_output() -> None:
    """Keep Python from writing what is left in the buffer when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else 0


def _show_usage_error(error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message())
        return 0
    path = error.ctx.command_path if error.ctx else "newsmt"
    message = error.format_message().rstrip(".")
    click.echo(f"{path}: {message} (see {path} --help)", err=True)
    return BAD_REQUEST


def _one_line(error: Exception) -> str:
    text = (
        error.format_message()
        if isinstance(error, click.ClickException)
        else str(error)
    )
    return " ".join(text.split("\n"))


@click.group(
    cls=_Newsmt,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="newsmt")
def main() -> None:
    """Check, retranslate and score machine-translated news from Chinese into English.

    Behind all three stands one glossary of official terms, with sources and dates.
    """
