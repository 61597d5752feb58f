from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "yidang.quality"

    def ready(self) -> None:
        from yidang.quality import wiring

        wiring.register_all()
