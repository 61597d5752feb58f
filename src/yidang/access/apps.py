from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "yidang.access"

    def ready(self) -> None:
        from yidang.access.releases import kinds

        kinds.register_all()
