from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "yidang.identity"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from yidang.identity.reach import on_connection

        connection_created.connect(on_connection)
