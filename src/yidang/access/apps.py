from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "yidang.access"

    def ready(self) -> None:
        from yidang.access.releases import kinds
        from yidang.workflow.operations import register_notices

        kinds.register_all()
        register_notices("use_doubted", "leak_reported")
