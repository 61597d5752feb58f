from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "yidang.duty"

    def ready(self) -> None:
        from yidang.duty import handing, incidents
        from yidang.workflow.operations import register_notices

        register_notices(handing.NOTICE, incidents.NOTICE)
