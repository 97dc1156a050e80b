"""``filrouge serve``: the whole house on one address."""

from __future__ import annotations

import hashlib
import os
import socket
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from filrouge import __version__
from filrouge.base import statistics
from filrouge.base.centres.models import Centre
from filrouge.web.management.commands._plain import PlainCommand
from filrouge.web.queries import DEMO_PASSWORD, demo_accounts

# Granian's default of some sixty threads would each hold a database connection.
BLOCKING_THREADS = 4


class Command(PlainCommand):
    help = "ouvrir Filrouge dans le navigateur"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port d'écoute (8000)")
        parser.add_argument("--workers", type=int, help="processus (2, au plus un par cœur)")
        parser.add_argument(
            "--threads", type=int, default=BLOCKING_THREADS, help="requêtes à la fois par processus"
        )
        parser.add_argument(
            "--migrate", action="store_true", help="mettre la base à jour avant d'ouvrir"
        )
        parser.add_argument(
            "--demo-if-empty",
            action="store_true",
            help="charger le centre de démonstration si aucun centre n'existe",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        workers = options["workers"] or min(2, os.cpu_count() or 1)
        if workers < 1 or options["threads"] < 1:
            raise CommandError("--workers et --threads sont au moins 1.", returncode=2)
        check_port(options["host"], options["port"])
        self.prepare_database(wanted=options["migrate"])
        self.collect_assets()
        if options["demo_if_empty"] and not Centre.objects.exists():
            self.load_demo()
        if not Centre.objects.exists():
            self.stdout.write(
                "Aucun centre encore : « filrouge create_administrator » en ouvre un."
            )
        accounts = demo_accounts()
        statistics.refresh()
        connections.close_all()
        self.open(options["host"], options["port"], workers, options["threads"], accounts)

    def prepare_database(self, *, wanted: bool) -> None:
        """Make the tables at the first start; later only when asked, after a backup."""
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not waiting:
            return
        first_start = not executor.loader.applied_migrations
        if not (first_start or wanted):
            raise CommandError(
                f"La base attend {len(waiting)} migration(s). Faites une copie de sauvegarde, "
                "puis relancez avec --migrate."
            )
        self.stdout.write("Préparation de la base…")
        call_command("migrate", verbosity=0, interactive=False)

    def collect_assets(self) -> None:
        """Copy and hash the static files when one changed since the last start."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        current = assets_digest()
        if stamp.exists() and stamp.read_text() == current:
            return
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(current)

    def load_demo(self) -> None:
        if "demo" not in get_commands():
            raise CommandError("Le centre de démonstration n'est pas dans cette version.")
        self.stdout.write("Premier démarrage : le centre de démonstration se construit…")
        # Its accounts are shown once the house is open.
        call_command("demo", stdout=StringIO(), stderr=self.stderr)

    def open(
        self, host: str, port: int, workers: int, threads: int, accounts: list[dict[str, str]]
    ) -> None:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels

        server = Granian(
            "filrouge.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=threads,
            backlog=1024,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
        )
        server.on_startup(lambda: self.welcome(host, port, accounts))
        server.serve()

    def welcome(self, host: str, port: int, accounts: list[dict[str, str]]) -> None:
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Filrouge {__version__} est ouvert : http://{shown}:{port}")
        if accounts:
            self.stdout.write(
                f"\nCentre de démonstration. Mot de passe de tous les comptes : {DEMO_PASSWORD}\n"
            )
            for account in accounts:
                self.stdout.write(
                    f"  {account['role']:<28} {account['email']:<40} {account['name']}"
                )
            self.stdout.write("")
        self.stdout.write("Pour l'arrêter : Ctrl+C.")
        self.stdout.flush()


def check_port(host: str, port: int) -> None:
    """Refuse in one sentence what the server could only refuse with a traceback."""
    if not 0 < port < 65536:
        raise CommandError(f"{port} n'est pas un port : de 1 à 65535.", returncode=2)
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
    except OSError:
        raise CommandError(f"« {host} » n'est pas une adresse de cette machine.") from None
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            raise CommandError(
                f"Le port {port} demande des droits : prenez-en un de plus de 1024."
            ) from None
        except OSError:
            raise CommandError(
                f"Le port {port} est déjà pris : arrêtez l'autre programme, ou choisissez-en un "
                "autre avec --port."
            ) from None


def assets_digest() -> str:
    """What the static files are, by name, size and time of change; and the storage they go to."""
    digest = hashlib.sha256(repr((__version__, settings.STORAGES["staticfiles"])).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
