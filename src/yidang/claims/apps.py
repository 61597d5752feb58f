from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "yidang.claims"

    def ready(self) -> None:
        from yidang.claims.wiring import register_all

        register_all()
