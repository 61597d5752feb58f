from django.apps import AppConfig


class DispositionConfig(AppConfig):
    name = "yidang.disposition"

    def ready(self) -> None:
        from yidang.disposition import kinds

        kinds.register_all()
