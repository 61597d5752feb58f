from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "yidang.intake"

    def ready(self) -> None:
        from yidang.checks.ports import registers
        from yidang.intake.checking import registered

        registers(registered)
