from django.apps import AppConfig


class HoldingsConfig(AppConfig):
    name = "yidang.holdings"

    def ready(self) -> None:
        from yidang.holdings.tiering import kinds
        from yidang.workflow.operations import register_notices

        register_notices("glass_broken")
        kinds.register_all()
