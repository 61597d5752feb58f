from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "yidang.oversight"

    def ready(self) -> None:
        from yidang.oversight import wiring

        wiring.register_all()
