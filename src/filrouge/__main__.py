"""The ``filrouge`` command: ours first, in plain words, then Django's own."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from typing import NoReturn

from filrouge.environment import ConfigurationError


def main() -> None:
    """Run one command; a wrong setting or a wrong word is one sentence, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filrouge.settings")
    arguments = sys.argv[1:]
    try:
        if not arguments or arguments in (["help"], ["--help"], ["-h"]):
            print_summary()
            return
        import django
        from django.core.management import execute_from_command_line, get_commands

        django.setup()
        known = [*get_commands(), "help"]
        if not arguments[0].startswith("-") and arguments[0] not in known:
            refuse(arguments[0], known)
        execute_from_command_line(["filrouge", *arguments])
    except ConfigurationError as error:
        stop(f"Réglage inutilisable : {error}")
    except KeyboardInterrupt:
        stop("Arrêté.", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def stop(sentence: str, code: int = 2) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


def refuse(word: str, known: list[str]) -> NoReturn:
    near = get_close_matches(word, known, n=1)
    hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
    stop(f"« {word} » n'est pas une commande de Filrouge.{hint} La liste : filrouge help.")


def print_summary() -> None:
    """The house's commands with what each does, then the names of Django's."""
    import django
    from django.core.management import get_commands, load_command_class

    from filrouge import __version__

    django.setup()
    commands = get_commands()
    ours = sorted(name for name, app in commands.items() if str(app).startswith("filrouge."))
    print(f"Filrouge {__version__}\n\nUsage : filrouge COMMANDE [--help]\n")  # noqa: T201
    for name in ours:
        summary = load_command_class(str(commands[name]), name).help
        print(f"  {name:<22} {summary}")  # noqa: T201
    print(f"\nEt celles de Django : {', '.join(sorted(set(commands) - set(ours)))}.")  # noqa: T201


if __name__ == "__main__":
    main()
