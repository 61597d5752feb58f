from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "yidang.collection"

    def ready(self) -> None:
        from yidang.collection import wiring

        wiring.register_all()
