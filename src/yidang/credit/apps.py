from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "yidang.credit"

    def ready(self) -> None:
        from yidang.credit.turning import passes
        from yidang.crypto.rotation import register_passes

        register_passes(passes)
