from django.apps import AppConfig


class StoreroomConfig(AppConfig):
    name = "yidang.storeroom"

    def ready(self) -> None:
        from yidang.workflow.operations import register_deadline, register_notices

        register_notices("climate_alarm_raised", "climate_alarm_escalated")
        register_deadline("climate_alarm_open")
        register_deadline("round_finding_due")
